"""Words that move states of an automaton in a cycle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.automata.element_search import ElementSearch
from monoscan.automata.properties.aperiodic import search_maps
from monoscan.theory.obstructions.witness import Cycle

MAX_WORK = 1 << 27
"""Largest number of images of states that the search for a cycle looks at: some seconds of work."""


def first_cycle(minimal: Automaton, allowed: int, budget: int) -> Cycle | None:
    """The first word in shortlex order with a cycle whose length does not divide a number.

    Args:
        minimal: A minimal automaton.
        allowed: The number; 1 forbids all cycles.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the budget, or `MAX_WORK`, is reached before such a word is found.

    >>> first_cycle(Automaton("a", [[1], [2], [0]], (True, False, False)), allowed=2, budget=9)
    Cycle(word=('a',), states=(0, 1, 2))
    """
    search = ElementSearch(minimal, budget)
    # Powers of a map are made by squaring it until the exponent reaches the number of states.
    work_each = minimal.n_states * max(1, (minimal.n_states - 1).bit_length())
    for maps, first in search_maps(search):
        work = (first + len(maps)) * work_each
        if work > MAX_WORK:
            raise BudgetExceeded(
                f"images of {minimal.n_states} states under powers of words", MAX_WORK, work
            )
        moved = _moved(maps, allowed)
        found = np.flatnonzero(moved.any(axis=1))
        if len(found):
            row = int(found[0])
            word = tuple(minimal.alphabet[a] for a in search.word(first + row))
            return Cycle(word, cycle_from(maps[row], int(np.flatnonzero(moved[row])[0])))
    return None


def letter_cycle(minimal: Automaton, least: int) -> Cycle | None:
    """A longest cycle of states that a single letter makes, if it is long enough.

    >>> letter_cycle(Automaton("a", [[1], [2], [0]], (True, False, False)), least=3)
    Cycle(word=('a',), states=(0, 1, 2))
    """
    best: Cycle | None = None
    for letter, column in zip(minimal.alphabet, minimal.table.T, strict=True):
        for states in cycles_of(column):
            if len(states) >= max(least, 2, len(best.states) + 1 if best else 0):
                best = Cycle((letter,), states)
    return best


def cycles_of(action: NDArray[np.signedinteger]) -> Iterator[tuple[int, ...]]:
    """All cycles of a map, each from its smallest state, in the order of these.

    >>> list(cycles_of(np.array([1, 0, 2, 2])))
    [(0, 1), (2,)]
    """
    seen: set[int] = set()
    for state in np.unique(_settled(action.reshape(1, -1))).tolist():
        if state not in seen:
            cycle = cycle_from(action, state)
            seen.update(cycle)
            yield cycle


def cycle_from(action: NDArray[np.signedinteger], state: int) -> tuple[int, ...]:
    """The states from one on a cycle of a map onwards, until it comes back."""
    states = [state]
    while (following := int(action[states[-1]])) != state:
        states.append(following)
    return tuple(states)


def _settled(maps: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """A power of each map, so large that its image is what lies on cycles: [maps, states]."""
    settled, steps = maps, 1
    while steps < maps.shape[1]:
        settled, steps = np.take_along_axis(settled, settled, axis=1), 2 * steps
    return settled


def power_of_maps(maps: NDArray[np.signedinteger], exponent: int) -> NDArray[np.signedinteger]:
    """Each map so many times: [maps, states].

    >>> power_of_maps(np.array([[1, 2, 0]]), 2).tolist()
    [[2, 0, 1]]
    """
    power: NDArray[np.signedinteger] = np.broadcast_to(np.arange(maps.shape[1]), maps.shape)
    square, left = maps, exponent
    while left:
        if left % 2:
            power = np.take_along_axis(square, power, axis=1)
        square, left = np.take_along_axis(square, square, axis=1), left // 2
    return power


def periodic_states(maps: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Which states lie on a cycle of each map: [maps, states].

    >>> periodic_states(np.array([[1, 0, 0]])).tolist()
    [[True, True, False]]
    """
    on_cycle = np.zeros(maps.shape, dtype=bool)
    np.put_along_axis(on_cycle, _settled(maps), True, axis=1)
    return on_cycle


def _moved(maps: NDArray[np.signedinteger], exponent: int) -> NDArray[np.bool_]:
    """Which states lie on a cycle whose length does not divide the exponent: [maps, states]."""
    elsewhere = power_of_maps(maps, exponent) != np.arange(maps.shape[1])
    moved: NDArray[np.bool_] = periodic_states(maps) & elsewhere
    return moved
