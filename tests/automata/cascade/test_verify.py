"""What verify_cascade rejects, by reason, and that what it accepts is true."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from helpers import cascade_samples as samples
from helpers.effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.automata.cascade import (
    Cascade,
    Fault,
    Level,
    Verified,
    holonomy_cascade,
    verify_cascade,
)

PARITY = samples.counter(2)


def check(cascade: Cascade) -> Verified | Fault:
    return verify_cascade(cascade, cascade.automaton)


def rejected(cascade: Cascade, reason: str) -> Fault:
    result = check(cascade)
    assert isinstance(result, Fault)
    assert not result
    assert result.reason == reason, result
    return result


def one_level(automaton: Automaton, order: int) -> Cascade:
    """The automaton itself as the only level, with a group of the stated order."""
    states = range(automaton.n_states)
    level = Level(automaton.n_states, order, {(): tuple(map(tuple, automaton.table.T.tolist()))})
    return Cascade(automaton, (level,), (0,), {(state,): state for state in states})


def with_level(cascade: Cascade, number: int, level: Level) -> Cascade:
    levels = (*cascade.levels[:number], level, *cascade.levels[number + 1 :])
    return replace(cascade, levels=levels)


def test_accepts():
    assert check(one_level(PARITY, 2)) == Verified(coordinates=2)
    assert check(one_level(samples.flip_flop(), 1)) == Verified(coordinates=2)


def test_a_permutation_changed():
    cascade = with_level(one_level(PARITY, 2), 0, Level(2, 2, {(): ((0, 1),)}))
    fault = rejected(cascade, "wrong-state")
    assert fault.word == ("a",)
    assert fault.message == (
        "after the word a the coordinates are (0,), which cover state 0; expected state 1"
    )


def test_a_covered_state_changed():
    fault = rejected(replace(one_level(PARITY, 2), covering={(0,): 0, (1,): 0}), "wrong-state")
    assert fault.word == ("a",)


def test_a_longer_word_shows_the_wrong_state():
    cascade = one_level(samples.counter(5), 5)
    fault = rejected(replace(cascade, covering={**cascade.covering, (3,): 2}), "wrong-state")
    assert fault.word == ("a", "a", "a")


def test_wrong_initial_coordinates():
    fault = rejected(replace(one_level(PARITY, 2), initial=(1,)), "initial")
    assert fault.message == "the initial coordinates (1,) cover state 1; expected state 0"
    rejected(replace(one_level(PARITY, 2), covering={(1,): 1}), "initial")


def test_coordinates_without_a_state():
    fault = rejected(replace(one_level(PARITY, 2), covering={(0,): 0}), "not-covered")
    assert fault.word == ("a",)


def test_a_missing_action():
    cascade = holonomy_cascade(samples.ends_in_ab())
    lower = cascade.levels[1]
    fewer = dict(lower.actions)
    del fewer[cascade.coordinates_after("a")[:1]]
    fault = rejected(with_level(cascade, 1, replace(lower, actions=fewer)), "missing-action")
    assert fault.word is not None
    assert cascade.coordinates_after(fault.word)[:1] == cascade.coordinates_after("a")[:1]


def test_coordinates_that_no_word_reaches():
    cascade = holonomy_cascade(samples.ends_in_ab())
    (extra,) = set(product(range(2), repeat=2)) - set(cascade.covering)
    rejected(replace(cascade, covering={**cascade.covering, extra: 0}), "unreachable")


def test_actions_that_no_word_reaches():
    constant = samples.tracker((1, 1))
    upper = Level(3, 1, {(): ((1, 1, 1),)})
    lower = Level(2, 1, {(0,): ((1, 1),), (1,): ((1, 1),)})
    cascade = Cascade(constant, (upper, lower), (0, 0), {(0, 0): 0, (1, 1): 1})
    assert check(cascade)
    spoilt = replace(lower, actions={**lower.actions, (2,): ((0, 0),)})
    fault = rejected(with_level(cascade, 1, spoilt), "unreachable")
    assert "(2,)" in fault.message


def test_neither_permutation_nor_constant():
    fault = rejected(one_level(samples.cerny(3), 3), "not-permutation-reset")
    assert fault.word == ("b",)
    assert "level 0 moves by (0, 1, 0) on letter 'b'" in fault.message


@pytest.mark.parametrize(
    ("automaton", "order", "message"),
    [
        (PARITY, 1, "generate a group of order more than 1; expected 1"),
        (PARITY, 3, "generate a group of order 2; expected 3"),
        (samples.counter(5), 2, "generate a group of order more than 2; expected 2"),
        (samples.flip_flop(), 2, "generate a group of order 1; expected 2"),
        (samples.alternating(5), 59, "generate a group of order more than 59; expected 59"),
    ],
)
def test_wrong_group_orders(automaton, order, message):
    """Order 1 makes a group level a reset level, and the other way round."""
    assert message in rejected(one_level(automaton, order), "group-order").message


@pytest.mark.parametrize(
    ("automaton", "order"),
    [
        (samples.counter(4), 4),
        (samples.counter(6), 6),
        (samples.symmetric(3), 6),
        (samples.alternating(4), 12),
        (samples.symmetric(5), 120),
        (samples.quaternions(), 8),
        (samples.squared(samples.alternating(5)), 3600),
    ],
)
def test_groups_that_are_not_simple(automaton, order):
    assert (
        f"of order {order}, is not simple"
        in rejected(one_level(automaton, order), "not-simple").message
    )


@pytest.mark.parametrize(
    ("automaton", "order"),
    [
        (samples.counter(7), 7),
        (samples.alternating(5), 60),
        (samples.alternating(6), 360),
        (samples.linear_fractional_7(), 168),
    ],
)
def test_simple_groups(automaton, order):
    assert check(one_level(automaton, order))
    with pytest.raises(BudgetExceeded, match="elements of the group of a level"):
        verify_cascade(one_level(automaton, order), automaton, group_budget=order - 1)


def test_another_automaton():
    cascade = one_level(PARITY, 2)
    letter = Automaton("b", PARITY.table, PARITY.outputs)
    output = Automaton("a", PARITY.table, ("0", "2"))
    reasons = [verify_cascade(cascade, other) for other in (letter, output)]
    assert [fault.reason for fault in reasons if isinstance(fault, Fault)] == [
        "alphabet",
        "outputs",
    ]
    fault = verify_cascade(
        one_level(samples.flip_flop(), 1), samples.tracker((0, 1), (1, 1), (0, 0))
    )
    assert isinstance(fault, Fault)
    assert (fault.reason, fault.word) == ("wrong-state", ("b",))


@given(samples.any_automata(), st.data())
def test_any_wrong_covered_state_is_rejected(automaton, data):
    assume(automaton.n_states > 1)
    cascade = holonomy_cascade(automaton)
    coordinates = data.draw(st.sampled_from(sorted(cascade.covering)))
    others = set(range(automaton.n_states)) - {cascade.covering[coordinates]}
    wrong = data.draw(st.sampled_from(sorted(others)))
    fault = check(replace(cascade, covering={**cascade.covering, coordinates: wrong}))
    assert isinstance(fault, Fault)
    assert fault.reason == ("initial" if coordinates == cascade.initial else "wrong-state")
    if fault.reason == "wrong-state":
        assert cascade.coordinates_after(fault.word or ()) == coordinates or (
            cascade.coordinates_after((fault.word or ())[:-1]) == coordinates
        )


@given(samples.any_automata(), st.integers(1, 12), st.data())
def test_any_wrong_group_order_is_rejected(automaton, order, data):
    cascade = holonomy_cascade(automaton)
    assume(cascade.levels)
    number = data.draw(st.integers(0, len(cascade.levels) - 1))
    level = cascade.levels[number]
    assume(order != level.group_order)
    rejected(with_level(cascade, number, replace(level, group_order=order)), "group-order")


@given(samples.any_automata(max_states=4), st.data())
@examples(300)
def test_an_accepted_change_of_a_transition_is_still_right(automaton, data):
    """Most changes are rejected; some lead to another cascade that also covers the automaton."""
    cascade = holonomy_cascade(automaton)
    assume(cascade.levels)
    number = data.draw(st.integers(0, len(cascade.levels) - 1))
    level = cascade.levels[number]
    above = data.draw(st.sampled_from(sorted(level.actions)))
    letter = data.draw(st.integers(0, len(automaton.alphabet) - 1))
    state, target = (data.draw(st.integers(0, level.n_states - 1)) for _ in range(2))
    row = list(level.actions[above])
    assume(row[letter][state] != target)
    row[letter] = (*row[letter][:state], target, *row[letter][state + 1 :])
    changed = replace(level, actions={**level.actions, above: tuple(row)})
    mutant = with_level(cascade, number, changed)
    result = check(mutant)
    if result:
        assert runs_as_its_automaton(mutant)
        assert set(row[letter]) in ({target}, set(range(level.n_states)))
    elif result.reason in ("wrong-state", "not-covered"):
        assert result.word is not None
        before = mutant.coordinates_after(result.word[:-1])
        after = mutant.step(before, result.word[-1])
        assert mutant.covering.get(after) != automaton.state_after(result.word)


def runs_as_its_automaton(cascade: Cascade) -> bool:
    """On all words up to twice as long as there are coordinates, one after the other."""
    reached = {(cascade.initial, 0)}
    for _ in range(2 * len(cascade.covering)):
        reached |= {
            (cascade.step(c, letter), int(cascade.automaton.table[state, number]))
            for c, state in reached
            for number, letter in enumerate(cascade.automaton.alphabet)
        }
    return all(cascade.covering[coordinates] == state for coordinates, state in reached)
