"""The windows of A and B in certificates."""

from __future__ import annotations

from monoscan.theory.lrnn import Windows


def windows_to_json(windows: Windows) -> dict[str, list[str]]:
    """The member `windows` of a certificate; none for (1, 1), which is what its absence means.

    >>> windows_to_json((1, 4)), windows_to_json((1, 1))
    ({'windows': ['1', '4']}, {})
    """
    return {} if windows == (1, 1) else {"windows": [str(w) for w in windows]}
