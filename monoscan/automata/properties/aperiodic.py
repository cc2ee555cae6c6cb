"""Is the language aperiodic (star-free)? With a proof object or a counting word either way."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.element_search import ElementSearch, search_maps
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Map, Quotient, has_index_and_period, power
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class Aperiodic:
    """No word counts: every element x of the syntactic monoid has x^index = x^(index + 1).

    True as a Boolean.

    Attributes:
        index: The smallest such index.
        elements: The number of elements of the syntactic monoid.
    """

    index: int
    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether all of this holds for an automaton, worked out anew in slow plain Python.

        >>> Aperiodic(index=1, elements=2).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        found = Quotient(automaton).elements(self.elements)
        if len(found) != self.elements or self.index < 0:
            return False
        stable = all(power(x, self.index) == power(x, self.index + 1) for x in found)
        earlier = self.index > 0 and all(
            power(x, self.index - 1) == power(x, self.index) for x in found
        )
        return stable and not earlier


@final
@dataclass(frozen=True)
class NotAperiodic(Against):
    """A word that counts: its powers on the minimal automaton end in a cycle longer than 1.

    False as a Boolean.

    Attributes:
        word: The first such word in shortlex order.
        index: The smallest i such that word^i acts like word^(i + period).
        period: The smallest such period, at least 2.
        states: Two or more states of the minimal automaton, each of which the word takes to the
            next and the last to the first: a longest such cycle. Its length divides the period
            (and is smaller when cycles of different lengths make up the period).
    """

    word: Word
    index: int
    period: int
    states: tuple[int, ...]

    def check(self, automaton: Automaton) -> bool:
        """Whether the word counts as stated, worked out anew in slow plain Python.

        That the word is the first of its kind, and the cycle a longest one, is not checked:
        the language is not aperiodic either way.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotAperiodic(("a",), index=0, period=2, states=(0, 1)).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.word):
            return False
        action = quotient.action(self.word)
        return self._is_cycle(action) and has_index_and_period(action, self.index, self.period)

    def _is_cycle(self, action: Map) -> bool:
        states = self.states
        return (
            len(states) >= 2
            and len(set(states)) == len(states)
            and all(0 <= state < len(action) for state in states)
            and all(action[states[i - 1]] == states[i] for i in range(len(states)))
        )


Answer: TypeAlias = Aperiodic | NotAperiodic


@language_property(
    "aperiodic",
    place=160,
    implies=("quasi-aperiodic", "2-groups-only"),
    definition=("Star-free: no word counts its repetitions; first-order logic with the order."),
    equation="x^w x = x^w",
    source=("M.-P. Schützenberger, On finite monoids having only trivial subgroups, 1965"),
    yes="the power from which on all powers are equal",
    no="word takes the states round in a circle",
    example="(a(ab)*b)*",
    counterexample="(aa)*",
)
def is_aperiodic(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether the language of an automaton is aperiodic, that is, star-free.

    The elements of the syntactic monoid are searched in shortlex order, and the search stops at
    the first word that counts: a counting word can be found even if the whole monoid is larger
    than the budget.

    Returns:
        A proof object (true as a Boolean) or a counting word (false as a Boolean).

    Raises:
        BudgetExceeded: If the budget is reached before either is found.

    Source: M.-P. Schützenberger, On finite monoids having only trivial subgroups, 1965.

    >>> is_aperiodic(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    NotAperiodic(word=('1',), index=0, period=2, states=(0, 1))
    >>> is_aperiodic(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    Aperiodic(index=1, elements=3)
    """
    minimal = minimize(automaton)
    search = ElementSearch(minimal, budget)
    index = 0
    for maps, first in search_maps(search):
        places = _late_maps(maps, index)
        counting = _first_counting(maps[places])
        if counting is not None:
            return counting_word(minimal, search.word(first + int(places[counting])))
        index = _common_index(maps[places], index)
    return Aperiodic(index=index, elements=len(search.maps))


def _late_maps(maps: NDArray[np.intp], index: int) -> NDArray[np.intp]:
    """The places of the maps x with x^e different from x^(e + 1); maps is an array [maps, states].

    Here e is the largest power of 2 that is at most the index; if the index is 0, all places are
    given. Maps that count are among these, and so are maps with a larger index than the given
    one. Few maps are, and only they need a closer look.
    """
    if index == 0:
        return np.arange(len(maps))
    power = maps
    for _ in range(index.bit_length() - 1):
        power = _then(power, power)
    return np.flatnonzero(_changes(power, _then(maps, power)))


def _first_counting(maps: NDArray[np.intp]) -> int | None:
    """The place of the first map whose powers do not become constant.

    After as many steps as there are states, every state is on a cycle of its map.
    """
    settled, steps = maps, 1
    while steps < maps.shape[1]:
        settled = _then(settled, settled)
        steps *= 2
    counting = np.flatnonzero(_changes(settled, _then(maps, settled)))
    return int(counting[0]) if len(counting) else None


def _common_index(maps: NDArray[np.intp], index: int) -> int:
    """The smallest i, at least the given one, with x^i = x^(i + 1) for all maps x.

    None of the maps counts.
    """
    power = _power(maps, index)
    while len(maps):
        following = _then(maps, power)
        late = _changes(power, following)
        if late.any():
            index += 1
        maps, power = maps[late], following[late]
    return index


def _power(maps: NDArray[np.intp], exponent: int) -> NDArray[np.intp]:
    """Each map multiplied by itself so often, by squaring."""
    result = np.tile(np.arange(maps.shape[1], dtype=np.intp), (len(maps), 1))
    while exponent:
        if exponent & 1:
            result = _then(result, maps)
        maps, exponent = _then(maps, maps), exponent >> 1
    return result


def _then(first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.intp]:
    """Row by row the map "first, then second"."""
    return np.take_along_axis(second, first, axis=1)


def _changes(power: NDArray[np.intp], following: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether the rows of two arrays differ."""
    different: NDArray[np.bool_] = (power != following).any(axis=1)
    return different


def counting_word(minimal: Automaton, letters: tuple[int, ...]) -> NotAperiodic:
    """The evidence that a word, given by letter numbers, counts on a minimal automaton."""
    action = np.arange(minimal.n_states)
    for letter in letters:
        action = minimal.table[action, letter]
    word = tuple(minimal.alphabet[letter] for letter in letters)
    cycles = _cycles(action.tolist())
    recurrent = sorted(state for cycle in cycles for state in cycle)
    image, index = np.arange(len(action)), 0
    while len(image) > len(recurrent):
        image, index = np.unique(action[image]), index + 1
    # The period is not found by counting: it grows exponentially with the number of states.
    period = lcm(*(len(cycle) for cycle in cycles))
    return NotAperiodic(word, index, period, max(cycles, key=len))


def _cycles(action: list[int]) -> list[Map]:
    """The cycles of a map, each from its smallest state, in the order of their smallest states."""
    cycles = []
    seen: set[int] = set()
    for start in range(len(action)):
        path: dict[int, None] = {}
        state = start
        while state not in seen and state not in path:
            path[state] = None
            state = action[state]
        if state in path:
            loop = list(path)[list(path).index(state) :]
            first = loop.index(min(loop))
            cycles.append((*loop[first:], *loop[:first]))
        seen |= path.keys()
    return sorted(cycles)
