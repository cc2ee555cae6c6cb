"""The windows of A and B in certificates."""

from __future__ import annotations

from monoscan.theory.windows import NO_DELAYS, Windows


def windows_to_json(windows: Windows) -> dict[str, list[str]]:
    """The member `windows` of a certificate; none for (1, 1), which is what its absence means.

    >>> windows_to_json((1, 4)), windows_to_json((1, 1))
    ({'windows': ['1', '4']}, {})
    """
    return {} if windows == NO_DELAYS else {"windows": [str(w) for w in windows]}
