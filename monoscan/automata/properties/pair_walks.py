"""Walks of two different states that one word takes along together, both alive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.properties.words import sinks
from monoscan.automata.word import Word

MAX_ARROWS = 1 << 23
"""The most arrows between pairs of states that are followed."""


def live_states(minimal: Automaton) -> NDArray[np.bool_]:
    """For each state of a minimal acceptor whether some word is accepted from it."""
    live = np.ones(minimal.n_states, dtype=bool)
    live[[state for state in sinks(minimal) if not minimal.outputs[state]]] = False
    return live


def letters_that_move(minimal: Automaton) -> list[int]:
    """The numbers of the letters that do not leave every state where it is.

    >>> letters_that_move(Automaton("ab", [[0, 1], [1, 0]], (True, False)))
    [1]
    """
    moved = (minimal.table != np.arange(minimal.n_states)[:, None]).any(axis=0)
    return np.flatnonzero(moved).tolist()


def longest_pair_walk(minimal: Automaton, letters: list[int]) -> int | tuple[int, int, Word]:
    """The longest word that takes two states to two different states, along live states.

    Args:
        minimal: A minimal acceptor.
        letters: The numbers of the letters that words may have.

    Returns:
        Its length, -1 if there are no two live states; or two states and a word that leads each
        of them back to itself: then there is no longest one.

    Raises:
        BudgetExceeded: If there are more than `MAX_ARROWS` arrows between pairs of states.

    >>> longest_pair_walk(Automaton("ab", [[0, 1], [0, 1]], (False, True)), [0, 1])
    0
    >>> longest_pair_walk(Automaton("a", [[1], [0]], (True, False)), [0])
    (0, 1, ('a', 'a'))
    """
    live = np.flatnonzero(live_states(minimal))
    n_pairs = len(live) * (len(live) - 1) // 2
    if n_pairs * len(letters) > MAX_ARROWS:
        what = "arrows between pairs of states"
        raise BudgetExceeded(what, MAX_ARROWS, n_pairs * len(letters), fixed=True)
    if not n_pairs:
        return -1
    targets = _pair_graph(minimal, live, letters)
    length, left = _longest_path(targets)
    if not len(left):
        return length
    start = _vertex_on_cycle(targets, left)
    first, second = np.triu_indices(len(live), 1)
    p, q = int(live[first[start]]), int(live[second[start]])
    loop, state = [letters[i] for i in _loop(targets, start)], p
    for letter in loop:
        state = int(minimal.table[state, letter])
    # A word that exchanges the two states leads them back if it is read twice.
    return p, q, tuple(minimal.alphabet[letter] for letter in loop * (1 if state == p else 2))


def _pair_graph(
    minimal: Automaton, live: NDArray[np.intp], letters: list[int]
) -> NDArray[np.int32]:
    """Where each letter leads each pair of live states: int32 array [pairs, letters].

    Pairs are numbered in the order of `triu_indices`; their number stands for all that is no pair
    of two live states.
    """
    first, second = np.triu_indices(len(live), 1)
    none = len(first)
    place = np.full(minimal.n_states, -1)
    place[live] = np.arange(len(live))
    number = np.full((len(live), len(live)), none, dtype=np.int32)
    number[first, second] = number[second, first] = np.arange(none)
    moved = place[minimal.table[live][:, letters]]
    p, q = moved[first], moved[second]
    return np.where((p < 0) | (q < 0), none, number[p, q]).astype(np.int32)


def _longest_path(targets: NDArray[np.int32]) -> tuple[int, NDArray[np.intp]]:
    """The number of arrows of a longest path, and the vertices after a cycle; the last is none.

    Vertices without arrows into them are taken away, a layer at a time.
    """
    n = len(targets)
    arrows_in = np.bincount(targets.reshape(-1), minlength=n + 1)[:n]
    layer, length = np.flatnonzero(arrows_in == 0), -1
    while len(layer):
        length += 1
        reached = targets[layer].reshape(-1)
        reached, times = np.unique(reached[reached < n], return_counts=True)
        arrows_in[reached] -= times
        layer = reached[arrows_in[reached] == 0]
    return length, np.flatnonzero(arrows_in > 0)


def _vertex_on_cycle(targets: NDArray[np.int32], left: NDArray[np.intp]) -> int:
    """A vertex on a cycle, the first with an arrow to itself if there is one.

    Args:
        targets: The graph.
        left: Vertices to each of which an arrow of one of them leads.
    """
    loops = left[(targets[left] == left[:, None]).any(axis=1)]
    if len(loops):
        return int(loops[0])
    before = np.zeros(len(targets) + 1, dtype=np.intp)
    before[targets[left].reshape(-1)] = np.repeat(left, targets.shape[1])
    vertex, seen = int(left[0]), set[int]()
    while vertex not in seen:
        seen.add(vertex)
        vertex = int(before[vertex])
    return vertex


def _loop(targets: NDArray[np.int32], start: int) -> list[int]:
    """The letters of a shortest walk from a vertex back to it, which there is."""
    n, n_letters = targets.shape
    came_from, by_letter = np.full(n + 1, -1), np.full(n + 1, -1)
    layer = np.array([start])
    while came_from[start] < 0:
        reached, places = np.unique(targets[layer].reshape(-1), return_index=True)
        fresh = (reached < n) & (came_from[reached] < 0)
        reached, places = reached[fresh], places[fresh]
        came_from[reached], by_letter[reached] = layer[places // n_letters], places % n_letters
        layer = reached
    letters: list[int] = []
    vertex = start
    while not letters or vertex != start:
        letters.append(int(by_letter[vertex]))
        vertex = int(came_from[vertex])
    return letters[::-1]
