"""`monoscan predict`: which classes of linear RNNs recognise a language, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from monoscan.automata import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.monoid import DEFAULT_MONOID_BUDGET
from monoscan.cli.completion import classes
from monoscan.cli.console import (
    ProgressLine,
    fail,
    fail_to_write,
    shown_path,
)
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import (
    check_semantics,
    mixed_ends,
    notes,
    read_all_asked,
    read_depth,
)
from monoscan.proofs_check.certificates import canonical_text
from monoscan.proofs_check.certificates.parts import automaton_to_json
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR
from monoscan.proofs_check.verify_prediction import (
    CheckedPrediction,
    check_predictions,
    counted,
    show_evidence,
)
from monoscan.tables import Column, Table
from monoscan.theory.architectures import Asked
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Prediction, Question


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

    Exit codes: 0 answered (also if an answer is unknown), 2 bad input, 4 over the budget, 70 the
    checker rejected a certificate.
    """
    automaton = target.read(as_json=output.chosen() == "json")
    check_semantics(semantics)
    layers = read_depth(depth)
    asked = read_all_asked(class_ or [])
    questions = [Question(entry.model_class, layers, semantics) for entry in asked]
    for option, given in (("--max-states", max_states), ("--budget", budget)):
        if given < 1:
            fail(f"{option} {given}: expected at least 1")
    progress = ProgressLine()
    folder = Path(certificates) / f"predict-{target.language or _fingerprint(automaton)}"
    try:
        with progress.shown():
            checked = _answer(Predictor(automaton, max_states, budget), questions, folder, progress)
    except BudgetExceeded as error:
        fail(str(error), BUDGET_REACHED)
    except OSError as error:
        fail_to_write(
            f"certificates to {folder}", error, "choose another folder with --certificates"
        )
    table = _table(asked, checked, folder, with_notes=bool(class_))
    write_table(replace(table, value=target.facts(automaton) | dict(table.value or {})), output)
    if any(answer.status == FAILED for answer in checked):
        raise typer.Exit(INTERNAL_ERROR)


def _fingerprint(automaton: Automaton) -> str:
    """A short name for a language without an id, so that two languages never share a folder."""
    return hashlib.sha256(canonical_text(automaton_to_json(automaton)).encode()).hexdigest()[:12]


def _answer(
    predictor: Predictor, questions: Sequence[Question], folder: Path, progress: ProgressLine
) -> tuple[CheckedPrediction, ...]:
    def predictions() -> Iterator[Prediction]:
        for question in questions:
            progress.update(question.model_class.id)
            yield predictor.predict(question)

    return check_predictions(predictions(), folder, progress.update)


def _to_json(asked: Asked, answer: CheckedPrediction) -> dict[str, Any]:
    return {
        "name": asked.name,
        "variant": asked.variant,
        "transitions": asked.model_class.symbols,
        **answer.to_json(),
    }


def _table(
    asked: Sequence[Asked],
    checked: Sequence[CheckedPrediction],
    folder: Path,
    *,
    with_notes: bool,
) -> Table:
    question = checked[0].found.prediction.question
    depth = (
        "any finite number of layers"
        if question.depth == "any"
        else ("one layer" if question.depth == 1 else f"at most {question.depth} layers")
    )
    arithmetic = {
        "exact": "exact arithmetic, finitely many reachable states",
        "op-round": "some finite number format that saturates, every operation rounded",
    }[question.semantics]
    rows = zip(asked, checked, strict=True)
    return Table(
        (
            Column("name"),
            Column("transitions", wraps=True),
            Column("verdict"),
            Column("evidence", wraps=True),
        ),
        tuple(
            (str(entry), entry.model_class.symbols, answer.status, show_evidence(answer))
            for entry, answer in rows
        ),
        introduction=(f"{depth}; {arithmetic}",),
        notes=(*_sources(checked, folder), *(_notes(asked) if with_notes else ())),
        value={"predictions": [_to_json(*row) for row in zip(asked, checked, strict=True)]},
    )


def _sources(checked: Sequence[CheckedPrediction], folder: Path) -> Iterator[str]:
    """Where the certificates are, and what the answers rest on."""
    files = len({path for answer in checked for path in answer.paths})
    if files:
        yield f"{counted(files, 'certificate')} in {shown_path(folder)}."
    lemmas = {
        evidence.lemma
        for evidence in (answer.found.prediction.evidence for answer in checked)
        if isinstance(evidence, Obstruction)
    }
    if lemmas:
        yield "A not-expressible row rests on the lemma it names: monoscan show LEMMA."
    if "idempotent-letters" in lemmas:
        yield (
            "idempotent-letters is about exact arithmetic with finitely many states; rounding "
            "gives delays: --semantics op-round."
        )


def _notes(asked: Sequence[Asked]) -> Iterator[str]:
    return filter(None, (mixed_ends(asked), *notes(asked)))
