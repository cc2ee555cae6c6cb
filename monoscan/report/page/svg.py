"""A drawing as a small SVG for a page: texts stay texts, and colours follow the page."""

from __future__ import annotations

import math
from functools import singledispatch
from html import escape
from typing import Final

from monoscan.report.figures.scene import (
    BLACK,
    DARK_GREY,
    LIGHT_GREY,
    WHITE,
    Box,
    Cells,
    Circle,
    Curve,
    Drawing,
    Point,
    Shape,
    Text,
)

_COLOURS: Final = {
    BLACK: "currentColor",
    WHITE: "var(--paper)",
    DARK_GREY: "var(--quiet)",
    LIGHT_GREY: "var(--line)",
}
_HEAD: Final = (6.5, 2.3)  # length and half the width of the head of an arrow
_ANCHORS: Final = {"center": "middle", "left": "start", "right": "end"}


def as_svg(drawing: Drawing, label: str) -> str:
    """The drawing as an element of HTML.

    Args:
        drawing: what to draw.
        label: what it shows, for those who do not see it.

    >>> as_svg(Drawing("dot", 20, 10, (Circle((5, 5), 2),)), "a dot").split(">")[0]
    '<svg viewBox="0 0 20 10" width="20" height="10" role="img" aria-label="a dot"'
    """
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    shapes = "".join(map(_element, drawing.shapes))
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{shapes}</svg>'
    )


def _colour(colour: str) -> str:
    return _COLOURS.get(colour, colour)


@singledispatch
def _element(shape: Shape) -> str:
    raise TypeError(f"{type(shape).__name__} is no shape of a picture")


@_element.register(Text)
def _(shape: Text) -> str:
    weight = ' font-weight="bold"' if shape.bold else ""
    return (
        f'<text x="{shape.at[0]:.1f}" y="{shape.at[1] + 0.35 * shape.size:.1f}" '
        f'font-size="{shape.size:g}" text-anchor="{_ANCHORS[shape.anchor]}" '
        f'fill="{_colour(shape.colour)}"{weight}>{escape(shape.text)}</text>'
    )


@_element.register(Circle)
def _(shape: Circle) -> str:
    return (
        f'<circle cx="{shape.center[0]:.1f}" cy="{shape.center[1]:.1f}" r="{shape.radius:.1f}" '
        f'fill="{_colour(shape.fill)}" stroke="{_colour(shape.line)}" '
        f'stroke-width="{shape.line_width:g}"/>'
    )


@_element.register(Box)
def _(shape: Box) -> str:
    place = shape.place
    return (
        f'<rect x="{place.left:.1f}" y="{place.top:.1f}" width="{place.width:.1f}" '
        f'height="{place.height:.1f}" rx="{shape.rounding:g}" fill="{_colour(shape.fill)}" '
        f'stroke="{_colour(shape.line)}" stroke-width="{shape.line_width:g}"/>'
    )


@_element.register(Cells)
def _(shape: Cells) -> str:
    return "".join(
        _element(Box(shape.cell(*chosen), shape.fill, shape.line, 0.5)) for chosen in shape.chosen
    )


@_element.register(Curve)
def _(shape: Curve) -> str:
    first, *rest = shape.points
    verb = {1: "L", 2: "Q", 3: "C"}.get(len(rest), "L")
    path = f"M{_pair(first)}{verb}{' '.join(map(_pair, rest))}"
    colour = _colour(shape.colour)
    dashes = ' stroke-dasharray="4 2.5"' if shape.dashed else ""
    line = (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{shape.width:g}"{dashes}/>'
    )
    heads = [_head(shape.points[-2], shape.points[-1], colour)] if shape.arrows else []
    if shape.arrows == 2:
        heads.append(_head(shape.points[1], first, colour))
    return line + "".join(heads)


def _pair(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _head(before: Point, tip: Point, colour: str) -> str:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    size = math.hypot(dx, dy) or 1.0
    dx, dy = dx / size, dy / size
    length, half = _HEAD
    base = tip[0] - length * dx, tip[1] - length * dy
    corners = (
        tip,
        (base[0] - half * dy, base[1] + half * dx),
        (base[0] + half * dy, base[1] - half * dx),
    )
    return f'<polygon points="{" ".join(map(_pair, corners))}" fill="{colour}"/>'
