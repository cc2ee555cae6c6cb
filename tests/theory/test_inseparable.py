"""Pairs of words that a read-out cannot tell apart, and behaviour along periodic words."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, Output, get_language
from monoscan.strategies.automata import automata
from monoscan.strategies.formats import number_formats, semantics_of
from monoscan.strategies.networks import networks_of_values
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.formats import NumberFormat
from monoscan.theory.inseparable import (
    PeriodicBehaviour,
    automaton_response,
    early_pair,
    periodic_behaviour,
    periodic_words,
)
from monoscan.theory.lasso import Lasso
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Observation, Threshold
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Dense, Diagonal

F = Fraction
PARITY = get_language("parity").build()
LETTERS = ("0", "1")
LASSOS = st.builds(
    lambda stem, cycle: Lasso(tuple(stem), tuple(cycle)),
    st.lists(st.sampled_from(LETTERS), max_size=4),
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4),
)


@given(automata(LETTERS), LASSOS)
def test_the_answers_of_an_automaton(automaton: Automaton, word: Lasso[str]) -> None:
    answers = automaton_response(automaton, word)
    for length in range(1, 40):
        assert answers[length - 1] == automaton.output(word.take(length))


@pytest.mark.parametrize(("prefix", "period"), [(0, 1), (0, 3), (1, 2), (2, 2), (3, 3)])
def test_each_infinite_word_once_and_none_missing(prefix: int, period: int) -> None:
    found = list(periodic_words(LETTERS, prefix, period))
    unrolled = [word.take(40) for word in found]
    assert len(set(unrolled)) == len(unrolled)
    wanted = {
        Lasso(p, u).take(40)
        for i in range(prefix + 1)
        for j in range(1, period + 1)
        for p in product(LETTERS, repeat=i)
        for u in product(LETTERS, repeat=j)
    }
    assert set(unrolled) == wanted
    lengths = [len(word.stem) + len(word.cycle) for word in found]
    assert lengths == sorted(lengths)


def behaviour(
    observations: Lasso[Observation], outputs: Lasso[Output], letter: str
) -> PeriodicBehaviour:
    word = Lasso((), (letter,))
    return PeriodicBehaviour(word, observations, outputs, automaton_response(PARITY, word))


def test_a_pair_by_hand() -> None:
    # Seen: x y y y ...; the language says odd, even, odd, ...
    seen = behaviour(Lasso(("x",), ("y",)), Lasso((), (False,)), "1")
    pair = seen.inseparable_pair()
    assert pair is not None
    assert (pair.first, pair.second) == (("1", "1"), ("1", "1", "1"))
    assert pair.observation == "y"
    assert pair.answers == (True, False)
    assert seen.first_error() == ("1", "1")


def test_the_same_pair_by_running_the_first_letters() -> None:
    # h <- h / 2 + 1 on the letter 1, seen as h >= 1: one after the first letter, and for ever.
    case = Case(Diagonal((F(1, 2),)), Matrix.of([[1]]))
    keep = Case(Diagonal((F(1),)), Matrix.of([[0]]))
    readout = Threshold((Functional(Matrix.of([[1]]), ">=", F(1)),), {"0": True, "1": False})
    layer = Layer(Matrix.of([[0]]), {("0",): keep, ("1",): case}, readout)
    lrnn = LRNN(LETTERS, (layer,))
    ones = Lasso[str]((), ("1",))
    settled = periodic_behaviour(lrnn, Exact(), PARITY, ones, 20)
    assert settled is not None
    assert settled.inseparable_pair() == early_pair(lrnn, Exact(), PARITY, ones, 2)
    assert early_pair(lrnn, Exact(), PARITY, ones, 1) is None
    assert early_pair(lrnn, Exact(), PARITY, Lasso((), ("0",)), 40) is None
    assert early_pair(scalar_parity(), Exact(), PARITY, ones, 40) is None


def test_the_first_of_several_other_answers() -> None:
    # Seen: x x x; the answers are one, two, three. The third word forms pairs with both others.
    word, answers = Lasso((), ("1",)), Lasso[Output](("one", "two"), ("three",))
    seen = PeriodicBehaviour(word, Lasso(("y",), ("x",)), answers, answers)
    pair = seen.inseparable_pair()
    assert pair is not None
    assert (len(pair.first), len(pair.second)) == (2, 3)
    same_again = PeriodicBehaviour(
        word, Lasso(("x", "y"), ("x",)), answers, Lasso[Output](("one", "two", "one"), ("three",))
    )
    pair = same_again.inseparable_pair()
    assert pair is not None
    assert (pair.first, pair.second) == (("1",), ("1",) * 4)


def test_no_pair_but_an_error() -> None:
    # The read-out could be right with another table.
    seen = behaviour(Lasso((), ("x", "y")), Lasso((), (True, False)), "1")
    assert seen.inseparable_pair() is None
    assert seen.first_error() == ("1",)


def test_neither_pair_nor_error() -> None:
    seen = behaviour(Lasso((), ("x", "y")), Lasso((), (False, True)), "1")
    assert seen.inseparable_pair() is None
    assert seen.first_error() is None
    idle = behaviour(Lasso((), ("x",)), Lasso((), (True,)), "0")
    assert idle.inseparable_pair() is None
    assert idle.first_error() is None


@pytest.mark.parametrize("name", ["exact", "seq-round", "op-round", "cast-unrolled"])
@given(st.data(), number_formats(), LASSOS, automata(LETTERS, max_states=3))
@examples(15)
def test_pairs_and_errors_against_brute_force(
    name: str,
    data: st.DataObject,
    number_format: NumberFormat,
    word: Lasso[str],
    target: Automaton,
) -> None:
    lrnn = data.draw(networks_of_values(number_format))
    semantics = semantics_of(name, number_format)
    found = periodic_behaviour(lrnn, semantics, target, word, 40)
    if found is None:
        return
    (layer,) = lrnn.layers
    words = [word.take(length) for length in range(1, 20)]
    seen = [layer.observe(semantics.visible(semantics.states(lrnn, w)[0])) for w in words]
    answers = [target.output(w) for w in words]
    wrong = [
        w for w, s, a in zip(words, seen, answers, strict=True) if layer.readout.output(s) != a
    ]
    error = found.first_error()
    if error is None or len(error) < 20:
        assert (wrong[0] if wrong else None) == error
    pair = found.inseparable_pair()
    early = early_pair(lrnn, semantics, target, word, 19)
    expected = next(
        (
            (words[i], words[j])
            for j in range(len(words))
            for i in range(j)
            if seen[i] == seen[j] and answers[i] != answers[j]
        ),
        None,
    )
    assert (None if early is None else (early.first, early.second)) == expected
    if pair is None or len(pair.second) < 20:
        assert (None if pair is None else (pair.first, pair.second)) == expected


def test_a_correct_network_has_no_pair_and_no_error() -> None:
    for word in periodic_words(LETTERS, 1, 2):
        found = periodic_behaviour(scalar_parity(), Exact(), PARITY, word, 20)
        assert found is not None
        assert found.first_error() is None
        assert found.inseparable_pair() is None


def test_undecided_behaviour() -> None:
    turn = Dense(Matrix.of([["3/5", "-4/5"], ["4/5", "3/5"]]))
    keep = Diagonal((F(1), F(1)))
    zeros = Matrix.zeros(2, 1)
    readout = Threshold((Functional(Matrix.column([1, 0]), ">", F(0)),), {"0": True, "1": False})
    cases: dict[Symbol, Case] = {("0",): Case(keep, zeros), ("1",): Case(turn, zeros)}
    lrnn = LRNN(LETTERS, (Layer(Matrix.column([1, 0]), cases, readout),))
    assert periodic_behaviour(lrnn, Exact(), PARITY, Lasso((), ("1",)), 30) is None
    assert periodic_behaviour(lrnn, Exact(), PARITY, Lasso(("1",), ("0",)), 30) is not None
