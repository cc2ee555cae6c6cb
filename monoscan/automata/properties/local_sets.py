"""The sets e S f of a semigroup S between idempotents e and f, and the words of their elements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.budget import Work
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid
from monoscan.automata.word import Word

Elements = NDArray[np.int32]

MAX_PRODUCTS = 50_000_000
"""The most products for the sets e S e."""


def largest_idempotents(greens: GreensRelations) -> Iterator[tuple[int, Elements]]:
    """Idempotents e of the semigroup with e S e, such that these sets meet every D-class of one.

    Local monoids of one D-class are isomorphic, and those of smaller idempotents lie inside.

    Raises:
        BudgetExceeded: If more than `MAX_PRODUCTS` products are needed.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> greens = GreensRelations(syntactic_monoid(compile_regex(".*aa.*", "ab")))
    >>> [(e, local.tolist()) for e, local in largest_idempotents(greens)]
    [(2, [2, 3])]
    """
    monoid = greens.monoid
    idempotents = greens.idempotents[greens.idempotents >= monoid.semigroup.start]
    maps = monoid.elements[idempotents]
    fixed = (maps == np.arange(maps.shape[1])).sum(axis=1)
    covered: set[int] = set()
    work = Work("products around idempotents", MAX_PRODUCTS)
    # Those that fix many states first: they are not below others.
    for e in idempotents[np.argsort(-fixed, kind="stable")].tolist():
        if int(greens.d_classes[e]) not in covered:
            work.charge(2 * len(monoid))
            local = between(monoid, e, e)
            yield e, local
            covered.update(greens.d_classes[local].tolist())


def right_ideal(monoid: TransitionMonoid, e: int) -> Elements:
    """The elements e x, where x is the action of a word that is not empty, in order."""
    return np.unique(monoid.products(e, np.array(monoid.semigroup)))


def between(monoid: TransitionMonoid, e: int, f: int) -> Elements:
    """The elements e x f, where x is the action of a word that is not empty, in order."""
    return np.unique(monoid.products(right_ideal(monoid, e), f))


def loop_of(monoid: TransitionMonoid, element: int) -> Word:
    """A word that is not empty and acts as an element of the semigroup."""
    word = monoid.word(element)
    if word:
        return word
    before, letter = (int(index) for index in np.argwhere(monoid.right == 0)[0])
    return (*monoid.word(before), monoid.automaton.alphabet[letter])


def right_multiplier(monoid: TransitionMonoid, start: int, end: int) -> Word:
    """A shortest word w such that the one element times w is the other.

    Raises:
        KeyError: If there is none.
    """
    return tuple(_walk(monoid.right, monoid.automaton.alphabet, start, end))


def left_multiplier(monoid: TransitionMonoid, start: int, end: int) -> Word:
    """A shortest word w such that w times the one element is the other.

    Raises:
        KeyError: If there is none.
    """
    return tuple(reversed(_walk(monoid.left, monoid.automaton.alphabet, start, end)))


def _walk(graph: Elements, alphabet: tuple[str, ...], start: int, end: int) -> list[str]:
    words: dict[int, list[str]] = {start: []}
    queue = [start]
    for element in queue:
        if element == end:
            break
        for letter, product in zip(alphabet, graph[element].tolist(), strict=True):
            if product not in words:
                words[product] = [*words[element], letter]
                queue.append(product)
    return words[end]
