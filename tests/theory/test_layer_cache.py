"""Numbered layer states: the integer vectors against the plain steps, and the speed of a proof."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from helpers.effort import examples
from helpers.symmetric_group import group_tracker, reflections
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.networks import networks
from monoscan.strategies.numbers import cyclotomics, rationals
from monoscan.strategies.transitions import transitions
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.explore import Disagrees, Recognises, explore
from monoscan.theory.integer_steps import MAX_BITS, NumberTooLargeError
from monoscan.theory.layer_cache import IntegerLayer, LayerCache, SteppedLayer, layer_cache
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, sqrt_of, zeta
from monoscan.theory.readout import Functional, ReadoutUndefinedError, StateTable, Threshold
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Dense, Diagonal, Householder

F = Fraction
ALWAYS = {"0": True, "1": False}


def above_zero(height: int) -> Threshold:
    weights = Matrix.column([1] * height)
    return Threshold((Functional(weights, ">", F(0)),), ALWAYS)


def walk(cache: LayerCache[Matrix, Any], steps: int) -> None:
    number = cache.start
    for _ in range(steps):
        number = cache.step(number, ("a",))


@given(networks(transitions, depth=1), st.lists(st.sampled_from("01"), max_size=12))
@examples(60)
def test_integer_vectors_against_plain_steps(lrnn: LRNN, word: list[str]) -> None:
    (layer,) = lrnn.layers
    plain, fast = SteppedLayer(layer, Exact()), IntegerLayer(layer)
    ours, theirs = fast.start, plain.start
    for letter in word:
        assert (ours, fast.state(ours), fast.output(ours)) == (
            theirs,
            plain.state(theirs),
            plain.output(theirs),
        )
        ours, theirs = fast.step(ours, (letter,)), plain.step(theirs, (letter,))
    assert fast.state(ours) == plain.state(theirs)


@given(st.data(), st.lists(st.sampled_from("01"), max_size=6))
@examples(40)
def test_irrational_layers_against_plain_steps(data: st.DataObject, word: list[str]) -> None:
    entries = st.one_of(cyclotomics((3, 4, 5)), rationals(3, 2))

    def matrix(height: int, width: int) -> Matrix:
        rows = st.lists(entries, min_size=width, max_size=width)
        return Matrix.of(data.draw(st.lists(rows, min_size=height, max_size=height)))

    initial = matrix(2, 2)
    cases: dict[Symbol, Case] = {(x,): Case(Dense(matrix(2, 2)), matrix(2, 2)) for x in "01"}
    layer = Layer(initial, cases, StateTable({initial: True}))
    plain, fast = SteppedLayer(layer, Exact()), IntegerLayer(layer)
    ours, theirs = fast.start, plain.start
    for letter in word:
        ours, theirs = fast.step(ours, (letter,)), plain.step(theirs, (letter,))
        assert ours == theirs
        assert fast.state(ours) == plain.state(theirs)


def test_which_cache_is_used() -> None:
    (layer,) = scalar_parity().layers
    assert isinstance(layer_cache(layer, Exact()), IntegerLayer)
    for number, kind in ((sqrt_of(2), IntegerLayer), (zeta(127), SteppedLayer)):
        turn = Case(Diagonal((number,)), Matrix.of([[0]]))
        irrational = replace(layer, cases={("0",): turn})
        assert isinstance(layer_cache(irrational, Exact()), kind)


@pytest.mark.parametrize("factor", [F(2), F(1, 3), zeta(3) * 2, sqrt_of(3)])
def test_growing_numbers_stop(factor: Number) -> None:
    zero = Matrix.of([[0]])
    layer = Layer(Matrix.of([[1]]), {("a",): Case(Diagonal((factor,)), zero)}, above_zero(1))
    with pytest.raises(NumberTooLargeError, match=f"more than {MAX_BITS} bits"):
        walk(layer_cache(layer, Exact()), 3 * MAX_BITS)


def test_a_long_common_denominator_of_short_entries_is_allowed() -> None:
    # 3^-2000 and 2^-3000 are each below the limit, their common denominator is above it.
    small, smaller = F(1, 3**2000), F(1, 2**3000)
    keep = Case(Diagonal((F(1), F(1))), Matrix.column([F(0), F(1)]))
    layer = Layer(Matrix.column([small, smaller]), {("a",): keep}, above_zero(2))
    for cache in (IntegerLayer(layer), SteppedLayer(layer, Exact())):
        after = cache.step(cache.start, ("a",))
        assert cache.state(after) == Matrix.column([small, smaller + 1])


def test_a_state_that_the_table_does_not_list() -> None:
    layer = Layer(
        Matrix.of([[1]]),
        {("a",): Case(Diagonal((F(2),)), Matrix.of([[0]]))},
        StateTable({Matrix.of([[1]]): True}),
    )
    cache = IntegerLayer(layer)
    assert cache.output(cache.start) is True
    with pytest.raises(ReadoutUndefinedError, match=r"no entry for the reachable state \[2\]"):
        cache.output(cache.step(cache.start, ("a",)))


def test_five_symbols_are_tracked_by_reflections() -> None:
    lrnn, target = reflections(5), group_tracker(5)
    found = explore(lrnn, Exact(), target, 200)
    assert isinstance(found, Recognises)
    assert len(found.states) == 120
    for state in found.states:
        assert lrnn.layers[0].output(state.layers[0]) == target.outputs[state.automaton]


def test_a_missing_reflection_is_found() -> None:
    lrnn = reflections(4)
    (layer,) = lrnn.layers
    weaker = Householder((F(1), F(-1), F(0), F(0)), F(0))
    cases = {**layer.cases, ("s0",): Case(weaker, Matrix.zeros(4, 1))}
    broken = LRNN(lrnn.alphabet, (replace(layer, cases=cases),))
    found = explore(broken, Exact(), group_tracker(4), 100)
    assert found == Disagrees(("s0",), "0123", "1023")


@pytest.mark.slow
def test_forty_thousand_states_are_proved() -> None:
    lrnn, target = reflections(8), group_tracker(8)
    found = explore(lrnn, Exact(), target, 50_000)
    assert isinstance(found, Recognises)
    assert len(found.states) == 40_320


def test_a_state_that_lost_its_denominator_is_the_state_without_one() -> None:
    # On a: 1, whatever was there; on b: half of it. 0 and 1 are copied, and nothing is computed.
    one, halved = Matrix.of([[1]]), Case(Diagonal((F(1, 2),)), Matrix.of([[0]]))
    cases = {("a",): Case(Diagonal((F(0),)), one), ("b",): halved}
    layer = Layer(one, cases, above_zero(1))
    cache = layer_cache(layer, Exact())
    half = cache.step(cache.start, ("b",))
    assert cache.state(half) == Matrix.of([[F(1, 2)]])
    assert cache.step(half, ("a",)) == cache.step(cache.start, ("a",)) == cache.start
