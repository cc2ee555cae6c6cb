"""`monoscan predict`: which classes of linear RNNs recognise a language, and why."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from monoscan.automata import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.cli.columns import Line, print_columns
from monoscan.cli.console import (
    BUDGET_REACHED,
    ProgressLine,
    fail,
    print_json,
    shown_path,
    standard_output,
)
from monoscan.cli.language import LanguageOptions, takes_language
from monoscan.cli.questions import read_questions
from monoscan.proofs_check.certificates import canonical_text
from monoscan.proofs_check.certificates.parts import automaton_to_json
from monoscan.proofs_check.verify_prediction import (
    FAILED,
    CheckedPrediction,
    check_predictions,
    counted,
    show_evidence,
)
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES
from monoscan.theory.obstructions import Obstruction
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Prediction, Question

_REJECTED = 70


@takes_language
def predict_command(
    target: LanguageOptions,
    class_: Annotated[
        list[str] | None,
        typer.Option("--class", help="Model class or architecture; may be repeated; default: all."),
    ] = None,
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    semantics: Annotated[str, typer.Option(help="exact, or op-round (saturating).")] = "exact",
    max_states: Annotated[
        int, typer.Option(help="Budget of joint states of a network.")
    ] = DEFAULT_JOINT_STATES,
    out: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say for each class whether some network of it recognises a language, with the evidence.

    Exit codes: 0 answered (also if an answer is unknown), 2 bad input, 70 the checker rejected a
    certificate.
    """
    automaton = target.read()
    questions = read_questions(class_ or [], [depth], semantics)
    if max_states < 1:
        fail(f"--max-states {max_states}: expected at least 1")
    progress = ProgressLine()
    folder = Path(out) / f"predict-{target.language or _fingerprint(automaton)}"
    try:
        with progress.shown():
            checked = _answer(Predictor(automaton, max_states), questions, folder, progress)
    except BudgetExceeded as error:
        fail(str(error), BUDGET_REACHED)
    except OSError as error:
        fail(f"cannot write certificates to {folder}: {error}; choose another folder with --out")
    if as_json:
        print_json({"predictions": [answer.to_json() for answer in checked]})
    else:
        _print(checked, folder, with_notes=bool(class_))
    if any(answer.status == FAILED for answer in checked):
        raise typer.Exit(_REJECTED)


def _fingerprint(automaton: Automaton) -> str:
    """A short name for a language without an id, so that two languages never share a folder."""
    return hashlib.sha256(canonical_text(automaton_to_json(automaton)).encode()).hexdigest()[:12]


def _answer(
    predictor: Predictor, questions: tuple[Question, ...], folder: Path, progress: ProgressLine
) -> tuple[CheckedPrediction, ...]:
    predictions: list[Prediction] = []
    for question in questions:
        progress.update(question.model_class.id)
        predictions.append(predictor.predict(question))
    progress.update("the independent checker")
    return check_predictions(predictions, folder)


def _print(checked: tuple[CheckedPrediction, ...], folder: Path, *, with_notes: bool) -> None:
    console = standard_output()
    question = checked[0].prediction.question
    depth = (
        "any finite number of layers"
        if question.depth == "any"
        else ("one layer" if question.depth == 1 else f"at most {question.depth} layers")
    )
    arithmetic = {
        "exact": "exact arithmetic, finitely many reachable states",
        "op-round": "some finite number format that saturates, every operation rounded",
    }[question.semantics]
    lines = [
        Line("", (answer.status, answer.prediction.question.model_class.id, show_evidence(answer)))
        for answer in checked
    ]
    console.print(Text(f"{depth}; {arithmetic}"))
    print_columns(console, ("verdict", "class", "evidence"), lines)
    files = len({answer.check.path for answer in checked if answer.check is not None})
    if files:
        console.print()
        console.print(Text(f"{counted(files, 'certificate')} in {shown_path(folder)}."))
    lemmas = {
        answer.prediction.evidence.lemma
        for answer in checked
        if isinstance(answer.prediction.evidence, Obstruction)
    }
    if lemmas:
        console.print(
            Text("A not-expressible row rests on the lemma it names: monoscan show LEMMA.")
        )
    if "idempotent-letters" in lemmas:
        console.print(
            Text(
                "idempotent-letters is about exact arithmetic with finitely many states; rounding "
                "gives delays: --semantics op-round."
            ),
            soft_wrap=True,
        )
    if with_notes:
        for model_class in (answer.prediction.question.model_class for answer in checked):
            if model_class.note and model_class.has_exact_networks:
                console.print(Text(f"{model_class.id}: {model_class.note}"), soft_wrap=True)
