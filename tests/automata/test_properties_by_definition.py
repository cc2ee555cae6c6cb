"""Every property against its definition, on random automata; every witness checked."""

from __future__ import annotations

import random

import pytest
from helpers.automata_strategies import automata, words_up_to
from helpers.effort import examples
from hypothesis import assume, given
from oracles.syntactic_semigroup import ORACLES, Semigroup

from monoscan.automata import Automaton, canonical, minimize, syntactic_monoid
from monoscan.automata.greens import GreensRelations
from monoscan.automata.properties import PROPERTIES, is_aperiodic, is_finite

BUDGET = 10_000


@pytest.mark.parametrize("name", sorted(ORACLES))
@examples(60)
@given(automaton=automata(max_states=4))
def test_agrees_with_the_definition(name, automaton):
    semigroup = Semigroup(automaton)
    assume(len(semigroup.monoid) <= 60)
    answer = PROPERTIES[name](automaton, BUDGET)
    assert bool(answer) == ORACLES[name](semigroup)
    assert answer.check(automaton)


@pytest.mark.parametrize("name", sorted(ORACLES))
@examples(25)
@given(automaton=automata(alphabet=("a", "b", "c"), max_states=3, outputs=("x", "y", "z")))
def test_agrees_for_three_letters_and_text_outputs(name, automaton):
    semigroup = Semigroup(automaton)
    answer = PROPERTIES[name](automaton, BUDGET)
    assert bool(answer) == ORACLES[name](semigroup)
    assert answer.check(automaton)


@given(automata(max_states=5))
def test_finite(automaton):
    answer = is_finite(automaton)
    assert answer.check(automaton)
    lengths = {len(word) for word in words_up_to(automaton.alphabet, 9) if automaton.accepts(word)}
    if answer:
        assert answer.longest == max(lengths, default=None)
    else:
        # Some length between the number of states and twice that number has a word.
        assert any(length >= automaton.n_states - 1 for length in lengths)


@given(automata(max_states=5))
def test_implications(automaton):
    holds = {name: bool(decide(automaton, BUDGET)) for name, decide in PROPERTIES.items()}
    implied = [
        ("finite", "reverse-definite"),
        ("definite", "generalised-definite"),
        ("reverse-definite", "generalised-definite"),
        ("generalised-definite", "locally-testable"),
        ("locally-testable", "aperiodic"),
        ("j-trivial", "r-trivial"),
        ("j-trivial", "l-trivial"),
        ("r-trivial", "aperiodic"),
        ("l-trivial", "aperiodic"),
        ("right-regular-band", "l-trivial"),
        ("aperiodic", "quasi-aperiodic"),
        ("aperiodic", "2-groups-only"),
        ("2-groups-only", "solvable"),
        ("quasi-aperiodic", "solvable"),
        ("commutative", "solvable"),
    ]
    assert all(holds[second] for first, second in implied if holds[first])
    assert holds["j-trivial"] == (holds["r-trivial"] and holds["l-trivial"])


def random_automaton(seed: int) -> Automaton:
    source = random.Random(seed)
    n = source.randint(2, 5)
    table = [[source.randrange(n) for _ in range(2)] for _ in range(n)]
    return minimize(canonical("ab", table, [source.random() < 0.5 for _ in range(n)]))


def aperiodic_two_ways(seed: int) -> None:
    automaton = random_automaton(seed)
    by_powers = is_aperiodic(automaton, budget=5000)
    greens = GreensRelations(syntactic_monoid(automaton, budget=5000))
    by_h_classes = greens.n_classes["H"] == len(greens.monoid)
    assert bool(by_powers) == by_h_classes == (not greens.maximal_subgroups(trivial=False))


def test_powers_and_h_classes_agree_on_aperiodicity():
    for seed in range(200):
        aperiodic_two_ways(seed)


@pytest.mark.slow
def test_powers_and_h_classes_agree_on_aperiodicity_of_many():
    for seed in range(2000):
        aperiodic_two_ways(seed)
