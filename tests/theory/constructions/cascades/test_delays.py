"""Delays report old values, whatever the signal does."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.constructions.cascades.delays import (
    NILPOTENT,
    BlockRegisters,
    Clock,
    Delay,
    LeakyDelay,
    NilpotentDelay,
    TwoSlotRegisters,
)
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO
from monoscan.theory.semantics import Exact, OpRound, SeqRound
from monoscan.theory.transition import Diagonal, transition_matrix

SCALE = 8
FORMAT = FixedPoint(Fraction(1, SCALE), Fraction(-SCALE), SCALE - Fraction(1, SCALE))
DELAYS: dict[str, Callable[[StackBuilder], Delay]] = {
    "two-slot": lambda builder: TwoSlotRegisters(builder, Clock(builder)),
    "nilpotent": NilpotentDelay,
    "leaky": lambda builder: LeakyDelay(builder, SCALE),
}
WORDS = st.text("0123", max_size=12)


def last_letter(builder: StackBuilder) -> Signal:
    """The last letter as a number, 2 before the first."""

    def step(letter: str, values: tuple[int, ...]) -> Case:
        assert values == ()
        return Case(Diagonal((ZERO,)), Matrix.of([[int(letter)]]))

    return builder.add_signal(Matrix.of([[2]]), (), step, lambda state: int(state.rows[0][0]))


@cache
def delayed(name: str, times: int) -> LRNN:
    """A network that answers with the letter so many places before the last."""
    builder = StackBuilder("0123", rounding=FORMAT if name == "leaky" else None)
    signal = last_letter(builder)
    delay = DELAYS[name](builder)
    for _ in range(times):
        signal = delay.of(signal, 2)
    builder.answer((signal,), lambda values: str(values[0]), "2")
    return builder.build()


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("name", DELAYS)
@given(word=WORDS)
def test_the_letter_before(name: str, times: int, word: str) -> None:
    lrnn = delayed(name, times)
    expected = ("2" * (times + 1) + word)[-1 - times]
    semantics = [OpRound(FORMAT), SeqRound(FORMAT)] if name == "leaky" else [Exact()]
    if word:
        assert {entry.output(lrnn, word) for entry in semantics} == {expected}


def test_the_leaky_delay_needs_rounding() -> None:
    lrnn = delayed("leaky", 1)
    state = lrnn.run("3123")[1]
    assert state.rows[0][0] not in {Fraction(n, SCALE) for n in range(64)}


def test_the_leaky_delay_refuses_large_values() -> None:
    delay = LeakyDelay(StackBuilder("ab"), 4)
    with pytest.raises(ValueError, match="the value 2 is not below half of the scale 4"):
        delay.of(Signal((), lambda outputs: 2), 2)


def test_three_projections_make_a_nilpotent_matrix() -> None:
    matrix = transition_matrix(NILPOTENT)
    assert matrix == Matrix.of([[0, "1/2"], [0, 0]])
    for factor in NILPOTENT.factors:
        assert transition_matrix(factor).power(2) == transition_matrix(factor)


@cache
def block_network(*kinds: tuple[str, int]) -> LRNN:
    builder = StackBuilder("0123")
    signal = BlockRegisters(builder, dict(kinds)).of(last_letter(builder), 2)
    builder.answer((signal,), lambda values: str(values[0]), "2")
    return builder.build()


@given(word=WORDS)
def test_the_block_before(word: str) -> None:
    lrnn = block_network(*[(letter, int(letter)) for letter in "0123"])
    blocks = "22" + "".join(letter for letter, _ in groupby(word))
    if word:
        assert lrnn.output(word) == blocks[-2]


@given(word=st.text("012", max_size=12))
def test_letters_of_one_kind_and_without_a_kind(word: str) -> None:
    # 0 and 1 are of one kind, 3 has none and writes nothing.
    lrnn = block_network(("0", 0), ("1", 0), ("2", 1))
    kinds = [(kind, list(group)) for kind, group in groupby(word, lambda a: a == "2")]
    before = kinds[-2][1][-1] if len(kinds) > 1 else "2"
    if word:
        assert lrnn.output(word) == before
        assert lrnn.output(word + "3") == lrnn.output(word)


def test_with_one_kind_nothing_comes_before() -> None:
    assert len(block_network(("0", 0)).layers) == 2
    assert block_network(("0", 0)).output("0000") == "2"
