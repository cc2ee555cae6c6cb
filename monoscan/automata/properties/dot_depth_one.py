"""Is the dot-depth at most one: do factors that follow each other in some order decide?"""

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
    Map,
    Quotient,
    eventual_identity,
    then,
)
from monoscan.automata.properties.local_sets import (
    Elements,
    largest_idempotents,
    left_multiplier,
    loop_of,
    right_multiplier,
)
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import AgainstByRelated
from monoscan.automata.word import Word

MAX_PRODUCTS = 5_000_000
"""The most products that are compared."""


@final
@dataclass(frozen=True)
class DotDepthOne:
    """The language is a Boolean combination of products u0 A* u1 A* ... A* un of words.

    Equivalently, with z^w the idempotent power of z, the syntactic semigroup S fulfils
    (p q)^w p s (r s)^w = (p q)^w (r s)^w for all idempotents e, f of S, all p, r in e S f and all
    q, s in f S e. True as a Boolean.

    Attributes:
        elements: The number of elements of the syntactic monoid.
    """

    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether the equation holds, for all elements.

        >>> DotDepthOne(2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        if len(quotient.elements(self.elements)) != self.elements:
            return False
        semigroup = quotient.semigroup()
        idempotents = [e for e in semigroup if then(e, e) == e]
        work = Work("products in a slow check", SLOW_PRODUCTS)
        for e in idempotents:
            for f in idempotents:
                work.charge(2 * len(semigroup))
                there = {then(then(e, x), f) for x in semigroup}
                back = {then(then(f, y), e) for y in semigroup}
                work.charge(2 * len(there) * len(back))
                heads = {_head(p, q) for p in there for q in back}
                tails = {_tail(r, s) for r in there for s in back}
                work.charge(len(heads) * len(tails))
                if any(then(gp, sh) != then(g, h) for g, gp in heads for h, sh in tails):
                    return False
        return True


def _head(p: Map, q: Map) -> tuple[Map, Map]:
    """(p q)^w and (p q)^w p."""
    g = eventual_identity(then(p, q))
    return g, then(g, p)


def _tail(r: Map, s: Map) -> tuple[Map, Map]:
    """(r s)^w and s (r s)^w."""
    h = eventual_identity(then(r, s))
    return h, then(s, h)


@final
@dataclass(frozen=True)
class Knast:
    """Words that break the equation.

    With e, f the idempotents of the two loops, p = e p f and so on.

    Attributes:
        loop: A non-empty word; its element e is idempotent.
        other_loop: A non-empty word; its element f is idempotent.
        p: A word, from e to f.
        q: A word, from f to e.
        r: A word, from e to f.
        s: A word, from f to e.
    """

    loop: Word
    other_loop: Word
    p: Word
    q: Word
    r: Word
    s: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loops are idempotent and the two sides differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> Knast(("a", "a"), ("a", "a"), ("a",), ("a",), (), ()).check(even)
        True
        """
        quotient = Quotient(automaton)
        words = (self.loop, self.other_loop, self.p, self.q, self.r, self.s)
        if not (self.loop and self.other_loop and quotient.knows(*words)):
            return False
        e, f, p, q, r, s = map(quotient.action, words)
        g, gp = _head(then(then(e, p), f), then(then(f, q), e))
        h, sh = _tail(then(then(e, r), f), then(then(f, s), e))
        return then(e, e) == e and then(f, f) == f and then(gp, sh) != then(g, h)


@final
@dataclass(frozen=True)
class NotDotDepthOne(AgainstByRelated[NotAperiodic | Knast]):
    """The dot-depth is larger than one, or there is none. False as a Boolean.

    Attributes:
        related: A word that counts, or words that break the equation.
    """


Answer: TypeAlias = DotDepthOne | NotDotDepthOne


@language_property(
    "dot-depth-one",
    place=90,
    implies=("aperiodic",),
    definition="A Boolean combination of products u0 A* u1 A* ... A* un of words.",
    equation=("(p q)^w p s (r s)^w = (p q)^w (r s)^w for p, r in e S f and q, s in f S e"),
    source="R. Knast, A semigroup characterization of dot-depth one languages, 1983",
    yes="the number of elements of the monoid",
    no=(
        "a word that counts; or the two sides act differently, with the idempotents "
        "e, f of loop, other_loop and p = e p f and so on"
    ),
    example=".*ab.*ba.*",
    counterexample="(a(ab)*b)*",
)
def is_dot_depth_one(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether the dot-depth of the language is at most one.

    With g = (p q)^w the element a = g p is R-related to g, and every a = a f that is R-related to
    an idempotent g of e S e arises; likewise b = s (r s)^w is L-related to h = (r s)^w. So it is
    enough that a b = g h for all of these. The equation is tried for idempotents e and f whose
    sets e S e meet all D-classes: the sets of others are isomorphic to subsets of theirs.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget, or more than
            `MAX_PRODUCTS` products would have to be compared.

    Source: R. Knast, A semigroup characterization of dot-depth one languages, 1983.

    >>> is_dot_depth_one(Automaton("ab", [[1, 0], [1, 1]], (False, True)))
    DotDepthOne(elements=2)
    >>> bool(is_dot_depth_one(Automaton("a", [[1], [0]], (True, False))))
    False
    """
    aperiodic = is_aperiodic(automaton, budget)
    if isinstance(aperiodic, NotAperiodic):
        return NotDotDepthOne(aperiodic)
    greens = GreensRelations(syntactic_monoid(automaton, budget))
    monoid = greens.monoid
    work = Work("products that are compared for dot-depth one", MAX_PRODUCTS)
    local = list(largest_idempotents(greens))
    fixed = {f: _fixed_elements(greens, f) for f, _ in local}
    for e, inside in local:
        around = np.intersect1d(inside, greens.idempotents)
        for f, _ in local:
            right, left = fixed[f]
            heads = _related(greens.r_classes, around, right, work)
            tails = _related(greens.l_classes, around, left, work)
            found = _unequal(greens, heads, tails, work)
            if found is not None:
                g, a, h, b = found
                return NotDotDepthOne(
                    Knast(
                        loop_of(monoid, e),
                        loop_of(monoid, f),
                        monoid.word(a),
                        right_multiplier(monoid, a, g),
                        left_multiplier(monoid, b, h),
                        monoid.word(b),
                    )
                )
    return DotDepthOne(len(monoid))


def _fixed_elements(greens: GreensRelations, f: int) -> tuple[Elements, Elements]:
    """The x of the semigroup with x f = x, by their R-classes; those with f x = x, by L-classes."""
    elements = np.array(greens.monoid.semigroup, dtype=np.int32)
    right = elements[greens.monoid.products(elements, f) == elements]
    left = elements[greens.monoid.products(f, elements) == elements]
    return (
        right[np.argsort(greens.r_classes[right], kind="stable")],
        left[np.argsort(greens.l_classes[left], kind="stable")],
    )


def _related(classes: Elements, idempotents: Elements, elements: Elements, work: Work) -> Elements:
    """All pairs of an idempotent and an element in the same class: an array [pairs, 2].

    The elements are in the order of their classes.
    """
    wanted, given = classes[idempotents], classes[elements]
    starts, stops = (np.searchsorted(given, wanted, side) for side in ("left", "right"))
    work.charge(len(idempotents) + int((stops - starts).sum()))
    pairs = [
        np.stack([np.full(stop - start, g, dtype=np.int32), elements[start:stop]], axis=1)
        for g, start, stop in zip(
            idempotents.tolist(), starts.tolist(), stops.tolist(), strict=True
        )
    ]
    return np.concatenate([np.zeros((0, 2), dtype=np.int32), *pairs])


def _unequal(
    greens: GreensRelations, heads: Elements, tails: Elements, work: Work
) -> tuple[int, int, int, int] | None:
    """Pairs (g, a) and (h, b) with a b different from g h, or None."""
    for g, a in heads.tolist():
        work.charge(2 * len(tails))
        first = greens.monoid.products(a, tails[:, 1])
        wrong = np.flatnonzero(first != greens.monoid.products(g, tails[:, 0]))
        if len(wrong):
            h, b = tails[int(wrong[0])].tolist()
            return g, a, h, b
    return None
