"""Minimisation and equivalence against automata-lib and brute force."""

from __future__ import annotations

import pytest
from automata.fa.dfa import DFA
from helpers.automata_strategies import automata, words_up_to
from hypothesis import given

from monoscan.automata import (
    AlphabetError,
    Automaton,
    are_equivalent,
    canonical,
    distinguishing_word,
    is_minimal,
    minimize,
)

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


def test_a_long_chain():
    n = 600
    chain = Automaton("a", [[min(i + 1, n)] for i in range(n + 1)], [i == n for i in range(n + 1)])
    never = Automaton("a", [[0]], (False,))
    assert is_minimal(chain)
    assert distinguishing_word(chain, never) == ("a",) * n
