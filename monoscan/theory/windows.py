"""Windows: how many letters the matrices A, and B, of a network see."""

from __future__ import annotations

from typing import TypeAlias

from monoscan.errors import check_number

Windows: TypeAlias = tuple[int, int]
"""Of A and of B, the current letter counted."""
NO_DELAYS: Windows = (1, 1)
MAX_WINDOW = 1_000


def check_windows(windows: Windows) -> None:
    """Refuses what are no windows.

    Raises:
        BadValue: if one of them is out of range.

    >>> check_windows((1, 4))
    """
    for name, window in zip(("window_a", "window_b"), windows, strict=True):
        check_number(name, window, 1, MAX_WINDOW)


def show_windows(windows: Windows) -> str:
    """The windows in words.

    >>> show_windows((1, 4))
    'A sees 1 letter and B sees 4'
    """
    a, b = windows
    return f"A sees {a} letter{'s' * (a > 1)} and B sees {b}"


def fit(windows: Windows, allowed: Windows) -> bool:
    """Whether A and B see no more than is allowed.

    >>> fit((1, 2), (1, 4)), fit((2, 1), (1, 4))
    (True, False)
    """
    return windows[0] <= allowed[0] and windows[1] <= allowed[1]
