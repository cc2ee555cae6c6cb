"""`monoscan table`: what is solvable, and what trained networks make of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monoscan.cli.completion import classes
from monoscan.cli.console import ProgressLine, note
from monoscan.cli.errors import fail, writing
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.options import read_depth, takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.errors import check_number
from monoscan.face.architectures import all_asked, mixed_ends
from monoscan.face.arithmetic_table import arithmetic
from monoscan.face.guarantees import guarantees, guarantees_table
from monoscan.face.horizon_table import draw_by_bits, horizons
from monoscan.face.sources import regex as face_regex
from monoscan.face.tables import (
    DEPTHS,
    MAX_STATES,
    ablate,
    confront,
    dynamics,
    learned_automata,
    published,
    runs_of,
    solvability,
)
from monoscan.proofs_check.exit_codes import INTERNAL_ERROR, NO, YES
from monoscan.report.confrontation_table import contradiction

if TYPE_CHECKING:
    from monoscan.report.figures import Drawing

_OF_TRAINED = ("--seeds", "--steps", "--runs", "--workers")
_OPTIONS = {
    "solvability": (
        "--figure",
        "--regex",
        "--alphabet",
        "--class",
        "--depth",
        "--semantics",
        "--max-states",
        "--processes",
        "--certificates",
    ),
    "quick": ("--figure", "--layer", "--semantics", "--certificates", *_OF_TRAINED),
    "ablations": ("--change", *_OF_TRAINED),
    "runs": ("--runs", "--figure"),
    "published": ("--runs",),
    "learned": ("--runs",),
    "dynamics": ("--figure",),
    "guarantees": ("--certificates", "--seeds", "--runs", "--workers"),
    "horizons": ("--figure", "--certificates"),
    "arithmetic": ("--certificates",),
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
        typer.Option(help="Not ablations: exact (default), threshold, or rounded."),
    ] = None,
    certificates: Annotated[
        str | None, typer.Option(help="Not ablations: folder for certificates (certificates).")
    ] = None,
    class_: Annotated[
        list[str] | None,
        typer.Option(
            "--architecture",
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
    regex: Annotated[
        list[str] | None,
        typer.Option(
            help="solvability: expression (docs/regex.md), a row; may be repeated.",
            rich_help_panel="Table solvability",
        ),
    ] = None,
    alphabet: Annotated[
        str | None,
        typer.Option(
            help="solvability: letters of --regex: 01, or a,b,swap.",
            rich_help_panel="Table solvability",
        ),
    ] = None,
    max_states: Annotated[
        int | None,
        typer.Option(
            help=f"solvability: budget of joint states of a network ({MAX_STATES}).",
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
    figure: Annotated[
        str | None,
        typer.Option(
            help="Not ablations: picture to write, FILE.svg, .pdf or .png: answers as a coloured "
            "matrix; of runs, their learning curves; of horizons, lengths against bits."
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
    """Print a table: of predictions, of arithmetic, of published results or of trained networks.

    Exit codes: 0 printed, 1 a network does what it was predicted not to do, 2 bad input, 4 out of
    memory, 70 the checker rejected a certificate.
    """
    _check_options(name, locals())
    output.chosen()
    path = checked_figure(figure) if figure else None
    if name == "runs":
        found = runs_of(runs or "runs", language or [])
        if path:
            write_figure(path, found.draw)
        write_table(found.table(), output)
        return
    if language and name in ("horizons", "arithmetic", "published", "dynamics"):
        fail(f"--language belongs to the other tables; leave it out for {name}")
    if name == "learned":
        progress = ProgressLine()
        with progress.shown():
            table = learned_automata(runs or "runs", language or [], progress.update)
        write_table(table, output)
        return
    if name == "dynamics":
        trained_linear = dynamics()
        if path:
            write_figure(path, trained_linear.draw)
        write_table(trained_linear.table(), output)
        return
    if name == "published":
        write_table(published(runs or "runs"), output)
        return
    if name == "horizons":
        folder = f"{certificates or 'certificates'}/horizons"
        progress = ProgressLine()
        remedy = "choose another folder with --certificates"
        with writing(f"certificates to {folder}", remedy), progress.shown():
            table = horizons(folder, progress=progress.update)
            drawing = draw_by_bits(progress=progress.update) if path else None
        if path and drawing:
            write_figure(path, lambda: drawing)
        write_table(table, output)
        return
    if name == "arithmetic":
        folder, progress = f"{certificates or 'certificates'}", ProgressLine()
        remedy = "choose another folder with --certificates"
        with writing(f"certificates to {folder}", remedy), progress.shown():
            table, claims = arithmetic(folder, progress=progress.update)
        write_table(table, output)
        raise typer.Exit(YES if all(x.is_as_documented for x in claims) else INTERNAL_ERROR)
    languages, semantics = language or [], semantics or "exact"
    cores = os.cpu_count() or 1
    runs, certificates = runs or "runs", certificates or "certificates"
    folders = f"certificates to {certificates}"
    if name != "solvability":
        folders = f"to {runs}" + (f" or {certificates}" if name == "quick" else "")
    remedy = "choose another folder with " + ", ".join(
        option for option in _OPTIONS[name] if option in ("--runs", "--certificates")
    )
    trained: dict[str, Any] = {
        "seeds": 3 if seeds is None else seeds,
        "steps": None if steps is None else check_number("steps", steps, 1),
        "workers": check_number("workers", workers or 0, 0) or cores,
    }
    if bool(regex) != (alphabet is not None):
        fail("--regex and --alphabet go together; give both or none")
    own = {text: face_regex(text, alphabet or "", tell=note) for text in regex or ()}
    progress = ProgressLine()
    asked = all_asked(class_) if class_ else ()
    code, said = YES, []
    draw: Callable[[], Drawing] | None = None
    if warning := mixed_ends(asked):
        said.append(f"note: {warning}")
    with writing(folders, remedy), progress.shown():
        if name == "solvability":
            solved = solvability(
                languages,
                asked or None,
                f"{certificates}/solvability",
                depths=[read_depth(text) for text in depth or ()] or DEPTHS,
                semantics=semantics,
                max_states=MAX_STATES if max_states is None else max_states,
                own=own,
                processes=check_number("processes", processes or 0, 0) or cores,
                progress=progress.update,
            )
            table, draw = solved.table(), solved.draw
            code = YES if solved.is_confirmed else INTERNAL_ERROR
        elif name == "quick":
            confronted = confront(
                languages,
                layer or (),
                semantics=semantics,
                runs=runs,
                certificates=f"{certificates}/quick",
                progress=progress.update,
                **trained,
            )
            table, draw = confronted.table(), confronted.draw
            said += [f"CONTRADICTION: {contradiction(cell)}" for cell in confronted.contradictions]
            if confronted.contradictions:
                code = NO if confronted.is_confirmed else INTERNAL_ERROR
        elif name == "guarantees":
            networks = guarantees(
                languages,
                seeds=trained["seeds"],
                runs=runs,
                certificates=f"{certificates}/guarantees",
                workers=trained["workers"],
                progress=progress.update,
            )
            table = guarantees_table(networks)
            wrong = [one.contradiction for one in networks if one.contradiction]
            said += [f"CONTRADICTION: {line}" for line in wrong]
            code = NO if wrong else YES
        else:
            table = ablate(
                languages, change or (), runs=runs, progress=progress.update, **trained
            ).table()
    if path and draw:
        write_figure(path, draw)
    write_table(table, output)
    for line in said:
        sys.stderr.write(f"{line}\n")  # beside the table, whatever its format
    raise typer.Exit(code)


def _check_options(table: str, given: Mapping[str, object]) -> None:
    """Ends the program if there is no such table, or an option is of another one."""
    if table not in _OPTIONS:
        fail(f"there is no table {table!r}; expected {' or '.join(_OPTIONS)}")
    for name, value in given.items():
        option = f"--{name.rstrip('_').replace('_', '-')}"
        others = [title for title, options in _OPTIONS.items() if option in options]
        if value is not None and others and table not in others:
            owners = " and ".join(filter(None, [", ".join(others[:-1]), others[-1]]))
            fail(f"{option} belongs to the table {owners}; leave it out for {table}")
