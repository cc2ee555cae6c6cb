"""`monoscan table solvability`: languages and model classes in one table."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from monoscan.automata import UnknownLanguage, all_languages, get_language
from monoscan.cli.console import ProgressLine, fail
from monoscan.cli.questions import SEMANTICS, read_class, read_depth, shown_classes
from monoscan.report.solvability import solvability
from monoscan.report.tables import FORMATS

_REJECTED = 70


def table_command(
    name: Annotated[str, typer.Argument(help="Which table: solvability.")],
    format_: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")
    ] = "text",
    language: Annotated[
        list[str] | None, typer.Option(help="Language id; may be repeated; default: all.")
    ] = None,
    class_: Annotated[
        list[str] | None,
        typer.Option("--class", help="Model class or architecture; may be repeated; default: all."),
    ] = None,
    depth: Annotated[
        list[str] | None, typer.Option(help="Number of layers or any; may be repeated.")
    ] = None,
    semantics: Annotated[str, typer.Option(help="exact, or op-round (saturating).")] = "exact",
    max_states: Annotated[int, typer.Option(help="Budget of joint states of a network.")] = 5_000,
    processes: Annotated[
        int, typer.Option(help="Languages worked on at a time; 0: as many as there are cores.")
    ] = 0,
    out: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
) -> None:
    """Print the solvability table; every entry has a certificate that the checker has seen.

    Exit codes: 0 printed, 2 bad input, 70 the checker rejected a certificate.
    """
    if name != "solvability":
        fail(f"there is no table {name!r}; expected solvability")
    if format_ not in FORMATS:
        fail(f"unknown format {format_!r}; expected one of {', '.join(FORMATS)}")
    if semantics not in SEMANTICS:
        fail(f"unknown semantics {semantics!r}; expected one of {', '.join(SEMANTICS)}")
    if processes < 0 or max_states < 1:
        fail("--processes must be at least 0 and --max-states at least 1")
    classes = [read_class(c) for c in class_] if class_ else shown_classes()
    progress = ProgressLine()
    try:
        with progress.shown():
            table = solvability(
                _languages(language),
                [model_class.id for model_class in classes],
                Path(out) / "solvability",
                depths=[read_depth(text) for text in depth or ("1", "2", "any")],
                semantics=semantics,
                max_states=max_states,
                processes=processes or os.cpu_count() or 1,
                progress=progress.update,
            )
    except OSError as error:
        fail(f"cannot write certificates to {out}: {error}; choose another folder with --out")
    sys.stdout.write(FORMATS[format_](table))
    if not table.is_confirmed:
        raise typer.Exit(_REJECTED)


def _languages(names: list[str] | None) -> list[str]:
    for name in names or ():
        try:
            get_language(name)
        except UnknownLanguage as error:
            fail(f"{error} (all of them: monoscan list languages)")
    return names or [entry.id for entry in all_languages()]
