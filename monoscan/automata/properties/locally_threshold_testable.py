"""Is the language locally threshold testable: do the factors, counted up to a number, decide?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, Work
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid, syntactic_monoid
from monoscan.automata.properties.aperiodic import NotAperiodic, is_aperiodic
from monoscan.automata.properties.by_hand import (
    SLOW_PRODUCTS,
    Map,
    Quotient,
    eventual_identity,
    then,
)
from monoscan.automata.properties.local_sets import (
    Elements,
    largest_idempotents,
    loop_of,
    right_ideal,
)
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import AgainstByRelated
from monoscan.automata.word import Word

MAX_PRODUCTS = 5_000_000
"""The most products of three elements that are compared."""


@final
@dataclass(frozen=True)
class LocallyThresholdTestable:
    """How often each factor of some length k occurs, up to a threshold, decides with both ends.

    Equivalently, the syntactic semigroup S is aperiodic, and e x f y e z f = e z f y e x f for
    all idempotents e, f of S and all x, y, z in S; first-order logic with the successor defines
    the language. True as a Boolean.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether both equations hold, for all elements.

        >>> LocallyThresholdTestable(2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        if len(quotient.elements(self.elements)) != self.elements:
            return False
        semigroup = quotient.semigroup()
        idempotents = [e for e in semigroup if then(e, e) == e]
        if any(then(eventual_identity(x), x) != eventual_identity(x) for x in semigroup):
            return False
        work = Work("products in a slow check", SLOW_PRODUCTS)
        for e in idempotents:
            for f in idempotents:
                work.charge(2 * len(semigroup))
                there = {then(then(e, x), f) for x in semigroup}
                back = {then(then(f, y), e) for y in semigroup}
                work.charge(len(there) ** 2 * len(back))
                if not all(_is_equal(x, y, z) for x in there for z in there for y in back):
                    return False
        return True


def _is_equal(x: Map, y: Map, z: Map) -> bool:
    return then(then(x, y), z) == then(then(z, y), x)


@final
@dataclass(frozen=True)
class Exchange:
    """Two words between the same loops cannot be exchanged.

    With e, f the idempotents of the two loops, e x f y e z f differs from e z f y e x f.

    Attributes:
        loop: A non-empty word; its element e is idempotent.
        other_loop: A non-empty word; its element f is idempotent.
        x: A word.
        y: A word.
        z: A word.
    """

    loop: Word
    other_loop: Word
    x: Word
    y: Word
    z: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loops are idempotent and the products differ.

        >>> order = Automaton("abc", [[0, 1, 2], [1, 1, 1], [2, 2, 2]], (True, True, False))
        >>> Exchange(("a",), ("a",), ("b",), (), ("c",)).check(order)
        True
        """
        quotient = Quotient(automaton)
        words = (self.loop, self.other_loop, self.x, self.y, self.z)
        if not (self.loop and self.other_loop and quotient.knows(*words)):
            return False
        e, f, x, y, z = map(quotient.action, words)
        if then(e, e) != e or then(f, f) != f:
            return False
        return not _is_equal(then(then(e, x), f), then(then(f, y), e), then(then(e, z), f))


@final
@dataclass(frozen=True)
class NotLocallyThresholdTestable(AgainstByRelated[NotAperiodic | Exchange]):
    """Counting factors up to any threshold does not decide. False as a Boolean.

    Attributes:
        related: A word that counts, or words that cannot be exchanged.
    """


Answer: TypeAlias = LocallyThresholdTestable | NotLocallyThresholdTestable


@language_property(
    "locally-threshold-testable",
    place=80,
    implies=("dot-depth-one",),
    definition=(
        "For some k and t the numbers of factors of length k, counted up to "
        "t, and both ends decide; first-order logic with the successor."
    ),
    equation="x^w x = x^w and e x f y e z f = e z f y e x f",
    source=(
        "D. Thérien and A. Weiss, Graph congruences and wreath products, 1985; D. "
        "Beauquier and J.-E. Pin, Languages and scanners, 1991"
    ),
    yes="the number of elements of the monoid",
    no=(
        "a word that counts; or, with the idempotents e, f of loop, other_loop: e x f "
        "y e z f and e z f y e x f act differently"
    ),
    example="b*ab*",
    counterexample="(a(ab)*b)*",
)
def is_locally_threshold_testable(
    automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET
) -> Answer:
    """Whether the language is locally threshold testable.

    The equation is tried for idempotents e and f whose sets e S e meet all D-classes: the sets of
    others are isomorphic to subsets of theirs.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget, or more than
            `MAX_PRODUCTS` products would have to be compared.

    Source: D. Thérien and A. Weiss, Graph congruences and wreath products, 1985; D. Beauquier and
    J.-E. Pin, Languages and scanners, 1991.

    >>> one_a = Automaton("ab", [[1, 0], [2, 1], [2, 2]], (False, True, False))
    >>> is_locally_threshold_testable(one_a)
    LocallyThresholdTestable(elements=3)
    >>> bool(is_locally_threshold_testable(Automaton("a", [[1], [0]], (True, False))))
    False
    """
    aperiodic = is_aperiodic(automaton, budget)
    if isinstance(aperiodic, NotAperiodic):
        return NotLocallyThresholdTestable(aperiodic)
    monoid = syntactic_monoid(automaton, budget)
    work = Work("products that are compared for local threshold testability", MAX_PRODUCTS)
    ideals = {e: right_ideal(monoid, e) for e, _ in largest_idempotents(GreensRelations(monoid))}
    for e in ideals:
        for f in ideals:
            work.charge(len(ideals[e]) + len(ideals[f]))
            there = np.unique(monoid.products(ideals[e], f))
            back = np.unique(monoid.products(ideals[f], e))
            found = _no_exchange(monoid, there, back, work)
            if found is not None:
                x, y, z = map(monoid.word, found)
                loops = loop_of(monoid, e), loop_of(monoid, f)
                return NotLocallyThresholdTestable(Exchange(*loops, x, y, z))
    return LocallyThresholdTestable(len(monoid))


def _no_exchange(
    monoid: TransitionMonoid, there: Elements, back: Elements, work: Work
) -> tuple[int, int, int] | None:
    """Elements x, z of e S f and y of f S e with x y z different from z y x, or None."""
    size = len(there)
    for y in _generators(monoid, there, back, work):
        work.charge(size * size)
        after = np.repeat(monoid.products(there, y), size)
        products = monoid.products(after, np.tile(there, size)).reshape(size, size)
        wrong = np.argwhere(products != products.T)
        if len(wrong):
            first, second = wrong[0].tolist()
            return int(there[first]), y, int(there[second])
    return None


def _generators(
    monoid: TransitionMonoid, there: Elements, back: Elements, work: Work
) -> Iterator[int]:
    """Elements of f S e such that all others are y a y' for two of them and an a in e S f.

    If x y z = z y x and x y' z = z y' x for all x and z, then x (y a y') z = (a y' z) y x =
    a y' (z y x) = (z y x) y' a = z y (x y' a) = z (y a y') x.
    """
    known = np.zeros(len(monoid), dtype=bool)
    chosen: list[int] = []
    for y in back.tolist():
        if known[y]:
            continue
        yield y
        chosen.append(y)
        for other in chosen:
            for first, second in ((y, other), (other, y)):
                work.charge(len(there))
                known[monoid.products(monoid.products(first, there), second)] = True
