"""Counterexamples A, B, C and W: parity by rounding, from non-negative spectra."""

from __future__ import annotations

from random import Random

import pytest
from helpers.naive_network import answer

from monoscan.automata import get_language
from monoscan.theory.decide import Recognised, Refuted, decide
from monoscan.theory.lrnn import LRNN, Layer, words_up_to
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.numbers import number
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.rounding_parity import (
    RoundingCounterexample,
    deltanet_rounded_operations,
    expansive_rounded_steps,
    two_projections_rounded_steps,
    wrapping_counter,
)
from monoscan.theory.semantics import Exact
from monoscan.theory.spectrum import has_nonnegative_spectrum, has_norm_at_most_one, is_symmetric
from monoscan.theory.transition import factors

PARITY = get_language("parity").build()
ALL = {
    counterexample.key: counterexample
    for counterexample in (
        expansive_rounded_steps(),
        two_projections_rounded_steps(),
        deltanet_rounded_operations(),
        wrapping_counter(),
    )
}
each = pytest.mark.parametrize("counterexample", ALL.values(), ids=ALL)


def matrices(lrnn: LRNN) -> list[Matrix]:
    return [case.matrix for layer in lrnn.layers for case in layer.cases.values()]


def read_by_thresholds(lrnn: LRNN) -> LRNN:
    """The same recurrence with a read-out that is defined everywhere and separates the states."""
    (layer,) = lrnn.layers
    assert isinstance(layer.readout, StateTable)
    even, odd = (
        next(state for state, output in layer.readout.table.items() if output is wanted)
        for wanted in (True, False)
    )
    # The hyperplane half way between the two states.
    weights = even - odd
    bound = weights.dot(even + odd) / 2
    readout = Threshold((Functional(weights, ">", bound),), {"1": True, "0": False})
    return LRNN(lrnn.alphabet, (Layer(layer.initial, layer.cases, readout),))


def test_keys() -> None:
    assert list(ALL) == ["A", "B", "C", "W"]


@each
def test_recognises_parity_under_its_semantics(counterexample: RoundingCounterexample) -> None:
    for lrnn in (counterexample.lrnn, read_by_thresholds(counterexample.lrnn)):
        decision = decide(lrnn, counterexample.semantics, PARITY)
        assert isinstance(decision, Recognised)
        assert len(decision.states) == 2


@each
def test_the_slow_network_agrees(counterexample: RoundingCounterexample) -> None:
    semantics = {
        "name": counterexample.semantics.name,
        "format": counterexample.semantics.format.to_json(),
    }
    described = lrnn_to_json(counterexample.lrnn)
    words = [*words_up_to(("0", "1"), 4), tuple(Random(3).choices("01", k=60))]
    for word in words:
        assert answer(semantics, described, list(word))[1] == (word.count("1") % 2 == 0)


@each
def test_does_not_recognise_parity_exactly(counterexample: RoundingCounterexample) -> None:
    lrnn = read_by_thresholds(counterexample.lrnn)
    decision = decide(lrnn, Exact(), PARITY)
    assert isinstance(decision, Refuted)
    assert lrnn.output(decision.word) != PARITY.output(decision.word)
    # And no other table would help.
    assert decision.pair is not None
    first, second = (lrnn.run(word)[-1] for word in (decision.pair.first, decision.pair.second))
    assert lrnn.layers[0].observe(first) == lrnn.layers[0].observe(second)
    answers = [PARITY.output(word) for word in (decision.pair.first, decision.pair.second)]
    assert answers[0] != answers[1]


@each
def test_spectra_are_real_and_nonnegative(counterexample: RoundingCounterexample) -> None:
    assert all(has_nonnegative_spectrum(matrix) for matrix in matrices(counterexample.lrnn))


def test_a_expands() -> None:
    on_one = matrices(ALL["A"].lrnn)[1]
    assert not has_norm_at_most_one(on_one)
    assert (on_one.trace(), on_one.characteristic_polynomial()[0]) == (
        number("7/4"),
        number("3/200"),
    )


def test_b_contracts_but_is_not_symmetric() -> None:
    on_one = matrices(ALL["B"].lrnn)[1]
    assert has_norm_at_most_one(on_one)
    assert not is_symmetric(on_one)
    assert on_one.trace() == number("9/25")
    assert on_one.characteristic_polynomial()[0] == 0


def test_c_is_a_plain_deltanet_with_beta_below_one() -> None:
    zero, one = ALL["C"].lrnn.transitions()
    betas = [factor.effective_beta() for t in (zero, one) for factor in factors(t) or ()]
    assert betas == [0, number("3/4")]
    assert (
        get_model_class("householder-nonnegative").outside(ALL["C"].lrnn, as_written=True) is None
    )
    assert all(is_symmetric(matrix) for matrix in matrices(ALL["C"].lrnn))


def test_w_needs_the_wrap_around() -> None:
    assert not ALL["W"].semantics.format.is_monotone
    assert all(matrix == Matrix.identity(1) for matrix in matrices(ALL["W"].lrnn))
