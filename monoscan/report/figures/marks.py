"""Marks of points: each has a shape of its own, so that they can be told apart without colour."""

from __future__ import annotations

import math
from typing import Final

from monoscan.report.figures.scene import BLACK, BLUE, WHITE, Circle, Curve, Point, Shape

# From the palette of M. Okabe and K. Ito, without its colours that are faint on a light ground.
COLOURS: Final = (BLACK, "#d55e00", BLUE, "#009e73", "#cc79a7", BLACK, "#d55e00", BLUE)
N_SHAPES: Final = len(COLOURS)
N_MARKS: Final = 2 * N_SHAPES

_RADIUS: Final = 4.4
_WIDTH: Final = 1.1


def mark(number: int, at: Point, name: str = "") -> list[Shape]:
    """The shapes of a mark at a place.

    The first eight marks are outlines that stay visible when they lie on one another; the others
    are the same with a dot in the middle.

    Args:
        number: Which mark, from 0 to 15.
        at: Its middle.
        name: The name of its first shape.

    Raises:
        ValueError: If there is no such mark.

    >>> [type(shape).__name__ for shape in mark(8, (0, 0))]
    ['Circle', 'Circle']
    """
    if not 0 <= number < N_MARKS:
        raise ValueError(f"there is no mark number {number}; expected 0 to {N_MARKS - 1}")
    shape = number % N_SHAPES
    colour = COLOURS[shape]
    shapes: list[Shape] = []
    if shape == 0:
        shapes.append(Circle(at, _RADIUS, "none", colour, _WIDTH, name=name))
    elif shape == 7:
        shapes.append(Circle(at, 0.45 * _RADIUS, "none", colour, _WIDTH, name=name))
    else:
        lines = _lines(shape, at)
        shapes += [
            Curve(line, colour=colour, width=_WIDTH, name=name if first else "")
            for first, line in zip((True, False), lines, strict=False)
        ]
    if number >= N_SHAPES:
        shapes.append(Circle(at, 0.2 * _RADIUS, colour, WHITE, 0))
    return shapes


def _lines(shape: int, at: Point) -> list[tuple[Point, ...]]:
    """The chains of lines of a mark that is no circle."""
    corners = {1: (4, 45), 2: (4, 0), 3: (3, 90), 4: (3, 270)}
    if shape in corners:
        number, turn = corners[shape]
        size = 1.25 * _RADIUS
        points = [_on_circle(at, size, turn + 360 * step / number) for step in range(number)]
        # The first edge is drawn twice: a chain of four points would be taken for a Bézier curve.
        return [(*points, *points[:2])]
    turn, size = 0 if shape == 5 else 45, 1.35 * _RADIUS
    return [
        (_on_circle(at, size, angle), _on_circle(at, size, angle + 180))
        for angle in (turn, turn + 90)
    ]


def _on_circle(middle: Point, radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return middle[0] + radius * math.cos(angle), middle[1] - radius * math.sin(angle)
