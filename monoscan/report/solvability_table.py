"""The solvability table, ready to be written."""

from __future__ import annotations

from dataclasses import asdict, astuple, fields

from monoscan.report.column_groups import group_of, head_of
from monoscan.report.solvability import Answer, Solvability
from monoscan.tables import Column, Records, Table
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.prediction import ARITHMETICS, SEMANTICS

LEGEND = (
    "2: two layers suffice and fewer do not",
    "<=3: three layers suffice; whether fewer do is unknown",
    "no: no number of layers suffices",
    ">1: one layer does not suffice; whether more do is unknown",
    "?: unknown",
    "no+, >1+, ?+: so it is at all lengths; up to any given length some network of the open range "
    "is right",
    "<=4*, yes*: the star says that a published theorem is cited and nothing was checked here",
)


def _hypotheses(table: Solvability) -> list[str]:
    """For each column with conditional citations what those need."""
    needed = {
        (title, answer.unless)
        for title, column in zip(table.titles, zip(*table.cells, strict=True), strict=True)
        for cell in column
        for answer in cell.answers
        if answer.unless
    }
    return [f"no* in the column {title}: unless {unless}" for title, unless in sorted(needed)]


def _asked(table: Solvability) -> list[str]:
    """The arithmetics, and the numbers of layers if not any number was asked for."""
    said = [ARITHMETICS[name] for name in SEMANTICS if name in {a.semantics for a in table.answers}]
    if "any" not in table.depths:
        depths = ", ".join(map(str, table.depths))
        said.append(f"depths asked: {depths}; of more layers >1 and ? say nothing")
    return said


def solvability_table(table: Solvability) -> Table:
    """Rows of short cells; CSV has a line for each language, class and depth."""
    columns = [Column("language")]
    for title, id_ in zip(table.titles, table.classes, strict=True):
        found = get_model_class(id_)
        head = head_of(found) if title == id_ else ""
        columns.append(
            Column(title, "right", meaning=found.symbols, group=group_of(found), head=head)
        )
    rows = [
        (language, *(cell.symbol for cell in row))
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    names = tuple(field.name for field in fields(Answer))
    described = [
        {
            "class": id_,
            "windows": list(windows),
            "name": title,
            "transitions": get_model_class(id_).symbols,
        }
        for id_, windows, title in zip(table.classes, table.windows, table.titles, strict=True)
    ]
    return Table(
        tuple(columns),
        tuple(rows),
        notes=(*_asked(table), *LEGEND, *_hypotheses(table)),
        records=Records(names, tuple(astuple(answer) for answer in table.answers)),
        value={"columns": described, "answers": [asdict(answer) for answer in table.answers]},
    )
