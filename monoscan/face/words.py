"""Questions in words."""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.theory.prediction import Question
from monoscan.theory.windows import NO_DELAYS, show_windows

NOT_CHECKED = "Not checked by the independent program yet: ms.certify does that."

TITLES = {"exact": "exact", "threshold": "thresholds", "op-round": "rounded"}
"""What the column of an arithmetic is called."""

_ARITHMETICS = {
    "exact": "exact arithmetic, finitely many reachable states",
    "threshold": "exact arithmetic, any states, read-outs by thresholds",
    "op-round": "some finite number format that saturates, every operation rounded",
}


def describe_question(question: Question) -> str:
    """The depth and the arithmetic of a question in words.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> describe_question(Question(get_model_class("dense"), 2))
    'at most 2 layers; exact arithmetic, finitely many reachable states'
    """
    return f"{_layers(question)}; {_ARITHMETICS[question.semantics]}"


def describe_questions(questions: Sequence[Question]) -> tuple[str, ...]:
    """The same of questions that differ in the arithmetic only, which are columns of a table."""
    if len(questions) == 1:
        return (describe_question(questions[0]),)
    columns = (f"{TITLES[q.semantics]}: {_ARITHMETICS[q.semantics]}" for q in questions)
    return (_layers(questions[0]), *columns)


def _layers(question: Question) -> str:
    layers = {"any": "any finite number of layers", 1: "one layer"}.get(
        question.depth, f"at most {question.depth} layers"
    )
    if question.windows == NO_DELAYS:
        return layers
    return f"{layers}; {show_windows(question.windows)}"
