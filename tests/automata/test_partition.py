"""Partition refinement against Moore's plain rounds, with and without the change to Hopcroft."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.effort import drawn
from oracles.moore import equivalence_classes_by_rounds, minimize_by_rounds

from monoscan.automata import canonical, minimize
from monoscan.automata.minimize import equivalence_classes
from monoscan.automata.partition import coarsest_stable_partition


def first_members(classes):
    """The first state of each state's class."""
    _, first, numbers = np.unique(classes, return_index=True, return_inverse=True)
    return first[numbers].tolist()


def random_automaton(random, max_states=12, max_letters=3, n_outputs=2):
    n_states = int(random.integers(1, max_states + 1))
    n_letters = int(random.integers(1, max_letters + 1))
    table = random.integers(n_states, size=(n_states, n_letters))
    # Rare outputs make long distinguishing words, so many rounds.
    outputs = [f"o{min(int(x), n_outputs - 1)}" for x in random.geometric(0.7, size=n_states)]
    return canonical([f"x{number}" for number in range(n_letters)], table, outputs)


@pytest.mark.parametrize("rounds", [0, 1, 2, None])
def test_random_automata(rounds):
    random = np.random.default_rng(11)
    for _ in range(drawn(1_500)):
        automaton = random_automaton(random, n_outputs=int(random.integers(2, 5)))
        outputs = np.array([int(output[1:]) for output in automaton.outputs])
        classes = coarsest_stable_partition(automaton.table, outputs, rounds=rounds)
        assert classes.tolist() == first_members(equivalence_classes_by_rounds(automaton))
        assert minimize(automaton) == minimize_by_rounds(automaton)


def shape(name, n_states):
    """A table and Boolean outputs of an adversarial shape."""
    states = np.arange(n_states)
    random = np.random.default_rng(7)
    match name:
        case "chain":
            return np.minimum(states + 1, n_states - 1)[:, None], states == n_states - 1
        case "chain with a way back":
            table = np.stack([np.minimum(states + 1, n_states - 1), states * 0], axis=1)
            return table, states == n_states - 1
        case "cycle":
            return (states + 1)[:, None] % n_states, states == 0
        case "cycle of period 6":
            return (states + 1)[:, None] % n_states, states % 6 == 0
        case "two steps or one":
            table = np.stack([states + 1, states + 2], axis=1)
            return np.minimum(table, n_states - 1), states == n_states - 1
        case "all outputs equal":
            return random.integers(n_states, size=(n_states, 2)), states >= 0
        case "one output different":
            return random.integers(n_states, size=(n_states, 2)), states == 1
        case "random":
            return random.integers(n_states, size=(n_states, 2)), random.random(n_states) < 0.5
        case "doubled":
            half = n_states // 2
            table = random.integers(half, size=(half, 3))
            copies = random.integers(2, size=(2 * half, 3)) * half
            return np.concatenate([table, table]) + copies, states[: 2 * half] % half % 5 == 0
        case "many letters":
            return random.integers(n_states, size=(n_states, 150)), states % 97 == 3
        case _:
            raise ValueError(name)


SHAPES = [
    "chain",
    "chain with a way back",
    "cycle",
    "cycle of period 6",
    "two steps or one",
    "all outputs equal",
    "one output different",
    "random",
    "doubled",
    "many letters",
]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n_states", [2, 60, 420])
def test_shapes(name, n_states):
    table, outputs = shape(name, n_states)
    letters = [f"x{number}" for number in range(table.shape[1])]
    automaton = canonical(letters, table, outputs)
    expected = first_members(equivalence_classes_by_rounds(automaton))
    for rounds in (0, 3, None):
        numbers = np.array(automaton.outputs)
        classes = coarsest_stable_partition(automaton.table, numbers, rounds=rounds)
        assert classes.tolist() == expected
    assert minimize(automaton) == minimize_by_rounds(automaton)


def test_signatures_that_do_not_fit_into_64_bits():
    # 40 letters and 3,000 states: a signature has 12 bits for each letter.
    random = np.random.default_rng(13)
    table = random.integers(1_500, size=(1_500, 40))
    copies = random.integers(2, size=(3_000, 40)) * 1_500
    outputs = random.random(1_500) < 0.01
    automaton = canonical(
        [f"x{number}" for number in range(40)],
        np.concatenate([table, table]) + copies,
        np.concatenate([outputs, outputs]),
    )
    minimal = minimize(automaton)
    assert minimal.n_states <= 1_500
    assert minimal == minimize_by_rounds(automaton)


@pytest.mark.parametrize("n_states", [20_000, 100_000])
def test_a_long_chain_needs_no_round_for_each_state(n_states):
    # One round a state would take minutes here.
    automaton = canonical("a", *shape("chain", n_states))
    assert minimize(automaton) is automaton
    assert len(set(equivalence_classes(automaton).tolist())) == n_states


def test_a_long_cycle_folds_to_its_period():
    table, outputs = shape("cycle", 40_000)
    folded = minimize(canonical("a", table, np.arange(40_000) % 10_000 == 0))
    assert folded == canonical("a", *shape("cycle", 10_000))
    assert minimize(canonical("a", table, outputs)).n_states == 40_000
