"""Is the language aperiodic (star-free)? With a proof object or a counting word either way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import lcm
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import minimize
from monoscan.automata.monoid import DEFAULT_MONOID_BUDGET, ElementSearch
from monoscan.automata.word import Word

Map: TypeAlias = tuple[int, ...]


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
        generators = list(_slow_generators(automaton).values())
        identity = tuple(range(len(generators[0])))
        found, queue = {identity}, [identity]
        for element in queue:
            for generator in generators:
                product = _then(element, generator)
                if product not in found:
                    found.add(product)
                    queue.append(product)
            if len(found) > self.elements:
                return False
        if len(found) != self.elements or self.index < 0:
            return False
        stable = all(_power(x, self.index) == _power(x, self.index + 1) for x in found)
        earlier = self.index > 0 and all(
            _power(x, self.index - 1) == _power(x, self.index) for x in found
        )
        return stable and not earlier


@final
@dataclass(frozen=True)
class NotAperiodic:
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

    def __bool__(self) -> Literal[False]:
        return False

    def check(self, automaton: Automaton) -> bool:
        """Whether the word counts as stated, worked out anew in slow plain Python.

        That the word is the first of its kind, and the cycle a longest one, is not checked:
        the language is not aperiodic either way.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotAperiodic(("a",), index=0, period=2, states=(0, 1)).check(even)
        True
        """
        generators = _slow_generators(automaton)
        if not all(letter in generators for letter in self.word):
            return False
        size = len(next(iter(generators.values())))
        action = _product(tuple(range(size)), (generators[letter] for letter in self.word))
        return self._is_cycle(action) and _has_index_and_period(action, self.index, self.period)

    def _is_cycle(self, action: Map) -> bool:
        states = self.states
        return (
            len(states) >= 2
            and len(set(states)) == len(states)
            and all(0 <= state < len(action) for state in states)
            and all(action[states[i - 1]] == states[i] for i in range(len(states)))
        )


def is_aperiodic(
    automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET
) -> Aperiodic | NotAperiodic:
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
    search = ElementSearch(minimize(automaton), budget)
    index = 0
    for level in search.levels():
        maps = np.array(search.maps[level.start : level.stop])
        counting = _first_counting(maps)
        if counting is not None:
            return _counting_word(search.words[level[counting]], maps[counting])
        index = max(index, _common_index(maps))
    return Aperiodic(index=index, elements=len(search.maps))


def _first_counting(maps: NDArray[np.int32]) -> int | None:
    """The first map whose powers do not become constant; maps is an array [maps, states].

    After as many steps as there are states, every state is on a cycle of its map.
    """
    settled, steps = maps, 1
    while steps < maps.shape[1]:
        settled = np.take_along_axis(settled, settled, axis=1)
        steps *= 2
    moved = np.take_along_axis(maps, settled, axis=1) != settled
    counting = np.flatnonzero(moved.any(axis=1))
    return int(counting[0]) if len(counting) else None


def _common_index(maps: NDArray[np.int32]) -> int:
    """The smallest i with x^i = x^(i + 1) for all maps x, none of which counts."""
    power = np.broadcast_to(np.arange(maps.shape[1], dtype=np.int32), maps.shape)
    index = 0
    while True:
        following = np.take_along_axis(maps, power, axis=1)
        if np.array_equal(power, following):
            return index
        power, index = following, index + 1


def _counting_word(word: Word, action: NDArray[np.int32]) -> NotAperiodic:
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


def _slow_generators(automaton: Automaton) -> dict[str, Map]:
    """The letters as maps on the states of the minimal automaton, without using `minimize`.

    States of the quotient are numbered breadth-first, as everywhere.
    """
    table = [[int(target) for target in row] for row in automaton.table]
    label: list[object] = list(automaton.outputs)
    while True:
        finer = [(label[s], *(label[t] for t in row)) for s, row in enumerate(table)]
        names = {signature: number for number, signature in enumerate(dict.fromkeys(finer))}
        refined = [names[signature] for signature in finer]
        if len(names) == len(set(label)):
            break
        label = list(refined)
    order, place = [0], {refined[0]: 0}
    for state in order:
        for target in table[state]:
            if refined[target] not in place:
                place[refined[target]] = len(order)
                order.append(target)
    return {
        letter: tuple(place[refined[table[state][a]]] for state in order)
        for a, letter in enumerate(automaton.alphabet)
    }


def _then(first: Map, second: Map) -> Map:
    return tuple(second[state] for state in first)


def _product(start: Map, maps: Iterable[Map]) -> Map:
    for following in maps:
        start = _then(start, following)
    return start


def _power(element: Map, exponent: int) -> Map:
    power, square = tuple(range(len(element))), element
    while exponent > 0:
        if exponent % 2:
            power = _then(power, square)
        square, exponent = _then(square, square), exponent // 2
    return power


def _has_index_and_period(action: Map, index: int, period: int) -> bool:
    """Whether these are the smallest index and the smallest period of the powers of a map.

    The periods are the multiples of the smallest one, so it is enough to try the period divided
    by each of its prime factors.
    """
    if index < 0 or period < 1 or _power(action, index) != _power(action, index + period):
        return False
    if index > 0 and _power(action, index - 1) == _power(action, index - 1 + period):
        return False
    return all(
        _power(action, index) != _power(action, index + period // prime)
        for prime in _prime_factors(period)
    )


def _prime_factors(number: int) -> list[int]:
    primes, divisor = [], 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            primes.append(divisor)
            while number % divisor == 0:
                number //= divisor
        divisor += 1
    return [*primes, number] if number > 1 else primes
