"""Is the syntactic monoid a group: can every letter be undone?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import access_word, known_separating_word
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class Group:
    """The syntactic monoid is a group. True as a Boolean."""

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether every letter permutes the states of the minimal automaton.

        >>> Group().check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        return all(len(set(letter)) == len(quotient) for letter in quotient.generators)


@final
@dataclass(frozen=True)
class NotGroup(Against):
    """A letter forgets a difference. False as a Boolean.

    The outputs of first suffix and second suffix differ, but first letter and second letter can
    no longer be told apart.

    Attributes:
        letter: A letter.
        first: A word.
        second: A word.
        suffix: A word.
    """

    letter: str
    first: Word
    second: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the outputs differ and the letter merges the two states.

        >>> last_b = Automaton("ab", [[0, 1], [0, 1]], (False, True))
        >>> NotGroup("a", (), ("b",), ()).check(last_b)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows((self.letter,), self.first, self.second, self.suffix):
            return False
        merged = quotient.after((*self.first, self.letter)) == quotient.after(
            (*self.second, self.letter)
        )
        return merged and quotient.output(self.first + self.suffix) != quotient.output(
            self.second + self.suffix
        )


Answer: TypeAlias = Group | NotGroup


@language_property(
    "group",
    place=190,
    definition="Every letter permutes the states.",
    equation="x^w = 1",
    source="J.-E. Pin, Mathematical Foundations of Automata Theory",
    yes="nothing: all letters are tried again",
    no=("letter takes the states after first and second to one state; suffix tells them apart"),
    example="(..)*",
    counterexample="(ab)*",
)
def is_group(automaton: Automaton) -> Answer:
    """Whether the syntactic monoid is a group. Needs no monoid.

    >>> is_group(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    NotGroup(letter='a', first=(), second=('b',), suffix=())
    >>> is_group(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Group()
    """
    minimal = minimize(automaton)
    for letter, column in zip(minimal.alphabet, minimal.table.T, strict=True):
        targets, counts = np.unique(column, return_counts=True)
        if len(targets) < minimal.n_states:
            merged = np.flatnonzero(column == targets[counts > 1][0])
            p, q = int(merged[0]), int(merged[1])
            suffix = known_separating_word(minimal, p, q)
            return NotGroup(letter, access_word(minimal, p), access_word(minimal, q), suffix)
    return Group()
