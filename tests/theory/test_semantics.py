"""The four semantics against a slow network that shares no code with them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.effort import examples
from helpers.naive_network import answer, semantics_json
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton
from monoscan.strategies.formats import SEMANTICS, number_formats, semantics_of
from monoscan.strategies.networks import networks_of_values
from monoscan.theory.constructions.parity import householder_parity, scalar_parity
from monoscan.theory.decide import decide
from monoscan.theory.formats import FixedPoint, NumberFormat, get_format
from monoscan.theory.lrnn import LRNN, Case, Layer, words_up_to
from monoscan.theory.lrnn_json import lrnn_to_json, matrix_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import IrrationalNumberError, sqrt_of, zeta
from monoscan.theory.readout import Functional, Observation, StateTable, Threshold
from monoscan.theory.semantics import (
    CastUnrolled,
    Exact,
    OpRound,
    SemanticsError,
    SeqRound,
    Unrolled,
)
from monoscan.theory.transition import Dense, Diagonal

F = Fraction
INTEGERS = FixedPoint(F(1), F(-8), F(7))


def seen(observation: Observation) -> object:
    """An observation as the slow network gives it."""
    if isinstance(observation, str):
        return observation
    return [[Fraction(entry) for entry in row] for row in matrix_to_json(observation)]


@pytest.mark.parametrize("name", SEMANTICS)
@pytest.mark.parametrize("depth", [1, 2])
@given(st.data(), number_formats(wrap=True))
@examples(20, least=4)
def test_against_the_slow_network(
    name: str, depth: int, data: st.DataObject, number_format: NumberFormat
) -> None:
    normalised = name != "op-round"
    lrnn = data.draw(networks_of_values(number_format, depth=depth, normalised=normalised))
    semantics, slow = semantics_of(name, number_format), semantics_json(name, number_format)
    semantics.validate(lrnn)
    described = lrnn_to_json(lrnn)
    for word in words_up_to(lrnn.alphabet, 3):
        last = semantics.visible(semantics.states(lrnn, word)[-1])
        expected = answer(slow, described, list(word))
        assert (seen(lrnn.layers[-1].observe(last)), semantics.output(lrnn, word)) == expected


@given(st.data(), number_formats(wrap=True))
@examples(20)
def test_rounded_states_are_values(data: st.DataObject, number_format: NumberFormat) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=2))
    for name in ("cast-unrolled", "seq-round", "op-round"):
        semantics = semantics_of(name, number_format)
        for word in words_up_to(lrnn.alphabet, 3):
            for state in semantics.states(lrnn, word):
                entries = semantics.visible(state).entries()
                assert all(number_format.contains(entry) for entry in entries)


def scalar(a: str, b: str, initial: str = "0") -> LRNN:
    """One letter, h <- a h + b, read out at h >= 1."""
    readout = Threshold((Functional(Matrix.of([[1]]), ">=", F(1)),), {"0": False, "1": True})
    case = Case(Diagonal((F(a),)), Matrix.of([[b]]))
    return LRNN(("a",), (Layer(Matrix.of([[initial]]), {("a",): case}, readout),))


def trajectory(name: str, lrnn: LRNN, number_format: NumberFormat, length: int) -> list[str]:
    semantics = semantics_of(name, number_format)
    states = [semantics.states(lrnn, "a" * n)[0] for n in range(length)]
    return [str(semantics.visible(state).rows[0][0]) for state in states]


def test_one_network_under_each_semantics() -> None:
    # h <- 3/2 h + 3/2, rounded to integers, half to even.
    network = scalar("3/2", "3/2")
    assert trajectory("exact", network, INTEGERS, 4) == ["0", "3/2", "15/4", "57/8"]
    assert trajectory("seq-round", network, INTEGERS, 4) == ["0", "2", "4", "7"]
    # terms 3/2, 9/4, 27/8 are cast to 2, 2, 3 before they are added
    assert trajectory("cast-unrolled", network, INTEGERS, 4) == ["0", "2", "4", "7"]
    halves = FixedPoint(F(1, 2), F(-8), F(15, 2))
    assert trajectory("op-round", network, halves, 4) == ["0", "3/2", "7/2", "13/2"]


def test_cast_unrolled_and_seq_round_differ() -> None:
    # Each term 1/4 is cast to 0; rounded step by step the sum is 0 as well; exactly it grows.
    assert trajectory("cast-unrolled", scalar("1", "1/4"), INTEGERS, 9)[-1] == "0"
    assert trajectory("seq-round", scalar("1", "3/4"), INTEGERS, 4) == ["0", "1", "2", "3"]
    # 1/2 + 1/4 + ... : the terms are cast to 0, the exact sum 3/4 would be cast to 1
    assert trajectory("cast-unrolled", scalar("1/2", "1/2"), INTEGERS, 4) == ["0"] * 4
    assert trajectory("exact", scalar("1/2", "1/2"), INTEGERS, 4)[-1] == "7/8"


def test_the_unrolled_sum_counts_equal_terms() -> None:
    semantics = CastUnrolled(INTEGERS)
    (state,) = semantics.states(scalar("1", "1", "2"), "aaa")
    assert state == Unrolled(Matrix.of([[2]]), frozenset({(Matrix.of([[1]]), 3)}))
    (state,) = semantics.states(scalar("0", "1", "2"), "aaa")
    assert state == Unrolled(Matrix.of([[0]]), frozenset({(Matrix.of([[1]]), 1)}))


def test_the_unrolled_sum_counts_terms_that_become_equal() -> None:
    keep, fold = Diagonal((F(1), F(1))), Dense(Matrix.of([[1, 1], [0, 0]]))
    zero, first, second = (Matrix.column(pair) for pair in ([0, 0], [1, 0], [0, 1]))
    layer = Layer(
        zero,
        {("a",): Case(keep, first), ("b",): Case(keep, second), ("c",): Case(fold, zero)},
        Threshold((Functional(first, ">=", F(3)),), {"0": False, "1": True}),
    )
    semantics, lrnn = CastUnrolled(INTEGERS), LRNN(("a", "b", "c"), (layer,))
    (state,) = semantics.states(lrnn, "abbc")
    assert state == Unrolled(zero, frozenset({(first, 3)}))
    assert semantics.output(lrnn, "abbc") is True
    assert semantics.output(lrnn, "abc") is False


def test_descriptions_name_what_is_rounded() -> None:
    assert Exact().describe() == "exact arithmetic"
    assert SeqRound(INTEGERS).describe().startswith("each step exact, then rounded once; fixed")
    assert OpRound(INTEGERS).describe().startswith("every scalar operation rounded; fixed point")
    assert CastUnrolled(INTEGERS).describe().startswith("unrolled sum, each term and the sum cast")
    names = [Exact.name, CastUnrolled.name, SeqRound.name, OpRound.name]
    assert tuple(names) == SEMANTICS


def test_numbers_that_are_no_values_of_the_format() -> None:
    with pytest.raises(SemanticsError, match=r"layer 1, initial state: 1/2 is no value.*round it"):
        SeqRound(INTEGERS).validate(scalar("1", "0", "1/2"))
    with pytest.raises(SemanticsError, match=r"layer 1, initial state: 9 is no value"):
        OpRound(INTEGERS).validate(scalar("1", "0", "9"))
    with pytest.raises(SemanticsError, match=r"symbol a, A: 1/3 is no value"):
        OpRound(INTEGERS).validate(scalar("1/3", "0"))
    with pytest.raises(SemanticsError, match=r"symbol a, B: 1/3 is no value"):
        OpRound(INTEGERS).validate(scalar("1", "1/3"))
    # A step is rounded as a whole, so A and B may be anything; a cast takes any number.
    SeqRound(INTEGERS).validate(scalar("1/3", "1/3"))
    CastUnrolled(INTEGERS).validate(scalar("1/3", "1/3", "1/3"))


def test_a_normalised_factor_has_no_rounded_operations() -> None:
    with pytest.raises(
        SemanticsError,
        match=r"layer 1, symbol 0, A: .* give the stored key as a delta rule \(k, beta\)",
    ):
        OpRound(get_format("e4m3")).validate(householder_parity())
    SeqRound(get_format("e4m3")).validate(householder_parity())


def test_semantics_are_values() -> None:
    assert SeqRound(get_format("e4m3")) == SeqRound(get_format("e4m3"))
    assert hash(OpRound(INTEGERS)) == hash(OpRound(INTEGERS))
    assert len({SeqRound(INTEGERS), OpRound(INTEGERS), SeqRound(INTEGERS)}) == 2
    assert Exact().output(scalar_parity(), "1101") is False


@pytest.mark.parametrize("name", [name for name in SEMANTICS if name != "exact"])
def test_irrational_networks_have_a_meaning_in_exact_arithmetic_only(name: str) -> None:
    turn = Case(Diagonal((zeta(4),)), Matrix.of([[0]]))
    readout = StateTable({Matrix.of([[zeta(4, k)]]): k == 0 for k in range(4)})
    lrnn = LRNN(("a",), (Layer(Matrix.of([[1]]), {("a",): turn}, readout),))
    assert [Exact().output(lrnn, "a" * n) for n in range(5)] == [True, False, False, False, True]
    with pytest.raises(SemanticsError, match=f"cyclotomic field of order 4; the semantics {name}"):
        decide(lrnn, semantics_of(name, INTEGERS), Automaton(("a",), [[0]], [True]))


def test_formats_hold_no_irrational_numbers() -> None:
    assert not INTEGERS.contains(sqrt_of(2))
    assert INTEGERS.contains(sqrt_of(4))
    for number_format in (INTEGERS, get_format("e4m3")):
        with pytest.raises(IrrationalNumberError, match=r"zeta8 - zeta8\^3 is irrational"):
            number_format.round(sqrt_of(2))
