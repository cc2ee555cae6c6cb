"""What somebody has given, in the words of an error."""

from __future__ import annotations

_LONGEST = 60


def described(value: object) -> str:
    """A value for messages, cut to one short line, with its type.

    >>> described(3.5)
    '3.5 (float)'
    """
    shown = " ".join(repr(value).split())
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 3] + "..."
    return f"{shown} ({type(value).__name__})"
