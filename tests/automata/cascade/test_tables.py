"""The fast answers of cascades against the slow ones: the walk, and pairs one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers import cascade_samples as samples
from helpers.effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import BudgetExceeded
from monoscan.automata.cascade import Cascade, Level, holonomy, holonomy_cascade
from monoscan.automata.cascade.tables import follows
from monoscan.automata.cascade.verify import Walk


def walk_finds_nothing(cascade: Cascade) -> bool:
    return Walk(cascade, cascade.automaton).fault() is None


@given(samples.any_automata(), st.booleans())
def test_cascades_that_follow(automaton, flip_flops):
    cascade = holonomy_cascade(automaton, flip_flops=flip_flops)
    assert follows(cascade, automaton)
    assert walk_finds_nothing(cascade)


@given(samples.any_automata(max_states=4), st.data())
@examples(200)
def test_tables_and_walk_agree_about_changed_cascades(automaton, data):
    cascade = holonomy_cascade(automaton)
    assume(cascade.levels)
    number = data.draw(st.integers(0, len(cascade.levels) - 1))
    level = cascade.levels[number]
    above = data.draw(st.sampled_from(sorted(level.actions)))
    actions = dict(level.actions)
    change = data.draw(st.sampled_from(["drop", "extra", "move", "cover", "uncover", "initial"]))
    coordinates = data.draw(st.sampled_from(sorted(cascade.covering)))
    covering = dict(cascade.covering)
    initial = cascade.initial
    if change == "drop":
        del actions[above]
    elif change == "extra":
        actions.setdefault(tuple(data.draw(st.integers(-1, 2**70)) for _ in above), actions[above])
    elif change == "move":
        state = data.draw(st.integers(0, level.n_states - 1))
        actions[above] = ((state,) * level.n_states, *actions[above][1:])
    elif change == "cover":
        covering[coordinates] = data.draw(st.integers(0, automaton.n_states - 1))
    elif change == "uncover":
        del covering[coordinates]
    else:
        initial = coordinates
    levels = list(cascade.levels)
    levels[number] = replace(level, actions=actions)
    changed = Cascade(automaton, tuple(levels), initial, covering)
    assert follows(changed, automaton) is walk_finds_nothing(changed)


def test_a_level_without_actions():
    counter = samples.counter(2)
    cascade = Cascade(counter, (Level(2, 2, {}),), (0,), {(0,): 0, (1,): 1})
    assert not follows(cascade, counter)
    assert not walk_finds_nothing(cascade)


@pytest.mark.parametrize(
    "automaton",
    [samples.cerny(4), samples.symmetric(4), samples.full_transformations(3), samples.ab_star()],
)
def test_pairs_one_by_one_give_the_same_cascade(automaton, monkeypatch):
    fast = holonomy_cascade(automaton)
    monkeypatch.setattr(holonomy, "MAX_CELLS", 0)
    assert holonomy_cascade(automaton) == fast


def test_the_budget_holds_for_pairs_one_by_one(monkeypatch):
    monkeypatch.setattr(holonomy, "MAX_CELLS", 0)
    with pytest.raises(BudgetExceeded, match="101 coordinates of a cascade"):
        holonomy_cascade(samples.cerny(5), budget=100)


def test_pairs_in_breadth_first_order():
    """One prefix that letters keep, and a counter modulo 3 below it."""
    moves = holonomy.Moves(
        np.zeros((1, 1), dtype=np.int32),
        np.array([[1, 2, 0]], dtype=np.int32),
        np.array([[0, 0, 0]], dtype=np.int32),
    )
    above, digits, table = holonomy.reach(np.zeros((1, 1), dtype=np.int32), moves, 2, budget=3)
    assert (above.tolist(), digits.tolist()) == ([0, 0, 0], [2, 0, 1])
    assert table.tolist() == [[1], [2], [0]]
