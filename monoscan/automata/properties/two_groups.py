"""Are all groups in the syntactic monoid 2-groups: are all periods powers of two?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.element_search import ElementSearch, search_maps
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.aperiodic import NotAperiodic, counting_word
from monoscan.automata.properties.by_hand import Quotient, prime_divisors, then
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against


@final
@dataclass(frozen=True)
class TwoGroups:
    """All periods of elements of the syntactic monoid are powers of two. True as a Boolean.

    Equivalently, all its subgroups are 2-groups.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether all periods are powers of two, by listing the powers of all elements.

        >>> TwoGroups(3).check(Automaton("a", [[1], [2], [0]], (True, False, False)))
        False
        """
        elements = Quotient(automaton).elements(self.elements)
        if len(elements) != self.elements:
            return False
        for element in elements:
            powers = [element]
            while (following := then(powers[-1], element)) not in powers:
                powers.append(following)
            period = len(powers) - powers.index(following)
            if period & (period - 1):
                return False
        return True


@final
@dataclass(frozen=True)
class NotTwoGroups(Against):
    """A word whose period has an odd prime factor. False as a Boolean.

    Attributes:
        prime: The odd prime.
        counting: The word, the first of its kind in shortlex order, and its period.
    """

    prime: int
    counting: NotAperiodic

    def check(self, automaton: Automaton) -> bool:
        """Whether the word has the stated period, and the prime divides it.

        >>> mod3 = Automaton("a", [[1], [2], [0]], (True, False, False))
        >>> NotTwoGroups(3, NotAperiodic(("a",), 0, 3, (0, 1, 2))).check(mod3)
        True
        """
        odd_primes = [prime for prime in prime_divisors(self.counting.period) if prime > 2]
        return self.prime in odd_primes and self.counting.check(automaton)


Answer: TypeAlias = TwoGroups | NotTwoGroups


@language_property(
    "2-groups-only",
    place=200,
    implies=("solvable",),
    definition="All groups in the monoid have a power of two as their order.",
    source="S. Eilenberg, Automata, Languages, and Machines, volume B, 1976",
    yes="the number of elements of the monoid",
    no="the period of word has an odd prime factor",
    example="(..)*",
    counterexample="(...)*",
)
def has_only_two_groups(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether all subgroups of the syntactic monoid are 2-groups.

    Raises:
        BudgetExceeded: If the budget is reached before a counterexample is found.

    >>> has_only_two_groups(Automaton("a", [[1], [0]], (True, False)))
    TwoGroups(elements=2)
    >>> has_only_two_groups(Automaton("a", [[1], [2], [0]], (True, False, False))).prime
    3
    """
    minimal = minimize(automaton)
    search = ElementSearch(minimal, budget)
    for maps, first in search_maps(search):
        odd = _first_odd(maps)
        if odd is not None:
            counting = counting_word(minimal, search.word(first + odd))
            prime = next(prime for prime in prime_divisors(counting.period) if prime > 2)
            return NotTwoGroups(prime, counting)
    return TwoGroups(len(search.maps))


def _first_odd(maps: NDArray[np.intp]) -> int | None:
    """The first map whose period is no power of two; maps is an array [maps, states].

    If 2^k is at least the number of states, x^(2^k) is idempotent exactly if the lengths of all
    cycles of x divide 2^k, that is, are powers of two.
    """
    current, exponent = maps, 1
    while exponent < maps.shape[1]:
        current, exponent = np.take_along_axis(current, current, axis=1), 2 * exponent
    moved = np.take_along_axis(current, current, axis=1) != current
    odd = np.flatnonzero(moved.any(axis=1))
    return int(odd[0]) if len(odd) else None
