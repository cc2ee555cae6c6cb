"""The search for counting words block by block: the size of the blocks does not matter."""

from __future__ import annotations

from math import comb

import pytest
from helpers.known_automata import tracker
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, element_search, is_aperiodic
from monoscan.automata.properties import aperiodic
from monoscan.strategies.automata import automata


def order_preserving(n: int) -> Automaton:
    """The maps of n states in a row that keep their order."""
    letters = {"d": [max(i - 1, 0) for i in range(n)]}
    for i in range(n - 1):
        letters[f"u{i}"] = [*range(i), i + 1, *range(i + 1, n)]
    return tracker(letters)


@given(automata(max_states=5), st.integers(1, 9))
def test_answers_do_not_depend_on_the_blocks(automaton, maps_at_once):
    expected = is_aperiodic(automaton)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(element_search, "_MAPS_AT_ONCE", maps_at_once)
        assert is_aperiodic(automaton) == expected
    assert expected.check(automaton)


@pytest.mark.parametrize("n", range(2, 8))
def test_order_preserving_maps(n):
    """Going down by one state takes n - 1 steps to end, and no map takes more."""
    answer = is_aperiodic(order_preserving(n))
    assert answer == aperiodic.Aperiodic(index=n - 1, elements=comb(2 * n - 1, n))


@pytest.mark.parametrize("n", [2, 3, 5, 17, 100])
def test_a_long_ascent(n):
    """Every index from 0 to n - 1 occurs, the largest first."""
    ascent = tracker({"u": [min(i + 1, n - 1) for i in range(n)]})
    assert is_aperiodic(ascent) == aperiodic.Aperiodic(index=n - 1, elements=n)
