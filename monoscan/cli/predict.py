"""`monoscan predict`: which classes of linear RNNs recognise a language, and why."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from monoscan.automata import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, BudgetExceeded
from monoscan.cli.completion import classes
from monoscan.cli.console import ProgressLine, fail, fail_to_write, shown_path
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import check_semantics, read_all_asked, read_depth
from monoscan.face.checking import certify
from monoscan.face.language import Language
from monoscan.face.predictions import predict
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import canonical_text
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
            "--class",
            help="Architecture, or model class; may be repeated; default: all.",
            autocompletion=classes,
        ),
    ] = None,
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    semantics: Annotated[str, typer.Option(help="exact, or op-round (saturating).")] = "exact",
    max_states: Annotated[
        int,
        typer.Option(
            help="Budget of joint states of a network.", rich_help_panel="Limits of the search"
        ),
    ] = DEFAULT_JOINT_STATES,
    budget: Annotated[
        int,
        typer.Option(
            help="Budget of elements of the syntactic monoid.",
            rich_help_panel="Limits of the search",
        ),
    ] = DEFAULT_MONOID_BUDGET,
    certificates: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
) -> None:
    """Say for each class whether some network of it recognises a language, with the evidence.

    Exit codes: 0 answered (also if an answer is unknown), 2 bad input, 4 over the budget or over a
    limit of the checker, 70 the checker rejected a certificate.
    """
    automaton = target.read(as_json=output.chosen() == "json")
    check_semantics(semantics)
    layers = read_depth(depth)
    asked = read_all_asked(class_) if class_ else None
    for option, given in (("--max-states", max_states), ("--budget", budget)):
        if given < 1:
            fail(f"{option} {given}: expected at least 1")
    progress = ProgressLine()
    folder = Path(certificates) / f"predict-{target.language or _fingerprint(automaton)}"
    try:
        with progress.shown():
            found = predict(
                Language(automaton),
                asked,
                depth=layers,
                semantics=semantics,
                max_states=max_states,
                budget=budget,
                progress=progress.update,
            )
            answer = certify(found, folder, progress.update)
    except BudgetExceeded as error:
        fail(str(error), BUDGET_REACHED)
    except OSError as error:
        fail_to_write(
            f"certificates to {folder}", error, "choose another folder with --certificates"
        )
    table = answer.table(shown_path)
    write_table(replace(table, value=target.facts(automaton) | answer.to_json()), output)
    if any(row.verdict == FAILED for row in answer):
        raise typer.Exit(INTERNAL_ERROR)
    if any(row.checked and row.checked.is_over_limit for row in answer):
        raise typer.Exit(BUDGET_REACHED)


def _fingerprint(automaton: Automaton) -> str:
    """A short name for a language without an id, so that two languages never share a folder."""
    return hashlib.sha256(canonical_text(automaton_to_json(automaton)).encode()).hexdigest()[:12]
