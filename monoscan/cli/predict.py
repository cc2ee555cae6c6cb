"""`monoscan predict`: which classes of linear RNNs recognise a language, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.cli.completion import classes
from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.errors import writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import read_depth, takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.checking import certify
from monoscan.face.predictions import predict
from monoscan.face.words import TITLES
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR
from monoscan.theory.prediction import DEFAULT_JOINT_STATES


@takes_options
def predict_command(
    target: LanguageOptions,
    output: OutputOptions,
    class_: Annotated[
        list[str] | None,
        typer.Option(
            "--architecture",
            "--class",
            help="Architecture, or model class; may be repeated; default: all classes.",
            autocompletion=classes,
        ),
    ] = None,
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    semantics: Annotated[
        str | None, typer.Option(help=f"Only one of {', '.join(TITLES.values())}; default: all.")
    ] = None,
    max_states: Annotated[
        int,
        typer.Option(help="Budget of joint states of a network.", rich_help_panel="Limits"),
    ] = DEFAULT_JOINT_STATES,
    budget: Annotated[
        int,
        typer.Option(
            help="Budget of elements of the syntactic monoid.",
            rich_help_panel="Limits",
        ),
    ] = DEFAULT_MONOID_BUDGET,
    certificates: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
) -> None:
    """Say for each class whether some network of it recognises a language, with the evidence.

    Exit codes: 0 answered (also if an answer is unknown), 2 bad input, 4 over the budget or over a
    limit of the checker, 70 the checker rejected a certificate.
    """
    is_json = output.chosen() == "json"
    language = target.read()
    progress = ProgressLine("" if is_json else target.line(language))
    folder = Path(certificates) / f"predict-{language.name or language.fingerprint}"
    with (
        writing(f"certificates to {folder}", "choose another folder with --certificates"),
        progress.shown(),
    ):
        found = predict(
            language,
            class_ or None,
            depth=read_depth(depth),
            semantics=semantics or tuple(TITLES.values()),
            max_states=max_states,
            budget=budget,
            progress=progress.update,
        )
        answer = certify(found, folder, progress.update)
    table = answer.table(shown_path)
    write_table(replace(table, value=target.facts(language) | answer.to_json()), output)
    if any(cell.verdict == FAILED for cell in answer.cells):
        raise typer.Exit(INTERNAL_ERROR)
    if any(cell.checked and cell.checked.is_over_limit for cell in answer.cells):
        raise typer.Exit(BUDGET_REACHED)
