"""Is the syntactic monoid a right regular band: do only the last occurrences of letters matter?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import equivalence_classes, merge_letters, minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import access_word, known_separating_word
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class RightRegularBand:
    """All elements x, y of the syntactic monoid have x x = x and x y x = y x. True as a Boolean.

    So of each letter only the last occurrence counts.
    """

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether a y a = y a for all letters a and words y, by following pairs of states.

        >>> RightRegularBand().check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        return all(_is_forgotten(quotient, a) for a in range(len(quotient.alphabet)))


def _is_forgotten(quotient: Quotient, letter: int) -> bool:
    queue = [(row[letter], state) for state, row in enumerate(quotient.table)]
    seen = set(queue)
    for p, q in queue:
        if quotient.table[p][letter] != quotient.table[q][letter]:
            return False
        for pair in zip(quotient.table[p], quotient.table[q], strict=True):
            if pair not in seen:
                seen.add(pair)
                queue.append(pair)
    return True


@final
@dataclass(frozen=True)
class NotRightRegularBand(Against):
    """An occurrence of a letter counts although the letter comes again. False as a Boolean.

    The words prefix letter between letter suffix and prefix between letter suffix have different
    outputs.

    Attributes:
        prefix: A word.
        letter: A letter.
        between: A word.
        suffix: A word.
    """

    prefix: Word
    letter: str
    between: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the two outputs differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotRightRegularBand((), "a", (), ()).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.prefix, (self.letter,), self.between, self.suffix):
            return False
        end = (*self.between, self.letter, *self.suffix)
        return quotient.output((*self.prefix, self.letter, *end)) != quotient.output(
            (*self.prefix, *end)
        )


Answer: TypeAlias = RightRegularBand | NotRightRegularBand


@language_property(
    "right-regular-band",
    place=140,
    implies=("l-trivial",),
    definition="The order of the last occurrences of the letters decides.",
    equation="x x = x and x y x = y x",
    source="J.-E. Pin, Mathematical Foundations of Automata Theory",
    yes="nothing: all letters are tried again",
    no=(
        "prefix letter between letter suffix and prefix between letter suffix have "
        "different answers"
    ),
    example=".*b",
    counterexample=".*ab",
)
def is_right_regular_band(automaton: Automaton) -> Answer:
    """Whether the syntactic monoid is a right regular band. Needs no monoid.

    The identity x y x = y x holds for all words x if it holds for all letters x: the letters of
    the first x can be struck out one after another, since each comes again.

    >>> is_right_regular_band(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    RightRegularBand()
    >>> is_right_regular_band(Automaton("a", [[1], [0]], (True, False)))
    NotRightRegularBand(prefix=(), letter='a', between=(), suffix=())
    """
    minimal = merge_letters(minimize(automaton))
    for a, letter in enumerate(minimal.alphabet):
        column = minimal.table[:, a]
        # With the state after one more letter a as the output, states are equivalent if y a
        # merges them for every word y.
        after = Automaton(minimal.alphabet, minimal.table, [str(target) for target in column])
        classes = equivalence_classes(after)
        counting = np.flatnonzero(classes[column] != classes)
        if len(counting):
            return _witness(minimal, int(counting[0]), letter, after)
    return RightRegularBand()


def _witness(minimal: Automaton, state: int, letter: str, after: Automaton) -> NotRightRegularBand:
    column = minimal.table[:, minimal.letter_index(letter)]
    target = int(column[state])
    between = known_separating_word(after, target, state)
    p, q = (_target(minimal, start, (*between, letter)) for start in (target, state))
    suffix = known_separating_word(minimal, p, q)
    return NotRightRegularBand(access_word(minimal, state), letter, between, suffix)


def _target(minimal: Automaton, state: int, word: Word) -> int:
    for letter in word:
        state = int(minimal.table[state, minimal.letter_index(letter)])
    return state
