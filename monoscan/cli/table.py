"""`monoscan table`: what is solvable, and what trained networks make of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monoscan.automata import AutomatonError, BudgetExceeded, all_languages, get_language
from monoscan.cli.completion import classes
from monoscan.cli.console import ProgressLine, fail, fail_to_write
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import SEMANTICS, read_all_asked, read_depth
from monoscan.cli.table_trained import SweepOptions, print_ablations, print_quick
from monoscan.face.architectures import mixed_ends
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR
from monoscan.registry import UnknownId
from monoscan.report.solvability import solvability
from monoscan.report.solvability_table import solvability_table

if TYPE_CHECKING:
    from monoscan.theory.architectures import Asked
    from monoscan.theory.lemmas import Depth

_MAX_STATES = 5_000
_DEPTHS = ("1", "2", "any")
_OF_TRAINED = ("--seeds", "--steps", "--runs", "--workers")
_OPTIONS = {
    "solvability": (
        "--class",
        "--depth",
        "--semantics",
        "--max-states",
        "--processes",
        "--certificates",
    ),
    "quick": ("--layer", "--semantics", "--certificates", *_OF_TRAINED),
    "ablations": ("--change", *_OF_TRAINED),
}
"""The tables, each with the options that not all of them have."""


@takes_options
def table_command(
    output: OutputOptions,
    name: Annotated[str, typer.Argument(help=f"Which table: {', '.join(_OPTIONS)}.")],
    language: Annotated[
        list[str] | None, typer.Option(help="Language id; may be repeated; default: all.")
    ] = None,
    semantics: Annotated[
        str | None,
        typer.Option(help="Not ablations: exact (default), or op-round (saturating)."),
    ] = None,
    certificates: Annotated[
        str | None, typer.Option(help="Not ablations: folder for certificates (certificates).")
    ] = None,
    class_: Annotated[
        list[str] | None,
        typer.Option(
            "--class",
            help="solvability: architecture or model class; may be repeated; default: all.",
            rich_help_panel="Table solvability",
            autocompletion=classes,
        ),
    ] = None,
    depth: Annotated[
        list[str] | None,
        typer.Option(
            help="solvability: number of layers or any; may be repeated.",
            rich_help_panel="Table solvability",
        ),
    ] = None,
    max_states: Annotated[
        int | None,
        typer.Option(
            help=f"solvability: budget of joint states of a network ({_MAX_STATES}).",
            rich_help_panel="Table solvability",
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            help="solvability: languages worked on at a time; 0: one a core (default).",
            rich_help_panel="Table solvability",
        ),
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option(
            help="quick: deltanet, or 'deltanet [-1,1]'; may be repeated; default: all.",
            rich_help_panel="Table quick",
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            help="ablations: a change of the recipe; may be repeated; default: all.",
            rich_help_panel="Table ablations",
        ),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(help="Trained: number of seeds (3).", rich_help_panel="Trained networks"),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(help="Trained: steps of every run (600).", rich_help_panel="Trained networks"),
    ] = None,
    runs: Annotated[
        str | None,
        typer.Option(
            help="Trained: folder of the runs (runs).", rich_help_panel="Trained networks"
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Trained: processes; 0: one a core (default).", rich_help_panel="Trained networks"
        ),
    ] = None,
) -> None:
    """Print a table: solvability, or of trained networks: quick, ablations.

    Exit codes: 0 printed, 1 a network does what it was predicted not to do, 2 bad input, 4 out of
    memory, 70 the checker rejected a certificate.
    """
    _check_options(name, locals())
    output.chosen()
    if semantics not in (None, *SEMANTICS):
        fail(f"unknown semantics {semantics!r}; expected one of {', '.join(SEMANTICS)}")
    languages = _languages(language)
    cores = os.cpu_count() or 1
    if name == "solvability":
        _solvability(
            output,
            languages or [entry.id for entry in all_languages()],
            read_all_asked(class_ or []),
            [read_depth(text) for text in depth or _DEPTHS],
            semantics or "exact",
            _at_least("--max-states", 1, max_states, _MAX_STATES),
            _at_least("--processes", 0, processes, 0) or cores,
            certificates or "certificates",
        )
        return
    sweep = SweepOptions(
        range(_at_least("--seeds", 1, seeds, 3)),
        _at_least("--steps", 1, steps, 0) or None,
        Path(runs or "runs"),
        _at_least("--workers", 0, workers, 0) or cores,
    )
    if name == "quick":
        folder = Path(certificates or "certificates")
        print_quick(output, languages, layer or [], sweep, semantics or "exact", folder)
    else:
        print_ablations(output, languages, change or [], sweep)


def _solvability(
    output: OutputOptions,
    languages: list[str],
    asked: list[Asked],
    depths: list[Depth],
    semantics: str,
    max_states: int,
    processes: int,
    certificates: str,
) -> None:
    names: dict[str, list[str]] = {}
    for entry in asked:
        names.setdefault(entry.model_class.id, []).append(str(entry))
    progress = ProgressLine()
    try:
        with progress.shown():
            table = solvability(
                languages,
                list(names),
                Path(certificates) / "solvability",
                depths=depths,
                semantics=semantics,
                max_states=max_states,
                processes=processes,
                progress=progress.update,
            )
    except OSError as error:
        fail_to_write(
            f"certificates to {certificates}", error, "choose another folder with --certificates"
        )
    named = {class_id: tuple(found) for class_id, found in names.items()}
    write_table(solvability_table(replace(table, names=named)), output)
    if warning := mixed_ends(asked):
        print(f"note: {warning}", file=sys.stderr)  # beside the table, whatever its format
    if not table.is_confirmed:
        raise typer.Exit(INTERNAL_ERROR)


def _check_options(table: str, given: Mapping[str, object]) -> None:
    """Ends the program if there is no such table, or an option is of another one."""
    if table not in _OPTIONS:
        fail(f"there is no table {table!r}; expected {' or '.join(_OPTIONS)}")
    for name, value in given.items():
        option = f"--{name.rstrip('_').replace('_', '-')}"
        others = [title for title, options in _OPTIONS.items() if option in options]
        if value is not None and others and table not in others:
            fail(f"{option} belongs to the table {' and '.join(others)}; leave it out for {table}")


def _at_least(option: str, least: int, value: int | None, default: int) -> int:
    if value is not None and value < least:
        fail(f"{option} must be at least {least}, not {value}")
    return default if value is None else value


def _languages(names: list[str] | None) -> list[str]:
    for name in names or ():
        try:
            get_language(name)
        except (UnknownId, AutomatonError) as error:
            fail(str(error))
        except BudgetExceeded as error:
            fail(f"--language {name}: {error}", BUDGET_REACHED)
    return names or []
