"""Aperiodicity against a naive oracle, and witnesses that do not lie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from monoscan.automata import (
    Aperiodic,
    Automaton,
    BudgetExceeded,
    NotAperiodic,
    canonical,
    compile_regex,
    is_aperiodic,
    syntactic_monoid,
)
from monoscan.strategies.automata import automata

PARITY = compile_regex("(0*10*1)*0*", "01")


def naive(automaton: Automaton) -> tuple[str, ...] | None:
    """The first word of the syntactic monoid whose powers have a period above 1."""
    monoid = syntactic_monoid(automaton)
    for element, word in enumerate(monoid.words):
        powers = [0]
        while (following := monoid.multiply(powers[-1], element)) not in powers:
            powers.append(following)
        if following != powers[-1]:
            return word
    return None


@given(automata(max_states=5))
def test_agrees_with_the_naive_oracle(automaton):
    answer = is_aperiodic(automaton)
    counting = naive(automaton)
    assert bool(answer) == (counting is None)
    assert answer.check(automaton)
    if isinstance(answer, NotAperiodic):
        assert answer.word == counting
    else:
        assert answer.elements == len(syntactic_monoid(automaton))


@given(automata(max_states=5, outputs=("x", "y", "z")))
def test_answers_check_for_text_outputs(automaton):
    assert is_aperiodic(automaton).check(automaton)


@pytest.mark.parametrize(
    ("pattern", "alphabet", "answer"),
    [
        ("(0*10*1)*0*", "01", NotAperiodic(("1",), 0, 2, (0, 1))),
        ("(aa)*", "a", NotAperiodic(("a",), 0, 2, (0, 1))),
        ("(a{6})*", "a", NotAperiodic(("a",), 0, 6, (0, 1, 2, 3, 4, 5))),
        ("b(aa)*", "ab", NotAperiodic(("a",), 1, 2, (2, 3))),
        ("(ab)*", "ab", Aperiodic(2, 6)),
        ("~(.*11.*)", "01", Aperiodic(2, 6)),
        (".*b", "ab", Aperiodic(1, 3)),
        (".*", "ab", Aperiodic(0, 1)),
        ("a{5}", "a", Aperiodic(6, 7)),
    ],
)
def test_known_languages(pattern, alphabet, answer):
    automaton = compile_regex(pattern, alphabet)
    assert is_aperiodic(automaton) == answer
    assert answer.check(automaton)


def test_period_of_cycles_of_different_lengths():
    # The letter a turns two states and three states; b visits all five.
    table = [[1, 1], [0, 2], [3, 3], [4, 4], [2, 0]]
    automaton = canonical("ab", table, [str(state) for state in range(5)])
    answer = is_aperiodic(automaton)
    assert answer == NotAperiodic(("a",), 0, 6, (2, 3, 4))
    assert answer.check(automaton)


def test_huge_periods_are_found_and_checked():
    # Cycles of the first primes: the period is their product, 13,082,761,331,670,030.
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43]
    table, start = [], 0
    for prime in primes:
        for step in range(prime):
            last = step == prime - 1
            table.append([start + (step + 1) % prime, start + prime if last else start + step + 1])
        start += prime
    table[-1][1] = 0
    automaton = canonical("ab", table, [str(state) for state in range(start)])
    answer = is_aperiodic(automaton)
    assert isinstance(answer, NotAperiodic)
    assert answer.period == 13_082_761_331_670_030
    assert len(answer.states) == 43
    assert answer.check(automaton)
    assert not replace(answer, period=answer.period // 43).check(automaton)


def test_a_counting_word_is_found_within_a_small_budget():
    shift = [[(state + 1) % 8, state] for state in range(8)]
    for state, row in enumerate(shift):
        row.append(0 if state == 1 else state)
    automaton = canonical("acm", shift, [str(state) for state in range(8)])
    assert is_aperiodic(automaton, budget=10) == NotAperiodic(("a",), 0, 8, tuple(range(8)))


def test_budget():
    star_free = compile_regex("a{20}", "a")
    with pytest.raises(BudgetExceeded, match="at most 10 allowed"):
        is_aperiodic(star_free, budget=10)
    assert is_aperiodic(star_free, budget=22)


@pytest.mark.parametrize(
    "wrong",
    [
        NotAperiodic(("1",), 1, 2, (0, 1)),
        NotAperiodic(("1",), -1, 2, (0, 1)),
        NotAperiodic(("1",), 0, 4, (0, 1)),
        NotAperiodic(("1",), 0, 3, (0, 1)),
        NotAperiodic(("1",), 0, 0, (0, 1)),
        NotAperiodic(("1",), 0, 2, (0,)),
        NotAperiodic(("1",), 0, 2, ()),
        NotAperiodic(("1",), 0, 2, (0, 0)),
        NotAperiodic(("1",), 0, 2, (0, 2)),
        NotAperiodic(("1",), 0, 2, (0, -1)),
        NotAperiodic(("1",), 0, 2, (0, 1, 0, 1)),
        NotAperiodic(("0",), 0, 2, (0, 1)),
        NotAperiodic((), 0, 1, (0,)),
        NotAperiodic(("1", "1"), 0, 2, (0, 1)),
        NotAperiodic(("2",), 0, 2, (0, 1)),
        Aperiodic(1, 2),
        Aperiodic(0, 2),
        Aperiodic(5, 100),
    ],
)
def test_wrong_witnesses_about_parity_are_rejected(wrong):
    assert is_aperiodic(PARITY).check(PARITY)
    assert not wrong.check(PARITY)


@pytest.mark.parametrize(
    "wrong",
    [
        Aperiodic(1, 6),
        Aperiodic(3, 6),
        Aperiodic(-1, 6),
        Aperiodic(2, 5),
        Aperiodic(2, 7),
        NotAperiodic(("a", "b"), 0, 2, (0, 1)),
        NotAperiodic(("a",), 0, 2, (0, 1)),
    ],
)
def test_wrong_witnesses_about_ab_star_are_rejected(wrong):
    automaton = compile_regex("(ab)*", "ab")
    assert is_aperiodic(automaton).check(automaton)
    assert not wrong.check(automaton)


def test_equivalent_states_do_not_count():
    useless = Automaton("a", [[1], [0]], (True, True))
    assert is_aperiodic(useless) == Aperiodic(0, 1)
    assert Aperiodic(0, 1).check(useless)
    assert not NotAperiodic(("a",), 0, 2, (0, 1)).check(useless)
