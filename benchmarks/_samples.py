"""The automata that the benchmarks measure."""

from __future__ import annotations

import numpy as np

from monoscan.automata import Automaton, canonical


def tracker(letters: list[list[int]]) -> Automaton:
    """The automaton that puts out its state; letters are maps of states."""
    names = tuple(f"x{number}" for number in range(len(letters)))
    table = list(zip(*letters, strict=True))
    return canonical(names, table, [str(state) for state in range(len(table))])


def symmetric_group(n: int) -> Automaton:
    """The n! permutations of n states, by a cycle and a swap of two states."""
    return tracker([[(i + 1) % n for i in range(n)], [1, 0, *range(2, n)]])


def full_transformations(n: int) -> Automaton:
    """The n^n maps of n states, by a cycle, a swap and a merge of two states."""
    return tracker([[(i + 1) % n for i in range(n)], [1, 0, *range(2, n)], [0, 0, *range(2, n)]])


def order_preserving(n: int) -> Automaton:
    """The (2n - 1 over n) maps of n states that keep their order: an aperiodic monoid.

    One letter moves all states down, one letter for each state but the last moves it up.
    """
    down = [max(i - 1, 0) for i in range(n)]
    return tracker([down, *([*range(i), i + 1, *range(i + 1, n)] for i in range(n - 1))])


def random_table(random: np.random.Generator, n_states: int) -> tuple[np.ndarray, list[bool]]:
    """A random table with two letters and random outputs."""
    table = random.integers(n_states, size=(n_states, 2))
    return table, (random.random(n_states) < 0.5).tolist()


def random_automaton(n_states: int) -> Automaton:
    """The part of a random table that can be reached: about four fifths of it."""
    return canonical("ab", *random_table(np.random.default_rng(0), n_states))


def chain(n_states: int) -> Automaton:
    """States in a row, the last one marked: the worst case for minimisation by rounds."""
    states = np.arange(n_states)
    table = np.stack([np.minimum(states + 1, n_states - 1), states], axis=1)
    return canonical("ab", table, states == n_states - 1)


def equivalent_pair(n_states: int) -> tuple[Automaton, Automaton]:
    """Two automata of up to so many states, both with a random one as their minimal automaton."""
    random = np.random.default_rng(1)
    half = max(1, n_states // 2)
    table, outputs = random_table(random, half)

    def doubled() -> Automaton:
        moves = np.tile(table, (2, 1)) + half * random.integers(2, size=(2 * half, 2))
        return canonical("ab", moves, outputs * 2)

    return doubled(), doubled()
