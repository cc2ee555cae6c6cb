"""The egg-box diagram of a monoid: its D-classes as boxes of H-classes, in the J-order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import final

from monoscan.automata.greens import EggBox, GreensRelations
from monoscan.automata.word import EMPTY_WORD_SIGN
from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.fonts import printable, shortened, text_width
from monoscan.report.figures.framing import framed, moved, place_of, union
from monoscan.report.figures.j_order import JOrder, j_order
from monoscan.report.figures.layering import ordered_layers
from monoscan.report.figures.scene import (
    BLACK,
    DARK_GREY,
    LIGHT_GREY,
    ORANGE,
    WHITE,
    Box,
    Cells,
    Curve,
    Drawing,
    Rectangle,
    Shape,
    Text,
)

MAX_D_CLASSES = 64
MAX_SIDE_WITH_WORDS = 6
MAX_SIDE_WITH_STARS = 16
MAX_SIDE_WITH_CELLS = 64

_STAR = "★"
_WORD_SIZE, _TITLE_SIZE, _GROUP_SIZE = 7.5, 7.5, 6.5
_LARGEST_WORD = 54.0
_STAR_CELL, _SMALL_CELL = 12.0, 4.0
_GAP, _LAYER_GAP, _BYPASS = 20.0, 26.0, 8.0
_GROUP_FILL = "#f7ddb0"


def draw_egg_box(greens: GreensRelations) -> Drawing:
    """The egg-box diagram of a monoid.

    Each D-class is a box: its rows are R-classes, its columns L-classes, its cells H-classes. A
    cell with a star holds an idempotent, so it is a group; groups are shaded, those with more
    than one element darker, and named. Lines lead down the J-order. Cells show the word of their
    first element (of the idempotent in a group) in small boxes, only stars in larger ones, only
    their shade in still larger ones; a D-class too large even for that is described in words.

    Args:
        greens: Green's relations of the monoid.

    Raises:
        PictureRefused: If there are more than `MAX_D_CLASSES` D-classes.
        MissingLibrary: If matplotlib is not installed.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> relations = GreensRelations(syntactic_monoid(compile_regex("(ab)*", "ab")))
    >>> [text.text for text in draw_egg_box(relations).texts()][:4]
    ['1 element', 'ε ★', '4 elements', 'a']
    """
    count = greens.n_classes["D"]
    if count > MAX_D_CLASSES:
        raise PictureRefused(
            "D-classes",
            count,
            MAX_D_CLASSES,
            "draw the egg-box of a smaller monoid, or read the classes with GreensRelations",
        )
    groups = {found.d_class: found.group.name for found in greens.maximal_subgroups(trivial=False)}
    boxes = [_box(greens, greens.egg_box(d), groups.get(d)) for d in range(count)]
    order = j_order(greens)
    rows = _rows(boxes, order)
    shapes = [*_lines(rows, order), *(shape for box in rows.placed for shape in box.shapes)]
    return framed("egg-box", shapes, _notes(boxes))


@final
@dataclass(frozen=True)
class _DrawnBox:
    """The shapes of one D-class, and the place of its box without the title."""

    place: Rectangle
    shapes: tuple[Shape, ...]
    style: str

    @property
    def whole(self) -> Rectangle:
        """The place of the box and its title."""
        return union([place_of(shape) for shape in self.shapes])

    def at(self, left: float, top: float) -> _DrawnBox:
        """The same box with its whole place beginning there."""
        whole = self.whole
        dx, dy = left - whole.left, top - whole.top
        place = replace(self.place, left=self.place.left + dx, top=self.place.top + dy)
        return _DrawnBox(place, tuple(moved(s, dx, dy) for s in self.shapes), self.style)


def _box(greens: GreensRelations, box: EggBox, group: str | None) -> _DrawnBox:
    style = _style(max(box.representatives.shape))
    draw = {
        "words": _with_words,
        "stars": _with_stars,
        "cells": _with_cells,
        "described": _described,
    }[style]
    shapes = draw(greens, box, group)
    place = union([place_of(shape) for shape in shapes])
    title = _title(box, group if style in ("stars", "cells") else None)
    at = (place.left + place.width / 2, place.top - 0.75 * _TITLE_SIZE)
    heading = Text(at, title, _TITLE_SIZE, colour=DARK_GREY, name=f"title-{box.number}")
    # Lines of the J-order pass below the boxes; the ground keeps them out of sight there.
    ground = Box(place, line_width=0, name=f"d-class-{box.number}")
    return _DrawnBox(place, (heading, ground, *shapes), style)


def _style(side: int) -> str:
    """How a box with so many rows or columns is drawn."""
    if side <= MAX_SIDE_WITH_WORDS:
        return "words"
    if side <= MAX_SIDE_WITH_STARS:
        return "stars"
    return "cells" if side <= MAX_SIDE_WITH_CELLS else "described"


def _title(box: EggBox, group: str | None) -> str:
    elements = f"{box.n_elements} element{'s' if box.n_elements != 1 else ''}"
    return elements if group is None else f"{elements}, groups {printable(group)}"


def _with_words(greens: GreensRelations, box: EggBox, group: str | None) -> list[Shape]:
    """Cells with a word, a star for an idempotent, and the name of a group."""
    rows, columns = box.representatives.shape
    lines = {(r, c): _cell_text(greens, box, r, c) for r in range(rows) for c in range(columns)}
    widths = [text_width(line, _WORD_SIZE) for line in lines.values()]
    name = None if group is None else shortened(printable(group), _GROUP_SIZE, _LARGEST_WORD + 12)
    width = max(22.0, max(widths) + 8, text_width(name, _GROUP_SIZE) + 8 if name else 0.0)
    height = 26.0 if name else 17.0
    grid = Rectangle(0, 0, columns * width, rows * height)
    shapes = _grid(box, grid, group)
    cells = Cells(grid, (rows, columns), (), WHITE)
    for (r, c), line in lines.items():
        cell = cells.cell(r, c)
        x, y = cell.left + width / 2, cell.top + height / 2
        named = name is not None and box.idempotents[r, c] >= 0
        label = f"word-{box.number}-{r}-{c}"
        shapes.append(Text((x, y - 5 if named else y), line, _WORD_SIZE, name=label))
        if named and name is not None:
            shapes.append(Text((x, y + 5.5), name, _GROUP_SIZE, bold=True))
    return shapes


def _cell_text(greens: GreensRelations, box: EggBox, row: int, column: int) -> str:
    """The first word of a cell, or of its idempotent with a star."""
    idempotent = int(box.idempotents[row, column])
    element = idempotent if idempotent >= 0 else int(box.representatives[row, column])
    letters = [printable(letter) for letter in greens.monoid.word(element)]
    between = " " if any(len(x) > 1 for x in greens.monoid.automaton.alphabet) else ""
    word = between.join(letters) or EMPTY_WORD_SIGN
    star = f" {_STAR}" if idempotent >= 0 else ""
    return shortened(word, _WORD_SIZE, _LARGEST_WORD) + star


def _with_stars(_greens: GreensRelations, box: EggBox, group: str | None) -> list[Shape]:
    rows, columns = box.representatives.shape
    shapes = _grid(box, Rectangle(0, 0, columns * _STAR_CELL, rows * _STAR_CELL), group)
    for r, c in _group_cells(box):
        at = ((c + 0.5) * _STAR_CELL, (r + 0.5) * _STAR_CELL)
        shapes.append(Text(at, _STAR, _WORD_SIZE))
    return shapes


def _with_cells(_greens: GreensRelations, box: EggBox, group: str | None) -> list[Shape]:
    rows, columns = box.representatives.shape
    return _grid(box, Rectangle(0, 0, columns * _SMALL_CELL, rows * _SMALL_CELL), group)


def _described(_greens: GreensRelations, box: EggBox, group: str | None) -> list[Shape]:
    """A box of fixed size with the numbers of the D-class in words."""
    rows, columns = box.representatives.shape
    stars = len(_group_cells(box))
    lines = [
        f"{rows} × {columns} H-classes",
        f"of {box.cell_size} element{'s' if box.cell_size != 1 else ''}",
        f"{stars} groups {_STAR}" if stars else "no group",
        *([shortened(printable(group), _WORD_SIZE, 90)] if group else []),
    ]
    width = max(text_width(line, _WORD_SIZE) for line in lines) + 14
    height = 11 * len(lines) + 8
    fill = ORANGE if group else _GROUP_FILL if stars else WHITE
    place = Rectangle(0, 0, width, height)
    frame = Box(place, fill, DARK_GREY, 1.0, rounding=3, name=f"description-{box.number}")
    texts = [
        Text((width / 2, 4 + 11 * (number + 0.5)), line, _WORD_SIZE)
        for number, line in enumerate(lines)
    ]
    return [frame, *texts]


def _group_cells(box: EggBox) -> tuple[tuple[int, int], ...]:
    return tuple((r, c) for r, c in zip(*(box.idempotents >= 0).nonzero(), strict=True))


def _grid(box: EggBox, place: Rectangle, group: str | None) -> list[Shape]:
    """All cells, those of groups shaded, within a frame."""
    rows, columns = box.representatives.shape
    every = tuple((r, c) for r in range(rows) for c in range(columns))
    fill = ORANGE if group else _GROUP_FILL
    line = LIGHT_GREY if max(rows, columns) > MAX_SIDE_WITH_STARS else DARK_GREY
    shape = (rows, columns)
    return [
        Cells(place, shape, every, WHITE, line),
        Cells(place, shape, _group_cells(box), fill, line, name=f"groups-{box.number}"),
        Box(place, "none", BLACK, 1.0),
    ]


@final
@dataclass(frozen=True)
class _Rows:
    """The boxes in rows by their depth in the J-order.

    Attributes:
        placed: The boxes at their places, in the order of their numbers.
        spans: The upper and the lower edge of the row of each box.
        bypasses: For a line that passes rows on its way, the places where it passes them.
    """

    placed: tuple[_DrawnBox, ...]
    spans: dict[int, tuple[float, float]]
    bypasses: dict[tuple[int, int], list[tuple[float, float, float]]]


def _rows(boxes: list[_DrawnBox], order: JOrder) -> _Rows:
    """Places the boxes; lines that pass a row get a gap of their own in it."""
    layers: list[list[int]] = [[] for _ in range(max(order.depths) + 1)]
    for number, depth in enumerate(order.depths):
        layers[depth].append(number)
    edges, chains = _with_passages(layers, order, len(boxes))
    layers = ordered_layers(layers, edges)
    sizes = {n: (b.whole.width, b.whole.height) for n, b in enumerate(boxes)}
    placed = dict(enumerate(boxes))
    spans: dict[int, tuple[float, float]] = {}
    passages: dict[int, tuple[float, float, float]] = {}
    top = 0.0
    for layer in layers:
        widths = [sizes.get(vertex, (_BYPASS, 0.0))[0] for vertex in layer]
        height = max(sizes.get(vertex, (0.0, 0.0))[1] for vertex in layer)
        left = -(sum(widths) + _GAP * (len(layer) - 1)) / 2
        for vertex, width in zip(layer, widths, strict=True):
            if vertex in sizes:
                drop = (height - sizes[vertex][1]) / 2
                placed[vertex] = boxes[vertex].at(left, top + drop)
                spans[vertex] = (top, top + height)
            else:
                passages[vertex] = (left + width / 2, top, top + height)
            left += width + _GAP
        top += height + _LAYER_GAP
    bypasses = {edge: [passages[vertex] for vertex in chain] for edge, chain in chains.items()}
    return _Rows(tuple(placed[number] for number in range(len(boxes))), spans, bypasses)


def _with_passages(
    layers: list[list[int]], order: JOrder, first: int
) -> tuple[list[tuple[int, int]], dict[tuple[int, int], list[int]]]:
    """Adds a vertex to each layer that a line passes; returns the pieces and their chains."""
    edges: list[tuple[int, int]] = []
    chains: dict[tuple[int, int], list[int]] = {}
    for upper, lower in order.covers:
        chain = []
        for depth in range(order.depths[upper] + 1, order.depths[lower]):
            layers[depth].append(first)
            chain.append(first)
            first += 1
        chains[upper, lower] = chain
        edges += list(zip([upper, *chain], [*chain, lower], strict=True))
    return edges, chains


def _lines(rows: _Rows, order: JOrder) -> list[Shape]:
    """The lines of the J-order, slanted only between the rows, where there are no boxes."""
    found: list[Shape] = []
    for upper, lower in order.covers:
        above, below = rows.placed[upper].whole, rows.placed[lower].whole
        x, last_x = above.left + above.width / 2, below.left + below.width / 2
        points = [(x, above.bottom), (x, rows.spans[upper][1])]
        for passing, top, bottom in rows.bypasses[upper, lower]:
            points += [(passing, top), (passing, bottom)]
        points += [(last_x, rows.spans[lower][0]), (last_x, below.top - 1)]
        # Single lines: a chain of three or four points would be taken for a Bézier curve.
        found += [
            Curve((start, end), colour=DARK_GREY, name=f"order-{upper}-{lower}")
            for start, end in pairwise(points)
            if start != end
        ]
    return found


def _notes(boxes: list[_DrawnBox]) -> list[str]:
    notes = [
        f"{_STAR} idempotent: its H-class is a group (shaded; darker with a name: not trivial)."
    ]
    if any(box.style == "words" for box in boxes):
        notes.append("A cell shows the shortest word of one of its elements.")
    if any(box.style == "cells" for box in boxes):
        notes.append("In boxes of many cells the groups are shaded and have no star.")
    return notes
