"""The published wiring fails where resets lose the old state; the delayed one does not."""

from __future__ import annotations

import pytest
from helpers.cascade_samples import ends_in_ab, symmetric

from monoscan.automata import get_language
from monoscan.theory.constructions.cascades.permutations import erased_cascade
from monoscan.theory.constructions.cascades.undelayed import undelayed_cascade
from monoscan.theory.explore import Disagrees, Recognises, explore
from monoscan.theory.semantics import Exact


def test_words_that_end_in_ab() -> None:
    automaton = ends_in_ab()
    wrong = undelayed_cascade(automaton)
    found = explore(wrong, Exact(), automaton, 1000)
    assert found == Disagrees(("a", "b"), output=False, expected=True)
    assert wrong.output("ab") is False
    assert automaton.accepts("ab")
    assert isinstance(explore(erased_cascade(automaton), Exact(), automaton, 1000), Recognises)


def test_the_failing_word_is_a_shortest_one() -> None:
    wrong = undelayed_cascade(ends_in_ab())
    for word in ("", "a", "b", "aa"):
        assert wrong.output(word) == ends_in_ab().output(word)


@pytest.mark.parametrize("name", ["parity", "count-mod-3", "flip-flop"])
def test_one_level_needs_no_delay(name: str) -> None:
    automaton = get_language(name).build()
    assert isinstance(explore(undelayed_cascade(automaton), Exact(), automaton, 1000), Recognises)


def test_permutations_of_several_levels_fail_too() -> None:
    # The old state could be recovered from the new one and the letter, but the wiring does not.
    automaton = symmetric(3)
    found = explore(undelayed_cascade(automaton), Exact(), automaton, 1000)
    assert isinstance(found, Disagrees)
    assert undelayed_cascade(automaton).output(found.word) == found.output
    assert automaton.output(found.word) == found.expected
