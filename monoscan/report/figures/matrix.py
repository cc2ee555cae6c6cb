"""Draws answers as a coloured matrix: a row a language, a column a class, a short text a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.fonts import printable, shortened, text_width
from monoscan.report.figures.framing import framed
from monoscan.report.figures.plot import SMALL
from monoscan.report.figures.scene import (
    BLUE,
    DARK_GREY,
    ORANGE,
    SKY,
    WHITE,
    Box,
    Drawing,
    Rectangle,
    Shape,
    Text,
)

MOST_ROWS: Final = 120
MOST_COLUMNS: Final = 40
_ROW: Final = 12.0
_NARROWEST: Final = 16.0
_NAME: Final = 110.0
_COLOURS: Final = {"yes": BLUE, "no": ORANGE, "nearly": "#f7dcae", "cited": SKY, "open": WHITE}
_WORDS: Final = {
    "yes": "yes, with a number of layers",
    "cited": "yes, from a cited theorem",
    "no": "no",
    "nearly": "no so far, or only up to each length",
    "open": "unknown",
}


def kind_of_answer(symbol: str) -> str:
    """Which colour the symbol of a cell has.

    >>> [kind_of_answer(s) for s in ("2", "<=3", "no", "no*", "no+", ">1", "?", "<=4*", "yes*")]
    ['yes', 'yes', 'no', 'no', 'nearly', 'nearly', 'open', 'cited', 'cited']
    """
    first = symbol.split(" ")[0].split("\n")[0].strip("!*")
    is_cited = "*" in symbol
    if first == "no":
        return "no"
    if first in ("no+", "?+") or (first.startswith(">") and not is_cited):
        return "nearly"
    if first == "yes" or first.removeprefix("<=").isdecimal() or first.startswith(">"):
        return "cited" if is_cited else "yes"
    return "open"


def draw_matrix(
    title: str,
    rows: Sequence[tuple[str, Sequence[str]]],
    columns: Sequence[str],
    kind: Callable[[str], str] = kind_of_answer,
    notes: Sequence[str] = (),
) -> Drawing:
    """Draws the matrix; columns have numbers, which a list below explains.

    Args:
        title: Of the file.
        rows: What each is called, and its cells.
        columns: What each is called.
        kind: Which colour a cell has: ``yes``, ``no``, ``nearly``, ``cited`` or ``open``.
        notes: What cells say, in place of a legend of the colours.

    Raises:
        PictureRefused: If there is more than is legible.
        MissingLibrary: If matplotlib is not installed.

    >>> drawing = draw_matrix("solvable", [("s3", ["no", "2"])], ["mamba", "deltanet"])
    >>> [text.text for text in drawing.texts()][:4]
    ['1', '2', 's3', 'no']
    """
    for what, count, most in (
        ("rows", len(rows), MOST_ROWS),
        ("columns", len(columns), MOST_COLUMNS),
    ):
        if count > most:
            raise PictureRefused(what, count, most, "choose some with --language, --architecture")
    cells = [cell.split("\n")[0] for _, row in rows for cell in row]
    side = max(_NARROWEST, *(text_width(cell, SMALL) + 5 for cell in cells))
    shapes: list[Shape] = [
        Text((_NAME + (n + 0.5) * side, -6), str(n + 1), SMALL, colour=DARK_GREY)
        for n in range(len(columns))
    ]
    for number, (name, row) in enumerate(rows):
        shapes += _row(number, name, row, side, kind)
    bottom = len(rows) * _ROW + 10
    used = {kind(cell) for _, row in rows for cell in row}
    for note in notes:
        shapes.append(Text((0, bottom + 4), note, SMALL, "left"))
        bottom += _ROW
    for key in [key for key in _WORDS if key in used and not notes]:
        box = Rectangle(0, bottom, 10, 8)
        shapes.append(Box(box, _COLOURS[key], DARK_GREY, 0.4, name=f"legend-{key}"))
        shapes.append(Text((15, bottom + 4), _WORDS[key], SMALL, "left"))
        bottom += _ROW
    for number, name in enumerate(columns, 1):
        shapes.append(Text((0, bottom + 5), f"{number}  {printable(name)}", SMALL, "left"))
        bottom += 10
    return framed(title, shapes)


def _row(
    number: int, name: str, row: Sequence[str], side: float, kind: Callable[[str], str]
) -> Iterator[Shape]:
    top = number * _ROW
    shown = shortened(printable(name), SMALL, _NAME - 8)
    yield Text((_NAME - 5, top + _ROW / 2), shown, SMALL, "right", name=f"row-{number}")
    for place, cell in enumerate(row):
        found = kind(cell)
        box = Rectangle(_NAME + place * side, top, side, _ROW)
        yield Box(box, _COLOURS[found], WHITE, 0.8, name=f"cell-{number}-{place}-{found}")
        middle = (box.left + side / 2, top + _ROW / 2)
        colour = WHITE if found == "yes" else "#000000"
        yield Text(middle, cell.split("\n")[0], SMALL, colour=colour)
