"""Puts a drawing on paper through matplotlib: SVG, PDF and PNG, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np

from monoscan.report.figures.fonts import font, require_library
from monoscan.report.figures.scene import Box, Cells, Circle, Curve, Drawing, Point, Shape, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Format: TypeAlias = Literal["svg", "pdf", "png"]
FORMATS: tuple[Format, ...] = get_args(Format)

_POINTS_PER_INCH = 72
_PIXELS_PER_INCH = 150
_HEAD_LENGTH, _HEAD_WIDTH = 6.5, 4.6


def render(drawing: Drawing, kind: Format) -> bytes:
    """A drawing as the bytes of a file.

    Args:
        drawing: What to draw.
        kind: "svg", "pdf" or "png".

    Raises:
        MissingLibrary: If matplotlib is not installed.
        ValueError: If the format is another one.

    >>> render(Drawing("empty", 20, 10, ()), "svg")[:5]
    b'<?xml'
    """
    if kind not in FORMATS:
        raise ValueError(f"the format {kind!r} is not known; choose among {', '.join(FORMATS)}")
    require_library()
    import matplotlib
    from matplotlib.figure import Figure

    # None leaves out the date, which would make every run differ.
    metadata: dict[str, Any] = {
        "svg": {"Date": None, "Creator": "monoscan", "Title": drawing.title},
        "pdf": {"CreationDate": None, "Creator": "monoscan", "Title": drawing.title},
        "png": {"Software": "monoscan", "Title": drawing.title},
    }
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        # Glyphs become outlines in SVG and embedded TrueType in PDF: no reader needs our font.
        # The salt makes the identifiers inside an SVG the same in every run.
        matplotlib.rcParams.update(
            {"svg.fonttype": "path", "svg.hashsalt": "monoscan", "pdf.fonttype": 42}
        )
        figure = Figure(
            figsize=(drawing.width / _POINTS_PER_INCH, drawing.height / _POINTS_PER_INCH)
        )
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, drawing.width)
        axes.set_ylim(drawing.height, 0)
        for depth, shape in enumerate(drawing.shapes):
            _add(shape, axes, depth)
        stream = BytesIO()
        figure.savefig(stream, format=kind, dpi=_PIXELS_PER_INCH, metadata=metadata[kind])
    return stream.getvalue()


def write_drawing(drawing: Drawing, stem: Path, formats: Sequence[Format]) -> tuple[Path, ...]:
    """Writes a drawing to one file a format.

    Args:
        drawing: What to draw.
        stem: The path of the files without their suffixes.
        formats: The formats, which are the suffixes too.

    Returns:
        The paths of the files.

    Raises:
        MissingLibrary: If matplotlib is not installed.
        OSError: If a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     paths = write_drawing(Drawing("empty", 9, 9, ()), Path(folder, "a"), ("svg", "png"))
    >>> [path.name for path in paths]
    ['a.svg', 'a.png']
    """
    paths = []
    for kind in formats:
        path = stem.with_name(f"{stem.name}.{kind}")
        path.write_bytes(render(drawing, kind))
        paths.append(path)
    return tuple(paths)


@singledispatch
def _add(shape: Shape, _axes: Axes, _depth: int) -> None:
    raise TypeError(f"{type(shape).__name__} is no shape that can be drawn")


@_add.register(Text)
def _(shape: Text, axes: Axes, depth: int) -> None:
    # Without parse_math=False a letter $ would begin a formula.
    axes.text(
        *shape.at,
        shape.text,
        fontproperties=font(shape.size, shape.bold),
        color=shape.colour,
        ha=shape.anchor,
        va="center_baseline",
        zorder=depth,
        parse_math=False,
        gid=shape.name or None,
    )


@_add.register(Circle)
def _(shape: Circle, axes: Axes, depth: int) -> None:
    from matplotlib.patches import Circle as CirclePatch

    axes.add_patch(
        CirclePatch(
            shape.center,
            shape.radius,
            facecolor=shape.fill,
            edgecolor=shape.line if shape.line_width else "none",
            linewidth=shape.line_width,
            zorder=depth,
            gid=shape.name or None,
        )
    )


@_add.register(Box)
def _(shape: Box, axes: Axes, depth: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    place = shape.place
    axes.add_patch(
        FancyBboxPatch(
            (place.left, place.top),
            place.width,
            place.height,
            boxstyle=f"round,pad=0,rounding_size={max(shape.rounding, 1e-3)}",
            facecolor=shape.fill,
            edgecolor=shape.line if shape.line_width else "none",
            linewidth=shape.line_width,
            zorder=depth,
            gid=shape.name or None,
        )
    )


@_add.register(Cells)
def _(shape: Cells, axes: Axes, depth: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    if not shape.chosen:
        return
    corners: list[Point] = []
    for row, column in shape.chosen:
        c = shape.cell(row, column)
        first = (c.left, c.top)
        corners += [first, (c.right, c.top), (c.right, c.bottom), (c.left, c.bottom), first]
    steps = [Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY] * len(shape.chosen)
    patch = PathPatch(
        Outline(np.array(corners), steps),
        facecolor=shape.fill,
        edgecolor=shape.line,
        linewidth=0.5,
        zorder=depth,
        gid=shape.name or None,
    )
    axes.add_patch(patch)


@_add.register(Curve)
def _(shape: Curve, axes: Axes, depth: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    points = _shortened_for_heads(shape)
    step = {3: Outline.CURVE3, 4: Outline.CURVE4}.get(len(points), Outline.LINETO)
    axes.add_patch(
        PathPatch(
            Outline(np.array(points), [Outline.MOVETO, *[step] * (len(points) - 1)]),
            facecolor="none",
            edgecolor=shape.colour,
            linewidth=shape.width,
            linestyle=(0, (4, 2.5)) if shape.dashed else "solid",
            zorder=depth,
            gid=shape.name or None,
        )
    )
    if shape.arrows:
        _add_head(axes, shape.points[-2], shape.points[-1], shape.colour, depth)
    if shape.arrows == 2:
        _add_head(axes, shape.points[1], shape.points[0], shape.colour, depth)


def _shortened_for_heads(shape: Curve) -> list[Point]:
    """The points of the line, which ends inside its arrow heads so that their tips stay sharp."""
    points = list(shape.points)
    if shape.arrows:
        points[-1] = _before(points[-2], points[-1], _HEAD_LENGTH / 2)
    if shape.arrows == 2:
        points[0] = _before(points[1], points[0], _HEAD_LENGTH / 2)
    return points


def _before(origin: Point, tip: Point, distance: float) -> Point:
    direction = np.subtract(tip, origin)
    x, y = tip - direction / max(float(np.hypot(*direction)), 1e-9) * distance
    return float(x), float(y)


def _add_head(axes: Axes, origin: Point, tip: Point, colour: str, depth: int) -> None:
    from matplotlib.patches import Polygon

    base = np.array(_before(origin, tip, _HEAD_LENGTH))
    x, y = np.subtract(tip, base) / _HEAD_LENGTH
    across = np.array([-y, x]) * _HEAD_WIDTH / 2
    corners = np.array([tip, base + across, base - across])
    axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=depth))
