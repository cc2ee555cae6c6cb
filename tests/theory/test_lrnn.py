"""Stacks of layers: what they compute, and networks that are not well formed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from helpers.effort import examples
from helpers.naive_network import answer
from hypothesis import given

from monoscan.strategies.networks import networks
from monoscan.strategies.transitions import transitions
from monoscan.theory.lrnn import (
    LRNN,
    Case,
    Layer,
    LRNNError,
    Symbol,
    field_order,
    show_symbol,
    words_up_to,
)
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import sqrt_of, zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

F = Fraction
ZERO, ONE = Matrix.of([[0]]), Matrix.of([[1]])
KEEP = Case(Diagonal((F(1),)), ZERO)
FLIP = Case(Diagonal((F(-1),)), ONE)
PARITY = StateTable({ZERO: True, ONE: False})
LOWER = Layer(ZERO, {("0",): KEEP, ("1",): FLIP}, PARITY)


@given(networks(transitions, depth=2))
@examples(20)
def test_answers_against_the_slow_network(lrnn: LRNN) -> None:
    described = lrnn_to_json(lrnn)
    for word in words_up_to(lrnn.alphabet, 4):
        assert lrnn.output(word) == answer({"name": "exact"}, described, list(word))[1]


@given(networks(transitions, depth=2))
@examples(20)
def test_run_is_step_by_step(lrnn: LRNN) -> None:
    states = lrnn.run("")
    assert states == tuple(layer.initial for layer in lrnn.layers)
    for length, letter in enumerate("0110"):
        states = lrnn.step(states, letter)
        assert lrnn.run("0110"[: length + 1]) == states


def test_the_upper_layer_reads_the_new_output_below() -> None:
    # Layer 2 remembers the last output of layer 1, which is the parity *after* the letter.
    forget = Diagonal((F(0),))
    cases: dict[Symbol, Case] = {
        (letter, even): Case(forget, ZERO if even else ONE)
        for letter, even in product("01", (True, False))
    }
    stack = LRNN(("0", "1"), (LOWER, Layer(ZERO, cases, PARITY)))
    assert [stack.output(word) for word in ("", "1", "10", "11")] == [True, False, False, True]
    assert stack.run("1") == (ONE, ONE)
    assert len(stack.transitions()) == 6


def test_words_up_to_is_shortlex() -> None:
    words = ["".join(word) for word in words_up_to(("b", "a"), 2)]
    assert words == ["", "b", "a", "bb", "ba", "ab", "aa"]


def test_show_symbol() -> None:
    assert show_symbol(("swap",)) == "swap"
    assert show_symbol(("1", True, "lo")) == "(1, True, lo)"


def test_networks_are_values() -> None:
    copy = Layer(Matrix.of([["0"]]), {("1",): FLIP, ("0",): KEEP}, StateTable(dict(PARITY.table)))
    assert copy == LOWER
    assert hash(copy) == hash(LOWER)
    assert LRNN(("0", "1"), (copy,)) == LRNN(("0", "1"), (LOWER,))
    with pytest.raises(TypeError):
        LOWER.cases["0",] = KEEP  # type: ignore[index]


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: Layer(ZERO, {}, PARITY), LRNNError, "no cases; give A and B for each letter"),
        (
            lambda: Layer(ZERO, {("0",): Case(Diagonal((F(1), F(1))), ZERO)}, PARITY),
            ShapeError,
            "on 0: A is 2 x 2, but the initial state has 1 rows",
        ),
        (
            lambda: Layer(ZERO, {("0",): Case(Diagonal((F(1),)), Matrix.of([[0, 0]]))}, PARITY),
            ShapeError,
            r"on 0: B has shape \(1, 2\), but the initial state has shape \(1, 1\)",
        ),
        (
            lambda: Layer(ZERO, {("0",): KEEP}, StateTable({Matrix.zeros(2, 1): True})),
            ShapeError,
            r"reads states of shape \(2, 1\), the initial state has shape \(1, 1\)",
        ),
        (lambda: LRNN((), (LOWER,)), LRNNError, "at least one letter, all different"),
        (lambda: LRNN(("0", "0"), (LOWER,)), LRNNError, "at least one letter, all different"),
        (lambda: LRNN(("0",), ()), LRNNError, "at least one layer"),
        (lambda: LRNN(("0", "1", "2"), (LOWER,)), LRNNError, "layer 1 has no case for.*'2'; add"),
        (
            lambda: LRNN(("0",), (LOWER,)),
            LRNNError,
            "layer 1 has a case on 1; the letter is not in the alphabet 0",
        ),
        (
            lambda: LRNN(("0", "1"), (LOWER, LOWER)),
            LRNNError,
            "layer 2 has a case on 0; its symbols are the letter and the outputs of the 1 layers",
        ),
        (lambda: LOWER.case(("2",)), LRNNError, "reached with the symbol 2, for which it has no"),
        (lambda: LRNN(("0", "1"), (LOWER,)).run("2"), LRNNError, "the symbol 2"),
    ],
)
def test_not_well_formed(
    attempt: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        attempt()


def test_a_symbol_that_a_stack_reaches_without_a_case() -> None:
    upper = Layer(ZERO, {("0", True): KEEP, ("1", True): KEEP}, PARITY)
    stack = LRNN(("0", "1"), (LOWER, upper))
    assert stack.output("00") is True
    with pytest.raises(LRNNError, match=r"\(1, False\), for which it has no case; add one"):
        stack.output("1")


# --- layers that name what they read -------------------------------------------------------------

CARRY: dict[Symbol, Case] = {
    ("0", True): KEEP,
    ("0", False): KEEP,
    ("1", False): KEEP,
    ("1", True): FLIP,
}
CLOCK = Layer(ZERO, {("0",): FLIP, ("1",): FLIP}, PARITY, reads=())


def test_a_layer_reads_the_layers_that_it_names() -> None:
    # The clock stands between the two bits of the number of 1s, and the upper bit ignores it.
    named = LRNN(("0", "1"), (LOWER, CLOCK, Layer(ZERO, CARRY, PARITY, reads=(1,))))
    both = {(x, low, tick): case for (x, low), case in CARRY.items() for tick in (True, False)}
    all_lower = LRNN(("0", "1"), (LOWER, CLOCK, Layer(ZERO, both, PARITY)))
    for word in words_up_to(("0", "1"), 5):
        assert named.run(word) == all_lower.run(word)
        assert named.output(word) == (word.count("1") % 4 in (0, 1))


def test_a_layer_that_reads_the_letter_alone_is_like_a_first_layer() -> None:
    pair = LRNN(("0", "1"), (LOWER, CLOCK))
    for word in words_up_to(("0", "1"), 4):
        assert pair.output(word) == (len(word) % 2 == 0)


def test_symbols() -> None:
    outputs = ["a", "b", "c"]
    assert LOWER.symbol("1", outputs) == ("1", "a", "b", "c")
    assert CLOCK.symbol("1", outputs) == ("1",)
    third = Layer(ZERO, {("0", "c"): KEEP}, PARITY, reads=(3,))
    assert third.symbol("1", outputs) == ("1", "c")
    assert third != replace(third, reads=(2,))
    assert hash(third) == hash(replace(third))


@pytest.mark.parametrize("reads", [(0,), (2, 1), (1, 1), (-1,)])
def test_numbers_of_layers_that_are_refused(reads: tuple[int, ...]) -> None:
    with pytest.raises(LRNNError, match="expected numbers from 1 in ascending order"):
        Layer(ZERO, {("0", True): KEEP}, PARITY, reads)


@pytest.mark.parametrize(
    ("reads", "symbol", "message"),
    [
        ((2,), ("0", True), "layer 2 reads layer 2; a layer can read the layers below it only"),
        ((1,), ("0",), "outputs of the 1 layers that it reads, 2 in all"),
        ((), ("0", True), "outputs of the 0 layers that it reads, 1 in all"),
        ((), ("0",), "layer 2 has no case for the letter '1'"),
    ],
)
def test_stacks_whose_layers_read_too_much(
    reads: tuple[int, ...], symbol: Symbol, message: str
) -> None:
    with pytest.raises(LRNNError, match=message):
        LRNN(("0", "1"), (LOWER, Layer(ZERO, {symbol: KEEP}, PARITY, reads)))


def test_the_field_of_a_layer() -> None:
    assert field_order(LOWER) == 1
    turn = Case(Diagonal((zeta(3),)), Matrix.of([[sqrt_of(2)]]))
    assert field_order(replace(LOWER, cases={("0",): turn})) == 24
    assert field_order(replace(LOWER, readout=StateTable({Matrix.of([[zeta(4)]]): True}))) == 4
