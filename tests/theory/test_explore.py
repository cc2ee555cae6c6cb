"""The all-lengths proof against brute force over all short words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from helpers.certificate_samples import SAMPLE_MAKERS
from helpers.effort import examples
from helpers.naive_network import answer, semantics_json
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.automata.zoo.counting import count_mod
from monoscan.strategies.automata import automata
from monoscan.strategies.formats import SEMANTICS, number_formats, semantics_of
from monoscan.strategies.networks import networks_of_values
from monoscan.theory.constructions.parity import householder_parity, scalar_parity
from monoscan.theory.explore import (
    CachedNetwork,
    Disagrees,
    Recognises,
    StateBudgetReached,
    UndefinedOutputError,
    explore,
)
from monoscan.theory.formats import FixedPoint, NumberFormat, get_format
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol, words_up_to
from monoscan.theory.lrnn_json import lrnn_from_json, lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import zeta
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.semantics import Exact, OpRound, Semantics, SemanticsError, SeqRound
from monoscan.theory.transition import Diagonal

F = Fraction
PARITY = get_language("parity").build()
LENGTH = 7


def slow_outputs(
    lrnn: LRNN, name: str, number_format: NumberFormat, length: int
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Words in shortlex order with the slow network's answers."""
    described, semantics = lrnn_to_json(lrnn), semantics_json(name, number_format)
    for word in words_up_to(lrnn.alphabet, length):
        yield word, answer(semantics, described, list(word))[1]


@pytest.mark.parametrize("name", ["seq-round", "op-round", "cast-unrolled"])
@pytest.mark.parametrize("depth", [1, 2])
@given(st.data(), number_formats(wrap=True))
@examples(10)
def test_against_brute_force(
    name: str, depth: int, data: st.DataObject, number_format: NumberFormat
) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=depth))
    target = data.draw(automata(lrnn.alphabet, max_states=4))
    found = explore(lrnn, semantics_of(name, number_format), target, 300)
    length = len(found.word) if isinstance(found, Disagrees) else 4
    wrong = [
        (word, output)
        for word, output in slow_outputs(lrnn, name, number_format, min(length, 5))
        if output != target.output(word)
    ]
    if isinstance(found, Disagrees) and length <= 5:
        assert wrong[0] == (found.word, found.output)
        assert found.expected == target.output(found.word)
    else:
        assert not wrong


def quotient(lrnn: LRNN, semantics: Any, limit: int) -> Automaton | None:
    """The automaton that a network is, if it has few states: found by plain search."""
    states, numbers = [semantics.states(lrnn, ())], {semantics.states(lrnn, ()): 0}
    table: list[list[int]] = []
    while len(table) < len(states):
        row = []
        for letter in lrnn.alphabet:
            state = _advance(lrnn, semantics, states[len(table)], letter)
            if state not in numbers:
                if len(states) == limit:
                    return None
                numbers[state] = len(states)
                states.append(state)
            row.append(numbers[state])
        table.append(row)
    top = lrnn.layers[-1]
    return Automaton(
        lrnn.alphabet, table, [top.output(semantics.visible(state[-1])) for state in states]
    )


def _advance(lrnn: LRNN, semantics: Any, states: tuple[Any, ...], letter: str) -> tuple[Any, ...]:
    symbol: Symbol = (letter,)
    advanced: list[Any] = []
    for layer, state in zip(lrnn.layers, states, strict=True):
        advanced.append(semantics.step(layer, state, symbol))
        symbol = (*symbol, layer.output(semantics.visible(advanced[-1])))
    return tuple(advanced)


@pytest.mark.parametrize("name", ["seq-round", "op-round"])
@given(st.data(), number_formats(wrap=True), st.integers(1, 2))
@examples(20)
def test_closed_proofs_against_all_words_up_to_length_7(
    name: str, data: st.DataObject, number_format: NumberFormat, depth: int
) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=depth))
    semantics = semantics_of(name, number_format)
    target = quotient(lrnn, semantics, 60)
    if target is None:
        return
    found = explore(lrnn, semantics, target, 60)
    assert isinstance(found, Recognises)
    assert len(found.states) == len(set(found.states)) == target.n_states
    assert [state.automaton for state in found.states] == list(range(target.n_states))
    network = CachedNetwork(lrnn, semantics)
    for word in words_up_to(lrnn.alphabet, LENGTH):
        assert network.run(word) == target.output(word)
    for word, output in slow_outputs(lrnn, name, number_format, 3):
        assert output == target.output(word)
    # Positive control: with one answer changed, the shortest word to that state is found.
    spoilt = data.draw(st.integers(0, target.n_states - 1))
    outputs = [o != (i == spoilt) for i, o in enumerate(target.outputs)]
    wrong = Automaton(target.alphabet, target.table, outputs)
    disagreement = explore(lrnn, semantics, wrong, 60)
    assert isinstance(disagreement, Disagrees)
    first = next(
        word
        for word in words_up_to(lrnn.alphabet, target.n_states)
        if target.output(word) != wrong.output(word)
    )
    assert disagreement.word == first


def test_parity_has_two_joint_states() -> None:
    found = explore(scalar_parity(), Exact(), PARITY, 10)
    assert isinstance(found, Recognises)
    assert [(str(s.layers[0]), s.automaton) for s in found.states] == [("[0]", 0), ("[1]", 1)]


def test_counting_modulo_4_by_two_bits() -> None:
    sample = SAMPLE_MAKERS["recognizer-count-mod-4-two-layers"]()
    lrnn = lrnn_from_json(sample["lrnn"])
    automaton = sample["automaton"]
    table = [[int(q) for q in row] for row in automaton["table"]]
    target = Automaton(("0", "1"), table, automaton["outputs"])
    for semantics in (Exact(), SeqRound(get_format("int4")), OpRound(get_format("e4m3"))):
        found = explore(lrnn, semantics, target, 100)
        assert isinstance(found, Recognises)
        assert len(found.states) == 4
    # Positive control: counting modulo 3 is told apart at the first difference.
    other = explore(
        lrnn, Exact(), Automaton(("0", "1"), [[0, 1], [1, 2], [2, 0]], ("zero", "one", "two")), 100
    )
    assert other == Disagrees(("1", "1", "1"), "three", "zero")


def counting_bits(depth: int) -> LRNN:
    """Layer i flips when all lower bits have just become 0; the answer is: all bits are 0."""
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    keep, flip = Case(Diagonal((F(1),)), zero), Case(Diagonal((F(-1),)), one)
    readout = Threshold((Functional(one, ">=", F(1)),), {"0": "0", "1": "1"})
    stack = []
    for level in range(depth):
        cases: dict[Symbol, Case] = {
            ("a", *bits): flip if set(bits) <= {"0"} else keep
            for bits in product("01", repeat=level)
        }
        stack.append(Layer(zero, cases, readout))
    forget = Diagonal((F(0),))
    top: dict[Symbol, Case] = {
        ("a", *bits): Case(forget, zero if set(bits) == {"0"} else one)
        for bits in product("01", repeat=depth)
    }
    stack.append(Layer(zero, top, StateTable({zero: True, one: False})))
    return LRNN(("a",), tuple(stack))


@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_a_binary_counter_of_several_layers(depth: int) -> None:
    modulus = 2**depth
    outputs = [n == 0 for n in range(modulus)]
    target = Automaton(("a",), [[(n + 1) % modulus] for n in range(modulus)], outputs)
    chosen: list[Semantics[Matrix]] = [Exact(), OpRound(get_format("e2m1"))]
    for semantics in chosen:
        found = explore(counting_bits(depth), semantics, target, 10 * modulus)
        assert isinstance(found, Recognises)
        assert len(found.states) == modulus
    wrong = Automaton(
        ("a",), [[(n + 1) % (modulus + 1)] for n in range(modulus + 1)], [*outputs, False]
    )
    found = explore(counting_bits(depth), Exact(), wrong, 10 * modulus)
    assert found == Disagrees(("a",) * modulus, True, False)


def fading(bound: str) -> LRNN:
    """h <- h / 2 + 1 on 1; infinitely many states."""
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    cases: dict[Symbol, Case] = {
        ("0",): Case(Diagonal((F(1),)), zero),
        ("1",): Case(Diagonal((F(1, 2),)), one),
    }
    readout = Threshold((Functional(one, ">=", F(bound)),), {"0": True, "1": True})
    return LRNN(("0", "1"), (Layer(zero, cases, readout),))


EVERYTHING = Automaton(("0", "1"), [[0, 0]], [True])


@pytest.mark.parametrize("budget", [1, 2, 5, 50])
def test_the_budget_of_states(budget: int) -> None:
    found = explore(fading("5"), Exact(), EVERYTHING, budget)
    # The states after 1, 11, 111, ... are new, those after a 0 are not.
    assert found == StateBudgetReached(explored=budget, length=budget - 1)


def test_the_empty_word_comes_first() -> None:
    rejecting = Automaton(("0", "1"), [[0, 0]], [False])
    assert explore(fading("5"), Exact(), rejecting, 1) == Disagrees((), True, False)


def test_shortlex_follows_the_order_of_the_alphabet() -> None:
    # Both letters fail after one step: the first letter of the alphabet is reported.
    target = Automaton(("b", "a"), [[1, 1], [1, 1]], [True, False])
    zero = Matrix.of([[0]])
    keep = Case(Diagonal((F(1),)), zero)
    lrnn = LRNN(("b", "a"), (Layer(zero, {("a",): keep, ("b",): keep}, StateTable({zero: True})),))
    assert explore(lrnn, Exact(), target, 10) == Disagrees(("b",), True, False)


def test_an_undefined_output_names_the_word() -> None:
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    count: dict[Symbol, Case] = {
        ("0",): Case(Diagonal((F(1),)), zero),
        ("1",): Case(Diagonal((F(1),)), one),
    }
    table = StateTable({zero: True, one: False})
    lower = Layer(zero, count, table)
    with pytest.raises(
        UndefinedOutputError, match=r"after the word 1 1 the read-out table has no entry.*\[2\]"
    ):
        explore(LRNN(("0", "1"), (lower,)), Exact(), PARITY, 10)
    # The same in a lower layer, where the word ends with the letter that leads there.
    upper = Layer(
        zero,
        {
            (letter, o): Case(Diagonal((F(0),)), zero if o else one)
            for letter in "01"
            for o in (True, False)
        },
        table,
    )
    with pytest.raises(UndefinedOutputError, match="after the word 1 1 the read-out table"):
        explore(LRNN(("0", "1"), (lower, upper)), Exact(), PARITY, 10)


def test_an_undefined_initial_state() -> None:
    lrnn = scalar_parity()
    layer = lrnn.layers[0]
    only_odd = Layer(layer.initial, layer.cases, StateTable({Matrix.of([[1]]): False}))
    with pytest.raises(UndefinedOutputError, match=r"after the word \(empty\) the read-out table"):
        explore(LRNN(lrnn.alphabet, (only_odd,)), Exact(), PARITY, 10)


def test_a_missing_case_of_an_upper_layer() -> None:
    lower = scalar_parity().layers[0]
    zero = Matrix.of([[0]])
    keep = Case(Diagonal((F(1),)), zero)
    upper = Layer(zero, {("0", True): keep}, StateTable({zero: True}))
    message = r"after the word 1 a layer is reached with the symbol \(1, False\), for which"
    with pytest.raises(UndefinedOutputError, match=message):
        explore(LRNN(("0", "1"), (lower, upper)), Exact(), PARITY, 10)


def test_other_alphabets_and_meaningless_networks() -> None:
    with pytest.raises(ValueError, match="network's alphabet is 0, 1, the language's is 1, 0"):
        explore(scalar_parity(), Exact(), Automaton(("1", "0"), [[0, 0]], [True]), 10)
    with pytest.raises(SemanticsError, match="1 is no value"):
        CachedNetwork(householder_parity(), SeqRound(FixedPoint(F(2), F(-2), F(2))))


@pytest.mark.parametrize("m", [2, 3, 4, 6])
def test_the_parity_network_counts_modulo_2_only(m: int) -> None:
    found = explore(scalar_parity(), Exact(), count_mod(m), 50)
    if m == 2:
        assert isinstance(found, Recognises)
    else:
        assert found == Disagrees(("1", "1"), True, False)


@pytest.mark.parametrize("name", SEMANTICS)
@given(st.data(), number_formats())
@examples(10)
def test_the_cached_network_runs_like_the_semantics(
    name: str, data: st.DataObject, number_format: NumberFormat
) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=2))
    semantics = semantics_of(name, number_format)
    network = CachedNetwork(lrnn, semantics)
    word = tuple(data.draw(st.lists(st.sampled_from("01"), max_size=8)))
    assert network.run(word) == semantics.output(lrnn, word)
    numbers = network.start
    for letter in word:
        numbers = network.step(numbers, letter)
    assert network.states(numbers) == semantics.states(lrnn, word)


@pytest.mark.parametrize("m", [3, 4, 5, 7, 8, 12])
def test_a_complex_scalar_counts_modulo_its_order(m: int) -> None:
    turn = Case(Diagonal((zeta(m),)), Matrix.of([[0]]))
    keep = Case(Diagonal((F(1),)), Matrix.of([[0]]))
    readout = StateTable({Matrix.of([[zeta(m, k)]]): k == 0 for k in range(m)})
    lrnn = LRNN(("0", "1"), (Layer(Matrix.of([[1]]), {("0",): keep, ("1",): turn}, readout),))
    found = explore(lrnn, Exact(), count_mod(m), 50)
    assert isinstance(found, Recognises)
    assert len(found.states) == m
    wrong = explore(lrnn, Exact(), count_mod(m + 1), 50)
    assert wrong == Disagrees(("1",) * m, True, False)
