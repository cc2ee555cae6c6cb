"""Predictions: known answers, consistency, and the independent checker on every certificate."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from helpers.effort import part_of
from helpers.prediction_table import KNOWN
from helpers.predictions import CLASSES, order_faults, predictions, predictor_of

from monoscan.automata import Automaton, canonical, compile_regex, get_language, minimize
from monoscan.automata.algebra import complement, inverse_letter_map
from monoscan.errors import BadValue
from monoscan.proofs_check.verify_prediction import check_predictions
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.model_classes import all_model_classes, get_model_class
from monoscan.theory.network_search import NetworkSearch, WrongConstructionError
from monoscan.theory.predict import ContradictionError, Predictor
from monoscan.theory.prediction import Citation, ProvedNetwork, Question, Verdict

YES, NO, OPEN = Verdict.EXPRESSIBLE, Verdict.NOT_EXPRESSIBLE, Verdict.UNKNOWN


LONG = ("s5", "householder-product-2", 3)  # seconds; the other answers about S5 are quick


@pytest.mark.parametrize(
    ("language", "name", "depth", "verdict"),
    [pytest.param(*row[:4], marks=[pytest.mark.slow] if row[:3] == LONG else []) for row in KNOWN],
    ids=str,
)
def test_known_answers(language: str, name: str, depth: int | str, verdict: Verdict) -> None:
    predictor = predictor_of(language)
    assert predictor.predict(Question(get_model_class(name), depth)).verdict is verdict


def test_every_class_has_a_row() -> None:
    rows = {get_model_class(name).id for _, name, *_ in KNOWN}
    assert {c.id for c in all_model_classes()} <= rows


@pytest.mark.parametrize(
    ("language", "name", "verdict"),
    [
        ("ends-with-ab", "diagonal-nonnegative", YES),
        ("parity", "diagonal-nonnegative", NO),
        ("count-mod-3", "diagonal-nonnegative", NO),
        ("ends-with-ab", "householder-nonnegative", YES),
        ("parity", "diagonal-real", YES),
        ("parity", "diagonal-complex", YES),
        ("parity", "householder", YES),
        ("parity", "householder-product-2", YES),
        ("parity", "gated-householder", YES),
        ("count-mod-4", "diagonal-real", YES),
        ("tomita-7", "diagonal-real", YES),
        ("tomita-7", "householder", YES),
        ("flip-flop", "householder-nonnegative", YES),
        ("aa-star", "time-invariant-diagonal", YES),
        ("s3", "permutation-diagonal", YES),
        ("s3", "dense", YES),
        ("parity", "mixed-diagonal", OPEN),
        ("parity", "diagonal-plus-rank-one-transposed", OPEN),
        ("s3", "diagonal-complex", OPEN),
    ],
)
def test_rounded_operations(language: str, name: str, verdict: Verdict, tmp_path: Path) -> None:
    found = predictor_of(language).predict(Question(get_model_class(name), "any", "op-round"))
    assert found.verdict is verdict
    (checked,) = check_predictions([found], tmp_path)
    assert checked.outcome.code == 0, checked.to_json()


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 8))]
)
def test_rounded_operations_of_random_automata(seed: int, tmp_path: Path) -> None:
    predictor = Predictor(random_automaton(seed), 2_000)
    questions = [Question(c, d, "op-round") for c in CLASSES for d in (1, "any")]
    for question in questions:
        predictor.check_consistency(question)
    for checked in check_predictions([predictor.predict(q) for q in questions], tmp_path):
        assert checked.outcome.code == 0, checked.to_json()


@pytest.mark.parametrize(
    ("language", "name", "depth", "expected"),
    [
        ("parity", "diagonal-real-open", "any", True),
        ("parity", "diagonal-open", "any", False),  # nor is it at the limits
        ("count-mod-4", "diagonal-real-open", 1, False),  # one layer is not enough there
        ("count-mod-4", "diagonal-real-open", 2, True),
        ("parity", "householder-open", 1, True),
        ("parity", "diagonal-nonnegative", "any", False),  # a closed range
    ],
)
def test_every_length(language: str, name: str, depth: int | str, expected: bool) -> None:
    found = predictor_of(language).predict(Question(get_model_class(name), depth))
    assert (found.verdict, found.every_length) == (NO, expected)
    if found.limit is not None:
        assert found.limit.fits(depth, (1, 1))
        closed = get_model_class(found.question.model_class.closure_contains)
        assert closed in found.limit.model_classes


def test_every_length_is_said_of_exact_arithmetic_only() -> None:
    rounded = predictor_of("parity").predict(
        Question(get_model_class("diagonal-real-open"), 1, "op-round")
    )
    assert not rounded.every_length


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
        assert checked.outcome.code == 0, checked.to_json()


@pytest.mark.parametrize("seed", part_of(range(6), 3))
def test_random_automata(seed: int, tmp_path: Path) -> None:
    check_everything(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6, 300))
def test_many_random_automata(seed: int, tmp_path: Path) -> None:
    check_everything(seed, tmp_path)


@pytest.mark.parametrize("seed", part_of(range(6), 2))
def test_a_language_and_its_complement_have_the_same_answers(seed: int) -> None:
    automaton = random_automaton(seed)
    first, second = predictions(automaton), predictions(complement(automaton))
    assert {key: found.verdict for key, found in first.items()} == {
        key: found.verdict for key, found in second.items()
    }


@pytest.mark.parametrize("seed", part_of(range(8), 2))
def test_other_letters_are_no_harder(seed: int) -> None:
    """A letter map only renames letters, so a network that reads them through it does as well."""
    automaton, random = random_automaton(seed), Random(seed + 1000)
    renamed = {name: random.choice(automaton.alphabet) for name in "xyz"[: random.randint(1, 3)]}
    given = predictions(automaton)
    mapped = predictions(inverse_letter_map(automaton, renamed))
    harder = [
        (key, found.evidence)
        for key, found in mapped.items()
        if found.verdict is NO and given[key].verdict is YES
    ]
    assert harder == []


def test_an_order_fault_is_seen() -> None:
    answers = predictions(get_language("ends-with-ab").build())
    swapped = dict(answers)
    swapped["dense", "any"] = answers["time-invariant-diagonal", "any"]
    assert order_faults(answers) == []
    assert order_faults(swapped) != []


def test_a_wrong_construction_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    predictor = Predictor(get_language("parity").build())
    found = predictor.predict(Question(get_model_class("householder"))).evidence
    assert isinstance(found, ProvedNetwork)
    other = NetworkSearch(minimize(compile_regex("(0|1)*1", ("0", "1"))), 100)
    with pytest.raises(WrongConstructionError):
        other._explored(found.construction, found.lrnn, found.semantics)
    obstruction = Predictor(get_language("parity").build()).obstruction(
        Question(get_model_class("diagonal-nonnegative"))
    )
    monkeypatch.setattr(predictor, "obstruction", lambda question: obstruction)
    with pytest.raises(ContradictionError):
        predictor.check_consistency(Question(get_model_class("householder")))


@pytest.mark.parametrize(("depth", "semantics"), [(0, "exact"), (-1, "exact"), ("any", "magic")])
def test_a_bad_question_is_refused(depth: int | str, semantics: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Question(get_model_class("diagonal-nonnegative"), depth, semantics)


@pytest.mark.parametrize("windows", [(1, 1), (1, 4), (4, 1), (4, 4)])
def test_windows_take_away_the_lemmas_that_are_not_proved_with_them(
    windows: tuple[int, int],
) -> None:
    mamba = get_model_class("diagonal-nonnegative")
    counts = predictor_of("parity").predict(Question(mamba, "any", "exact", windows))
    assert isinstance(counts.evidence, Obstruction)
    assert (counts.evidence.lemma, counts.evidence.windows) == ("psd-products-aperiodic", windows)
    ends = predictor_of("ends-with-ab").obstruction(Question(mamba, "any", "exact", windows))
    assert (ends is None) == (windows != (1, 1))


@pytest.mark.parametrize("windows", [(0, 1), (1, 0), (1, 1_001), (True, 1)])
def test_windows_out_of_range_are_refused(windows: tuple[int, int]) -> None:
    with pytest.raises(BadValue, match="expected a whole number from 1 to 1,000"):
        Question(get_model_class("dense"), windows=windows)


def test_a_theorem_in_print_forbids_nothing_to_networks_with_delays() -> None:
    linear = get_model_class("diagonal-nonnegative")
    cited = Citation(
        id="a-test",
        statement="Nothing.",
        source="a test",
        verdict=NO,
        model_class=linear.id,
        depth="any",
        applies=lambda automaton, budget: True,
    )
    assert cited.answers(Question(linear))
    assert not cited.answers(Question(linear, windows=(1, 2)))
