"""Why a picture is not drawn."""

from __future__ import annotations

from monoscan.errors import BadInput, NotInstalled


class PictureRefused(BadInput):
    """The object is so large that its picture would not be legible.

    >>> print(PictureRefused("states", 120, 60, "draw a part of it"))
    120 states; the picture is legible up to 60: draw a part of it
    """

    def __init__(self, what: str, size: int, limit: int, advice: str) -> None:
        super().__init__(what, size, limit, advice)
        self.what = what
        self.size = size
        self.limit = limit
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.size} {self.what}; the picture is legible up to {self.limit}: {self.advice}"


class MissingLibrary(NotInstalled):
    """Pictures are asked for, but the library that draws them is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "pictures need matplotlib, which is not installed; install the extra that brings it: "
            "pip install 'monoscan[figures]'"
        )
