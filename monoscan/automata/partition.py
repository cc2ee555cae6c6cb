"""The coarsest partition of the states of a table that every letter respects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.numbering import States

Classes: TypeAlias = NDArray[np.int64]

_LARGEST_KEY = 2**63 - 1


def coarsest_stable_partition(
    table: States, classes: NDArray[np.integer[Any]], *, rounds: int | None = None
) -> Classes:
    """The coarsest refinement of a partition in which each letter maps classes into classes.

    Moore's rounds come first, each over all states in classes of several states at once, with
    numpy; they suffice unless some pair of states is told apart only by long words. After
    ``rounds`` rounds Hopcroft's algorithm, a plain loop, takes over from where they stopped.

    With n states, k letters and r rounds the time is at most O(r k n log n) for the rounds (they
    sort) plus O(k n log n) for the rest; by default r is at most 2 log2 n + 2. Memory is O(k n).

    Args:
        table: int32 array [states, letters]: the next state, in range.
        classes: Integers [states]; states with equal numbers share a class.
        rounds: The largest number of Moore's rounds.

    Returns:
        int64 array [states]: the class of each state, which is the number of its first state.

    Source: E. F. Moore, Gedanken-experiments on sequential machines, 1956; J. E. Hopcroft, An
    n log n algorithm for minimizing states in a finite automaton, 1971.

    >>> chain = np.array([[1], [2], [3], [3]], dtype=np.int32)
    >>> coarsest_stable_partition(chain, np.array([7, 7, 7, 5])).tolist()
    [0, 1, 2, 3]
    """
    partition = _Partition(table, classes)
    limit = 2 * len(table).bit_length() if rounds is None else rounds
    for _ in range(limit):
        if partition.is_stable:
            return partition.classes
        partition.split_by_all_letters()
    if partition.is_stable:
        return partition.classes
    return partition.split_until_stable()


class _Partition:
    """The partition after some of Moore's rounds.

    Attributes:
        classes: For each state the first state of its class.
        is_stable: Whether the last round split nothing.
    """

    def __init__(self, table: States, classes: NDArray[np.integer[Any]]) -> None:
        self._columns = [np.ascontiguousarray(column) for column in table.T]
        n_states = len(table)
        # The letters of a complete automaton respect the partition into one class.
        self._before = np.zeros(n_states, dtype=np.int64)
        self.classes = self._before.copy()
        # Only states that share their class with others can be split from it.
        self._shared, self._n_shared_classes = np.arange(n_states), 1
        self.is_stable = False
        self._split(classes.astype(np.int64))

    def split_by_all_letters(self) -> None:
        """One of Moore's rounds: splits classes by the classes that the letters lead to."""
        self._split(self._signatures())

    def _signatures(self) -> Classes:
        """One number for each shared state: its class and those that the letters lead to.

        Pairs of equal numbers are pairs of equal signatures; if a signature does not fit into
        64 bits, the part read so far is numbered afresh.
        """
        n_states = len(self.classes)
        keys, bound = self.classes[self._shared], n_states
        for column in self._columns:
            if bound * n_states > _LARGEST_KEY:
                keys = np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)
                bound = len(keys)
            keys = keys * n_states + self.classes[column[self._shared]]
            bound *= n_states
        return keys

    def _split(self, keys: Classes) -> None:
        self._before = self.classes.copy()
        order = np.argsort(keys)
        keys, members = keys[order], self._shared[order]
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        sizes = np.diff(starts, append=len(keys))
        self.classes[members] = np.repeat(np.minimum.reduceat(members, starts), sizes)
        several = sizes > 1
        self.is_stable = len(starts) == self._n_shared_classes or not several.any()
        self._shared = members[np.repeat(several, sizes)]
        self._n_shared_classes = int(several.sum())

    def split_until_stable(self) -> Classes:
        """The coarsest stable partition, by Hopcroft's algorithm from here."""
        # Letters respect the partition before the last round, so of the classes that came out of
        # one of its classes, all but one are enough as splitters.
        changed = np.flatnonzero(self.classes != self._before)
        splitters = _groups(changed, self.classes)
        blocks = {number: set(states) for number, states in _groups(self._shared, self.classes)}
        splitting = _Splitting(self._columns, self.classes.tolist(), blocks)
        return _first_members(splitting.run([states for _, states in splitters]))


class _Splitting:
    """Hopcroft's algorithm: splits blocks by what leads into a splitter, the smaller part moves.

    Blocks of a single state are not kept: nothing splits them.
    """

    def __init__(
        self, columns: list[States], numbers: list[int], blocks: dict[int, set[int]]
    ) -> None:
        self._inverse = [_inverse(column) for column in columns]
        self._numbers = numbers
        self._blocks = blocks
        self._unused_number = len(numbers)

    def run(self, splitters: list[list[int]]) -> list[int]:
        """The number of the block of each state when no splitter is left."""
        while splitters:
            splitter = splitters.pop()
            for begins, sources in self._inverse:
                touched: dict[int, list[int]] = {}
                for target in splitter:
                    for state in sources[begins[target] : begins[target + 1]]:
                        touched.setdefault(self._numbers[state], []).append(state)
                for number, states in touched.items():
                    if len(states) < len(self._blocks.get(number, states)):
                        splitters.append(self._cut(number, states))
        return self._numbers

    def _cut(self, number: int, states: list[int]) -> list[int]:
        """Cuts a block in two; the smaller part gets a new number and is returned."""
        block = self._blocks[number]
        if 2 * len(states) > len(block):
            states = list(block.difference(states))
        block.difference_update(states)
        if len(block) == 1:
            del self._blocks[number]
        if len(states) > 1:
            self._blocks[self._unused_number] = set(states)
        for state in states:
            self._numbers[state] = self._unused_number
        self._unused_number += 1
        return states


def _inverse(column: States) -> tuple[list[int], list[int]]:
    """The states that a letter leads to state t are ``sources[begins[t] : begins[t + 1]]``."""
    sources = np.argsort(column, kind="stable")
    ends = np.cumsum(np.bincount(column, minlength=len(column)))
    return [0, *ends.tolist()], sources.tolist()


def _groups(states: NDArray[np.int64], classes: Classes) -> Iterable[tuple[int, list[int]]]:
    """The given states by class."""
    groups: dict[int, list[int]] = {}
    for state, number in zip(states.tolist(), classes[states].tolist(), strict=True):
        groups.setdefault(number, []).append(state)
    return groups.items()


def _first_members(numbers: list[int]) -> Classes:
    first: dict[int, int] = {}
    members = [first.setdefault(number, state) for state, number in enumerate(numbers)]
    return np.array(members, dtype=np.int64)
