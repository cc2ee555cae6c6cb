"""The confrontation as text, Markdown, LaTeX (booktabs), CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, fields

from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.verify_prediction import counted
from monoscan.report.confrontation import Cell, Confrontation, Finding
from monoscan.report.grids import booktabs_grid, csv_text, latex_escaped, markdown_grid
from monoscan.report.seeds import LEARNED, SeedResult, show_share, stopped

_PREDICTED = {"expressible": "yes", "not-expressible": "no", "unknown": "?", FAILED: "!"}


def as_text(table: Confrontation) -> str:
    """Two lines a cell under numbered columns; what the numbers stand for; what is remarkable."""
    first = max(map(len, table.languages))
    numbers = [str(n) for n in range(1, len(table.layers) + 1)]
    lines = [" " * first + "".join(number.rjust(12) for number in numbers)]
    for language, row in zip(table.languages, table.cells, strict=True):
        lines.append(language.ljust(first) + "".join(_verdict(cell).rjust(12) for cell in row))
        lines.append(" " * first + "".join(_accuracies(cell).rjust(12) for cell in row))
    lines.append("")
    names = zip(numbers, table.layers, table.cells[0], strict=True)
    lines += [f"{n.rjust(3)}  {name} ({cell.model_class})" for n, name, cell in names]
    return "\n".join([*lines, "", *_legend(table), "", *_remarks(table)]) + "\n"


def as_markdown(table: Confrontation) -> str:
    """A table with the names of the layers as titles; contradicted cells in bold."""
    rows = [
        [language, *(_markdown_cell(cell) for cell in row)]
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    lines = markdown_grid(["language", *table.layers], rows)
    notes = [f"* {line}" for line in (*_legend(table), *_remarks(table)) if line]
    return "\n".join([*lines, "", *notes]) + "\n"


def as_latex(table: Confrontation) -> str:
    """A booktabs table; remarks stand below it as comments. Packages: booktabs, rotating."""
    rows = [
        [latex_escaped(language), *(_latex_cell(cell) for cell in row)]
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    lines = booktabs_grid(["language", *(latex_escaped(layer) for layer in table.layers)], rows)
    comments = [f"% {line}" for line in (*_legend(table), *_remarks(table)) if line]
    return "\n".join([*lines, *comments]) + "\n"


def as_csv(table: Confrontation) -> str:
    """One line for each language, layer and seed."""
    of_cell = [field.name for field in fields(Cell) if field.name != "seeds"]
    of_seed = [field.name for field in fields(SeedResult)]
    titles = [*of_cell, "finding", *of_seed, "has_learned"]
    return csv_text(
        titles,
        (
            [
                *(getattr(cell, name) for name in of_cell),
                cell.finding.value,
                *(getattr(seed, name) for name in of_seed),
                seed.has_learned,
            ]
            for cell in table.all_cells
            for seed in cell.seeds
        ),
    )


def as_json(table: Confrontation) -> str:
    """Every cell with every seed, in one object."""
    cells = [
        {
            **asdict(cell),
            "finding": cell.finding.value,
            "learned": cell.n_learned,
            "best": cell.best,
            "median": cell.median,
        }
        for cell in table.all_cells
    ]
    value = {
        "test_length": table.test_length,
        "learned_at": LEARNED,
        "protocol": dict(zip(table.languages, table.notes, strict=True)),
        "contradictions": len(table.contradictions),
        "cells": cells,
    }
    return json.dumps(value, indent=1) + "\n"


def contradiction(cell: Cell) -> str:
    """What contradicts the prediction of a cell, in one line."""
    name = f"{cell.language}, {cell.layer}"
    if cell.verdict == FAILED:
        return f"{name}: the checker rejected the certificate {cell.certificate}"
    passed = [seed for seed in cell.seeds if seed.has_learned]
    which = ", ".join(
        f"{seed.seed} ({show_share(seed.test_accuracy)}, {seed.run})" for seed in passed
    )
    return (
        f"{name}: {cell.verdict} ({cell.evidence}; {cell.certificate}), yet learned by "
        f"{counted(len(passed), 'seed')}: {which}"
    )


def _verdict(cell: Cell) -> str:
    mark = "!!" if cell.is_contradicted else ""
    return f"{mark}{_PREDICTED[cell.verdict]} {cell.n_learned}/{len(cell.seeds)}"


def _accuracies(cell: Cell) -> str:
    return f"{show_share(cell.best)} {show_share(cell.median)}"


def _markdown_cell(cell: Cell) -> str:
    text = f"{_verdict(cell)} ({_accuracies(cell).replace(' ', ', ')})"
    return f"**{text}**" if cell.is_contradicted else text


def _latex_cell(cell: Cell) -> str:
    lines = [_verdict(cell), _accuracies(cell)]
    if cell.is_contradicted:
        lines = [rf"\textbf{{{line}}}" for line in lines]
    return rf"\shortstack{{{lines[0]}\\{lines[1]}}}"


def _legend(table: Confrontation) -> list[str]:
    cell = table.cells[0][0]
    layers = counted(cell.depth, "layer") if isinstance(cell.depth, int) else "any depth"
    return [
        f"yes, no, ?: whether {layers} of the class can ({cell.semantics} arithmetic), "
        "or unknown; then seeds that learned it / seeds run",
        f"numbers: best and median share of words without an error at length {table.test_length}; "
        f"learned: at least {LEARNED}",
        "each yes and no has a certificate that the independent checker has seen",
        *(
            f"{language}: {note}"
            for language, note in zip(table.languages, table.notes, strict=True)
        ),
    ]


def _remarks(table: Confrontation) -> list[str]:
    """The contradictions first, then what was not learned, then runs that were stopped."""
    lines = [f"CONTRADICTION: {contradiction(cell)}" for cell in table.contradictions]
    if not lines:
        lines.append("no prediction is contradicted")
    gaps = table.found(Finding.LEARNABILITY_GAP)
    if gaps:
        names = "; ".join(f"{cell.language} by {cell.layer}" for cell in gaps)
        lines.append(f"learnability-gap (expressible, no seed learned it): {names}")
    for cell in table.all_cells:
        lines += stopped(f"{cell.language}, {cell.layer}", cell.seeds)
    return lines


FORMATS: dict[str, Callable[[Confrontation], str]] = {
    "text": as_text,
    "md": as_markdown,
    "latex": as_latex,
    "csv": as_csv,
    "json": as_json,
}
"""How a confrontation can be written, by the name of the format."""
