"""The solvability table as text, Markdown, LaTeX (booktabs), CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, astuple, fields

from monoscan.report.grids import booktabs_grid, csv_text, latex_escaped, markdown_grid
from monoscan.report.solvability import Answer, Solvability
from monoscan.theory.model_classes import get_model_class

LEGEND = (
    "2: two layers suffice and fewer do not",
    "<=3: three layers suffice; whether fewer do is unknown",
    "no: no number of layers suffices",
    "no+: at all lengths no number of layers suffices; up to any given length some network of the "
    "open range is right",
    ">1: one layer does not suffice; whether more do is unknown",
    "?: unknown",
    "<=4*, yes*: the star says that a published theorem is cited and nothing was checked here",
)


def as_text(table: Solvability) -> str:
    """Rows of short cells under numbered columns, and what the numbers stand for."""
    width = max(len(name) for name in table.languages)
    numbers = [str(number) for number in range(1, len(table.classes) + 1)]
    each = 1 + max(4, *(len(cell.symbol) for row in table.cells for cell in row))
    lines = [" " * width + "".join(number.rjust(each) for number in numbers)]
    for language, row in zip(table.languages, table.cells, strict=True):
        lines.append(language.ljust(width) + "".join(cell.symbol.rjust(each) for cell in row))
    lines.append("")
    for number, title, id_ in zip(numbers, table.titles, table.classes, strict=True):
        lines.append(f"{number.rjust(3)}  {title}: {get_model_class(id_).symbols}")
    return "\n".join([*lines, "", *LEGEND]) + "\n"


def as_markdown(table: Solvability) -> str:
    """A table with the ids of the classes as titles."""
    rows = [
        [language, *(cell.symbol for cell in row)]
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    lines = markdown_grid(["language", *table.titles], rows)
    return "\n".join([*lines, "", *(f"* {text}" for text in LEGEND)]) + "\n"


def as_latex(table: Solvability) -> str:
    """A booktabs table with upright titles; it needs the packages booktabs and rotating."""
    rows = [
        [language, *(_latex_cell(cell.symbol) for cell in row)]
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    return "\n".join(booktabs_grid(["language", *map(latex_escaped, table.titles)], rows)) + "\n"


_IN_MATH_MODE = (
    (" ", r"\ "),
    ("<=", r"\le "),
    ("*", "^{*}"),
    ("yes", r"\mathrm{yes}"),
    ("no", r"\mathrm{no}"),
)


def _latex_cell(symbol: str) -> str:
    if symbol in ("no", "no+"):
        return "--" + symbol.removeprefix("no")
    if symbol == "?":
        return symbol
    for plain, latex in _IN_MATH_MODE:
        symbol = symbol.replace(plain, latex)
    return f"${symbol}$"


def as_csv(table: Solvability) -> str:
    """One line for each language, class and depth."""
    names = [field.name for field in fields(Answer)]
    return csv_text(names, (astuple(answer) for answer in table.answers))


def as_json(table: Solvability) -> str:
    """Every answer with its evidence, in one object."""
    answers = [asdict(answer) for answer in table.answers]
    columns = [
        {"class": id_, "name": title, "transitions": get_model_class(id_).symbols}
        for id_, title in zip(table.classes, table.titles, strict=True)
    ]
    return json.dumps({"columns": columns, "answers": answers}, indent=1) + "\n"


FORMATS: dict[str, Callable[[Solvability], str]] = {
    "text": as_text,
    "md": as_markdown,
    "latex": as_latex,
    "csv": as_csv,
    "json": as_json,
}
"""How a table can be written, by the name of the format."""
