"""Every listed language: properties decided, counterexamples checked, groups named."""

from __future__ import annotations

import pytest
from helpers.effort import part_of

from monoscan.automata import BudgetExceeded, all_languages, syntactic_monoid
from monoscan.automata.greens import GreensRelations
from monoscan.automata.properties import PROPERTIES

BUDGET = 20_000
OVER_BUDGET = {"locally-testable", "l-trivial", "quasi-aperiodic", "solvable"}


@pytest.mark.parametrize("language", part_of(all_languages(), 20), ids=lambda language: language.id)
def test_counterexamples_hold_and_groups_are_named(language):
    automaton = language.build()
    over = set()
    for entry in PROPERTIES:
        if entry.of_languages and not automaton.is_acceptor:
            continue
        try:
            answer = entry(automaton, BUDGET)
        except BudgetExceeded:
            over.add(entry.id)
        else:
            assert answer or answer.check(automaton), (entry.id, answer)
    assert over <= OVER_BUDGET
    if not over:
        subgroups = GreensRelations(syntactic_monoid(automaton, BUDGET)).maximal_subgroups()
        assert not [s.group.name for s in subgroups if "not named" in s.group.name]
