"""Is the language definite: do the last letters of a word decide?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import (
    access_word,
    known_separating_word,
    merging_classes,
    unmerged_path,
)
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class Definite:
    """The output of a word depends only on its last letters. True as a Boolean.

    Attributes:
        length: The least number of letters: words of at least this length that end alike have
            equal outputs, and so have their continuations.
    """

    length: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether this is the least such length, by following all pairs of states.

        >>> Definite(0).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        states = range(len(quotient))
        pairs = {(p, q) for p in states for q in range(p)}
        for _ in range(self.length):
            if not pairs:
                return False
            pairs = {
                pair
                for p, q in pairs
                for pair in zip(quotient.table[p], quotient.table[q], strict=True)
                if pair[0] != pair[1]
            }
        return self.length >= 0 and not pairs


@final
@dataclass(frozen=True)
class NotDefinite(Against):
    """However long the common ending loop^i suffix, the beginning decides. False as a Boolean.

    The outputs of first loop^i suffix and second loop^i suffix differ for every i.

    Attributes:
        first: A word.
        second: A word.
        loop: A non-empty word that leads the state after each of the two back to itself.
        suffix: A word that tells these two states apart.
    """

    first: Word
    second: Word
    loop: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loops close and the outputs differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotDefinite((), ("a",), ("a", "a"), ()).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not self.loop or not quotient.knows(self.first, self.second, self.loop, self.suffix):
            return False
        p, q = quotient.after(self.first), quotient.after(self.second)
        closed = quotient.after(self.loop, p) == p and quotient.after(self.loop, q) == q
        return closed and quotient.output(self.first + self.suffix) != quotient.output(
            self.second + self.suffix
        )


Answer: TypeAlias = Definite | NotDefinite


@language_property(
    "definite",
    place=20,
    implies=("generalised-definite", "strictly-local", "l-trivial"),
    definition="For some k the last k letters decide.",
    equation="x e = e",
    source=("M. Perles, M. O. Rabin and E. Shamir, The theory of definite automata, 1963"),
    yes="how many last letters decide",
    no=("first loop^i suffix and second loop^i suffix have different answers for every i"),
    example=".*b",
    counterexample="a.*",
)
def is_definite(automaton: Automaton) -> Answer:
    """Whether the output depends only on the last k letters, for some k. Needs no monoid.

    Source: M. Perles, M. O. Rabin and E. Shamir, The theory of definite automata, 1963.

    >>> is_definite(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    Definite(length=1)
    >>> bool(is_definite(Automaton("a", [[1], [0]], (True, False))))
    False
    """
    minimal = minimize(automaton)
    classes = np.arange(minimal.n_states)
    for length, classes in enumerate(merging_classes(minimal)):
        if not classes.any():
            return Definite(length)
    other = int(np.flatnonzero(classes != classes[0])[0])
    _, loop, (p, q) = unmerged_path(minimal, 0, other)
    return NotDefinite(
        access_word(minimal, p), access_word(minimal, q), loop, known_separating_word(minimal, p, q)
    )
