"""Networks whose unrolled terms are all values of a format: then no cast changes anything."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.formats import number_formats
from monoscan.strategies.networks import networks_of_values
from monoscan.theory.constructions.parity import householder_parity, scalar_parity
from monoscan.theory.formats import FixedPoint, NumberFormat, get_format
from monoscan.theory.lrnn import LRNN, Case, Layer, words_up_to
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import CastUnrolled
from monoscan.theory.terms import is_representable, representable_terms
from monoscan.theory.transition import Diagonal

F = Fraction


def occurring_terms(lrnn: LRNN, length: int) -> list[set[Matrix]]:
    """All products A_t ... A_(i+1) B_i and A_t ... A_1 H_0 of words up to a length, by layer."""
    found = []
    for layer in lrnn.layers:
        level = {layer.initial} | {case.input for case in layer.cases.values()}
        terms = set(level)
        for _ in range(length):
            level = {case.matrix @ term for case in layer.cases.values() for term in level}
            terms |= level
        found.append(terms)
    return found


@given(st.data(), number_formats())
@examples(50)
def test_closures_against_all_products(data: st.DataObject, number_format: NumberFormat) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=data.draw(st.integers(1, 2))))
    closures = representable_terms(lrnn, number_format, 200)
    occurring = occurring_terms(lrnn, 3)
    if closures is None:
        return
    for closed, terms in zip(closures, occurring, strict=True):
        assert terms <= set(closed)
        assert len(set(closed)) == len(closed)
        assert all(is_representable(term, number_format) for term in closed)
    semantics = CastUnrolled(number_format)
    if all(is_representable(lrnn.run(w)[0], number_format) for w in words_up_to(lrnn.alphabet, 4)):
        for word in words_up_to(lrnn.alphabet, 4):
            (state, *_rest) = semantics.states(lrnn, word)
            assert semantics.visible(state) == lrnn.run(word)[0]


def test_the_closure_is_complete() -> None:
    (closed,) = representable_terms(householder_parity(), get_format("q2.2"), 10) or ()
    assert set(closed) == {Matrix.column(pair) for pair in ([1, 0], [0, 1], [0, 0])}


@pytest.mark.parametrize(("initial", "b"), [("1/3", "0"), ("0", "1/3")])
def test_none_when_a_given_number_is_no_value(initial: str, b: str) -> None:
    # Under A = 1 nothing new is ever computed.
    case = Case(Diagonal((F(1),)), Matrix.of([[b]]))
    readout = Threshold((Functional(Matrix.of([[1]]), ">", F(0)),), {"0": True})
    lrnn = LRNN(("a",), (Layer(Matrix.of([[initial]]), {("a",): case}, readout),))
    assert representable_terms(lrnn, get_format("q2.2"), 10) is None


def test_none_when_an_entry_is_no_value() -> None:
    ones = FixedPoint(F(1), F(0), F(1))
    assert representable_terms(scalar_parity(), ones, 10) is None  # -1 occurs as a term


@pytest.mark.parametrize(("budget", "is_found"), [(2, False), (3, True)])
def test_none_when_the_budget_is_reached(budget: int, is_found: bool) -> None:
    found = representable_terms(scalar_parity(), get_format("int4"), budget)
    assert (found is not None) == is_found


def test_is_representable() -> None:
    assert is_representable(Matrix.of([["1/4", 1]]), get_format("q2.2"))
    assert not is_representable(Matrix.of([["1/8", 1]]), get_format("q2.2"))
