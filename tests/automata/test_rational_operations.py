"""Concatenation, iteration and first words, against their definitions word by word."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    Automaton,
    AutomatonError,
    BudgetExceeded,
    compile_regex,
    concatenation,
    first_words,
    is_minimal,
    star,
    with_alphabet,
)
from monoscan.automata.shortlex import words_with_output
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

LONGEST = 5


def splits(word):
    return [(word[:place], word[place:]) for place in range(len(word) + 1)]


def is_iterated(acceptor, word):
    """Whether a word is a product of accepted words, from left to right."""
    return not word or any(
        acceptor.accepts(head) and is_iterated(acceptor, tail) for head, tail in splits(word)[1:]
    )


@given(automata(max_states=4), automata(alphabet=("b", "a"), max_states=4))
def test_concatenation_by_definition(a, b):
    found = concatenation(a, b)
    assert is_minimal(found)
    for word in words_up_to(a.alphabet, LONGEST):
        assert found.accepts(word) == any(a.accepts(u) and b.accepts(v) for u, v in splits(word))


@given(automata(max_states=4))
def test_star_by_definition(acceptor):
    found = star(acceptor)
    assert is_minimal(found)
    for word in words_up_to(acceptor.alphabet, LONGEST):
        assert found.accepts(word) == is_iterated(acceptor, word)


@given(automata(max_states=5))
def test_star_is_idempotent_and_closed(acceptor):
    iterated = star(acceptor)
    assert star(iterated) == iterated == concatenation(iterated, iterated)


@given(automata(max_states=6), st.booleans())
def test_first_words_are_the_words_in_order(automaton, output):
    words = words_up_to(automaton.alphabet, LONGEST)
    wanted = [word for word in words if automaton.output(word) == output]
    found = words_with_output(automaton, output)
    assert list(islice(found, len(wanted))) == wanted
    assert all(len(word) > LONGEST for word in islice(found, 1))


def test_the_words_of_a_finite_language_end():
    finite = compile_regex("a|bab|abab", "ab")
    assert ["".join(word) for word in words_with_output(finite, True)] == ["a", "bab", "abab"]
    assert first_words(compile_regex("[]", "ab"), True, 5) == ()


def test_long_gaps_between_lengths_are_crossed():
    sparse = compile_regex("(a{30})*", "a")
    assert [len(word) for word in first_words(sparse, True, 4)] == [0, 30, 60, 90]


def test_a_rare_word_among_many_is_found_at_once():
    # 2^40 words of that length are not accepted.
    (word,) = first_words(compile_regex("b{40}", "ab"), True, 1)
    assert word == ("b",) * 40


def test_letters_in_another_order():
    one = compile_regex("ab", "ab")
    turned = with_alphabet(one, "ba")
    assert turned.alphabet == ("b", "a")
    assert turned.accepts("ab")
    assert not turned.accepts("ba")
    with pytest.raises(AlphabetError, match=r"different alphabets, \{a, c\} and \{a, b\}"):
        with_alphabet(one, "ac")
    with pytest.raises(AlphabetError, match="different alphabets"):
        concatenation(one, compile_regex("c", "c"))


def test_only_acceptors_are_concatenated():
    tracker = Automaton("a", [[1], [0]], ("even", "odd"))
    acceptor = Automaton("a", [[1], [0]], (True, False))
    for refused in (
        lambda: star(tracker),
        lambda: concatenation(tracker, acceptor),
        lambda: concatenation(acceptor, tracker),
    ):
        with pytest.raises(AutomatonError, match="outputs strings such as 'even'"):
            refused()


def test_the_budget_counts_sets_of_states():
    any_word, far = compile_regex(".*", "ab"), compile_regex("a.{12}", "ab")
    assert concatenation(any_word, far).n_states == 2**13
    with pytest.raises(BudgetExceeded, match="states of the concatenation found, at most 100"):
        concatenation(any_word, far, budget=100)
    with pytest.raises(BudgetExceeded, match="states of the iteration found, at most 2"):
        star(compile_regex("aab|ba", "ab"), budget=2)
