"""Is the language finite? With the longest word, or a loop that can be repeated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import (
    access_word,
    first_loop,
    known_word_to,
    longest_walks,
    sinks,
)
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class Finite:
    """The language has finitely many words. True as a Boolean.

    Attributes:
        longest: The length of its longest words; None if it has no word.
    """

    longest: int | None

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether the longest accepted words have this length, by following sets of states.

        If there were a longer word, cutting loops out of it would leave one that is longer by at
        most the number of states.

        >>> Finite(2).check(Automaton("a", [[1], [2], [2]], (True, False, False)))
        False
        """
        quotient = Quotient(automaton)
        longest = -1 if self.longest is None else self.longest
        states = {0}
        for length in range(longest + len(quotient) + 1):
            accepted = any(quotient.outputs[state] for state in states)
            if (length == longest and not accepted) or (length > longest and accepted):
                return False
            states = {target for state in states for target in quotient.table[state]}
        return True


@final
@dataclass(frozen=True)
class NotFinite(Against):
    """All the words prefix loop^i suffix are in the language. False as a Boolean.

    Attributes:
        prefix: A word.
        loop: A non-empty word that leads from the state after the prefix back to it.
        suffix: A word.
    """

    prefix: Word
    loop: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loop closes and its words are accepted.

        >>> NotFinite((), ("a",), ()).check(Automaton("a", [[0]], (True,)))
        True
        """
        quotient = Quotient(automaton)
        if not self.loop or not quotient.knows(self.prefix, self.loop, self.suffix):
            return False
        state = quotient.after(self.prefix)
        accepted = quotient.outputs[quotient.after(self.suffix, state)]
        return quotient.after(self.loop, state) == state and accepted is True


Answer: TypeAlias = Finite | NotFinite


@language_property(
    "finite",
    place=10,
    implies=("definite", "reverse-definite", "j-trivial"),
    definition="Only finitely many words are in it.",
    source="J.-E. Pin, Mathematical Foundations of Automata Theory",
    yes="the length of the longest words",
    no="prefix loop^i suffix is in the language for every i",
    example="aab",
    counterexample="a*",
    of_languages=True,
)
def is_finite(automaton: Automaton) -> Answer:
    """Whether the language of an acceptor is finite. Needs no monoid.

    Raises:
        AutomatonError: If the automaton has outputs that are not Boolean.

    >>> is_finite(Automaton("a", [[1], [2], [2]], (False, True, False)))
    Finite(longest=1)
    >>> is_finite(Automaton("a", [[1], [0]], (True, False)))
    NotFinite(prefix=(), loop=('a', 'a'), suffix=())
    """
    if not automaton.is_acceptor:
        raise AutomatonError(
            "finite is a property of languages, but this automaton outputs strings such as "
            f"{automaton.outputs[0]!r}; ask about an automaton with Boolean outputs"
        )
    minimal = minimize(automaton)
    # In a minimal automaton only one state, if any, leads to no word at all.
    alive = np.ones(minimal.n_states, dtype=bool)
    alive[[state for state in sinks(minimal) if not minimal.outputs[state]]] = False
    walks = longest_walks(minimal, alive)
    if walks is not None:
        accepted = (length for state, length in walks.items() if minimal.outputs[state])
        return Finite(max(accepted, default=None))
    state, loop = first_loop(minimal, alive)
    suffix = known_word_to(minimal, state, lambda reached: bool(minimal.outputs[reached]))
    return NotFinite(access_word(minimal, state), loop, suffix)
