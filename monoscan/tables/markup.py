"""Tables in Markdown, LaTeX (booktabs) and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from monoscan.tables.table import Column, Strong, Table

_LATEX = {
    "\\": r"\textbackslash{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<=": r"$\le$",
    ">=": r"$\ge$",
    "<": "$<$",
    ">": "$>$",
}


def as_markdown(table: Table) -> str:
    r"""A Markdown table for each heading, the notes as a list.

    >>> print(as_markdown(Table((Column("a"), Column("b")), (("1", "x|y"),))), end="")
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    blocks = [f"## {table.title}"] if table.title else []
    blocks += map(_plain, table.introduction)
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


def as_latex(table: Table) -> str:
    """A booktabs table, all else as comments; long titles stand upright (package rotating)."""
    before = [table.title, *table.introduction]
    after = [*_meanings(table), *table.notes]
    aligned = "".join("r" if column.align == "right" else "l" for column in table.columns)
    lines = [f"% {_plain(text)}" for text in before if text]
    if not table.columns:
        return "\n".join([*lines, *(f"% {_plain(text)}" for text in after if text)]) + "\n"
    lines += [rf"\begin{{tabular}}{{{aligned}}}", r"\toprule"]
    lines += [_latex_row([_latex_title(table, n) for n in range(len(table.columns))]), r"\midrule"]
    for heading, rows in _groups(table):
        if heading:
            lines.append(
                rf"\multicolumn{{{len(table.columns)}}}{{l}}{{\emph{{{latex_text(heading)}}}}} \\"
            )
        lines += [_latex_row([_latex_cell(cell) for cell in row]) for row in rows]
    lines += [r"\bottomrule", r"\end{tabular}"]
    lines += [f"% {_plain(text)}" for text in after if text]
    return "\n".join(lines) + "\n"


def _latex_row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _latex_title(table: Table, number: int) -> str:
    title = table.columns[number].title
    widest = max((len(row[number]) for row in table.rows), default=0)
    upright = len(title) > 8 and len(title) > 2 * widest
    return rf"\rotatebox{{90}}{{{latex_text(title)}}}" if upright else latex_text(title)


def _latex_cell(cell: str) -> str:
    lines = [latex_text(line) for line in cell.split("\n")]
    if isinstance(cell, Strong):
        lines = [rf"\textbf{{{line}}}" for line in lines]
    return lines[0] if len(lines) == 1 else r"\shortstack{" + r"\\".join(lines) + "}"


def latex_text(text: str) -> str:
    r"""A text with the signs escaped that mean something in LaTeX.

    >>> latex_text("95 % of a_b, <= 4")
    '95 \\% of a\\_b, $\\le$ 4'
    """
    shown, place = "", 0
    while place < len(text):
        sign = text[place : place + 2] if text[place : place + 2] in _LATEX else text[place]
        shown += _LATEX.get(sign, sign)
        place += len(sign)
    return shown


def as_html(table: Table) -> str:
    """A table element with what stands above and below, for notebooks and pages."""
    parts = [f"<p><b>{escape(table.title)}</b></p>"] if table.title else []
    parts += [f"<p>{escape(text)}</p>" for text in table.introduction]
    if table.columns:
        parts += _html_grid(table)
    notes = [*_meanings(table), *filter(None, table.notes)]
    if notes:
        parts += ["<ul>", *(f"<li>{escape(_plain(note))}</li>" for note in notes), "</ul>"]
    return "\n".join(parts) + "\n"


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
