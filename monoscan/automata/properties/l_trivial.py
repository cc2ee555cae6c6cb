"""Is the syntactic monoid L-trivial?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.greens import l_classes
from monoscan.automata.monoid import syntactic_monoid
from monoscan.automata.properties.by_hand import Quotient, then
from monoscan.automata.properties.local_sets import left_multiplier
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class LTrivial:
    """No two elements of the syntactic monoid are L-related. True as a Boolean.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether no two elements are left multiples of each other, listing all left ideals.

        >>> LTrivial(2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        elements = Quotient(automaton).elements(self.elements)
        ideals = {frozenset(then(left, element) for left in elements) for element in elements}
        return len(ideals) == len(elements) == self.elements


@final
@dataclass(frozen=True)
class NotLTrivial(Against):
    """Two different L-related elements: word, and forth word. False as a Boolean.

    Attributes:
        word: A word.
        forth: A word such that word and forth word are different elements.
        back: A word such that back forth word and word are the same element.
    """

    word: Word
    forth: Word
    back: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the products are as stated.

        >>> NotLTrivial((), ("a",), ("a",)).check(Automaton("a", [[1], [0]], (True, False)))
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.word, self.forth, self.back):
            return False
        here = quotient.action(self.word)
        there = then(quotient.action(self.forth), here)
        return here != there and then(quotient.action(self.back), there) == here


Answer: TypeAlias = LTrivial | NotLTrivial


@language_property(
    "l-trivial",
    place=130,
    implies=("da",),
    definition="The language of the reversed words is r-trivial.",
    equation="y (x y)^w = (x y)^w",
    source="J.-E. Pin, Mathematical Foundations of Automata Theory",
    yes="the number of elements of the monoid",
    no="word and forth word act differently, and back forth word acts as word does",
    example=".*b",
    counterexample="a.*",
)
def is_l_trivial(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether the syntactic monoid is L-trivial.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget.

    >>> is_l_trivial(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    LTrivial(elements=3)
    >>> bool(is_l_trivial(Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))))
    False
    """
    monoid = syntactic_monoid(automaton, budget)
    classes = l_classes(monoid)
    if int(classes.max()) + 1 == len(monoid):
        return LTrivial(len(monoid))
    first = int(np.flatnonzero(np.bincount(classes)[classes] > 1)[0])
    second = int(np.flatnonzero(classes == classes[first])[1])
    return NotLTrivial(
        monoid.word(first),
        left_multiplier(monoid, first, second),
        left_multiplier(monoid, second, first),
    )
