"""All predictions about a language, and what has to hold between them."""

from __future__ import annotations

from functools import cache
from itertools import product

from monoscan.automata import Automaton, get_language
from monoscan.face.architectures import shown_classes
from monoscan.theory.model_classes import is_inside
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Prediction, Question, Verdict

CLASSES = shown_classes()
DEPTHS = (1, 2, "any")

Column = dict[tuple[str, int | str], Prediction]


@cache
def predictor_of(language: str) -> Predictor:
    """The predictor of a language by its id: what it found for one question serves the others."""
    return Predictor(get_language(language).build())


def predictions(automaton: Automaton, max_states: int = 4_000) -> Column:
    """The answer for every class and depth; both kinds of evidence are looked for in each case."""
    predictor = Predictor(automaton, max_states)
    answers = {}
    for model_class, depth in product(CLASSES, DEPTHS):
        question = Question(model_class, depth)
        predictor.check_consistency(question)
        answers[model_class.id, depth] = predictor.predict(question)
    return answers


def order_faults(answers: Column) -> list[str]:
    """Pairs of answers that contradict each other: larger classes and depths can do no less."""
    faults = []
    for small, large in product(CLASSES, repeat=2):
        if not is_inside(small, large):
            continue
        for few, many in product(range(len(DEPTHS)), repeat=2):
            if few > many:
                continue
            inner = answers[small.id, DEPTHS[few]].verdict
            outer = answers[large.id, DEPTHS[many]].verdict
            if inner is Verdict.EXPRESSIBLE and outer is not Verdict.EXPRESSIBLE:
                faults.append(f"{small.id} {DEPTHS[few]} can, {large.id} {DEPTHS[many]}: {outer}")
            if outer is Verdict.NOT_EXPRESSIBLE and inner is not Verdict.NOT_EXPRESSIBLE:
                faults.append(
                    f"{large.id} {DEPTHS[many]} cannot, {small.id} {DEPTHS[few]}: {inner}"
                )
    return faults
