"""Walks of two different states that one word takes along together, both alive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.components import strong_components
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
    length = _longest_path(targets)
    if length is not None:
        return length
    components = strong_components(np.vstack([targets, np.full(len(letters), n_pairs)]))
    loops = (targets == np.arange(n_pairs)[:, None]).any(axis=1)
    on_cycle = loops | (np.bincount(components)[components[:-1]] > 1)
    start = int(np.flatnonzero(on_cycle)[0])
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


def _longest_path(targets: NDArray[np.int32]) -> int | None:
    """The number of arrows of a longest path, or None if there is a cycle; the last is no vertex.

    Vertices without arrows into them are taken away, a layer at a time.
    """
    n = len(targets)
    arrows_in = np.bincount(targets.reshape(-1), minlength=n + 1)[:n]
    layer, left, length = np.flatnonzero(arrows_in == 0), n, -1
    while len(layer):
        left -= len(layer)
        length += 1
        reached = targets[layer].reshape(-1)
        reached, times = np.unique(reached[reached < n], return_counts=True)
        arrows_in[reached] -= times
        layer = reached[arrows_in[reached] == 0]
    return None if left else length


def _loop(targets: NDArray[np.int32], start: int) -> list[int]:
    """The letters of a shortest walk from a vertex back to it, which there is."""
    before: dict[int, tuple[int, int]] = {}
    queue = [start]
    for vertex in queue:
        for letter, target in enumerate(targets[vertex].tolist()):
            if target not in before and target < len(targets):
                before[target] = (vertex, letter)
                queue.append(target)
        if start in before:
            break
    letters: list[int] = []
    vertex = start
    while not letters or vertex != start:
        vertex, letter = before[vertex]
        letters.append(letter)
    return letters[::-1]
