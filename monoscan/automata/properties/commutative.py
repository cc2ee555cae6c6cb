"""Is the language commutative: does the order of the letters not matter?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import merge_letters, minimize
from monoscan.automata.properties.by_hand import Quotient, then
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import access_word, known_separating_word
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class Commutative:
    """Any two letters may be exchanged anywhere. True as a Boolean."""

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether any two letters commute on the states of the minimal automaton.

        >>> Commutative().check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        letters = Quotient(automaton).generators
        return all(then(a, b) == then(b, a) for a in letters for b in letters)


@final
@dataclass(frozen=True)
class NotCommutative(Against):
    """prefix a b suffix and prefix b a suffix have different outputs. False as a Boolean.

    Attributes:
        prefix: A word.
        a: A letter.
        b: A letter.
        suffix: A word.
    """

    prefix: Word
    a: str
    b: str
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the two outputs differ.

        >>> last_b = Automaton("ab", [[0, 1], [0, 1]], (False, True))
        >>> NotCommutative((), "a", "b", ()).check(last_b)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.prefix, (self.a, self.b), self.suffix):
            return False
        outputs = {
            quotient.output((*self.prefix, *middle, *self.suffix))
            for middle in ((self.a, self.b), (self.b, self.a))
        }
        return len(outputs) == 2


Answer: TypeAlias = Commutative | NotCommutative


@language_property(
    "commutative",
    place=180,
    implies=("solvable",),
    definition="The order of the letters does not matter.",
    equation="x y = y x",
    source="J.-E. Pin, Mathematical Foundations of Automata Theory",
    yes="nothing: all pairs of letters are tried again",
    no="prefix a b suffix and prefix b a suffix have different answers",
    example="b*ab*",
    counterexample=".*b",
)
def is_commutative(automaton: Automaton) -> Answer:
    """Whether the syntactic monoid is commutative. Needs no monoid.

    >>> is_commutative(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    NotCommutative(prefix=(), a='a', b='b', suffix=())
    >>> is_commutative(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Commutative()
    """
    minimal = merge_letters(minimize(automaton))
    table, alphabet = minimal.table, minimal.alphabet
    for a in range(len(alphabet)):
        ab, ba = table[table[:, a]], table[:, a][table]
        different = np.argwhere((ab != ba).T)
        if len(different):
            b, state = (int(index) for index in different[0])
            suffix = known_separating_word(minimal, int(ab[state, b]), int(ba[state, b]))
            return NotCommutative(access_word(minimal, state), alphabet[a], alphabet[b], suffix)
    return Commutative()
