"""Questions in words."""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.errors import BadValue
from monoscan.theory.prediction import ARITHMETICS, Question
from monoscan.theory.windows import NO_DELAYS, show_windows

NOT_CHECKED = "Not checked by the independent program yet: ms.certify does that."

TITLES = {"exact": "exact", "threshold": "threshold", "op-round": "rounded"}
"""What an arithmetic of predictions is called, in columns and options; before it its id."""


def read_semantics(name: str) -> str:
    """The id of an arithmetic, from what it is called.

    Raises:
        BadValue: if there is none of that name.

    >>> read_semantics("rounded"), read_semantics("op-round")
    ('op-round', 'op-round')
    """
    for id_, title in TITLES.items():
        if name in (id_, title, f"{title}s"):
            return id_
    raise BadValue("semantics", name, f"one of {', '.join(TITLES.values())}")


def describe_question(question: Question) -> str:
    """The depth, the windows and the arithmetic of a question in words.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> describe_question(Question(get_model_class("dense"), 2))
    'at most 2 layers; exact arithmetic, finitely many reachable states'
    """
    words = [_layers(question), ARITHMETICS[question.semantics]]
    if question.windows != NO_DELAYS:
        words.insert(1, show_windows(question.windows))
    return "; ".join(words)


def describe_questions(questions: Sequence[Question]) -> tuple[str, ...]:
    """The depth and the arithmetics of the columns of a table; its rows say their windows."""
    if len(questions) == 1:
        return (f"{_layers(questions[0])}; {ARITHMETICS[questions[0].semantics]}",)
    columns = (f"{TITLES[q.semantics]}: {ARITHMETICS[q.semantics]}" for q in questions)
    return (_layers(questions[0]), *columns)


def _layers(question: Question) -> str:
    if question.depth == "any":
        return "any finite number of layers"
    return "one layer" if question.depth == 1 else f"at most {question.depth} layers"
