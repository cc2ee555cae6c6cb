"""Tables in Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from monoscan.tables.table import Column, Strong, Table


def as_markdown(table: Table) -> str:
    r"""A Markdown table for each heading, the notes as a list.

    >>> print(as_markdown(Table((Column("a"), Column("b")), (("1", "x|y"),))), end="")
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    blocks = [f"## {table.title}"] if table.title else []
    blocks += map(_plain, table.introduction)
    if table.parts:
        blocks.append("\n".join(f"* {_plain(note)}" for note in table.notes if note))
        return "\n\n".join([*blocks, *(as_markdown(part).rstrip() for part in table.parts)]) + "\n"
    for heading, rows in _groups(table) if table.columns else ():
        if heading:
            blocks.append(f"**{_plain(heading)}**")
        ends = ["--:" if column.align == "right" else "---" for column in table.columns]
        lines = [_markdown_row(table.titles), "|" + "|".join(ends) + "|"]
        blocks.append("\n".join([*lines, *map(_markdown_row, rows)]))
    notes = [*_meanings(table), *filter(None, table.notes)]
    if notes:
        blocks.append("\n".join(f"* {_plain(note)}" for note in notes))
    return "\n\n".join(blocks) + "\n"


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_markdown_cell, cells)) + " |"


def _markdown_cell(cell: str) -> str:
    first, *others = cell.replace("|", "\\|").split("\n")
    text = f"{first} ({'; '.join(others)})" if others else first
    return f"**{text}**" if isinstance(cell, Strong) else text


def _plain(text: str) -> str:
    return " ".join(text.split())


def _meanings(table: Table) -> list[str]:
    return [f"{c.title}: {c.meaning}" for c in table.columns if c.meaning]


def _groups(table: Table) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    headings = table.headings or ("",) * len(table.rows)
    together = zip(headings, table.rows, strict=True)
    found = [(h, [row for _, row in rows]) for h, rows in groupby(together, key=lambda r: r[0])]
    return iter(found or [("", [])])


def as_html(table: Table) -> str:
    """A table element with what stands above and below, for notebooks and pages."""
    parts = [f"<p><b>{escape(table.title)}</b></p>"] if table.title else []
    parts += [f"<p>{escape(text)}</p>" for text in table.introduction]
    if table.parts:
        parts += [*_html_notes(table.notes), *map(as_html, table.parts)]
        return "\n".join(parts) + "\n"
    if table.columns:
        parts += _html_grid(table)
    parts += _html_notes([*_meanings(table), *table.notes])
    return "\n".join(parts) + "\n"


def _html_notes(notes: Sequence[str]) -> list[str]:
    lines = [f"<li>{escape(_plain(note))}</li>" for note in notes if note]
    return ["<ul>", *lines, "</ul>"] if lines else []


def _html_grid(table: Table) -> list[str]:
    parts = ["<table>", "<thead>", _html_row(table.columns, table.titles, "th"), "</thead>"]
    parts.append("<tbody>")
    for heading, rows in _groups(table):
        if heading:
            parts.append(
                f'<tr><th colspan="{len(table.columns)}" style="text-align: left">'
                f"{escape(heading)}</th></tr>"
            )
        parts += [_html_row(table.columns, row, "td") for row in rows]
    return [*parts, "</tbody>", "</table>"]


def _html_row(columns: Sequence[Column], cells: Sequence[str], tag: str) -> str:
    shown = []
    for column, cell in zip(columns, cells, strict=True):
        text = escape(cell).replace("\n", "<br>")
        text = f"<b>{text}</b>" if isinstance(cell, Strong) else text
        shown.append(f'<{tag} style="text-align: {column.align}">{text}</{tag}>')
    return f"<tr>{''.join(shown)}</tr>"
