"""Rows in aligned columns, under the statements that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

STATUS_STYLES = {
    "proved": "green",
    "refuted": "magenta",
    "conditional": "yellow",
    "incomplete": "yellow",
    "failed": "bold red",
    "expressible": "green",
    "not-expressible": "magenta",
}


@dataclass(frozen=True)
class Line:
    """One row: its heading, and its cells, one of which is a status word."""

    heading: str
    cells: tuple[str, ...]
    status: int = 0


def print_columns(console: Console, titles: Sequence[str], lines: Sequence[Line]) -> None:
    """Prints lines in columns; neighbours with one heading stand under it, if it is not empty."""
    widths = [max(len(cells[i]) for cells in _all(titles, lines)) for i in range(len(titles))]
    console.print(Text("  " + _aligned(titles, widths), style="bold"), soft_wrap=True)
    for heading, group in groupby(lines, key=lambda line: line.heading):
        if heading:
            console.print(Text(heading), soft_wrap=True)
        for line in group:
            text = Text("  " + _aligned(line.cells, widths))
            start = 2 + sum(width + 2 for width in widths[: line.status])
            style = STATUS_STYLES.get(line.cells[line.status], "")
            text.stylize(style, start, start + widths[line.status])
            console.print(text, soft_wrap=True)


def _all(titles: Sequence[str], lines: Sequence[Line]) -> list[Sequence[str]]:
    return [titles, *(line.cells for line in lines)]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
