"""The confrontation as a table, and what is remarkable in it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.verify_prediction import counted
from monoscan.report.confrontation import Cell, Confrontation, Finding
from monoscan.report.seeds import (
    LEARNED,
    SeedResult,
    failing_lengths,
    seed_titles,
    seed_values,
    show_share,
    stopped,
)
from monoscan.tables import Column, Records, Strong, Table

_PREDICTED = {"expressible": "yes", "not-expressible": "no", "unknown": "?", FAILED: "!"}


def confrontation_table(table: Confrontation) -> Table:
    """Two lines a cell, contradicted ones strong; CSV has a line for each language, layer, seed."""
    layers = zip(table.layers, table.cells[0], strict=True)
    columns = [
        Column("language"),
        *(Column(name, "right", meaning=f"class {cell.model_class}") for name, cell in layers),
    ]
    rows = [
        (language, *map(_shown, row))
        for language, row in zip(table.languages, table.cells, strict=True)
    ]
    return Table(
        tuple(columns),
        tuple(rows),
        notes=(*_legend(table), "", *_remarks(table)),
        records=_records(table),
        value=_value(table),
        caption="Predictions, and networks that were trained to test them",
    )


def _records(table: Confrontation) -> Records:
    of_cell = [field.name for field in fields(Cell) if field.name != "seeds"]
    rows = [
        (
            *(getattr(cell, name) for name in of_cell),
            cell.finding.value,
            *seed_values(seed),
        )
        for cell in table.all_cells
        for seed in cell.seeds
    ]
    return Records((*of_cell, "finding", *seed_titles()), tuple(rows))


def _value(table: Confrontation) -> dict[str, Any]:
    """Every cell with every seed."""
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
    return {
        "test_length": table.test_length,
        "learned_at": LEARNED,
        "protocol": dict(zip(table.languages, table.notes, strict=True)),
        "contradictions": len(table.contradictions),
        "cells": cells,
    }


def contradiction(cell: Cell) -> str:
    """What contradicts the prediction of a cell, in one line."""
    name = f"{cell.language}, {cell.layer}"
    if cell.verdict == FAILED:
        return f"{name}: the checker rejected the certificate {cell.certificate}"
    passed = [seed for seed in cell.seeds if seed.passes_random]
    which = ", ".join(
        f"{seed.seed} ({show_share(seed.test_accuracy)}, {_failing(seed)}, {seed.run}"
        f"{_longer(seed)})"
        for seed in passed
    )
    return (
        f"{name}: {cell.verdict} ({cell.evidence}; {cell.certificate}), yet random words are "
        f"right in {counted(len(passed), 'seed')}: {which}"
    )


def _failing(seed: SeedResult) -> str:
    if seed.worst_failing is None:
        return "no failing word found" if seed.search else "failing words not searched"
    return f"fails on a word of {seed.worst_failing}"


def _longer(seed: SeedResult) -> str:
    found = seed.longer
    if found is None:
        return ""
    failing = f"none up to {found.searched_to}" if found.failing is None else str(found.failing)
    return (
        f"; longer words: {show_share(found.accuracy)} right at length {found.length}, shortest "
        f"failing word found: {failing}"
    )


def _shown(cell: Cell) -> str:
    mark = "!!" if cell.is_contradicted else ""
    verdict = f"{mark}{_PREDICTED[cell.verdict]} {cell.n_learned}/{len(cell.seeds)}"
    shares = f"{show_share(cell.best)}, {show_share(cell.median)}"
    text = f"{verdict}\n{shares}\n{failing_lengths(cell.seeds)}"
    return Strong(text) if cell.is_contradicted else text


def _legend(table: Confrontation) -> list[str]:
    cell = table.cells[0][0]
    alike: dict[str, list[str]] = {}
    for language, note in zip(table.languages, table.notes, strict=True):
        alike.setdefault(note, []).append(language)
    layers = counted(cell.depth, "layer") if isinstance(cell.depth, int) else "any depth"
    return [
        f"yes, no, ?: whether {layers} of the class can ({cell.semantics} arithmetic), "
        "or unknown; then seeds that learned it / seeds run",
        f"numbers: best and median share of random words without an error at length "
        f"{table.test_length}; greatest and median length of the shortest failing word that was "
        "found, >: none up to that length",
        f"learned: a share of at least {LEARNED}, and no failing word of up to "
        f"{table.test_length} letters found",
        "each yes and no has a certificate that the independent checker has seen",
        *(f"{', '.join(languages)}: {note}" for note, languages in alike.items()),
    ]


def _remarks(table: Confrontation) -> list[str]:
    """The contradictions first, then what was not learned, then runs that were stopped."""
    lines = [f"CONTRADICTION: {contradiction(cell)}" for cell in table.contradictions]
    if not lines:
        lines.append("no prediction is contradicted")
    flattered = table.found(Finding.RANDOM_WORDS_ONLY)
    if flattered:
        names = "; ".join(f"{cell.language} by {cell.layer}" for cell in flattered)
        lines.append(
            f"random-words-only (expressible; random words are right, yet each such seed fails on "
            f"a word of up to {table.test_length} letters): {names}"
        )
    gaps = table.found(Finding.LEARNABILITY_GAP)
    if gaps:
        names = "; ".join(f"{cell.language} by {cell.layer}" for cell in gaps)
        lines.append(f"learnability-gap (expressible, no seed learned it): {names}")
    for cell in table.all_cells:
        lines += stopped(f"{cell.language}, {cell.layer}", cell.seeds)
    return lines
