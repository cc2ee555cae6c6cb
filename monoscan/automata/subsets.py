"""The subset construction: from nondeterministic to complete deterministic acceptors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.nondeterministic import NondeterministicAutomaton

# Sets of states may hold many states each; together they may hold this many times the budget.
MEMBERS_PER_SUBSET = 60

# Members of a set whose successors are looked up together: one byte of a mask.
_CHUNK = 8

# Largest members**2 * letters for masks. Their tables take 256 / 8 bits for each: up to 2 MiB.
LARGEST_FOR_MASKS = 2**19

Subset = TypeVar("Subset", bound=Hashable)


# Sets have names up to so many of them; beyond, nobody reads the names, and they take room.
_MOST_NAMED = 2_000


def determinize(
    automaton: NondeterministicAutomaton,
    end: int,
    alphabet: tuple[str, ...],
    budget: int,
    names: Sequence[str] = (),
) -> Automaton:
    """The acceptor whose states are the sets of states that words reach from state 0.

    With s sets of up to p states and k letters the time is O(k s p), with a small constant (p/8
    table look-ups for k letters) for automata of a few hundred states.

    Args:
        automaton: The nondeterministic automaton.
        end: Its accepting state.
        alphabet: Its letters.
        budget: Largest number of sets.
        names: What people call the first states, "" for one that they do not see. What has a name
            is never left out of a set, and sets are called as in {p, q}. Without names they have
            none.

    Raises:
        BudgetExceeded: If there are more sets than the budget, or they hold more than
            `MEMBERS_PER_SUBSET` times the budget.

    Source: M. O. Rabin and D. Scott, Finite automata and their decision problems, 1959.

    >>> automaton = NondeterministicAutomaton(n_letters=1, budget=9)
    >>> determinize(automaton, automaton.add_letters(0, [0]), ("a",), 9).table.tolist()
    [[1], [2], [2]]
    """
    # Only states with moves by letters matter, the end, and what is named.
    members = [
        state
        for state, moves in enumerate(automaton.moves)
        if moves or state == end or any(names[state : state + 1])
    ]
    if len(members) ** 2 * len(alphabet) <= LARGEST_FOR_MASKS:
        return _explore(MaskSubsets(automaton, members, end), alphabet, budget, names)
    return _explore(SetSubsets(automaton, members, end), alphabet, budget, names)


class Subsets(ABC, Generic[Subset]):
    """The sets of states that words reach, in some form that can be hashed.

    Attributes:
        start: The set reached by the empty word.
    """

    start: Subset

    @abstractmethod
    def after(self, subset: Subset) -> list[Subset]:
        """For each letter the set reached from a set."""

    @abstractmethod
    def accepts(self, subset: Subset) -> bool:
        """Whether the set holds the accepting state."""

    @abstractmethod
    def members(self, subset: Subset) -> list[int]:
        """The states in a set, in order."""

    @abstractmethod
    def weight(self, subset: Subset) -> int:
        """The memory that the set takes, in members or words, beside a fixed part."""


def _explore(
    search: Subsets[Subset], alphabet: tuple[str, ...], budget: int, names: Sequence[str]
) -> Automaton:
    numbers, subsets = {search.start: 0}, [search.start]
    targets: list[int] = []
    weight = 0
    # The list grows while it is read; sets are numbered as they come, so breadth-first.
    for subset in subsets:
        for target in search.after(subset):
            number = numbers.get(target)
            if number is None:
                numbers[target] = number = len(subsets)
                subsets.append(target)
                weight += search.weight(target)
                _check_size(max(len(subsets), weight // MEMBERS_PER_SUBSET), budget)
            targets.append(number)
    table = np.array(targets, dtype=np.int32).reshape(-1, len(alphabet))
    called = []
    if names and len(subsets) <= _MOST_NAMED:
        for subset in subsets:
            held = (name for state in search.members(subset) for name in names[state : state + 1])
            called.append(f"{{{', '.join(filter(None, held))}}}")
    return Automaton(
        alphabet,
        table,
        [search.accepts(subset) for subset in subsets],
        called if len(set(called)) == len(called) else (),
    )


def _check_size(reached: int, budget: int) -> None:
    if reached > budget:
        raise BudgetExceeded("states of an automaton", budget, reached)


@final
class MaskSubsets(Subsets[int]):
    """Sets as the bits of integers.

    The sets after one set for all letters are the parts of one long integer, the union of such
    integers for its members. These unions are tabulated for all sets of eight members.
    """

    def __init__(self, automaton: NondeterministicAutomaton, members: list[int], end: int) -> None:
        self._members = members
        self._width = len(members)
        self._bits = {state: 1 << place for place, state in enumerate(members)}
        self._end = self._bits[end]
        self._masks: dict[int, int] = {}
        self.start = self._mask_of(automaton, 0)
        after_one = [self._after_state(automaton, state) for state in members]
        self._tables = [
            _unions(after_one[place : place + _CHUNK]) for place in range(0, self._width, _CHUNK)
        ]
        self._shifts = [number * self._width for number in range(automaton.n_letters)]
        self._all = (1 << self._width) - 1

    def _after_state(self, automaton: NondeterministicAutomaton, state: int) -> int:
        after = 0
        for number, target in automaton.moves[state]:
            after |= self._mask_of(automaton, target) << number * self._width
        return after

    def _mask_of(self, automaton: NondeterministicAutomaton, state: int) -> int:
        """The members that follow a state without a letter, the state included."""
        if state not in self._masks:
            reached = reached_by_empty_moves(automaton, [state])
            self._masks[state] = sum(self._bits.get(member, 0) for member in reached)
        return self._masks[state]

    def after(self, subset: int) -> list[int]:
        """For each letter the set reached from a set."""
        after = 0
        for table, chunk in zip(
            self._tables, subset.to_bytes(len(self._tables), "little"), strict=True
        ):
            after |= table[chunk]
        return [after >> shift & self._all for shift in self._shifts]

    def accepts(self, subset: int) -> bool:
        """Whether the set holds the accepting state."""
        return subset & self._end != 0

    def members(self, subset: int) -> list[int]:
        """The states in a set, in order."""
        return [state for place, state in enumerate(self._members) if subset >> place & 1]

    def weight(self, subset: int) -> int:
        """The number of 64-bit words behind the first."""
        return subset.bit_length() // 64


@final
class SetSubsets(Subsets[frozenset[int]]):
    """Sets as frozen sets: the form for automata of many states, where sets are often small.

    Empty moves are followed when a set is made: the states reached from each single state, kept
    for all states, would take space that grows with the square of the automaton.
    """

    def __init__(self, automaton: NondeterministicAutomaton, members: list[int], end: int) -> None:
        self._automaton = automaton
        self._members = frozenset(members)
        self._end = end
        self.start = self._closure([0])

    def after(self, subset: frozenset[int]) -> list[frozenset[int]]:
        """For each letter the set reached from a set."""
        targets: list[list[int]] = [[] for _ in range(self._automaton.n_letters)]
        for state in subset:
            for number, target in self._automaton.moves[state]:
                targets[number].append(target)
        return [self._closure(states) for states in targets]

    def accepts(self, subset: frozenset[int]) -> bool:
        """Whether the set holds the accepting state."""
        return self._end in subset

    def members(self, subset: frozenset[int]) -> list[int]:
        """The states in a set, in order."""
        return sorted(subset)

    def weight(self, subset: frozenset[int]) -> int:
        """The number of members."""
        return len(subset)

    def _closure(self, states: list[int]) -> frozenset[int]:
        return self._members.intersection(reached_by_empty_moves(self._automaton, states))


def reached_by_empty_moves(automaton: NondeterministicAutomaton, states: Iterable[int]) -> set[int]:
    """The given states and those that follow without a letter.

    >>> automaton = NondeterministicAutomaton(n_letters=1, budget=9)
    >>> reached_by_empty_moves(automaton, [automaton.join([0]), 0])
    {0, 1}
    """
    seen = set(states)
    pending = list(seen)
    while pending:
        for state in automaton.empty_moves[pending.pop()]:
            if state not in seen:
                seen.add(state)
                pending.append(state)
    return seen


def _unions(masks: list[int]) -> list[int]:
    """The union of each set of masks: entry 5 is the union of masks 0 and 2."""
    unions = [0]
    for mask in masks:
        unions += [union | mask for union in unions]
    return unions
