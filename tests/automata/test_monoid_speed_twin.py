"""The fast search of elements against the slow one, and the parts it is made of."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.known_automata import full_transformations, symmetric_group, tracker
from hypothesis import given
from hypothesis import strategies as st
from oracles.slow_monoid import SlowMonoid

from monoscan.automata import (
    BudgetExceeded,
    compile_regex,
    element_search,
    syntactic_monoid,
    transition_monoid,
)
from monoscan.automata.components import strong_components
from monoscan.automata.row_table import RowTable
from monoscan.strategies.automata import automata


def assert_equals_slow(automaton):
    fast, slow = transition_monoid(automaton), SlowMonoid(automaton)
    assert fast.elements.tolist() == [list(element) for element in slow.elements]
    assert list(fast.words) == slow.words
    assert [fast.word(number) for number in range(len(fast))] == slow.words
    assert fast.right.tolist() == slow.right
    assert fast.left.tolist() == slow.left


@given(automata(max_states=5))
def test_random_automata(automaton):
    assert_equals_slow(automaton)


@given(automata(alphabet=("a", "b", "c"), max_states=4))
def test_random_automata_of_three_letters(automaton):
    assert_equals_slow(automaton)


@pytest.mark.parametrize(
    "automaton",
    [
        full_transformations(5),
        symmetric_group(6),
        # 20 and 300 states: rows of several words, of bytes and of 16-bit numbers.
        tracker(
            {"a": [min(i + 1, 19) for i in range(20)], "b": [max(i - 2, 0) for i in range(20)]}
        ),
        tracker({"a": [(i + 1) % 300 for i in range(300)]}),
        tracker({"a": [0]}),
    ],
)
def test_known_automata(automaton):
    assert_equals_slow(automaton)


def test_small_blocks_give_the_same(monkeypatch):
    monkeypatch.setattr(element_search, "_PRODUCTS_AT_ONCE", 7)
    assert_equals_slow(full_transformations(4))


def test_too_many_entries_are_refused_and_a_larger_budget_allows_them(monkeypatch):
    # 256 elements of 4 states and 3 letters, 2560 entries; for the default of one element 10.
    monkeypatch.setattr(element_search, "MIN_CELLS", 1000)
    monkeypatch.setattr(element_search, "CELLS_AN_ELEMENT", 8)
    with pytest.raises(BudgetExceeded, match=r"entries in the tables .* at most 2400 allowed"):
        transition_monoid(full_transformations(4), 300)
    assert len(transition_monoid(full_transformations(4), 320)) == 256


def test_many_states_stop_before_a_level_is_multiplied_out():
    last_letters = compile_regex(".*a.{14}", "ab")
    assert last_letters.n_states == 2**15
    with pytest.raises(BudgetExceeded) as error:
        transition_monoid(last_letters)
    assert error.value.reached < 2 * error.value.limit


@given(st.lists(st.lists(st.integers(0, 2), min_size=9, max_size=9), max_size=40), st.data())
def test_row_table_is_a_dictionary(rows, data):
    table, numbers = RowTable(bound=3, width=9), {}
    cut = data.draw(st.integers(0, len(rows)))
    for block in (rows[:cut], rows[cut:]):
        new = []
        for place, row in enumerate(block):
            if tuple(row) not in numbers:
                numbers[tuple(row)] = len(numbers)
                new.append(place)
        found, fresh = table.add(np.array(block, dtype=np.int64).reshape(-1, 9))
        assert found.tolist() == [numbers[tuple(row)] for row in block]
        assert fresh.tolist() == new
    assert len(table) == len(numbers)
    assert table.rows[:, :9].tolist() == [list(row) for row in numbers]
    probes = data.draw(st.lists(st.lists(st.integers(0, 2), min_size=9, max_size=9), max_size=9))
    found = table.find(np.array(probes, dtype=np.int64).reshape(-1, 9))
    assert found.tolist() == [numbers.get(tuple(row), -1) for row in probes]


@given(st.data())
def test_strong_components_are_mutual_reachability(data):
    n, k = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 3))
    row = st.lists(st.integers(0, n - 1), min_size=k, max_size=k)
    graph = np.array(data.draw(st.lists(row, min_size=n, max_size=n)), dtype=np.int32)
    reach = np.eye(n, dtype=bool)
    for targets in graph.T:
        reach[np.arange(n), targets] = True
    for _ in range(n):
        reach = reach @ reach
    components = strong_components(graph)
    assert ((components[:, None] == components) == (reach & reach.T)).all()
    firsts = [components.tolist().index(number) for number in range(components.max() + 1)]
    assert firsts == sorted(firsts)


def test_long_paths_do_not_overflow_the_stack():
    path = np.minimum(np.arange(1, 50_001), 49_999).astype(np.int32).reshape(-1, 1)
    assert strong_components(path).max() == 49_999


def test_semigroup_leaves_out_an_identity_that_only_the_empty_word_has():
    assert syntactic_monoid(compile_regex("(ab)*", "ab")).semigroup == range(1, 6)
    assert syntactic_monoid(compile_regex("(aa)*", "a")).semigroup == range(2)


@given(automata(max_states=4), st.data())
def test_many_products(automaton, data):
    monoid = transition_monoid(automaton)
    pairs = st.lists(st.tuples(*[st.integers(0, len(monoid) - 1)] * 2), max_size=20)
    chosen = np.array(data.draw(pairs), dtype=np.int64).reshape(-1, 2)
    expected = [monoid.index_of_word(monoid.words[i] + monoid.words[j]) for i, j in chosen.tolist()]
    assert monoid.products(chosen[:, 0], chosen[:, 1]).tolist() == expected


def test_products_of_unknown_elements():
    monoid = transition_monoid(full_transformations(2))
    with pytest.raises(IndexError, match=r"element 4 does not exist; the elements are 0\.\.3"):
        monoid.products([0, 4], 1)
    with pytest.raises(IndexError, match="element -1"):
        monoid.word(-1)
