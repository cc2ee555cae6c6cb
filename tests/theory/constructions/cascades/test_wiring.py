"""What a cascade does not need is dropped, and what is left still does the same."""

from __future__ import annotations

from helpers.cascade_samples import any_automata, counter, ends_in_ab
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded, get_language
from monoscan.theory.constructions.cascades.wiring import (
    WiredCascade,
    action_kind,
    wired_cascade,
)


def run(cascade: WiredCascade, word: str) -> object:
    """The cascade's answer, level by level."""
    states = {level.number: level.initial for level in cascade.levels}
    for letter in word:
        states = {
            level.number: level.action(letter, tuple(states[n] for n in level.upstream))[
                states[level.number]
            ]
            for level in cascade.levels
        }
    return cascade.answers[tuple(states[n] for n in cascade.answer_levels)]


@given(any_automata(max_states=5), st.text("abc", max_size=12))
def test_the_wired_cascade_answers_like_the_automaton(automaton: Automaton, word: str) -> None:
    word = "".join(letter for letter in word if letter in automaton.alphabet)
    try:
        cascade = wired_cascade(automaton, 2000)
    except BudgetExceeded:
        assume(False)
    assert run(cascade, word) == automaton.output(word)
    assert cascade.initial_answer == automaton.outputs[0]


def test_levels_that_do_not_matter_are_dropped() -> None:
    even = Automaton("a", [[1], [2], [3], [0]], (True, False, True, False))
    assert len(wired_cascade(even).levels) == 1
    assert len(wired_cascade(counter(4)).levels) == 2
    assert wired_cascade(counter(1)).levels == ()


def test_a_level_knows_what_it_needs() -> None:
    first, second = wired_cascade(ends_in_ab()).levels
    assert first.upstream == ()
    assert second.upstream == (0,)
    assert second.has_resets
    assert second.action("b", (99,)) == (0, 1)


def test_keeping() -> None:
    level = wired_cascade(ends_in_ab()).levels[0]
    assert action_kind(level.action("a", ())) == "reset"
    assert action_kind(level.keeping({"a"}).action("a", ())) == "keep"
    assert level.keeping({"a"}).action("b", ()) == level.action("b", ())


def test_the_cascade_of_the_minimal_automaton_is_taken() -> None:
    padded = Automaton("a", [[1], [2], [3], [0]], (True, False, True, False))
    assert wired_cascade(padded).levels == wired_cascade(get_language("aa-star").build()).levels
