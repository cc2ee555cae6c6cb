"""Levels and cascades are valid from birth, read-only, and refuse what they cannot read."""

from __future__ import annotations

import copy
import pickle

import pytest
from helpers import cascade_samples as samples

from monoscan.automata import AlphabetError
from monoscan.automata.cascade import Cascade, CascadeError, Level, holonomy_cascade

PARITY = samples.counter(2)
FLIP = Level(2, 2, {(): ((1, 0),)})
COVERING = {(0,): 0, (1,): 1}


def test_a_cascade_runs():
    cascade = Cascade(PARITY, (FLIP,), (0,), COVERING)
    assert cascade.step((0,), "a") == (1,)
    assert cascade.coordinates_after("aaa") == (1,)
    assert (cascade.state_after("aaa"), cascade.output("aaa")) == (1, "1")
    assert (cascade.groups, cascade.is_aperiodic) == ((2,), False)


@pytest.mark.parametrize(
    ("n_states", "order", "action", "message"),
    [
        (0, 1, (), "a level has 0 states"),
        (2, 0, (0, 1), "group of order 0; both must be at least 1"),
        (2, 1, (0, 1, 1), r"the action \(0, 1, 1\) is not a map of the states 0..1"),
        (2, 1, (0, 2), r"the action \(0, 2\) is not a map"),
        (2, 1, (-1, 0), r"the action \(-1, 0\) is not a map"),
    ],
)
def test_wrong_levels(n_states, order, action, message):
    with pytest.raises(CascadeError, match=message):
        Level(n_states, order, {(): (action,)})


@pytest.mark.parametrize(
    ("levels", "initial", "covering", "message"),
    [
        ((FLIP,), (0, 0), COVERING, r"the coordinates \(0, 0\) have 2 states; expected 1"),
        ((FLIP,), (0,), {(0,): 0, (): 1}, r"the coordinates \(\) have 0 states; expected 1"),
        ((FLIP,), (2,), COVERING, "state 2 at level 0, which has the states 0..1"),
        ((FLIP,), (0,), {(0,): 0, (-1,): 1}, "state -1 at level 0"),
        ((FLIP,), (0,), {(0,): 0, (1,): 2}, "cover state 2; the automaton has the states 0..1"),
        (
            (Level(2, 2, {(): ((1, 0), (0, 1))}),),
            (0,),
            COVERING,
            "level 0 has 2 actions .* expected 1 actions",
        ),
        (
            (Level(2, 2, {(0,): ((1, 0),)}),),
            (0,),
            COVERING,
            r"for the states \(0,\) above it; .* 0 states, one a level above",
        ),
    ],
)
def test_parts_that_do_not_fit(levels, initial, covering, message):
    with pytest.raises(CascadeError, match=message):
        Cascade(PARITY, levels, initial, covering)


def test_unknown_letters_and_coordinates():
    cascade = holonomy_cascade(samples.ends_in_ab())
    with pytest.raises(AlphabetError, match="letter 'c' is not in the alphabet"):
        cascade.coordinates_after("abc")
    unreached = {(0, 0), (0, 1), (1, 0), (1, 1)} - set(cascade.covering)
    with pytest.raises(CascadeError, match="cannot be reached by any word"):
        cascade.step(unreached.pop(), "a")


def test_read_only():
    cascade = holonomy_cascade(samples.ends_in_ab())
    with pytest.raises(TypeError):
        cascade.covering[(0, 0)] = 1
    with pytest.raises(TypeError):
        cascade.levels[0].actions[()] = ()


def test_changing_the_given_mapping_changes_nothing():
    covering = dict(COVERING)
    cascade = Cascade(PARITY, (FLIP,), (0,), covering)
    covering[(0,)] = 1
    assert cascade.covering == COVERING


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))])
def test_copies_are_equal(duplicate):
    cascade = holonomy_cascade(samples.cerny(4))
    assert duplicate(cascade) == cascade
    assert duplicate(cascade.levels[1]) == cascade.levels[1]
