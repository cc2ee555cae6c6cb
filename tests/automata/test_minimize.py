"""Minimisation and equivalence against automata-lib and brute force."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from automata.fa.dfa import DFA
from hypothesis import given
from hypothesis import strategies as st
from oracles.linked_pairs import distinguishing_word_by_links

from monoscan.automata import (
    AlphabetError,
    Automaton,
    are_equivalent,
    canonical,
    distinguishing_word,
    is_minimal,
    minimize,
)
from monoscan.automata.minimize import equivalence_classes
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

EVEN = Automaton("a", [[1], [0]], (True, False))


def to_library(automaton: Automaton) -> DFA:
    """The same automaton for automata-lib."""
    return DFA(
        states=set(range(automaton.n_states)),
        input_symbols=set(automaton.alphabet),
        transitions={
            state: dict(zip(automaton.alphabet, row, strict=True))
            for state, row in enumerate(automaton.table.tolist())
        },
        initial_state=0,
        final_states={state for state, output in enumerate(automaton.outputs) if output},
    )


def from_library(dfa: DFA, alphabet: tuple[str, ...]) -> Automaton:
    outputs = {state: state in dfa.final_states for state in dfa.states}
    return Automaton.from_transitions(alphabet, dfa.transitions, dfa.initial_state, outputs)


@given(automata(max_states=10))
def test_minimal_automaton_is_that_of_the_library(automaton):
    reference = to_library(automaton).minify()
    assert not reference.allow_partial
    assert minimize(automaton) == from_library(reference, automaton.alphabet)


@given(automata(outputs=("x", "y", "z")))
def test_minimal_automaton_has_the_same_outputs(automaton):
    minimal = minimize(automaton)
    assert is_minimal(minimal)
    assert minimize(minimal) is minimal
    assert is_minimal(automaton) == (minimal.n_states == automaton.n_states)
    for word in words_up_to(automaton.alphabet, 6):
        assert minimal.output(word) == automaton.output(word)


@given(automata(max_states=4), automata(max_states=4))
def test_equivalence_is_emptiness_of_the_symmetric_difference(a, b):
    difference = to_library(a).symmetric_difference(to_library(b))
    assert are_equivalent(a, b) == difference.isempty()
    assert are_equivalent(a, b) == (minimize(a) == minimize(b))
    assert are_equivalent(a, minimize(a))


@given(automata(max_states=3), automata(max_states=3))
def test_distinguishing_word_is_the_first_one(a, b):
    # Two automata with m and n states differ, if at all, on a word shorter than m + n.
    words = words_up_to(a.alphabet, a.n_states + b.n_states - 1)
    first = next((word for word in words if a.output(word) != b.output(word)), None)
    assert distinguishing_word(a, b) == first


@given(automata(max_states=4, outputs=("x", "y", "z")), automata(max_states=3, outputs=("x", "y")))
def test_distinguishing_word_of_automata_with_text_outputs(a, b):
    words = words_up_to(a.alphabet, a.n_states + b.n_states - 1)
    first = next((word for word in words if a.output(word) != b.output(word)), None)
    assert distinguishing_word(a, b) == first


def test_the_first_alphabet_orders_the_words():
    all_words = Automaton("ab", [[0, 0]], (True,))
    some = Automaton("ba", [[1, 1], [1, 1]], (True, False))
    assert distinguishing_word(all_words, some) == ("a",)
    assert distinguishing_word(some, all_words) == ("b",)


@given(automata(max_states=4), automata(max_states=4))
def test_the_second_alphabet_may_have_another_order(a, b):
    reordered = canonical(b.alphabet[::-1], b.table[:, ::-1], b.outputs)
    assert are_equivalent(b, reordered)
    assert distinguishing_word(a, reordered) == distinguishing_word(a, b)


def test_different_alphabets():
    with pytest.raises(AlphabetError, match=r"different alphabets, \{a\} and \{b\}"):
        distinguishing_word(EVEN, Automaton("b", [[1], [0]], (True, False)))


def random_automaton(random, n_states, n_letters=2, share=0.5):
    table = random.integers(n_states, size=(n_states, n_letters))
    return canonical("abcd"[:n_letters], table, random.random(n_states) < share)


def with_copies(random, automaton, copies):
    """An equivalent automaton: each state several times, each move to any copy."""
    n_states, n_letters = automaton.table.shape
    table = np.tile(automaton.table, (copies, 1))
    table = table + n_states * random.integers(copies, size=(copies * n_states, n_letters))
    return canonical(automaton.alphabet, table, automaton.outputs * copies)


def with_output_changed(automaton, state):
    outputs = list(automaton.outputs)
    outputs[state] = not outputs[state]
    return Automaton(automaton.alphabet, automaton.table, outputs)


def test_thousands_of_pairs_against_the_oracle_and_the_library():
    random = np.random.default_rng(17)
    answers = set()
    for _ in range(1_500):
        n_letters = int(random.integers(1, 4))
        a = random_automaton(random, int(random.integers(1, 9)), n_letters, 0.2)
        b = with_copies(random, a, 2)
        if random.random() < 0.5:
            b = with_output_changed(b, int(random.integers(b.n_states)))
        word = distinguishing_word(a, b)
        assert word == distinguishing_word_by_links(a, b)
        assert (word is None) == (to_library(a) == to_library(b))
        answers.add(None if word is None else len(word))
    assert answers >= {None, 0, 1, 2, 3, 4}


def test_large_automata_that_differ_nowhere_or_late():
    random = np.random.default_rng(19)
    a = random_automaton(random, 10_000)
    b = with_copies(random, a, 2)
    assert are_equivalent(a, b)
    assert minimize(b) == minimize(a)
    late = with_output_changed(b, b.n_states - 1)
    word = distinguishing_word(a, late)
    assert word == distinguishing_word_by_links(a, late)
    assert a.output(word) != late.output(word)


def test_cycles_with_many_pairs():
    # A search that follows every pair of states would follow 4,000 times 3,999 pairs.
    def all_accepted(period, last):
        table = [[(state + 1) % period] for state in range(period)]
        return Automaton("a", table, [True] * (period - 1) + [last])

    long, short = all_accepted(4_000, last=True), all_accepted(3_999, last=True)
    assert are_equivalent(long, short)
    assert distinguishing_word(long, all_accepted(3_999, last=False)) == ("a",) * 3_998


def test_a_long_chain():
    n = 20_000
    chain = Automaton("a", [[min(i + 1, n)] for i in range(n + 1)], [i == n for i in range(n + 1)])
    never = Automaton("a", [[0]], (False,))
    assert is_minimal(chain)
    assert distinguishing_word(chain, never) == ("a",) * n


def test_classes_are_called_by_the_names_of_their_states():
    table = [[1], [2], [3], [1]]
    names = ("start", "one", "two", "three")
    merged = minimize(Automaton("a", table, (True, False, False, False), names))
    assert merged.state_names == ("start", "{one, two, three}")
    clashing = ("{one, two}", "one", "two", "start")
    unmerged = minimize(Automaton("a", [[1], [2], [3], [3]], (False, True, True, False), clashing))
    assert unmerged.n_states == len(set(unmerged.state_names))


@given(automata(), st.data())
def test_names_follow_their_states(automaton, data):
    count = automaton.n_states
    names = data.draw(st.lists(st.text(min_size=1), min_size=count, max_size=count, unique=True))
    named = Automaton(automaton.alphabet, automaton.table, automaton.outputs, names)
    assert named == automaton
    assert hash(named) == hash(automaton)
    minimal = minimize(named)
    assert len(set(minimal.state_names)) in (0, minimal.n_states)
    assert pickle.loads(pickle.dumps(minimal)).state_names == minimal.state_names
    classes = equivalence_classes(automaton).tolist()
    for name, number in zip(names, classes, strict=True):
        if classes.count(number) == 1 and minimal.state_names:
            assert minimal.state_name(number) == name
