"""Languages by subsequences: what tells two words apart, and how many layers that takes."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.automata.zoo.conditions import never
from monoscan.automata.zoo.subsequence_rules import subsequence_automaton
from monoscan.theory.constructions.registry import UnsupportedError, get_construction
from monoscan.theory.constructions.subsequences import (
    Word,
    difference,
    subsequences,
    written_subsequences,
)
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.semantics import Exact

FORBIDDEN = st.lists(
    st.lists(st.integers(0, 2), min_size=1, max_size=4).map(tuple), min_size=1, max_size=3
)
WORDS = st.lists(st.integers(0, 2), max_size=6).map(tuple)


def occurring(word: Word) -> set[Word]:
    return {part for size in range(len(word) + 1) for part in combinations(word, size)}


@given(WORDS, WORDS)
def test_the_difference_is_a_shortest_one(first: Word, second: Word) -> None:
    assume(first != second)
    in_one = occurring(first) ^ occurring(second)
    assert difference(first, second) in in_one
    assert len(difference(first, second)) == min(map(len, in_one))


@given(FORBIDDEN)
def test_forbidden_subsequences_take_a_layer_for_each_length(words: list[Word]) -> None:
    automaton = subsequence_automaton(("a", "b", "c"), words, never(len(words)))
    network = subsequences(automaton)
    assert isinstance(explore(network, Exact(), automaton, 20_000), Recognises)
    assert network.depth == get_construction("subsequences").depth_for(automaton)
    assert network.depth <= max(map(len, words))
    assert max(network.windows) <= 2


@given(st.data())
def test_any_answer_by_subsequences_of_two_letters(data: st.DataObject) -> None:
    """The state is the set of the subsequences of at most two letters; its answer is drawn."""
    sets: list[frozenset[Word]] = [frozenset({()})]
    table: list[list[int]] = []
    for held in sets:
        row = []
        for letter in range(2):
            after = held | {(*word, letter) for word in held if len(word) < 2}
            if after not in sets:
                sets.append(after)
            row.append(sets.index(after))
        table.append(row)
    outputs = tuple(data.draw(st.booleans()) for _ in sets)
    automaton = Automaton("ab", table, outputs)
    for build in (subsequences, written_subsequences):
        network = build(automaton)
        assert isinstance(explore(network, Exact(), automaton, 20_000), Recognises)
    assert written_subsequences(automaton).windows[0] == 1


@pytest.mark.parametrize("language", ["ends-with-ab", "parity", "tomita-4"])
def test_languages_that_are_not_piecewise_testable(language: str) -> None:
    with pytest.raises(UnsupportedError, match="no 60 subsequences were found"):
        subsequences(get_language(language).build())
