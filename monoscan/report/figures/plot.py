"""A pair of axes in a drawing: frame, ticks, names and lines, as wide as a column of a page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, final

from monoscan.report.figures.fonts import text_width
from monoscan.report.figures.scene import (
    DARK_GREY,
    LIGHT_GREY,
    Box,
    Curve,
    Point,
    Rectangle,
    Shape,
    Text,
)

COLUMN: Final = 232.0
"""The width of a picture with its margins, in points: one column of a page of two."""

SMALL: Final = 7.0
_TICK_GAP, _NAME_GAP = 4.0, 9.0
_LEGEND_LINE: Final = 12.0


@final
@dataclass(frozen=True)
class Axes:
    """A rectangle for points, and what its edges stand for.

    Attributes:
        place: Where the frame is.
        x: The least and the greatest value from left to right.
        y: The same from below to above.
        is_log: Whether equal steps to the right are equal factors.
    """

    place: Rectangle
    x: tuple[float, float]
    y: tuple[float, float]
    is_log: bool = False

    def at(self, x: float, y: float) -> Point:
        """Where a point lies; points outside lie on the edge.

        >>> Axes(Rectangle(0, 0, 10, 10), (0, 1), (0, 1)).at(0.5, 2)
        (5.0, 0.0)
        """
        horizontal = _share(x, self.x, is_log=self.is_log)
        vertical = _share(y, self.y, is_log=False)
        return (
            self.place.left + horizontal * self.place.width,
            self.place.bottom - vertical * self.place.height,
        )

    def frame(
        self, x_name: str, y_name: str, x_ticks: Sequence[float], y_ticks: Sequence[float]
    ) -> Iterator[Shape]:
        """The frame with ticks and the names of what is shown."""
        for value in y_ticks:
            left, right = self.at(self.x[0], value), self.at(self.x[1], value)
            yield Curve((left, right), colour=LIGHT_GREY, width=0.5)
            at = (self.place.left - _TICK_GAP, left[1])
            yield Text(at, f"{value:g}", SMALL, "right", colour=DARK_GREY)
        ends = -math.inf
        for value in x_ticks:
            foot = self.at(value, self.y[0])
            yield Curve((foot, (foot[0], foot[1] + 2.5)), colour=DARK_GREY, width=0.6)
            half = text_width(f"{value:,g}", SMALL) / 2
            if foot[0] - half > ends + 3:  # a number that would touch the one before is left out
                ends = foot[0] + half
                at = (foot[0], self.place.bottom + _NAME_GAP)
                yield Text(at, f"{value:,g}", SMALL, colour=DARK_GREY)
        yield Box(self.place, "none", DARK_GREY, 0.6, name="frame")
        middle = self.place.left + self.place.width / 2
        if x_name:
            yield Text((middle, self.place.bottom + 2.2 * _NAME_GAP), x_name, SMALL)
        yield Text((self.place.left, self.place.top - 7), y_name, SMALL, "left")

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 1.2,
        *,
        dashed: bool = False,
        name: str = "",
    ) -> Iterator[Shape]:
        """The points joined by straight lines."""
        places = [self.at(*point) for point in points]
        for number, ends in enumerate(pairwise(places)):
            label = f"{name}-{number}" if name else ""
            yield Curve(ends, colour=colour, width=width, dashed=dashed, name=label)


def _share(value: float, ends: tuple[float, float], *, is_log: bool) -> float:
    low, high = ends
    if is_log:
        low, high, value = math.log(low), math.log(high), math.log(max(value, ends[0]))
    found = (value - low) / (high - low) if high > low else 0.5
    return min(1.0, max(0.0, found))


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers from one value to another.

    >>> ticks(0, 600)
    [0, 200, 400, 600]
    """
    least = max(high - low, 1e-9) / (count - 1)
    power = 10 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * 0.999)
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def legend(entries: Sequence[tuple[str, str, bool]], left: float, top: float) -> Iterator[Shape]:
    """Names of lines, one below the other: name, colour, whether the line is dashed."""
    for number, (name, colour, dashed) in enumerate(entries):
        y = top + number * _LEGEND_LINE
        yield Curve(((left, y), (left + 18, y)), colour=colour, width=1.8, dashed=dashed)
        yield Text((left + 23, y), name, SMALL, "left", name=f"legend-{number}")
