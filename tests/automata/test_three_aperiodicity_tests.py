"""Three independent tests of aperiodicity agree: powers, H-classes, cascades of resets only.

They share nothing but the automaton: the powers are those of maps listed in plain Python, the
H-classes come from the Cayley graphs, the cascade from the image sets.
"""

from __future__ import annotations

import random

import pytest
from oracles.slow_monoid import SlowMonoid

from monoscan.automata import Automaton, canonical, is_aperiodic, minimize
from monoscan.automata.cascade import holonomy_cascade, verify_cascade
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid


def random_automaton(seed: int) -> Automaton:
    """A minimal automaton of at most 6 states; about half of them are aperiodic.

    Uniform letters nearly always count. So some letters keep the order of the states, and of
    those an automaton has often only such: maps that keep the order are aperiodic.
    """
    draw = random.Random(seed)
    n_states, n_letters = draw.randint(2, 6), draw.randint(1, 3)
    in_order = draw.random()
    columns = []
    for _ in range(n_letters):
        images = [draw.randrange(n_states) for _ in range(n_states)]
        columns.append(sorted(images) if draw.random() < in_order else images)
    outputs = [draw.random() < 0.5 for _ in range(n_states)]
    table = list(zip(*columns, strict=True))
    return minimize(canonical("abc"[:n_letters], table, outputs))


def powers_settle(automaton: Automaton) -> bool:
    """Whether every word w acts as w^n = w^(n+1), with n the number of states."""
    for x in SlowMonoid(automaton).elements:
        power = x
        for _ in range(automaton.n_states):
            power = tuple(x[state] for state in power)
        if tuple(x[state] for state in power) != power:
            return False
    return True


def h_classes_are_single(automaton: Automaton) -> bool:
    """Whether no two elements are H-equivalent (a finite monoid is aperiodic exactly then)."""
    monoid = TransitionMonoid(automaton)
    return GreensRelations(monoid).n_classes["H"] == len(monoid)


def cascade_has_no_groups(automaton: Automaton) -> bool:
    cascade = holonomy_cascade(automaton)
    assert verify_cascade(cascade, automaton)
    return all(level.kind == "reset" for level in cascade.levels)


def answers(seed: int) -> bool:
    """The common answer of the three tests, and of the function that users call."""
    automaton = random_automaton(seed)
    found = {
        "powers": powers_settle(automaton),
        "H-classes": h_classes_are_single(automaton),
        "cascade": cascade_has_no_groups(automaton),
        "is_aperiodic": bool(is_aperiodic(automaton)),
    }
    assert len(set(found.values())) == 1, (seed, automaton, found)
    return found["powers"]


def agree(seeds: range) -> None:
    aperiodic = sum(answers(seed) for seed in seeds)
    # Both answers must be frequent, or the agreement would say little.
    assert len(seeds) / 5 < aperiodic < 4 * len(seeds) / 5, aperiodic


def test_agreement_on_200_random_automata():
    agree(range(200))


@pytest.mark.slow
def test_agreement_on_2000_random_automata():
    agree(range(1_000, 3_000))
