"""Transition monoids: known sizes, the action of words, the order of elements."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    Automaton,
    BudgetExceeded,
    canonical,
    compile_regex,
    syntactic_monoid,
    transition_monoid,
)
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to


def full_transformations(n: int) -> Automaton:
    """A cycle, a swap and a merge of two states generate all maps of n states."""
    cycle = [(state + 1) % n for state in range(n)]
    swap = [1, 0, *range(2, n)]
    merge = [0, 0, *range(2, n)]
    return canonical("csm", list(zip(cycle, swap, merge, strict=True)), [str(i) for i in range(n)])


@pytest.mark.parametrize(("n", "size"), [(2, 4), (3, 27), (4, 256), (5, 3125)])
def test_full_transformation_monoids(n, size):
    assert len(transition_monoid(full_transformations(n))) == size


@pytest.mark.parametrize(
    ("pattern", "alphabet", "size"),
    [
        ("(ab)*", "ab", 6),
        ("(0*10*1)*0*", "01", 2),
        (".*", "ab", 1),
        ("∅", "ab", 1),
        (".*b", "ab", 3),
        ("(aa)*", "a", 2),
        ("((1{3})|0)*", "01", 13),
    ],
)
def test_syntactic_monoids(pattern, alphabet, size):
    assert len(syntactic_monoid(compile_regex(pattern, alphabet))) == size


def test_syntactic_monoid_forgets_equivalent_states():
    twice = Automaton("1", [[1], [2], [3], [0]], (True, False, True, False))
    assert len(transition_monoid(twice)) == 4
    assert len(syntactic_monoid(twice)) == 2


@given(automata(max_states=4))
def test_elements_are_the_actions_of_words(automaton):
    monoid = transition_monoid(automaton)
    actions = {}
    for word in words_up_to(automaton.alphabet, 6):
        action = list(range(automaton.n_states))
        for letter in word:
            column = automaton.table[:, automaton.letter_index(letter)].tolist()
            action = [column[state] for state in action]
        number = monoid.index_of_word(word)
        assert monoid.elements[number].tolist() == action
        first = actions.setdefault(tuple(action), word)
        assert monoid.words[number] == first
    assert [word for word in monoid.words if len(word) <= 6] == list(actions.values())


@given(automata(max_states=4), st.data())
def test_products(automaton, data):
    monoid = transition_monoid(automaton)
    element = st.integers(0, len(monoid) - 1)
    i, j, k = (data.draw(element) for _ in range(3))
    assert monoid.multiply(i, j) == monoid.index_of_word(monoid.words[i] + monoid.words[j])
    assert monoid.multiply(monoid.multiply(i, j), k) == monoid.multiply(i, monoid.multiply(j, k))
    assert monoid.multiply(0, i) == monoid.multiply(i, 0) == i


@given(automata(max_states=4))
def test_cayley_graphs(automaton):
    monoid = transition_monoid(automaton)
    generators = [monoid.index_of_word([letter]) for letter in automaton.alphabet]
    assert monoid.right.shape == monoid.left.shape == (len(monoid), len(generators))
    for i, (a, generator) in product(range(len(monoid)), enumerate(generators)):
        assert monoid.right[i, a] == monoid.multiply(i, generator)
        assert monoid.left[i, a] == monoid.multiply(generator, i)


@given(automata(max_states=4))
def test_words_are_in_shortlex_order(automaton):
    words = transition_monoid(automaton).words
    assert words[0] == ()
    assert all((len(u), u) < (len(v), v) for u, v in pairwise(words))


def test_words_act_left_to_right():
    monoid = transition_monoid(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    a, b = monoid.index_of_word("a"), monoid.index_of_word("b")
    assert monoid.multiply(a, b) == b
    assert monoid.multiply(b, a) == a


def test_budget():
    with pytest.raises(BudgetExceeded, match=r"256 elements .* of 4 states found, at most 255"):
        transition_monoid(full_transformations(4), budget=255)
    assert len(transition_monoid(full_transformations(4), budget=256)) == 256
    with pytest.raises(ValueError, match="budget is 0"):
        transition_monoid(full_transformations(2), budget=0)


def test_arrays_are_read_only():
    monoid = transition_monoid(full_transformations(2))
    for array in (monoid.elements, monoid.right, monoid.left):
        assert array.dtype == np.int32
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_unknown_elements_and_letters():
    monoid = transition_monoid(full_transformations(2))
    with pytest.raises(IndexError, match=r"element -1 does not exist; the elements are 0\.\.3"):
        monoid.multiply(0, -1)
    with pytest.raises(AlphabetError, match="'x' is not in the alphabet"):
        monoid.index_of_word("x")
