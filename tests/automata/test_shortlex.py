"""The first words with an output: against all words in order, and in bounded work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical, compile_regex, from_words
from monoscan.automata.shortlex import Sample, sample_words
from monoscan.automata.summary import summary
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

LETTERS = ("a", "b")


@given(automata(max_states=5), st.booleans(), st.integers(1, 5))
def test_the_first_words_in_order(automaton, output, n):
    sample = sample_words(automaton, output, n)
    every = [word for word in words_up_to(LETTERS, 8) if automaton.accepts(word) is output]
    assert list(sample.words) == every[:n]
    # Without a limit in the way: all are known to be found exactly if no more exist.
    assert sample.is_all is (len(every) <= n)


@given(automata(max_states=5), st.booleans(), st.integers(1, 60))
def test_whatever_the_limit_what_is_said_is_true(automaton, output, limit):
    sample = sample_words(automaton, output, 3, limit)
    every = [word for word in words_up_to(LETTERS, 8) if automaton.accepts(word) is output]
    assert list(sample.words) == every[: len(sample.words)]
    assert len(sample.words) >= min(1, len(every))
    if sample.is_all:
        assert list(sample.words) == every


def test_finite_languages_have_no_more_words():
    acceptor = from_words(["ab", "b"], "ab")
    assert sample_words(acceptor, True, 5) == Sample((("b",), ("a", "b")), is_all=True)
    assert sample_words(acceptor, True, 1) == Sample((("b",),), is_all=False)


def test_rare_words_are_found():
    rare = compile_regex("(a{100}){10}(b{50})*", "ab")
    words = sample_words(rare, True, 2).words
    assert [len(word) for word in words] == [1000, 1050]


@pytest.mark.parametrize("n_states", [50_000])
def test_large_automata_answer_at_once(n_states):
    states = np.arange(n_states)
    onward = np.minimum(states + 1, n_states - 1)
    chain = canonical("ab", np.stack([onward, onward], axis=1), (states == n_states - 1).tolist())
    sample = sample_words(chain, True, 3)
    assert [len(word) for word in sample.words] == [n_states - 1]
    assert not sample.is_all
    assert summary(chain).endswith("(49999 letters), ...; rejects ε, a, b, aa, ...")


def test_a_letter_that_is_written_like_the_empty_word():
    assert summary(Automaton("ε", [[0]], (True,))) == (
        "language over {ε}: 1 state; accepts '', ε, εε, εεε, ...; rejects no word"
    )
