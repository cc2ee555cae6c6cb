"""What was made fast against its slow twin: integers against matrices, remembered against anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import reduce
from operator import matmul

import pytest
from helpers.effort import examples, part_of
from hypothesis import given
from hypothesis import strategies as st

import monoscan.theory.explore as explore_module
import monoscan.theory.network_search as network_search
from monoscan.automata import Automaton, get_language
from monoscan.face.architectures import shown_classes
from monoscan.proofs_check.certificates.sealing import canonical_text
from monoscan.proofs_check.verify_prediction import PredictionFinding
from monoscan.strategies.numbers import RATIONALS
from monoscan.theory.constructions.index import INDEX
from monoscan.theory.constructions.matrices import diagonal, network_of
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.constructions.registry import Construction
from monoscan.theory.growing_layer import GrowingLayer, order_of
from monoscan.theory.layer_cache import SteppedLayer
from monoscan.theory.lemmas import search
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, number, sqrt_of, zeta
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question
from monoscan.theory.respelling import standard_classes, written_in
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    transition_matrix,
)

LANGUAGES = [f"random-{2 + seed % 4}-{1 + seed % 3}-{seed}" for seed in part_of(range(30), 2)]


def answers(language: str) -> Iterator[tuple[str, str, str]]:
    """Class, verdict and the whole certificate, or what is missing, of every answer."""
    predictor = Predictor(get_language(language).build(), 120)
    for model_class in shown_classes():
        for depth in (1, 2, "any"):
            found = predictor.predict(Question(model_class, depth))
            texts = [make().text() for make in PredictionFinding(found).certificates.values()]
            said = texts[0] if texts else str(found.evidence)
            yield model_class.id, found.verdict.value, said


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Matrices instead of integers, and nothing remembered between questions."""
    monkeypatch.setattr(GrowingLayer, "_is_integer", False)
    monkeypatch.setattr(explore_module, "layer_cache", SteppedLayer)
    for name in ("_hold", "_example", "_rarity"):
        monkeypatch.setattr(network_search, name, getattr(network_search, name).__wrapped__)
    monkeypatch.setattr(search, "_search", search._search.__wrapped__)
    return monkeypatch


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_answers(language: str, slow: pytest.MonkeyPatch) -> None:
    theirs = list(answers(language))
    slow.undo()
    assert list(answers(language)) == theirs


def test_the_classes_of_matrices_are_counted_right() -> None:
    for outline in INDEX.values():
        holding = [c for c in standard_classes() if written_in(network_of(outline.matrices), c)]
        assert network_search._rarity(outline.matrices) == -len(holding)


def test_the_slow_path_is_taken(slow: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("integers were used")

    slow.setattr("monoscan.theory.growing_layer.compiled_step", refuse)
    layer = GrowingLayer(Matrix.of([[1]]), lambda _: sign_change(number(-1)))
    assert layer.step(0, ("a",)) == 1


def test_a_budget_reaches_the_construction() -> None:
    seen: list[int] = []

    def build(_: Automaton, *, budget: int = 9) -> LRNN:
        seen.append(budget)
        return scalar_parity()

    entry = Construction("a-test", "s", "s", diagonal(1), None, lambda _: None, build, lambda _: ())
    entry.build_within(get_language("parity").build(), 5)
    assert seen == [5]


def sign_change(factor: Number) -> Case:
    return Case(Diagonal((factor,)), Matrix.of([[0]]))


rationals = RATIONALS
vectors = st.lists(rationals, min_size=3, max_size=3).filter(any).map(tuple)
one_factors = st.one_of(
    st.builds(Householder, vectors, rationals), st.builds(DeltaRule, vectors, rationals)
)


@given(st.lists(one_factors, min_size=1, max_size=5))
def test_products_of_factors(factors: list[Householder | DeltaRule]) -> None:
    found = transition_matrix(HouseholderProduct(tuple(factors)))
    assert found == reduce(matmul, map(transition_matrix, factors))


irrational = st.sampled_from([sqrt_of(2), zeta(3), zeta(5) + zeta(5, 4), number("1/2")])
cases = st.builds(
    lambda rows, added: Case(Dense(Matrix.of(rows)), Matrix.column(added)),
    st.lists(st.lists(irrational | rationals, min_size=2, max_size=2), min_size=2, max_size=2),
    st.lists(rationals, min_size=2, max_size=2),
)


@given(st.lists(cases, min_size=1, max_size=3), st.lists(st.integers(0, 2), max_size=6))
@examples(40)
def test_growing_layers(given_cases: list[Case], word: list[int]) -> None:
    """Fields grow with the cases; with many different roots the layer goes over to matrices."""

    def case(symbol: Symbol) -> Case:
        return given_cases[len(str(symbol[0])) % len(given_cases)]

    start = Matrix.column([1, 0])
    layer, number_, state = GrowingLayer(start, case), 0, start
    for place in word:
        symbol: Symbol = ("a" * place,)
        number_, state = layer.step(number_, symbol), case(symbol).apply(state)
        assert layer.states[number_] == state
    assert len(set(layer.states)) == len(layer.states)


def test_a_field_that_is_too_large_for_integers() -> None:
    case: dict[Symbol, Case] = {
        ("a",): sign_change(zeta(7)),
        ("b",): sign_change(zeta(11)),
        ("c",): sign_change(zeta(2)),
    }
    layer = GrowingLayer(Matrix.of([[1]]), case.__getitem__)
    turned = layer.step(layer.step(0, ("a",)), ("b",))
    assert order_of(layer.states[turned].entries()) == 77
    assert layer.states[layer.step(turned, ("c",))] == Matrix(((-zeta(7) * zeta(11),),))
    assert layer.step(layer.step(0, ("c",)), ("c",)) == 0


def test_numbers_that_are_too_large_for_integers() -> None:
    layer, state = GrowingLayer(Matrix.of([[1]]), lambda _: sign_change(number(2**3000))), 0
    for _ in range(3):
        state = layer.step(state, ("a",))
    assert layer.states[state] == Matrix.of([[2**9000]])


def test_the_text_of_a_certificate() -> None:
    predictor = Predictor(get_language("ends-with-ab").build())
    answer = PredictionFinding(predictor.predict(Question(shown_classes()[3])))
    (found,) = (make() for make in answer.certificates.values())
    digest = hashlib.sha256(canonical_text(found.body).encode()).hexdigest()
    assert found.text() == canonical_text({**found.body, "digest": digest})
