"""Random automata, all architectures with their windows, depths and arithmetics: one truth."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from helpers.effort import part_of

from monoscan.automata import Automaton, canonical, get_language
from monoscan.proofs_check.verify_prediction import check_predictions
from monoscan.theory.architectures import ARCHITECTURES
from monoscan.theory.lemmas.lemma import Lemma
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import ContradictionError, Predictor
from monoscan.theory.prediction import SEMANTICS, Question

if TYPE_CHECKING:
    from monoscan.theory.lemmas import Depth

ASKED = sorted(
    {
        (variant.model_class.replace("N", "2"), variant.window_a, variant.window_b)
        for entry in ARCHITECTURES
        for variant in entry.variants
    }
)
DEPTHS: tuple[Depth, ...] = (1, 2, "any")
KINDS = ("any", "permutations", "resets")


def random_automaton(kind: str, seed: int) -> Automaton:
    """An automaton whose letters are all maps, permutations, or constant maps and the identity."""
    random = Random(f"architectures {kind} {seed}")
    n, letters = random.randint(2, 4), random.randint(1, 3)

    def column() -> list[int]:
        if kind == "permutations":
            return random.sample(range(n), n)
        if kind == "resets" and random.random() < 0.8:
            return [random.randrange(n)] * n if random.random() < 0.7 else list(range(n))
        return [random.randrange(n) for _ in range(n)]

    table = [list(row) for row in zip(*(column() for _ in range(letters)), strict=True)]
    return canonical("abc"[:letters], table, [bool(random.getrandbits(1)) for _ in range(n)])


def check(kind: str, seed: int, folder: Path) -> None:
    predictor = Predictor(random_automaton(kind, seed), max_states=1_000, budget=5_000)
    questions = [
        Question(get_model_class(id_), depth, semantics, (a, b))
        for (id_, a, b), depth, semantics in product(ASKED, DEPTHS, SEMANTICS)
    ]
    for question in questions:
        predictor.check_consistency(question)
    checked = check_predictions(map(predictor.predict, questions), folder)
    assert [(found.status, found.problem) for found in checked] == [
        (found.found.prediction.verdict.value, "") for found in checked
    ]


@pytest.mark.parametrize(("kind", "seed"), part_of([(kind, 0) for kind in KINDS], 1))
def test_no_contradiction_and_all_certificates_accepted(
    kind: str, seed: int, tmp_path: Path
) -> None:
    check(kind, seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(1, 101))
def test_of_300_automata(kind: str, seed: int, tmp_path: Path) -> None:
    check(kind, seed, tmp_path)


def test_a_lemma_used_with_windows_that_break_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    asked = Question(get_model_class("diagonal-nonnegative"), "any", "exact", (4, 4))
    language = get_language("ends-with-ab").build()
    Predictor(language).check_consistency(asked)
    monkeypatch.setattr(Lemma, "holds_with", lambda self, windows: True)
    with pytest.raises(ContradictionError, match="idempotent-letters says that there is none"):
        Predictor(language).check_consistency(asked)
