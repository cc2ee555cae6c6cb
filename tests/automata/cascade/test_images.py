"""Image sets, classes, tiles and heights against their definitions, worked out slowly."""

from __future__ import annotations

import pytest
from helpers import cascade_samples as samples
from hypothesis import given

from monoscan.automata import BudgetExceeded
from monoscan.automata.cascade.images import image_sets

SETS_BUDGET = 10_000


def slow_images(automaton, start: frozenset[int]) -> set[frozenset[int]]:
    """All images of a set under words."""
    found, queue = {start}, [start]
    for states in queue:
        for column in automaton.table.T.tolist():
            image = frozenset(column[state] for state in states)
            if image not in found:
                found.add(image)
                queue.append(image)
    return found


def slow_family(automaton) -> set[frozenset[int]]:
    everything = frozenset(range(automaton.n_states))
    return slow_images(automaton, everything) | {frozenset({s}) for s in everything}


def states_of(mask: int) -> frozenset[int]:
    return frozenset(state for state in range(mask.bit_length()) if mask >> state & 1)


@given(samples.any_automata())
def test_sets_and_steps(automaton):
    sets = image_sets(automaton, SETS_BUDGET)
    assert {states_of(mask) for mask in sets.step} == slow_family(automaton)
    for mask, images in sets.step.items():
        for column, image in zip(automaton.table.T.tolist(), images, strict=True):
            assert states_of(image) == {column[state] for state in states_of(mask)}


@given(samples.any_automata(max_states=5))
def test_classes_are_the_sets_that_words_take_to_each_other(automaton):
    classes = image_sets(automaton, SETS_BUDGET).classes
    members = [{states_of(mask) for mask in found.tiles} for found in classes]
    several = {states for states in slow_family(automaton) if len(states) > 1}
    assert set().union(*members) == several
    assert sum(map(len, members)) == len(several)
    for own in members:
        first = next(iter(own))
        back = {s for s in slow_images(automaton, first) if first in slow_images(automaton, s)}
        assert own == back


@given(samples.any_automata(max_states=5))
def test_tiles_are_the_maximal_sets_inside(automaton):
    family = slow_family(automaton)
    for found in image_sets(automaton, SETS_BUDGET).classes:
        for mask, tiles in found.tiles.items():
            inside = {states for states in family if states < states_of(mask)}
            largest = {s for s in inside if not any(s < other for other in inside)}
            assert {states_of(tile) for tile in tiles} == largest
            assert len(set(tiles)) == len(tiles)


@given(samples.any_automata(max_states=5))
def test_heights_fall_exactly_along_the_strict_order(automaton):
    """A set lies below another if some word takes the other onto or around it."""
    classes = image_sets(automaton, SETS_BUDGET).classes
    sets = [states_of(next(iter(found.tiles))) for found in classes]
    images = [slow_images(automaton, states) for states in sets]
    below = [
        {j for j, lower in enumerate(sets) if j != i and any(lower <= image for image in images[i])}
        for i in range(len(sets))
    ]
    for i, found in enumerate(classes):
        assert found.height == 1 + max((classes[j].height for j in below[i]), default=0)
    assert [found.height for found in classes] == sorted(
        (found.height for found in classes), reverse=True
    )


def test_the_full_transformation_monoid_has_all_sets():
    sets = image_sets(samples.full_transformations(4), SETS_BUDGET)
    assert len(sets.step) == 15
    assert [(found.height, len(found.tiles)) for found in sets.classes] == [(3, 1), (2, 4), (1, 6)]


def test_one_state_has_no_class():
    sets = image_sets(samples.tracker((0,)), SETS_BUDGET)
    assert (dict(sets.step), sets.classes) == ({1: (1,)}, ())


def test_budget():
    with pytest.raises(BudgetExceeded) as caught:
        image_sets(samples.full_transformations(4), 14)
    assert (caught.value.limit, caught.value.reached) == (14, 15)
    assert len(image_sets(samples.full_transformations(4), 15).step) == 15


def test_more_states_than_bits_in_a_word():
    (found,) = image_sets(samples.counter(130), SETS_BUDGET).classes
    ((mask, tiles),) = found.tiles.items()
    assert (mask, sorted(tiles)) == (2**130 - 1, [2**state for state in range(130)])


def test_a_chain_of_many_heights():
    """The letter a moves up to state 69, the letter b restarts: images are the upper ends."""
    chain = samples.tracker((*range(1, 70), 69), (0,) * 70)
    sets = image_sets(chain, SETS_BUDGET)
    upper_ends = [2**70 - 2**low for low in range(69)]
    assert [list(found.tiles) for found in sets.classes] == [[mask] for mask in upper_ends]
    assert [found.height for found in sets.classes] == list(range(69, 0, -1))
    assert all(
        set(found.tiles[mask]) == {2**70 - 2 ** (low + 1), 2**low}
        for low, (found, mask) in enumerate(zip(sets.classes, upper_ends, strict=True))
    )
