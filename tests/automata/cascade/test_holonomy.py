"""Cascades of known and random automata; budgets; why the old states of the levels matter."""

from __future__ import annotations

from random import Random

import pytest
from helpers import cascade_samples as samples
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    Automaton,
    BudgetExceeded,
    canonical,
    compile_regex,
    is_aperiodic,
    minimize,
)
from monoscan.automata.cascade import Cascade, holonomy_cascade, verify_cascade


def verified(automaton: Automaton, *, flip_flops: bool = False) -> Cascade:
    cascade = holonomy_cascade(automaton, flip_flops=flip_flops)
    result = verify_cascade(cascade, automaton)
    assert result, result
    assert result.coordinates == len(cascade.covering)
    return cascade


@pytest.mark.parametrize(
    ("automaton", "groups"),
    [
        pytest.param(compile_regex("(0*10*1)*0*", "01"), (2,), id="parity"),
        pytest.param(samples.counter(6), (2, 3), id="counter-6"),
        pytest.param(samples.counter(7), (7,), id="counter-7"),
        pytest.param(samples.counter(60), (2, 2, 3, 5), id="counter-60"),
        pytest.param(samples.symmetric(3), (2, 3), id="S3"),
        pytest.param(samples.symmetric(4), (2, 3, 2, 2), id="S4"),
        pytest.param(samples.symmetric(5), (2, 60), id="S5"),
        pytest.param(samples.alternating(4), (3, 2, 2), id="A4"),
        pytest.param(samples.alternating(5), (60,), id="A5"),
        pytest.param(samples.quaternions(), (2, 2, 2), id="Q8"),
        pytest.param(samples.linear_fractional_7(), (168,), id="PSL(2,7)"),
        pytest.param(samples.squared(samples.symmetric(3)), (2, 2, 3, 3), id="S3xS3"),
        pytest.param(samples.squared(samples.alternating(5)), (60, 60), id="A5xA5"),
        pytest.param(samples.flip_flop(), (), id="flip-flop"),
        pytest.param(samples.ends_in_ab(), (), id="ends-in-ab"),
        pytest.param(samples.ab_star(), (), id="(ab)*"),
        pytest.param(samples.cerny(4), (2, 2, 3, 2), id="cerny-4"),
        pytest.param(samples.full_transformations(3), (2, 3, 2), id="T3"),
        pytest.param(samples.full_transformations(4), (2, 3, 2, 2, 2, 3, 2), id="T4"),
        pytest.param(compile_regex(".*", "ab"), (), id="one-state"),
    ],
)
def test_known_groups(automaton, groups):
    cascade = verified(automaton)
    assert sorted(cascade.groups) == sorted(groups)
    assert cascade.is_aperiodic is (groups == ())


def test_the_factors_of_s4_come_in_the_order_of_its_series():
    assert verified(samples.symmetric(4)).groups == (2, 3, 2, 2)


def test_a_permutation_automaton_has_group_levels_only():
    for automaton in (samples.counter(6), samples.symmetric(4), samples.alternating(5)):
        assert {level.kind for level in verified(automaton).levels} == {"group"}


def test_the_alternating_group_needs_only_its_points():
    (level,) = verified(samples.alternating(5)).levels
    assert (level.n_states, level.group_order) == (5, 60)


def test_cerny_automata_reach_n_factorial_coordinates():
    assert [len(verified(samples.cerny(n)).covering) for n in (3, 4, 5, 6)] == [6, 24, 120, 720]


def test_one_state_needs_no_level():
    cascade = verified(compile_regex(".*", "ab"))
    assert (cascade.levels, cascade.initial, dict(cascade.covering)) == ((), (), {(): 0})


@given(samples.any_automata(), st.booleans(), st.integers(0, 2**32))
@examples(300)
def test_cascades_of_random_automata_run_as_they_do(automaton, flip_flops, seed):
    cascade = verified(automaton, flip_flops=flip_flops)
    word = Random(seed).choices(automaton.alphabet, k=30)
    state = 0
    for length in range(len(word)):
        assert cascade.state_after(word[:length]) == state
        assert cascade.output(word[:length]) == automaton.output(word[:length])
        state = int(automaton.table[state, automaton.letter_index(word[length])])


@given(samples.any_automata(max_states=5))
@examples(300)
def test_reset_levels_only_exactly_if_aperiodic(automaton):
    minimal = minimize(automaton)
    assert verified(minimal).is_aperiodic is bool(is_aperiodic(minimal))


@given(samples.any_automata(max_states=5))
def test_a_cascade_of_reset_levels_proves_aperiodicity_without_minimising(automaton):
    if verified(automaton).is_aperiodic:
        assert is_aperiodic(automaton)


@given(samples.any_automata(max_states=5))
def test_group_orders_divide_into_primes_of_subgroups(automaton):
    """Each group is made of permutations that powers of words cause on their recurrent states."""
    primes = {p for cycle_length in _cycle_lengths(automaton) for p in _primes(cycle_length)}
    assert {p for order in verified(automaton).groups for p in _primes(order)} <= primes


def _cycle_lengths(automaton: Automaton) -> set[int]:
    """The lengths of all cycles of all elements of the transition monoid."""
    letters = [tuple(column) for column in automaton.table.T.tolist()]
    found = {tuple(range(automaton.n_states))}
    queue = list(found)
    lengths = set()
    for element in queue:
        for start in range(len(element)):
            state, steps = element[start], 1
            while state != start and steps <= len(element):
                state, steps = element[state], steps + 1
            if state == start:
                lengths.add(steps)
        for letter in letters:
            product = tuple(letter[state] for state in element)
            if product not in found:
                found.add(product)
                queue.append(product)
    return lengths


def _primes(number: int) -> set[int]:
    return {p for p in range(2, number + 1) if number % p == 0 and all(p % d for d in range(2, p))}


@given(samples.any_automata())
def test_flip_flops_have_two_states(automaton):
    cascade = verified(automaton, flip_flops=True)
    assert all(level.n_states == 2 for level in cascade.levels if level.kind == "reset")
    assert cascade.groups == holonomy_cascade(automaton).groups


def test_flip_flops_split_a_larger_level():
    last_letter = samples.tracker(*((state,) * 5 for state in range(5)))
    (whole,) = verified(last_letter).levels
    assert (whole.kind, whole.n_states) == ("reset", 5)
    assert [level.n_states for level in verified(last_letter, flip_flops=True).levels] == [2] * 3


def undelayed_state(cascade: Cascade, word: str) -> int | None:
    """The state if each level sees the states above it *after* the letter; None if undefined."""
    coordinates = cascade.initial
    for letter in word:
        number = cascade.automaton.letter_index(letter)
        following: tuple[int, ...] = ()
        for level, state in zip(cascade.levels, coordinates, strict=True):
            row = level.actions.get(following)
            if row is None:
                return None
            following = (*following, row[number][state])
        coordinates = following
    return cascade.covering.get(coordinates)


def test_levels_need_the_states_before_the_letter():
    """The published layer wiring feeds the states after it; on Sigma*ab that loses the a."""
    automaton = samples.ends_in_ab()
    cascade = verified(automaton)
    assert cascade.output("ab") is True
    state = undelayed_state(cascade, "ab")
    assert state is None or automaton.outputs[state] is False


def test_without_resets_the_wiring_does_not_matter_for_one_level():
    cascade = verified(samples.counter(5))
    assert undelayed_state(cascade, "aaa") == cascade.state_after("aaa") == 3


@pytest.mark.parametrize(
    ("automaton", "budget", "what"),
    [
        (samples.cerny(5), 100, "coordinates of a cascade"),
        (samples.cerny(5), 20, "image sets of an automaton with 5 states"),
        (samples.linear_fractional_7(), 167, "elements of a permutation group"),
        (samples.counter(7), 8, "image sets"),
    ],
)
def test_budgets(automaton, budget, what):
    if what == "image sets":
        assert holonomy_cascade(automaton, budget=budget).groups == (7,)
        budget -= 1
    with pytest.raises(BudgetExceeded) as caught:
        holonomy_cascade(automaton, budget=budget)
    assert what in str(caught.value)
    assert caught.value.limit == budget


def test_a_budget_is_at_least_one():
    with pytest.raises(ValueError, match="budget is 0"):
        holonomy_cascade(samples.counter(2), budget=0)


def test_unreached_coordinates_are_not_enumerated():
    """A chain with a restart: far fewer coordinates than combinations of level states."""
    chain = canonical("ab", [[min(i + 1, 9), 0] for i in range(10)], [i == 9 for i in range(10)])
    cascade = verified(chain)
    product = 1
    for level in cascade.levels:
        product *= level.n_states
    assert len(cascade.covering) < product
