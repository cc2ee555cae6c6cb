"""Is the language reverse definite: do the first letters of a word decide?"""

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
    first_loop,
    known_word_to,
    longest_walks,
    sinks,
)
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class ReverseDefinite:
    """The output of a word depends only on its first letters. True as a Boolean.

    Attributes:
        length: The least number of letters after which the output never changes any more.
    """

    length: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether this is the least such length, by following sets of states.

        >>> ReverseDefinite(0).check(Automaton("a", [[1], [1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        states = {0}
        for _ in range(self.length):
            if all(set(quotient.table[state]) == {state} for state in states):
                return False
            states = {target for state in states for target in quotient.table[state]}
        final_states = all(set(quotient.table[state]) == {state} for state in states)
        return self.length >= 0 and final_states


@final
@dataclass(frozen=True)
class NotReverseDefinite(Against):
    """However long the common beginning prefix loop^i, the end decides. False as a Boolean.

    The outputs of prefix loop^i first and prefix loop^i second differ for every i.

    Attributes:
        prefix: A word.
        loop: A non-empty word that leads from the state after the prefix back to it.
        first: A word.
        second: A word.
    """

    prefix: Word
    loop: Word
    first: Word
    second: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loop closes and the outputs differ.

        >>> last_b = Automaton("ab", [[0, 1], [0, 1]], (False, True))
        >>> NotReverseDefinite((), ("a",), (), ("b",)).check(last_b)
        True
        """
        quotient = Quotient(automaton)
        if not self.loop or not quotient.knows(self.prefix, self.loop, self.first, self.second):
            return False
        state = quotient.after(self.prefix)
        first, second = quotient.after(self.first, state), quotient.after(self.second, state)
        different = quotient.outputs[first] != quotient.outputs[second]
        return quotient.after(self.loop, state) == state and different


Answer: TypeAlias = ReverseDefinite | NotReverseDefinite


@language_property(
    "reverse-definite",
    place=30,
    implies=("generalised-definite", "strictly-local", "r-trivial"),
    definition="For some k the first k letters decide.",
    equation="e x = e",
    source=(
        "A. Ginzburg, About some properties of definite, reverse-definite and "
        "related automata, 1966"
    ),
    yes="how many first letters decide",
    no=("prefix loop^i first and prefix loop^i second have different answers for every i"),
    example="a.*",
    counterexample=".*b",
)
def is_reverse_definite(automaton: Automaton) -> Answer:
    """Whether the output depends only on the first k letters, for some k. Needs no monoid.

    >>> is_reverse_definite(Automaton("a", [[1], [1]], (False, True)))
    ReverseDefinite(length=1)
    >>> bool(is_reverse_definite(Automaton("ab", [[0, 1], [0, 1]], (False, True))))
    False
    """
    minimal = minimize(automaton)
    inner = np.ones(minimal.n_states, dtype=bool)
    inner[sinks(minimal)] = False
    walks = longest_walks(minimal, inner)
    if walks is not None:
        return ReverseDefinite(1 + max(walks.values(), default=-1))
    state, loop = first_loop(minimal, inner)
    # A state from which all outputs are equal would be a sink of the minimal automaton.
    other = _word_to_another_output(minimal, state)
    return NotReverseDefinite(access_word(minimal, state), loop, (), other)


def _word_to_another_output(minimal: Automaton, state: int) -> Word:
    here = minimal.outputs[state]
    return known_word_to(minimal, state, lambda reached: minimal.outputs[reached] != here)
