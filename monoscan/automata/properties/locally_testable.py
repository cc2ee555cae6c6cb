"""Is the language locally testable: do the factors of some length decide?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import syntactic_monoid
from monoscan.automata.properties.by_hand import Map, Quotient, then
from monoscan.automata.properties.local_sets import largest_idempotents, loop_of
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class LocallyTestable:
    """For some k, the first and last k letters and the set of factors of length k decide.

    Equivalently, with S the syntactic semigroup, e S e is a semilattice (x x = x, x y = y x) for
    each idempotent e of S. True as a Boolean.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether all e S e are semilattices, by listing all pairs of their elements.

        >>> LocallyTestable(2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        if len(quotient.elements(self.elements)) != self.elements:
            return False
        semigroup = quotient.semigroup()
        return all(
            _is_semilattice({then(then(e, x), e) for x in semigroup})
            for e in semigroup
            if then(e, e) == e
        )


def _is_semilattice(elements: set[Map]) -> bool:
    return all(then(x, x) == x and then(x, y) == then(y, x) for x in elements for y in elements)


@final
@dataclass(frozen=True)
class NotLocallyTestable(Against):
    """Around a loop e, two words can be told apart by how often or in which order they come.

    With x = e first e and y = e second e, x x differs from x, or x y from y x. False as a Boolean.

    Attributes:
        loop: A non-empty word; its element e is idempotent.
        first: A word.
        second: A word, the same as the first if it is x x that differs.
    """

    loop: Word
    first: Word
    second: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loop is idempotent and the products differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotLocallyTestable(("a", "a"), ("a",), ("a",)).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not self.loop or not quotient.knows(self.loop, self.first, self.second):
            return False
        e = quotient.action(self.loop)
        x, y = (then(then(e, quotient.action(word)), e) for word in (self.first, self.second))
        return then(e, e) == e and (then(x, x) != x or then(x, y) != then(y, x))


Answer: TypeAlias = LocallyTestable | NotLocallyTestable


@language_property(
    "locally-testable",
    place=70,
    implies=("locally-threshold-testable",),
    definition="For some k the factors of length k and both ends decide.",
    equation="e x e y e = e y e x e and e x e x e = e x e",
    source=(
        "J. A. Brzozowski and I. Simon, Characterizations of locally testable "
        "events, 1973; R. McNaughton, 1974"
    ),
    yes="the number of elements of the monoid",
    no=(
        "with the idempotent e of loop and x, y of first, second: e x e and e y e do "
        "not commute; or x = y, and e x e is not idempotent"
    ),
    example=".*aa.*",
    counterexample="b*ab*",
)
def is_locally_testable(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether the language is locally testable.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget.

    Source: J. A. Brzozowski and I. Simon, Characterizations of locally testable events, 1973;
    R. McNaughton, Algebraic decision procedures for local testability, 1974.

    >>> is_locally_testable(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    LocallyTestable(elements=3)
    >>> is_locally_testable(Automaton("a", [[1], [0]], (True, False)))
    NotLocallyTestable(loop=('a', 'a'), first=('a',), second=('a',))
    """
    monoid = syntactic_monoid(automaton, budget)
    greens = GreensRelations(monoid)
    for e, local in largest_idempotents(greens):
        pair = _no_semilattice(greens, local)
        if pair is not None:
            first, second = map(monoid.word, pair)
            return NotLocallyTestable(loop_of(monoid, e), first, second)
    return LocallyTestable(len(monoid))


def _no_semilattice(greens: GreensRelations, local: NDArray[np.int32]) -> tuple[int, int] | None:
    """Two elements of a local monoid that break its being a semilattice, or None.

    A semigroup of idempotents is commutative exactly if no two are R-related or L-related.
    """
    moved = local[greens.monoid.products(local, local) != local]
    if len(moved):
        return int(moved[0]), int(moved[0])
    for classes in (greens.r_classes[local], greens.l_classes[local]):
        _, first, counts = np.unique(classes, return_index=True, return_counts=True)
        if (counts > 1).any():
            members = local[classes == classes[first[counts > 1][0]]]
            return int(members[0]), int(members[1])
    return None
