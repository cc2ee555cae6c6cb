"""Every property against its definition, on random automata; every witness checked."""

from __future__ import annotations

import random

import pytest
from helpers.effort import examples
from hypothesis import assume, given
from oracles.syntactic_semigroup import ORACLES, Semigroup

from monoscan.automata import Automaton, canonical, minimize, syntactic_monoid
from monoscan.automata.greens import GreensRelations
from monoscan.automata.properties import PROPERTIES
from monoscan.automata.properties.aperiodic import is_aperiodic
from monoscan.automata.properties.finite import is_finite
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

BUDGET = 10_000
# Equations with many variables: the definition is tried for small monoids.
SMALL = {"locally-threshold-testable": 25, "dot-depth-one": 25, "da": 25}


@pytest.mark.parametrize("name", sorted(ORACLES))
@examples(60)
@given(automaton=automata(max_states=4))
def test_agrees_with_the_definition(name, automaton):
    semigroup = Semigroup(automaton)
    assume(len(semigroup.monoid) <= SMALL.get(name, 60))
    answer = PROPERTIES.get(name)(automaton, BUDGET)
    assert bool(answer) == ORACLES[name](semigroup)
    assert answer.check(automaton)


@pytest.mark.parametrize("name", sorted(ORACLES))
@examples(25)
@given(automaton=automata(alphabet=("a", "b", "c"), max_states=3, outputs=("x", "y", "z")))
def test_agrees_for_three_letters_and_text_outputs(name, automaton):
    semigroup = Semigroup(automaton)
    assume(len(semigroup.monoid) <= SMALL.get(name, 60))
    answer = PROPERTIES.get(name)(automaton, BUDGET)
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
    holds = {entry.id: bool(entry(automaton, BUDGET)) for entry in PROPERTIES}
    assert all(holds[other] for entry in PROPERTIES if holds[entry.id] for other in entry.implies)
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
