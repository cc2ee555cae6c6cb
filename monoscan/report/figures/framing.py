"""Puts shapes on a page just large enough for them, with notes below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import singledispatch

from monoscan.report.figures.fonts import text_place, wrapped
from monoscan.report.figures.scene import (
    DARK_GREY,
    Box,
    Cells,
    Circle,
    Curve,
    Drawing,
    Rectangle,
    Shape,
    Text,
)

NO_BREAK = "\u00a0"
"""A blank at which a note is never broken."""

_MARGIN = 8.0
_NOTE_SIZE, _NOTE_WIDTH, _NOTE_GAP = 7.5, 260.0, 10.0


def framed(title: str, shapes: Sequence[Shape], notes: Sequence[str] = ()) -> Drawing:
    """A drawing of shapes given in any coordinates, moved onto a page that holds them all.

    Args:
        title: The title of the file; it is not drawn.
        shapes: The shapes, lowest first.
        notes: Paragraphs to write below them.

    Raises:
        MissingLibrary: If matplotlib is not installed.

    >>> framed("dot", [Circle((0, 0), 5)]).width
    26.0
    """
    extent = union([place_of(shape) for shape in shapes])
    lines = [
        line
        for note in notes
        for line in wrapped(note.split(" "), _NOTE_SIZE, max(extent.width, _NOTE_WIDTH))
    ]
    top = extent.bottom + _NOTE_GAP
    texts = [
        Text(
            (extent.left, top + (number + 0.5) * 1.35 * _NOTE_SIZE),
            line,
            _NOTE_SIZE,
            "left",
            colour=DARK_GREY,
            name=f"note-{number}",
        )
        for number, line in enumerate(lines)
    ]
    everything = [*shapes, *texts]
    page = union([extent, *(text_place(text) for text in texts)])
    dx, dy = _MARGIN - page.left, _MARGIN - page.top
    return Drawing(
        title,
        round(page.width + 2 * _MARGIN, 2),
        round(page.height + 2 * _MARGIN, 2),
        tuple(moved(shape, dx, dy) for shape in everything),
    )


def union(places: Iterable[Rectangle]) -> Rectangle:
    """The smallest rectangle that holds all of some rectangles, of which there is at least one.

    >>> union([Rectangle(0, 0, 1, 1), Rectangle(4, 2, 1, 1)])
    Rectangle(left=0, top=0, width=5, height=3)
    """
    found = list(places)
    left, top = min(p.left for p in found), min(p.top for p in found)
    right, bottom = max(p.right for p in found), max(p.bottom for p in found)
    return Rectangle(left, top, right - left, bottom - top)


@singledispatch
def place_of(shape: Shape) -> Rectangle:
    """A rectangle that holds a shape.

    >>> place_of(Circle((5, 5), 2))
    Rectangle(left=3, top=3, width=4, height=4)
    """
    raise TypeError(f"{type(shape).__name__} is no shape of a picture")


@place_of.register(Text)
def _(shape: Text) -> Rectangle:
    return text_place(shape)


@place_of.register(Circle)
def _(shape: Circle) -> Rectangle:
    (x, y), r = shape.center, shape.radius
    return Rectangle(x - r, y - r, 2 * r, 2 * r)


@place_of.register(Box)
@place_of.register(Cells)
def _(shape: Box | Cells) -> Rectangle:
    return shape.place


@place_of.register(Curve)
def _(shape: Curve) -> Rectangle:
    # A Bézier curve stays within its points. A quadratic one comes only half the way to its
    # middle point, which saves much white paper.
    points = list(shape.points)
    if len(points) == 3:
        (ax, ay), (bx, by), (cx, cy) = points
        points = [points[0], ((ax + cx) / 4 + bx / 2, (ay + cy) / 4 + by / 2), points[2]]
    xs, ys = zip(*points, strict=True)
    return Rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def scaled(shape: Shape, factor: float) -> Shape:
    """The shape and its letters, larger or smaller.

    >>> scaled(Circle((2, 4), 5), 0.5).radius
    2.5
    """
    if isinstance(shape, Text):
        at = (shape.at[0] * factor, shape.at[1] * factor)
        return replace(shape, at=at, size=shape.size * factor)
    if isinstance(shape, Circle):
        center = (shape.center[0] * factor, shape.center[1] * factor)
        return replace(shape, center=center, radius=shape.radius * factor)
    if isinstance(shape, Curve):
        return replace(shape, points=tuple((x * factor, y * factor) for x, y in shape.points))
    found = shape.place
    place = Rectangle(
        found.left * factor, found.top * factor, found.width * factor, found.height * factor
    )
    return replace(shape, place=place)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The shape, moved to the right and downwards.

    >>> moved(Circle((0, 0), 5), 3, 4).center
    (3, 4)
    """
    if isinstance(shape, Text):
        return replace(shape, at=(shape.at[0] + dx, shape.at[1] + dy))
    if isinstance(shape, Circle):
        return replace(shape, center=(shape.center[0] + dx, shape.center[1] + dy))
    if isinstance(shape, Curve):
        return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
    place = replace(shape.place, left=shape.place.left + dx, top=shape.place.top + dy)
    return replace(shape, place=place)
