"""The theorem on networks that nobody has chosen: non-negative spectra never compute parity.

Each decision is confirmed by running the network, with the read-out evaluated by hand here.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from helpers.effort import examples
from helpers.naive_network import answer, semantics_json
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import get_language
from monoscan.strategies.formats import number_formats
from monoscan.strategies.networks import networks
from monoscan.strategies.transitions import NONNEGATIVE_SPECTRUM, Transitions
from monoscan.theory.constructions.parity import parity_network
from monoscan.theory.decide import Budget, Recognised, Refuted, Undecided, decide
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import CastUnrolled, Exact
from monoscan.theory.transition import Householder

PARITY = get_language("parity").build()
LETTERS = ("0", "1")
BETAS_ABOVE_ONE = [Fraction(2), Fraction(3, 2), Fraction(3)]
Word = tuple[str, ...]


def is_even(word: Word) -> bool:
    return word.count("1") % 2 == 0


def bits_by_hand(lrnn: LRNN, state: Matrix) -> str:
    readout = lrnn.layers[-1].readout
    assert isinstance(readout, Threshold)
    bits = ""
    for functional in readout.functionals:
        total = Fraction(0)
        for weights, entries in zip(functional.weights.rows, state.rows, strict=True):
            total += sum((w * h for w, h in zip(weights, entries, strict=True)), Fraction(0))
        is_passed = (
            total >= functional.bound if functional.relation == ">=" else (total > functional.bound)
        )
        bits += str(int(is_passed))
    return bits


def assert_refuted_exactly(lrnn: LRNN) -> None:
    decision = decide(lrnn, Exact(), PARITY)
    assert isinstance(decision, Refuted)

    def run(word: Word) -> tuple[str, object]:
        bits = bits_by_hand(lrnn, lrnn.run(word)[-1])
        return bits, lrnn.layers[-1].readout.table[bits]  # type: ignore[index]

    # One word on which this network is wrong ...
    assert run(decision.word)[1] == decision.output
    assert decision.output != decision.expected
    assert decision.expected == is_even(decision.word)
    if decision.is_shortest and len(decision.word) <= 6:
        for length in range(len(decision.word)):
            assert all(run(w)[1] == is_even(w) for w in product(LETTERS, repeat=length))
    # ... and two words on which no table of its last read-out can be right.
    pair = decision.pair
    assert pair is not None
    assert run(pair.first)[0] == run(pair.second)[0] == pair.observation
    assert pair.answers == (is_even(pair.first), is_even(pair.second))
    assert pair.answers[0] != pair.answers[1]
    assert_settled(decision)


def assert_settled(decision: Refuted) -> None:
    """The sign lemma: the observations become constant along each letter, at a known index."""
    behaviour = decision.behaviour
    assert behaviour is not None
    if len(behaviour.word.cycle) == 1:
        assert len(behaviour.observations.cycle) == 1


def assert_refuted_unrolled(lrnn: LRNN, number_format: NumberFormat) -> None:
    decision = decide(lrnn, CastUnrolled(number_format), PARITY)
    assert isinstance(decision, Refuted)
    semantics, described = semantics_json("cast-unrolled", number_format), lrnn_to_json(lrnn)

    def run(word: Word) -> tuple[object, object]:
        return answer(semantics, described, list(word))

    assert run(decision.word)[1] == decision.output
    assert decision.output != is_even(decision.word)
    pair = decision.pair
    assert pair is not None
    assert run(pair.first)[0] == run(pair.second)[0] == pair.observation
    assert is_even(pair.first) != is_even(pair.second)
    assert_settled(decision)


@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@given(st.data())
@examples(20)
def test_exact(family: str, data: st.DataObject) -> None:
    assert_refuted_exactly(data.draw(networks(NONNEGATIVE_SPECTRUM[family])))


@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@given(st.data(), number_formats())
@examples(12)
def test_cast_unrolled(family: str, data: st.DataObject, number_format: NumberFormat) -> None:
    assert_refuted_unrolled(data.draw(networks(NONNEGATIVE_SPECTRUM[family])), number_format)


def mixed(size: int) -> Transitions:
    """Transitions of all families in one network."""
    return st.one_of([family(size) for family in NONNEGATIVE_SPECTRUM.values()])


@given(networks(mixed, depth=2, max_rows=2), number_formats())
@examples(12)
def test_two_layers(lrnn: LRNN, number_format: NumberFormat) -> None:
    assert_refuted_exactly(lrnn)
    assert_refuted_unrolled(lrnn, number_format)


@pytest.mark.slow
@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@given(st.data())
@examples(300)
def test_exact_at_length(family: str, data: st.DataObject) -> None:
    assert_refuted_exactly(data.draw(networks(NONNEGATIVE_SPECTRUM[family])))


@pytest.mark.slow
@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@given(st.data(), number_formats())
@examples(300)
def test_cast_unrolled_at_length(
    family: str, data: st.DataObject, number_format: NumberFormat
) -> None:
    assert_refuted_unrolled(data.draw(networks(NONNEGATIVE_SPECTRUM[family])), number_format)


@given(st.sampled_from(BETAS_ABOVE_ONE), st.integers(1, 3))
def test_positive_control_a_negative_eigenvalue(beta: Fraction, size: int) -> None:
    """The decision does not always say no: with 1 - beta = -1 it is a proof."""
    v = (Fraction(1),) * size
    start = Matrix.column(v)
    lrnn = parity_network(
        on_zero=Householder(v, Fraction(0)),
        on_one=Householder(v, beta),
        even=start,
        odd=start.scale(Fraction(-1)),
    )
    (layer,) = lrnn.layers
    positive = Threshold((Functional(start, ">", Fraction(0)),), {"1": True, "0": False})
    lrnn = LRNN(lrnn.alphabet, (Layer(layer.initial, layer.cases, positive),))
    decision = decide(lrnn, Exact(), PARITY, Budget(states=600))
    if beta == 2:
        assert isinstance(decision, Recognised)
    else:
        # The state shrinks or grows but keeps alternating: right on 1^n, with infinitely many
        # states.
        assert isinstance(decision, Undecided)
        assert decision.undecided_words == 0
