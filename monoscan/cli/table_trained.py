"""`monoscan table quick` and `table ablations`: networks that are trained for the purpose."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

import typer

from monoscan.cli.console import ProgressLine, fail, fail_to_write
from monoscan.cli.networks import model_errors_told, need_models
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.layers import layers_named
from monoscan.proofs_check.exit_codes import INTERNAL_ERROR
from monoscan.registry import compact

if TYPE_CHECKING:
    from monoscan.models.sweep.quick import Column

CONTRADICTED = 1


@final
@dataclass(frozen=True)
class SweepOptions:
    """What all tables of trained networks have.

    Attributes:
        seeds: numbers.
        steps: of every run; None: the protocol's.
        runs: folder of the runs.
        workers: processes.
    """

    seeds: Sequence[int]
    steps: int | None
    runs: Path
    workers: int


def print_quick(
    output: OutputOptions,
    languages: Sequence[str],
    layers: Sequence[str],
    sweep: SweepOptions,
    semantics: str,
    certificates: Path,
) -> None:
    """Trains what is missing, prints the table, and ends the program if it must be explained."""
    need_models("table quick")
    from monoscan.models.sweep.quick import COLUMNS, ROWS
    from monoscan.report.confrontation import confront_quick
    from monoscan.report.confrontation_table import confrontation_table, contradiction

    _check_known(languages, [row.language for row in ROWS], "row of the quick table")
    chosen = {title for name in layers for title in _titles(name, COLUMNS)}
    with _working(f"{sweep.runs} or {certificates}", "--runs, --certificates") as progress:
        table = confront_quick(
            [row for row in ROWS if not languages or row.language in languages],
            [column for column in COLUMNS if not layers or column.title in chosen],
            sweep.seeds,
            runs=sweep.runs,
            certificates=certificates / "quick",
            steps=sweep.steps,
            semantics=semantics,
            workers=sweep.workers,
            progress=progress,
        )
    write_table(confrontation_table(table), output)
    for cell in table.contradictions:
        sys.stderr.write(f"CONTRADICTION: {contradiction(cell)}\n")
    if table.contradictions:
        raise typer.Exit(CONTRADICTED if table.is_confirmed else INTERNAL_ERROR)


def print_ablations(
    output: OutputOptions, languages: Sequence[str], changes: Sequence[str], sweep: SweepOptions
) -> None:
    """Trains what is missing and prints the table."""
    need_models("table ablations")
    from monoscan.models.sweep.ablations import CHANGES, TASKS
    from monoscan.report.ablations import ablate, ablations_table

    _check_known(languages, [row.language for row, _ in TASKS], "column of the ablations")
    _check_known(changes, [change.name for change in CHANGES], "row of the ablations")
    with _working(str(sweep.runs), "--runs") as progress:
        table = ablate(
            [change for change in CHANGES if not changes or change.name in changes],
            [task for task in TASKS if not languages or task[0].language in languages],
            sweep.seeds,
            runs=sweep.runs,
            steps=sweep.steps,
            workers=sweep.workers,
            progress=progress,
        )
    write_table(ablations_table(table), output)


@contextmanager
def _working(folders: str, options: str) -> Iterator[Callable[[str], None]]:
    """Shows what is being done; ends the program if a folder or a network cannot be."""
    progress = ProgressLine()
    try:
        with model_errors_told(), progress.shown():
            yield progress.update
    except OSError as error:
        fail_to_write(f"to {folders}", error, f"choose another folder with {options}")


def _titles(name: str, columns: Sequence[Column]) -> list[str]:
    """The titles of the columns that a name means; ends the program if it means none."""
    titles = [column.title for column in columns]
    wanted = compact(name)
    found = [title for title in titles if wanted in map(compact, (title, title.split(" ")[0]))]
    if not found:
        with model_errors_told():
            found = [title for title in layers_named(name) if title in titles]
    if not found:
        fail(f"{name} is no column of the quick table; expected one of {', '.join(titles)}")
    return found


def _check_known(names: Sequence[str], known: Sequence[str], what: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
            choices = ", ".join(dict.fromkeys(known))
            hint = f"did you mean {near[0]}?" if near else f"expected one of {choices}"
            fail(f"{name} is no {what}; {hint}")
