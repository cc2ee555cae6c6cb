"""Is the syntactic monoid J-trivial, that is, the language piecewise testable?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import merge_letters, minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.l_trivial import NotLTrivial
from monoscan.automata.properties.r_trivial import NotRTrivial, RTrivial, is_r_trivial
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import AgainstByRelated


@final
@dataclass(frozen=True)
class JTrivial:
    """No two elements of the syntactic monoid are J-related. True as a Boolean.

    The language is piecewise testable: which words occur scattered in a word, up to some length,
    decides.

    Attributes:
        depth: The largest number of times that a word changes the state.
    """

    depth: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether the minimal automaton has no way back, and one end for each set of letters.

        The second part: each state is the only one with all its loops in the part of the graph
        that these loops' letters connect with it.

        Source: A. N. Trahtman, Piecewise and local threshold testability of DFA, 2001.

        >>> JTrivial(1).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        if not RTrivial(self.depth).check(automaton):
            return False
        quotient = Quotient(automaton)
        return all(_is_only_end(quotient, state) for state in range(len(quotient)))


def _is_only_end(quotient: Quotient, state: int) -> bool:
    letters = [a for a, target in enumerate(quotient.table[state]) if target == state]
    connected = {state}
    while True:
        grown = connected | {
            end
            for source, row in enumerate(quotient.table)
            for a in letters
            if {source, row[a]} & connected
            for end in (source, row[a])
        }
        if grown == connected:
            break
        connected = grown
    ends = [s for s in connected if all(quotient.table[s][a] == s for a in letters)]
    return ends == [state]


@final
@dataclass(frozen=True)
class NotJTrivial(AgainstByRelated[NotRTrivial | NotLTrivial]):
    """Two different J-related elements. False as a Boolean.

    Attributes:
        related: Evidence that the monoid is not even R-trivial, or not even L-trivial.

    >>> even = Automaton("a", [[1], [0]], (True, False))
    >>> NotJTrivial(NotRTrivial((), ("a",), ("a",), ())).check(even)
    True
    """


Answer: TypeAlias = JTrivial | NotJTrivial


@language_property(
    "j-trivial",
    place=110,
    implies=("r-trivial", "l-trivial", "dot-depth-one"),
    definition=("Piecewise testable: for some k the subsequences of at most k letters decide."),
    equation="(x y)^w x = (x y)^w = y (x y)^w",
    source="I. Simon, Piecewise testable events, 1975",
    yes="how often a word can change the state",
    no="as r-trivial or as l-trivial",
    example=".*a.*b.*",
    counterexample=".*b",
)
def is_j_trivial(automaton: Automaton) -> Answer:
    """Whether the syntactic monoid is J-trivial. Needs no monoid.

    If the monoid is R-trivial, it is enough that high powers of ab and of ba are equal for any
    two letters a and b.

    Source: I. Simon, Piecewise testable events, 1975; O. Klíma and L. Polák, Alternative automata
    characterization of piecewise testable languages, 2013.

    >>> is_j_trivial(Automaton("ab", [[1, 0], [1, 1]], (False, True)))
    JTrivial(depth=1)
    >>> bool(is_j_trivial(Automaton("ab", [[0, 1], [0, 1]], (False, True))))
    False
    """
    minimal = merge_letters(minimize(automaton))
    r_trivial = is_r_trivial(minimal)
    if isinstance(r_trivial, NotRTrivial):
        return NotJTrivial(r_trivial)
    for a, b in combinations(range(len(minimal.alphabet)), 2):
        # In an R-trivial monoid x^i = x^(i + 1) as soon as i is the number of state changes.
        turns = max(1, r_trivial.depth)
        first, second = minimal.table[:, a], minimal.table[:, b]
        ab, ba = _power(second[first], turns), _power(first[second], turns)
        if not np.array_equal(ab, ba):
            letters = (minimal.alphabet[a], minimal.alphabet[b])
            # b (ab)^i = (ba)^i b = (ba)^i, and a (ba)^i = (ab)^i: the two are L-related.
            return NotJTrivial(NotLTrivial(letters * turns, letters[1:], letters[:1]))
    return JTrivial(r_trivial.depth)


def _power(action: NDArray[np.int32], least: int) -> NDArray[np.int32]:
    """A power of an action with at least some exponent, which is a power of two."""
    exponent = 1
    while exponent < least:
        action, exponent = action[action], 2 * exponent
    return action
