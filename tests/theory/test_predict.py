"""Predictions: known answers, consistency, and the independent checker on every certificate."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from helpers.predictions import order_faults, predictions

from monoscan.automata import Automaton, canonical, compile_regex, get_language
from monoscan.automata.algebra import complement
from monoscan.proofs_check.verify_prediction import check_predictions
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import ContradictionError, Predictor, WrongConstructionError
from monoscan.theory.prediction import ProvedNetwork, Question, Verdict

YES, NO, OPEN = Verdict.EXPRESSIBLE, Verdict.NOT_EXPRESSIBLE, Verdict.UNKNOWN

# language, class, depth, verdict, source
KNOWN = [
    ("parity", "mamba", "any", NO, "Grazzi et al., Theorem 1"),
    ("parity", "deltanet-0-1", "any", NO, "Grazzi et al., Theorem 1"),
    ("parity", "mamba-negative", 1, YES, "Grazzi et al., section 4.1"),
    ("parity", "deltanet", 1, YES, "Grazzi et al., section 4.1"),
    ("parity", "s4-mamba", "any", NO, "Khavari et al., arXiv 2508.07395"),
    ("parity", "deltaproduct-3-0-1", "any", NO, "products of PSD contractions"),
    ("count-mod-3", "mamba-negative", "any", NO, "Grazzi et al., Theorem 2"),
    ("count-mod-3", "triangular-real", "any", NO, "Grazzi et al., Theorem 2"),
    ("count-mod-3", "gateloop", 1, YES, "roots of unity"),
    ("count-mod-3", "deltanet", 1, NO, "a reflection has order 2"),
    ("count-mod-3", "deltanet", 2, YES, "Grazzi et al., Theorem 6"),
    ("count-mod-3", "deltaproduct-2", 1, YES, "Grazzi et al., Theorem 3"),
    ("count-mod-4", "mamba-negative", 1, NO, "period 2 to the depth"),
    ("count-mod-4", "mamba-negative", "any", YES, "bits with a carry"),
    ("s3", "gateloop", 1, NO, "Shakerinava et al.: not abelian"),
    ("s3", "gateloop", "any", YES, "Shakerinava et al.: solvable"),
    ("s3", "deltaproduct-2", 1, YES, "Siems et al., Theorem 4"),
    ("s4", "deltaproduct-2", 1, YES, "Siems et al., Theorem 4"),
    ("a5", "gateloop", "any", NO, "not solvable"),
    ("a5", "deltaproduct-2", 1, YES, "rotations of the icosahedron"),
    ("a5-involutions", "deltanet", 1, YES, "reflections of H3"),
    ("s5-swaps", "deltanet", 1, YES, "Grazzi et al., after Theorem 3"),
    ("flip-flop", "mamba", 1, YES, "Sarrof et al."),
    ("even-pairs", "s4", "any", NO, "the first letter is not remembered"),
    ("ends-with-ab", "mamba", "any", NO, "one layer or more: ab and abb"),
    ("ends-with-ab", "mamba-negative", "any", YES, "a clock and two slots"),
    ("ends-with-ab", "deltaproduct-3-0-1", "any", YES, "three projections are a delay"),
    ("ends-with-ab", "pd-ssm", 1, YES, "Terzic et al., Proposition 2"),
    ("modular-arithmetic-5", "pd-ssm", 1, YES, "Terzic et al., Proposition 2"),
    ("parity", "lstm", "any", OPEN, "a reference row"),
    ("parity", "mamba-sigmoid", "any", NO, "open ranges"),
]


@pytest.mark.parametrize(
    ("language", "name", "depth", "verdict"), [row[:4] for row in KNOWN], ids=lambda v: str(v)
)
def test_known_answers(language: str, name: str, depth: int | str, verdict: Verdict) -> None:
    predictor = Predictor(get_language(language).build())
    assert predictor.predict(Question(get_model_class(name), depth)).verdict is verdict


@pytest.mark.parametrize(
    ("language", "name", "verdict"),
    [
        ("ends-with-ab", "mamba", YES),
        ("parity", "mamba", NO),
        ("count-mod-3", "mamba", NO),
        ("ends-with-ab", "deltanet-0-1", OPEN),
    ],
)
def test_rounded_operations(language: str, name: str, verdict: Verdict) -> None:
    predictor = Predictor(get_language(language).build())
    found = predictor.predict(Question(get_model_class(name), "any", "op-round"))
    assert found.verdict is verdict


def random_automaton(seed: int) -> Automaton:
    random = Random(seed)
    states, letters = random.randint(1, 5), random.randint(1, 3)
    table = [[random.randrange(states) for _ in range(letters)] for _ in range(states)]
    outputs = [bool(random.getrandbits(1)) for _ in range(states)]
    return canonical("abc"[:letters], table, outputs)


def check_everything(seed: int, folder: Path) -> None:
    answers = predictions(random_automaton(seed))
    assert order_faults(answers) == []
    for checked in check_predictions(list(answers.values()), folder):
        assert checked.is_confirmed, checked.to_json()


@pytest.mark.parametrize("seed", range(12))
def test_random_automata(seed: int, tmp_path: Path) -> None:
    check_everything(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 300))
def test_many_random_automata(seed: int, tmp_path: Path) -> None:
    check_everything(seed, tmp_path)


@pytest.mark.parametrize("seed", range(6))
def test_a_language_and_its_complement_have_the_same_answers(seed: int) -> None:
    automaton = random_automaton(seed)
    first, second = predictions(automaton), predictions(complement(automaton))
    assert {key: found.verdict for key, found in first.items()} == {
        key: found.verdict for key, found in second.items()
    }


def test_an_order_fault_is_seen() -> None:
    answers = predictions(get_language("ends-with-ab").build())
    swapped = dict(answers)
    swapped["dense", "any"] = answers["time-invariant-diagonal", "any"]
    assert order_faults(answers) == []
    assert order_faults(swapped) != []


def test_a_wrong_construction_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    predictor = Predictor(get_language("parity").build())
    found = predictor.predict(Question(get_model_class("deltanet"))).evidence
    assert isinstance(found, ProvedNetwork)
    other = Predictor(compile_regex("(0|1)*1", ("0", "1")))
    with pytest.raises(WrongConstructionError):
        other._explored(found.construction, found.lrnn, found.semantics)
    obstruction = Predictor(get_language("parity").build()).obstruction(
        Question(get_model_class("mamba"))
    )
    monkeypatch.setattr(predictor, "obstruction", lambda question: obstruction)
    with pytest.raises(ContradictionError):
        predictor.check_consistency(Question(get_model_class("deltanet")))


@pytest.mark.parametrize(("depth", "semantics"), [(0, "exact"), (-1, "exact"), ("any", "magic")])
def test_a_bad_question_is_refused(depth: int | str, semantics: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Question(get_model_class("mamba"), depth, semantics)
