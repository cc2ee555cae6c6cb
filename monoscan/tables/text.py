"""Tables as text, in a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from textwrap import wrap
from typing import Final, final

from monoscan.tables.table import STYLES, Column, Strong, Table

_GAP = "  "
_LINE: Final = 110  # the longest line of a paragraph, however wide the terminal is
_NARROWEST: Final = 12  # a column that is wrapped


@final
@dataclass(frozen=True)
class Line:
    """A line of text, and which parts of it have a style.

    Attributes:
        text: without a line break.
        styles: (from, to, style), in characters.
    """

    text: str
    styles: tuple[tuple[int, int, str], ...] = ()


def as_text(table: Table, width: int | None = None) -> str:
    """The table as text.

    >>> print(as_text(Table((Column("word"), Column("n", "right")), (("ab", "2"), ("b", "10")))))
      word   n
      ab     2
      b     10
    <BLANKLINE>
    """
    return "".join(f"{line.text}\n" for line in text_lines(table, width))


def text_lines(table: Table, width: int | None = None) -> Iterator[Line]:
    """The lines of a table.

    Args:
        table: the table.
        width: of the terminal, in characters; None: no line is broken.
    """
    below: tuple[str, ...] = ()
    if width is not None and _is_wider(table, width):
        table, below = _with_less_beside(table)
    if table.title:
        yield Line(table.title, ((0, len(table.title), STYLES.get(table.title, "bold")),))
    yield from _paragraphs(table.introduction, width)
    if table.parts:
        yield from _paragraphs(table.notes, width)
        for part in (narrow for wide in table.parts for narrow in _in_width(wide, width)):
            yield Line("")
            yield from text_lines(part, width)
        return
    if table.columns:
        if table.title or len(table.introduction) > 1:
            yield Line("")
        yield from _grid(table, width)
    if any(column.meaning for column in table.columns):
        yield Line("")
        for number, column in enumerate(table.columns):
            if column.meaning:
                yield from _paragraphs((f" {number:>2}  {column.title}: {column.meaning}",), width)
    if below:
        yield Line("")
        yield from _paragraphs(below, width)
    if table.notes:
        yield Line("")
        yield from _paragraphs(table.notes, width)


def _in_width(table: Table, width: int | None) -> Iterator[Table]:
    """The table in pieces that fit, each with the first column; only the first has the text."""
    widths = [len(_GAP) + size for size in _widths(table, table.titles, None)]
    pieces: list[list[int]] = [[]]
    for number in range(1, len(widths)):
        used = widths[0] + sum(widths[i] for i in pieces[-1]) + widths[number]
        if width is not None and pieces[-1] and used > width:
            pieces.append([])
        pieces[-1].append(number)
    for place, piece in enumerate(pieces):
        kept = (0, *piece)
        part = replace(
            table,
            columns=tuple(table.columns[i] for i in kept),
            rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
        )
        yield replace(part, title="", introduction=()) if place else part


def _is_wider(table: Table, width: int) -> bool:
    """Whether a row is too long for a terminal if no cell is broken."""
    natural = _widths(table, table.titles, None)
    return sum(natural) + len(_GAP) * len(natural) > width


def _with_less_beside(table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table without the columns that go below, and what they say, each text once.

    >>> columns = Column("name"), Column("region", goes_below=True)
    >>> table, below = _with_less_beside(Table(columns, (("a", "R"), ("b", "R"))))
    >>> table.titles, below
    (('name',), ('region:', 'R: a; b'))
    """
    lines: list[str] = []
    for number, column in enumerate(table.columns):
        if column.goes_below:
            said: dict[str, list[str]] = {}
            for row in table.rows:
                said.setdefault(row[number], []).append(row[0])
            lines += [f"{column.title}:", *(f"{x}: {'; '.join(of)}" for x, of in said.items())]
    kept = [i for i, column in enumerate(table.columns) if not column.goes_below]
    columns = tuple(table.columns[i] for i in kept)
    rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
    return replace(table, columns=columns, rows=rows), tuple(lines)


def _paragraphs(texts: Sequence[str], width: int | None) -> Iterator[Line]:
    for text in texts:
        if not text or text.startswith(" ") or width is None:
            yield Line(text)
        else:
            length = min(width, _LINE)
            yield from (
                Line(part)
                for part in wrap(text, length, break_long_words=False, break_on_hyphens=False)
            )


def _grid(table: Table, width: int | None) -> Iterator[Line]:
    titles = [c.title if not c.meaning else str(n) for n, c in enumerate(table.columns)]
    widths = _widths(table, titles, width)
    yield from _row(table.columns, titles, widths, is_title=True)
    headings = table.headings or ("",) * len(table.rows)
    for heading, rows in groupby(zip(headings, table.rows, strict=True), key=lambda row: row[0]):
        yield from _paragraphs((heading,) if heading else (), width)
        for _, row in rows:
            yield from _row(table.columns, row, widths)


def _widths(table: Table, titles: Sequence[str], width: int | None) -> list[int]:
    """The width of each column; the widest of those that wrap give way until all fit."""
    widths = [
        max(len(line) for cell in cells for line in cell.split("\n"))
        for cells in zip(titles, *table.rows, strict=True)
    ]
    if width is None:
        return widths
    room = width - len(_GAP) * len(widths)
    flexible = [i for i, column in enumerate(table.columns) if column.wraps]
    while sum(widths) > room and flexible:
        widest = max(flexible, key=lambda i: widths[i])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _row(
    columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], is_title: bool = False
) -> Iterator[Line]:
    """The lines of one row."""
    broken = [
        [
            part
            for line in cell.split("\n")
            for part in wrap(line, width, break_on_hyphens=False) or [""]
        ]
        if len(cell) > width
        else cell.split("\n")
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, broken))):
        text, styles = "", []
        for column, cell, parts, width in zip(columns, cells, broken, widths, strict=True):
            part = parts[number] if number < len(parts) else ""
            text += _GAP
            style = "bold" if is_title or isinstance(cell, Strong) else STYLES.get(cell, "")
            shown = part.rjust(width) if column.align == "right" else part.ljust(width)
            if style and part:
                styles.append((len(text), len(text) + width, style))
            text += shown
        stripped = text.rstrip()
        kept = [(start, min(end, len(stripped)), style) for start, end, style in styles]
        yield Line(stripped, tuple(kept))
