"""Automata whose monoids and groups are known."""

from __future__ import annotations

from monoscan.automata import Automaton, canonical


def tracker(letters: dict[str, list[int]]) -> Automaton:
    """The automaton that outputs its state; letters are maps of states."""
    table = list(zip(*letters.values(), strict=True))
    return canonical(tuple(letters), table, [str(state) for state in range(len(table))])


def cycle(n: int) -> list[int]:
    return [(state + 1) % n for state in range(n)]


def swap(n: int) -> list[int]:
    return [1, 0, *range(2, n)]


def full_transformations(n: int) -> Automaton:
    """A cycle, a swap and a merge of two states generate all n^n maps of n states."""
    return tracker({"c": cycle(n), "s": swap(n), "m": [0, 0, *range(2, n)]})


def symmetric_group(n: int) -> Automaton:
    return tracker({"c": cycle(n), "s": swap(n)})


def alternating_five() -> Automaton:
    return tracker({"c": cycle(5), "t": [1, 2, 0, 3, 4]})


def quaternion_group() -> Automaton:
    """Q8 on itself: the states are 1, i, -1, -i, j, k, -j, -k; letters multiply by i and j."""
    return tracker({"i": [1, 2, 3, 0, 7, 4, 5, 6], "j": [4, 5, 6, 7, 2, 3, 0, 1]})
