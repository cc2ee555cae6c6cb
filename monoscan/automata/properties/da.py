"""Is the syntactic monoid in DA: is the language defined by two variables and the order?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, Work
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import syntactic_monoid
from monoscan.automata.properties.aperiodic import NotAperiodic, is_aperiodic
from monoscan.automata.properties.by_hand import (
    SLOW_PRODUCTS,
    Quotient,
    eventual_identity,
    then,
)
from monoscan.automata.properties.local_sets import right_multiplier
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import AgainstByRelated
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class InDA:
    """(x y)^w x (x y)^w = (x y)^w for all elements x, y of the syntactic monoid.

    Here z^w is the idempotent power of z. Equivalently, every regular element is idempotent; the
    language is a union of unambiguous products of sets B0* b1 B1* ... bn Bn*, and first-order
    logic with two variables and the order defines it. True as a Boolean.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether the equation holds, for all pairs of elements.

        >>> InDA(2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        monoid = Quotient(automaton).elements(self.elements)
        if len(monoid) != self.elements:
            return False
        work = Work("products in a slow check", SLOW_PRODUCTS)
        work.charge(len(monoid) ** 2)
        return all(_is_equal(x, y) for x in monoid for y in monoid)


def _is_equal(x: tuple[int, ...], y: tuple[int, ...]) -> bool:
    e = eventual_identity(then(x, y))
    return then(then(e, x), e) == e


@final
@dataclass(frozen=True)
class Returns:
    """The word and then the other one come back to an idempotent, but the word alone does not.

    With x and y the actions of the two words and e = (x y)^w, e x e differs from e.

    Attributes:
        word: A word.
        other: A word.
    """

    word: Word
    other: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the two sides of the equation differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> Returns(("a",), ("a",)).check(even), Returns(("a", "a"), ()).check(even)
        (True, False)
        """
        quotient = Quotient(automaton)
        return quotient.knows(self.word, self.other) and not _is_equal(
            quotient.action(self.word), quotient.action(self.other)
        )


@final
@dataclass(frozen=True)
class NotInDA(AgainstByRelated[NotAperiodic | Returns]):
    """Two variables and the order do not define the language. False as a Boolean.

    Attributes:
        related: A word that counts, or two words that break the equation.
    """


Answer: TypeAlias = InDA | NotInDA


@language_property(
    "da",
    place=150,
    implies=("aperiodic",),
    definition=(
        "A finite union of unambiguous products B0* b1 B1* ... bn Bn* of sets of "
        "letters; first-order logic with two variables and the order."
    ),
    equation="(x y z)^w y (x y z)^w = (x y z)^w",
    source=(
        "M.-P. Schützenberger, Sur le produit de concaténation non ambigu, 1976; "
        "P. Tesson and D. Thérien, Diamonds are forever, 2002"
    ),
    yes="the number of elements of the monoid",
    no=(
        "a word that counts; or, with x, y the actions of word, other and e = (x "
        "y)^w: e x e is not e"
    ),
    example="a.*b",
    counterexample="(ab)*",
)
def is_in_da(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether the syntactic monoid is in DA: whether all its regular elements are idempotent.

    If x is regular but not idempotent, x y is idempotent for some y with x y x = x, and with
    e = x y the element e x e = x x y is not e: otherwise x x = x x y x = e x = x.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget.

    Source: M.-P. Schützenberger, Sur le produit de concaténation non ambigu, 1976; P. Tesson and
    D. Thérien, Diamonds are forever: the variety DA, 2002.

    >>> is_in_da(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    InDA(elements=3)
    >>> ab_star = Automaton("ab", [[1, 2], [2, 0], [2, 2]], (True, False, False))
    >>> is_in_da(ab_star)
    NotInDA(related=Returns(word=('a',), other=('b',)))
    """
    aperiodic = is_aperiodic(automaton, budget)
    if isinstance(aperiodic, NotAperiodic):
        return NotInDA(aperiodic)
    greens = GreensRelations(syntactic_monoid(automaton, budget))
    monoid = greens.monoid
    is_idempotent = np.zeros(len(monoid), dtype=bool)
    is_idempotent[greens.idempotents] = True
    is_regular = np.isin(greens.d_classes, greens.regular_d_classes)
    wrong = np.flatnonzero(is_regular & ~is_idempotent)
    if not len(wrong):
        return InDA(len(monoid))
    x = int(wrong[0])
    # The idempotent e of its R-class has e x = x, and e = x y for some y; then x y x = x.
    same_row = greens.r_classes[greens.idempotents] == greens.r_classes[x]
    e = int(greens.idempotents[same_row][0])
    return NotInDA(Returns(monoid.word(x), right_multiplier(monoid, x, e)))
