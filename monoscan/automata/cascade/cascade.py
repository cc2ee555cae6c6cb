"""Cascades: chains of small automata, each of which sees the states of those above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Literal, TypeAlias, final

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError

Coordinates: TypeAlias = tuple[int, ...]
Action: TypeAlias = tuple[int, ...]


class CascadeError(AutomatonError):
    """Parts that do not fit together to a cascade."""


@final
@dataclass(frozen=True)
class Level:
    """One level of a cascade: a small automaton driven by the letter and the levels above.

    Attributes:
        n_states: The number of its states 0..n_states-1.
        group_order: The order of the group that its permutations generate. 1: there is no
            permutation but the identity, so the level is only ever kept or reset.
        actions: For the states of the levels above, before the letter, one action for each
            letter in the order of the alphabet: the next state for each state of this level.

    Raises:
        CascadeError: If an action is not a map of the states, or the order is not positive.

    >>> Level(2, 2, {(): ((0, 1), (1, 0))}).kind
    'group'
    """

    n_states: int
    group_order: int
    actions: Mapping[Coordinates, tuple[Action, ...]]

    def __post_init__(self) -> None:
        if self.n_states < 1 or self.group_order < 1:
            raise CascadeError(
                f"a level has {self.n_states} states and a group of order {self.group_order}; "
                "both must be at least 1"
            )
        for action in set(chain.from_iterable(self.actions.values())):
            if len(action) != self.n_states or not 0 <= min(action) <= max(action) < self.n_states:
                raise CascadeError(
                    f"the action {action} is not a map of the states 0..{self.n_states - 1}; "
                    "it must give one of them for each of them"
                )
        object.__setattr__(self, "actions", MappingProxyType(dict(self.actions)))

    def __reduce__(self) -> tuple[type[Level], tuple[object, ...]]:
        # Copies and pickles pass through the constructor, so they are read-only and checked too.
        return Level, (self.n_states, self.group_order, dict(self.actions))

    @property
    def kind(self) -> Literal["reset", "group"]:
        """Whether the level is only kept and reset, or a group permutes its states."""
        return "reset" if self.group_order == 1 else "group"


@final
@dataclass(frozen=True)
class Cascade:
    """A chain of levels that together do what an automaton does.

    All levels move at the same time. A level sees the letter and the states of the levels above
    it *before* the letter. The coordinates are the states of all levels, uppermost first.

    That every action is a permutation or a constant, that the coordinates follow the automaton,
    and that the groups are simple and have the stated orders is not checked here but by
    `verify_cascade`.

    Attributes:
        automaton: The automaton that is covered.
        levels: The levels, uppermost first; none for an automaton with one state.
        initial: The coordinates before the first letter.
        covering: The state of the automaton for each coordinates that can be reached.

    Raises:
        CascadeError: If the parts do not fit together.

    >>> flip = Level(2, 2, {(): ((0, 1), (1, 0))})
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> cascade = Cascade(parity, (flip,), (0,), {(0,): 0, (1,): 1})
    >>> cascade.coordinates_after("0111"), cascade.output("0111")
    ((1,), False)
    """

    automaton: Automaton
    levels: tuple[Level, ...]
    initial: Coordinates
    covering: Mapping[Coordinates, int]

    def __post_init__(self) -> None:
        object.__setattr__(self, "covering", MappingProxyType(dict(self.covering)))
        self._check_coordinates()
        for number, level in enumerate(self.levels):
            for upstream, row in level.actions.items():
                if len(upstream) != number or len(row) != len(self.automaton.alphabet):
                    raise CascadeError(
                        f"level {number} has {len(row)} actions for the states {upstream} above "
                        f"it; expected {len(self.automaton.alphabet)} actions, one a letter, and "
                        f"{number} states, one a level above"
                    )
        for state in set(self.covering.values()):
            if not 0 <= state < self.automaton.n_states:
                raise CascadeError(
                    f"coordinates cover state {state}; the automaton has the states "
                    f"0..{self.automaton.n_states - 1}"
                )

    def __reduce__(self) -> tuple[type[Cascade], tuple[object, ...]]:
        return Cascade, (self.automaton, self.levels, self.initial, dict(self.covering))

    def _check_coordinates(self) -> None:
        wrong = set(map(len, (self.initial, *self.covering))) - {len(self.levels)}
        if wrong:
            coordinates = next(c for c in (self.initial, *self.covering) if len(c) in wrong)
            raise CascadeError(
                f"the coordinates {coordinates} have {len(coordinates)} states; "
                f"expected {len(self.levels)}, one a level"
            )
        columns = zip(self.initial, *self.covering, strict=True)
        for number, (level, column) in enumerate(zip(self.levels, columns, strict=True)):
            states = set(column).difference(range(level.n_states))
            if states:
                raise CascadeError(
                    f"coordinates hold state {min(states)} at level {number}, which has the "
                    f"states 0..{level.n_states - 1}"
                )

    @property
    def groups(self) -> tuple[int, ...]:
        """The orders of the groups of the group levels, uppermost first."""
        return tuple(level.group_order for level in self.levels if level.kind == "group")

    @property
    def is_aperiodic(self) -> bool:
        """Whether all levels are reset levels: then the language is aperiodic (star-free).

        For cascades that `verify_cascade` accepts. The converse holds if the automaton is
        minimal and the cascade was made by `holonomy_cascade`.

        Source: K. Krohn and J. Rhodes, Algebraic theory of machines I, 1965.
        """
        return not self.groups

    def step(self, coordinates: Coordinates, letter: str) -> Coordinates:
        """The coordinates after one more letter.

        Raises:
            AlphabetError: If the letter is not in the alphabet.
            CascadeError: If the coordinates cannot be reached.
        """
        number = self.automaton.letter_index(letter)
        if coordinates not in self.covering:
            raise CascadeError(f"the coordinates {coordinates} cannot be reached by any word")
        return tuple(
            level.actions[coordinates[:above]][number][coordinates[above]]
            for above, level in enumerate(self.levels)
        )

    def coordinates_after(self, word: Iterable[str]) -> Coordinates:
        """The coordinates reached from the initial ones by a word.

        Raises:
            AlphabetError: If a letter is not in the alphabet.
        """
        coordinates = self.initial
        for letter in word:
            coordinates = self.step(coordinates, letter)
        return coordinates

    def state_after(self, word: Iterable[str]) -> int:
        """The state of the automaton reached by a word, by way of the levels.

        Raises:
            AlphabetError: If a letter is not in the alphabet.
        """
        return self.covering[self.coordinates_after(word)]

    def output(self, word: Iterable[str]) -> Output:
        """The output after a word, by way of the levels.

        Raises:
            AlphabetError: If a letter is not in the alphabet.
        """
        return self.automaton.outputs[self.state_after(word)]
