r"""Tables for an article in LaTeX: booktabs, caption and legend inside, and never too wide."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias, final

from monoscan.tables.table import Column, Strong, Table
from monoscan.tables.tex_text import breakable, latex_text, papers_in, pieces, text_width

Columns: TypeAlias = Literal["one", "two"]
Symbols: TypeAlias = Callable[[str], str | None]

PREAMBLE: Final = (r"\usepackage{booktabs}", r"\usepackage{array}", r"\usepackage{graphicx}")
# Points of \linewidth: an article of one column at 10 points; a column, and both, of one of two.
_ONE, _COLUMN, _BOTH = 345.0, 200.0, 410.0
_SIZES: Final = ((9.0, r"\small", 11.0), (8.0, r"\footnotesize", 9.5))
_TALLEST: Final = 470.0  # of the 550 points of a page, for rows: caption and lines need some
_GAP: Final = 8.0  # two times \tabcolsep
_NARROWEST: Final = 40.0
_UPRIGHT: Final = 120.0  # the greatest height of a title that stands upright, before it is broken
_MOST_LINES: Final = 5  # of a cell in one column of two; what needs more takes both
_MOST_FLOATS: Final = 10  # LaTeX holds no more than 18 that have no place yet
_MARGIN: Final = 3.0


def no_symbols(_: str) -> None:
    """No text has a symbol of its own."""


@final
@dataclass(frozen=True)
class _Cell:
    """A cell: what people read, and the symbol that stands for it if it has one."""

    text: str
    symbol: str | None
    is_strong: bool

    def width(self, size: float) -> float:
        """Of its longest line, unbroken."""
        widths = [text_width(line, size) for line in self.text.split("\n")]
        widths += [text_width(_bare(self.symbol), size)] if self.symbol else []
        return max(widths) * (1.17 if self.is_strong else 1)

    def shortest(self, size: float) -> float:
        """Of the longest part that stays whole."""
        whole = _bare(self.symbol).split() if self.symbol else pieces(self.text)
        return max((text_width(part, size) for part in whole), default=0.0)

    def lines(self, size: float, width: float) -> int:
        """How many lines it takes in a column of this width."""
        text = self.text if self.symbol is None else _bare(self.symbol)
        return sum(
            max(1, math.ceil(text_width(line, size) / width)) if width else 1
            for line in text.split("\n")
        )

    def latex(self, *, is_broken: bool) -> str:
        """As LaTeX; where it is broken into lines, long words may be broken too."""
        if self.symbol:
            found = [self.symbol]
        else:
            write = breakable if is_broken else latex_text
            found = [write(line) for line in self.text.split("\n")]
        if self.is_strong:
            found = [rf"\textbf{{{line}}}" for line in found]
        if len(found) == 1:
            return found[0]
        if is_broken:
            return r"\newline ".join(found)
        return r"\shortstack{" + r"\\".join(found) + "}"


def _bare(symbol: str) -> str:
    """What is seen of a formula, about."""
    return re.sub(r"\\[a-zA-Z]+|[${}^_]", "", symbol)


@final
@dataclass(frozen=True)
class _Panel:
    """Some of the columns, as wide as they are printed."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]  # 0: as wide as the cells are
    upright: tuple[bool, ...]
    size: int


def as_latex(table: Table, columns: Columns = "one", symbols: Symbols = no_symbols) -> str:
    r"""Floats that fit a page of an article, for `\input`.

    A table that is too wide is set smaller, its titles upright, its texts in lines; what is too
    wide still is cut into groups of columns, and what is too long into parts.

    Args:
        table: the table.
        columns: of the article. In one of two, a table takes both only if one is too narrow.
        symbols: for a cell that is a name, what the field writes instead.

    >>> text = as_latex(Table((Column("a"), Column("b")), (("1", "x_t"),), title="Two columns"))
    >>> [line for line in text.splitlines() if "&" in line]
    ['a & b \\\\', '1 & $x_{t}$ \\\\']
    """
    lines = ["% Needs in the preamble:", *(f"%   {line}" for line in PREAMBLE)]
    papers = all_papers(table)
    if papers:
        lines.append("% Cites arXiv papers; with -o the entries are written beside, as .bib.")
    cells = _cells(table, symbols)
    starred = ""
    room = _ONE
    if columns == "two":
        fits = not table.columns or _panels(table, cells, _COLUMN, exact=True)
        starred, room = ("", _COLUMN) if fits else ("*", _BOTH)
    floats = [*_grids(table, cells, room)] if table.columns else []
    legend = _legend(table, symbols)
    caption = _caption(table)
    parts = _parts(floats, legend, room)
    for number, body in enumerate(parts):
        if number and number % _MOST_FLOATS == 0:
            lines += ["", r"\clearpage"]
        lines += ["", rf"\begin{{table{starred}}}[tp]", r"\centering\emergencystretch=3em"]
        if number:
            lines += [r"\addtocounter{table}{-1}"]
        name = f"{caption.removesuffix('.')} (continued)." if number else caption
        lines += [rf"\caption{{{name}}}", *body, rf"\end{{table{starred}}}"]
    return "\n".join(lines) + "\n"


def all_papers(table: Table) -> list[str]:
    """The numbers of all arXiv papers that a table names, in their order of first use."""
    texts = [table.title, *table.introduction, *table.headings, *table.notes, *table.titles]
    texts += [column.meaning for column in table.columns]
    texts += [cell for row in table.rows for cell in row]
    return list(dict.fromkeys(number for text in texts for number in papers_in(text)))


def _cells(table: Table, symbols: Symbols) -> list[list[_Cell]]:
    """The titles, then the rows."""
    rows = [table.titles, *table.rows]
    return [[_Cell(cell, symbols(cell), isinstance(cell, Strong)) for cell in row] for row in rows]


def _caption(table: Table) -> str:
    title = table.caption or table.title
    texts = [title, *table.introduction[:1]] if title else [*table.introduction[:1]]
    text = ". ".join(text.rstrip(".") for text in texts if text.strip())
    return breakable(f"{text}.") if text else breakable(f"{', '.join(table.titles[:6])}.")


def _legend(table: Table, symbols: Symbols) -> list[str]:
    """What stands below, a paragraph each; columns that mean the same are told together."""
    paragraphs = [breakable(text) for text in table.introduction[1:] if text.strip()]
    meanings: dict[str, list[str]] = {}
    for column in table.columns:
        if column.meaning:
            meanings.setdefault(column.meaning, []).append(
                symbols(column.title) or breakable(column.title)
            )
    paragraphs += [f"{'; '.join(titles)}: {breakable(said)}." for said, titles in meanings.items()]
    return paragraphs + [breakable(note) for note in table.notes if note.strip()]


# ------------------------------------------------------------------------------- what is too wide


def _panels(
    table: Table, cells: list[list[_Cell]], room: float, *, exact: bool = False
) -> list[_Panel]:
    """The columns in groups that fit; with `exact` one group, or none if there is no such one."""
    everything = tuple(range(len(table.columns)))
    for size in range(len(_SIZES)):
        panel = _panel(cells, everything, room, size)
        if panel and not (exact and _is_cramped(cells, panel)):
            return [panel]
    if exact:
        return []
    size = len(_SIZES) - 1
    found: list[_Panel] = []
    waiting = list(everything[1:])
    while waiting:
        taken, best = 1, None
        for count in range(1, len(waiting) + 1):
            panel = _panel(cells, (0, *waiting[:count]), room, size)
            if panel is None:
                break
            taken, best = count, panel
        chosen = (0, *waiting[:taken])
        found.append(best or _forced(chosen, room, size))
        waiting = waiting[taken:]
    return found or [_forced(everything, room, size)]


def _is_cramped(cells: list[list[_Cell]], panel: _Panel) -> bool:
    """Whether some cell becomes a column of its own of many short lines."""
    points = _SIZES[panel.size][0]
    return any(
        row[n].lines(points, width) > _MOST_LINES
        for row in cells[1:]
        for n, width in zip(panel.columns, panel.widths, strict=True)
    )


def _forced(chosen: tuple[int, ...], room: float, size: int) -> _Panel:
    """Columns that are too wide by themselves, in equal parts, their words broken."""
    share = (room - _MARGIN - _GAP * (len(chosen) - 1)) / len(chosen)
    return _Panel(chosen, (share,) * len(chosen), (False,) * len(chosen), size)


def _panel(
    cells: list[list[_Cell]], chosen: tuple[int, ...], room: float, size: int
) -> _Panel | None:
    """How wide some columns are if they fit the room; None if they do not."""
    points = _SIZES[size][0]
    room -= _MARGIN + _GAP * (len(chosen) - 1)
    bodies = [max((r[n].width(points) for r in cells[1:]), default=0.0) for n in chosen]
    heads = [cells[0][n].width(points) for n in chosen]
    plain = [max(pair) for pair in zip(bodies, heads, strict=True)]
    level = (False,) * len(chosen)
    if sum(plain) <= room:
        return _Panel(chosen, (0.0,) * len(chosen), level, size)
    upright = tuple(
        position > 0 and head > 1.5 * body and head > 25
        for position, (head, body) in enumerate(zip(heads, bodies, strict=True))
    )
    needed = [
        max(body, points * 1.3 * _title_lines(head)) if stands else max(body, head)
        for body, head, stands in zip(bodies, heads, upright, strict=True)
    ]
    if sum(needed) <= room:
        return _Panel(chosen, (0.0,) * len(chosen), upright, size)
    return _wrapped(cells, chosen, room, size, upright, needed)


def _title_lines(width: float) -> int:
    return max(1, math.ceil(1.25 * width / _UPRIGHT))


def _wrapped(
    cells: list[list[_Cell]],
    chosen: tuple[int, ...],
    room: float,
    size: int,
    upright: tuple[bool, ...],
    needed: list[float],
) -> _Panel | None:
    """The same with texts in lines: the widest give way until all fit."""
    points = _SIZES[size][0]
    least = [
        max(
            _NARROWEST,
            *(row[n].shortest(points) for row in (cells[1:] if stands else cells)),
        )
        for n, stands in zip(chosen, upright, strict=True)
    ]
    widths, broken = list(needed), [False] * len(chosen)
    while sum(widths) > room:
        able = [i for i, width in enumerate(widths) if width > least[i] and not upright[i]]
        if not able:
            return None
        widest = max(able, key=lambda i: widths[i])
        broken[widest] = True
        widths[widest] = max(least[widest], widths[widest] - 4)
    printed = tuple(w if is_broken else 0.0 for w, is_broken in zip(widths, broken, strict=True))
    return _Panel(chosen, printed, upright, size)


# ------------------------------------------------------------------------------- what is too long


def _grids(
    table: Table, cells: list[list[_Cell]], room: float
) -> Iterator[tuple[float, list[str]]]:
    """Each tabular with its height in points."""
    headings = table.headings or ("",) * len(table.rows)
    for panel in _panels(table, cells, room):
        points, _, line = _SIZES[panel.size]
        top = _title_height(cells[0], panel)
        rows: list[tuple[str, list[_Cell]]] = []
        height = top
        for heading, row in zip(headings, cells[1:], strict=True):
            added = 1 + line * max(
                row[n].lines(points, width)
                for n, width in zip(panel.columns, panel.widths, strict=True)
            )
            if heading and (not rows or rows[-1][0] != heading):
                added += line * math.ceil(1.15 * text_width(heading, points) / room)
            if rows and height + added > _TALLEST:
                yield height, [*_tabular(table, cells[0], rows, panel, room)]
                rows, height = [], top
            rows.append((heading, row))
            height += added
        yield height, [*_tabular(table, cells[0], rows, panel, room)]


def _title_height(titles: list[_Cell], panel: _Panel) -> float:
    points, _, line = _SIZES[panel.size]
    heights = [
        min(titles[n].width(points), _UPRIGHT) + 4 if stands else line * titles[n].lines(points, w)
        for n, stands, w in zip(panel.columns, panel.upright, panel.widths, strict=True)
    ]
    return max(heights) + 20


def _parts(
    floats: Sequence[tuple[float, list[str]]], legend: list[str], room: float
) -> list[list[str]]:
    """What goes into one float each: tabulars, and as much of the legend as fits below."""
    parts: list[list[str]] = []
    left = 0.0
    for height, body in floats:
        if parts and height + 8 <= left:
            parts[-1] += [r"\par\medskip", *body]
            left -= height + 8
        else:
            parts.append(list(body))
            left = _TALLEST - height
    left += 50 if parts else 0  # a legend is smaller than what its place was kept for
    is_open = False
    for text in legend:
        height = 9.5 * math.ceil(1.15 * text_width(_bare(text), 8.0) / room) + 1
        if not parts or height > left:
            if is_open:
                parts[-1].append(_END_OF_LEGEND)
            parts.append([])
            left, is_open = _TALLEST, False
        if not is_open:
            parts[-1] += [r"\par\medskip", _LEGEND]
        parts[-1].append(rf"{text}\par")
        left, is_open = left - height, True
    if is_open:
        parts[-1].append(_END_OF_LEGEND)
    return parts or [[]]


_LEGEND: Final = (
    r"\begin{minipage}{\linewidth}\footnotesize\raggedright\setlength{\parskip}{1pt}"
    r"\setlength{\parindent}{0pt}"
)
_END_OF_LEGEND: Final = r"\end{minipage}"


# -------------------------------------------------------------------------------- what is written


def _tabular(
    table: Table,
    titles: list[_Cell],
    rows: Sequence[tuple[str, list[_Cell]]],
    panel: _Panel,
    room: float,
) -> Iterator[str]:
    chosen = panel.columns
    kinds = [_kind(table.columns[n], width) for n, width in zip(chosen, panel.widths, strict=True)]
    yield rf"{{{_SIZES[panel.size][1]}\setlength{{\tabcolsep}}{{{_GAP / 2:g}pt}}"
    yield rf"\begin{{tabular}}{{@{{}}{''.join(kinds)}@{{}}}}"
    yield r"\toprule"
    yield _row([_title(titles[n], panel, i) for i, n in enumerate(chosen)])
    yield r"\midrule"
    for number, (heading, group) in enumerate(groupby(rows, key=lambda row: row[0])):
        if heading:
            if number:
                yield r"\addlinespace"
            width = room - _MARGIN
            said = rf"\parbox{{{width:.0f}pt}}{{\raggedright\emph{{{breakable(heading)}}}}}"
            # In its own width the heading would make the columns wider than they need be.
            yield rf"\multicolumn{{{len(chosen)}}}{{@{{}}l@{{}}}}{{\makebox[0pt][l]{{{said}}}}} \\"
        for _, row in group:
            yield _row(
                [row[n].latex(is_broken=w > 0) for n, w in zip(chosen, panel.widths, strict=True)]
            )
    yield r"\bottomrule"
    yield r"\end{tabular}}"


def _kind(column: Column, width: float) -> str:
    if width:
        return rf">{{\raggedright\arraybackslash}}p{{{width:.0f}pt}}"
    return "r" if column.align == "right" else "l"


def _row(cells: Sequence[str]) -> str:
    # A bracket at the beginning of a row would be taken for an option of the row before.
    text = " & ".join(cells)
    return ("{}" if text.startswith(("[", "*")) else "") + text + r" \\"


def _title(title: _Cell, panel: _Panel, place: int) -> str:
    if not panel.upright[place]:
        return title.latex(is_broken=panel.widths[place] > 0)
    points = _SIZES[panel.size][0]
    if _title_lines(title.width(points)) == 1:
        return rf"\rotatebox{{90}}{{{title.latex(is_broken=False)}}}"
    said = title.latex(is_broken=True)
    return rf"\rotatebox{{90}}{{\parbox{{{_UPRIGHT:.0f}pt}}{{\raggedright {said}}}}}"
