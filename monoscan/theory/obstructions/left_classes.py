"""Words that act differently, although each acts like the other with something put before it."""

from __future__ import annotations

import numpy as np

from monoscan.automata import Automaton, TransitionMonoid, Word
from monoscan.automata.greens import find_idempotents, l_classes
from monoscan.automata.properties import NotLTrivial, is_group, is_l_trivial
from monoscan.automata.properties.words import known_word_to
from monoscan.theory.obstructions.witness import LeftEquivalent


def left_equivalent_words(minimal: Automaton, budget: int) -> LeftEquivalent | None:
    """Two words in one L-class of the monoid, unless the monoid is a group.

    Args:
        minimal: A minimal automaton.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the monoid is larger than the budget.

    >>> first_letter = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))
    >>> left_equivalent_words(first_letter, budget=10)
    LeftEquivalent(prefix=(), word=('a',), forth=('b',), back=('a',))
    """
    if is_group(minimal):
        return None
    answer = is_l_trivial(minimal, budget)
    if not isinstance(answer, NotLTrivial):
        return None
    return _witness(minimal, answer.word, answer.forth, answer.back)


def left_equivalent_idempotents(minimal: Automaton, budget: int) -> LeftEquivalent | None:
    """Two words in one L-class of the monoid, both of which act like their squares.

    If e and f are such elements, then e f = e and f e = f, words read from left to right.

    Args:
        minimal: A minimal automaton.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the monoid is larger than the budget.

    >>> last_letter = Automaton("ab", [[0, 1], [0, 1]], (False, True))
    >>> print(left_equivalent_idempotents(last_letter, budget=10))
    None
    """
    if is_group(minimal):
        return None
    monoid = TransitionMonoid(minimal, budget)
    idempotents = find_idempotents(monoid)
    classes = l_classes(monoid)[idempotents]
    _, first, number = np.unique(classes, return_index=True, return_inverse=True)
    others = np.flatnonzero(first[number.reshape(-1)] != np.arange(len(idempotents)))
    if not len(others):
        return None
    second = int(others[0])
    start = int(first[number.reshape(-1)[second]])
    word, forth = (monoid.word(int(idempotents[place])) for place in (start, second))
    return _witness(minimal, word, forth, word)


def _witness(minimal: Automaton, word: Word, forth: Word, back: Word) -> LeftEquivalent:
    longer = (*forth, *word)
    prefix = known_word_to(
        minimal, 0, lambda state: _end(minimal, state, longer) != _end(minimal, state, word)
    )
    return LeftEquivalent(prefix, word, forth, back)


def _end(minimal: Automaton, state: int, word: Word) -> int:
    for letter in word:
        state = int(minimal.table[state, minimal.letter_index(letter)])
    return state
