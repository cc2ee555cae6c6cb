"""Breadth-first numbering against the plain loop, for wide and narrow tables."""

from __future__ import annotations

import numpy as np
import pytest
from oracles.breadth_first import breadth_first_order_by_loop, canonical_by_loop

from monoscan.automata import AutomatonError, canonical
from monoscan.automata.numbering import breadth_first_order, is_breadth_first


def random_table(random, n_states, n_letters):
    return random.integers(n_states, size=(n_states, n_letters)).astype(np.int32)


def test_random_tables():
    random = np.random.default_rng(3)
    for _ in range(2_000):
        table = random_table(random, random.integers(1, 12), random.integers(1, 4))
        initial = int(random.integers(len(table)))
        order = breadth_first_order(table, initial).tolist()
        assert order == breadth_first_order_by_loop(table.tolist(), initial)
        by_loop = breadth_first_order_by_loop(table.tolist(), 0)
        assert is_breadth_first(table) == (by_loop == list(range(len(table))))


def long_tail_then_wide(n_states):
    """A chain, then a random part, then a chain: narrow, wide and narrow again."""
    third = n_states // 3
    table = np.arange(1, n_states + 1)[:, None].repeat(2, axis=1)
    random = np.random.default_rng(5)
    table[third : 2 * third] = random.integers(third, 2 * third, size=(third, 2))
    table[third + 7] = 2 * third
    table[-1] = 0
    return table.astype(np.int32)


SHAPES = {
    "chain": np.minimum(np.arange(1, 3_001), 2_999)[:, None].astype(np.int32),
    "cycle": (np.arange(1, 3_001) % 3_000)[:, None].astype(np.int32),
    "binary tree": (np.arange(2, 6_002).reshape(-1, 2) - 1).astype(np.int32) % 3_000,
    "one target": np.zeros((3_000, 3), dtype=np.int32),
    "random": random_table(np.random.default_rng(1), 20_000, 2),
    "many letters": random_table(np.random.default_rng(2), 500, 300),
    "narrow, wide, narrow": long_tail_then_wide(6_000),
    "one state": np.zeros((1, 1), dtype=np.int32),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("shuffled", [False, True])
def test_shapes(name, shuffled):
    table = SHAPES[name]
    if shuffled:
        order = np.random.default_rng(9).permutation(len(table))
        table = np.argsort(order)[table][order].astype(np.int32)
    initial = len(table) // 4
    by_loop = breadth_first_order_by_loop(table.tolist(), initial)
    assert breadth_first_order(table, initial).tolist() == by_loop
    outputs = [f"o{state % 7}" for state in range(len(table))]
    letters = [f"x{number}" for number in range(table.shape[1])]
    automaton = canonical(letters, table, outputs, initial)
    assert automaton == canonical_by_loop(letters, table.tolist(), outputs, initial)
    assert is_breadth_first(automaton.table)


def test_a_million_states():
    n_states = 10**6
    chain = np.minimum(np.arange(1, n_states + 1), n_states - 1)[:, None]
    assert canonical("a", chain, [True] * n_states).n_states == n_states
    assert canonical("a", chain, [True] * n_states, initial=n_states - 2).n_states == 2


def test_a_state_that_is_read_before_it_is_reached():
    table = np.array([[0], [2], [1]], dtype=np.int32)
    assert not is_breadth_first(table)
    with pytest.raises(AutomatonError, match=r"the states 0\.\.1"):
        canonical("a", [[0], [2]], [True, False])
