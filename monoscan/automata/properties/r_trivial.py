"""Is the syntactic monoid R-trivial: once a word changes the state, is there no way back?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.components import strong_components
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import (
    access_word,
    known_separating_word,
    known_word_to,
)
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class RTrivial:
    """No two elements of the syntactic monoid are R-related. True as a Boolean.

    Equivalently, no word leads from a state of the minimal automaton to another and back.

    Attributes:
        depth: The largest number of times that a word changes the state.
    """

    depth: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether all walks change the state at most so often, and one does, by following sets.

        >>> RTrivial(1).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        states, changes = {0}, -1
        while states and changes <= len(quotient):
            states = {t for state in states for t in quotient.table[state] if t != state}
            changes += 1
        return not states and changes == self.depth


@final
@dataclass(frozen=True)
class NotRTrivial(Against):
    """A word that changes the state, and one that changes it back. False as a Boolean.

    If e is the idempotent power of the element of forth back, then e and e forth are different
    and R-related.

    Attributes:
        prefix: A word.
        forth: A word that leads from the state after the prefix to another state.
        back: A word that leads back.
        suffix: A word whose outputs tell the two states apart.
    """

    prefix: Word
    forth: Word
    back: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the way leads back and the outputs differ.

        >>> NotRTrivial((), ("a",), ("a",), ()).check(Automaton("a", [[1], [0]], (True, False)))
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.prefix, self.forth, self.back, self.suffix):
            return False
        p = quotient.after(self.prefix)
        q = quotient.after(self.forth, p)
        first, second = quotient.after(self.suffix, p), quotient.after(self.suffix, q)
        different = quotient.outputs[first] != quotient.outputs[second]
        return different and quotient.after(self.back, q) == p


Answer: TypeAlias = RTrivial | NotRTrivial


@language_property(
    "r-trivial",
    place=120,
    implies=("da",),
    definition="No word leads back to a state that was left.",
    equation="(x y)^w x = (x y)^w",
    source="J. A. Brzozowski and F. E. Fich, Languages of R-trivial monoids, 1980",
    yes="how often a word can change the state",
    no=(
        "from the state after prefix, forth leads to another one and back returns; "
        "suffix tells them apart"
    ),
    example="a.*",
    counterexample=".*b",
)
def is_r_trivial(automaton: Automaton) -> Answer:
    """Whether the syntactic monoid is R-trivial. Needs no monoid.

    Source: J. A. Brzozowski and F. E. Fich, Languages of R-trivial monoids, 1980.

    >>> is_r_trivial(Automaton("ab", [[1, 0], [1, 1]], (False, True)))
    RTrivial(depth=1)
    >>> bool(is_r_trivial(Automaton("ab", [[0, 1], [0, 1]], (False, True))))
    False
    """
    minimal = minimize(automaton)
    components = strong_components(minimal.table)
    states = np.arange(minimal.n_states)[:, None]
    moves = (minimal.table != states) & (components[minimal.table] == components[:, None])
    if moves.any():
        state, letter = (int(index) for index in np.argwhere(moves)[0])
        return _two_states(minimal, state, letter)
    depth, reached = -1, np.zeros(1, dtype=np.int64)
    while len(reached):
        targets = minimal.table[reached]
        reached = np.unique(targets[targets != reached[:, None]])
        depth += 1
    return RTrivial(depth)


def _two_states(minimal: Automaton, state: int, letter: int) -> NotRTrivial:
    target = int(minimal.table[state, letter])
    back = known_word_to(minimal, target, lambda reached: reached == state)
    suffix = known_separating_word(minimal, state, target)
    return NotRTrivial(access_word(minimal, state), (minimal.alphabet[letter],), back, suffix)
