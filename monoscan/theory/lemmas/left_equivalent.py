"""Words act differently, although each acts like the other with something put before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np

from monoscan.automata import Automaton, Word
from monoscan.automata.properties.group import is_group
from monoscan.automata.properties.words import known_word_to
from monoscan.theory.lemmas.lemma import DIAGONAL, ONE_FACTOR, PSD, PSD_PRODUCTS, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text


@final
@dataclass(frozen=True)
class LeftEquivalent(Witness):
    """Two words act differently, and each acts like the other with something put before it.

    Attributes:
        prefix: A word after which the two words, word and forth word, lead apart.
        word: A word.
        forth: A word.
        back: A word such that back forth word acts as word does.
    """

    type: ClassVar[str] = "left-equivalent"
    prefix: Word
    word: Word
    forth: Word
    back: Word

    def __str__(self) -> str:
        longer = (*self.forth, *self.word)
        first, second = (*self.prefix, *longer), (*self.prefix, *self.word)
        return (
            f"{word_text(first)} and {word_text(second)} are not equivalent, but "
            f"{word_text((*self.back, *longer))} acts like {word_text(self.word)}"
        )


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
    # Imported here: only questions about one layer need it.
    from monoscan.automata.properties.l_trivial import NotLTrivial, is_l_trivial

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
    # Imported here, as above.
    from monoscan.automata.greens import find_idempotents, l_classes
    from monoscan.automata.monoid import TransitionMonoid

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


@lemma(
    "one-layer-contractions",
    statement="With a single layer of matrices of spectral norm at most 1, L-equivalent "
    "idempotents of the syntactic monoid are equal: a first letter is not remembered.",
    source="our own proof",
    page="lemmas/one-layer-contractions.md",
    classes=(
        *(*DIAGONAL, *ONE_FACTOR, *PSD_PRODUCTS),
        *("householder-product-N", "gated-householder-product-N"),
        *("diagonal-householder-nonnegative", "diagonal-householder"),
    ),
    only_depth_1=True,
    witness=LeftEquivalent,
)
def one_layer_contractions(minimal: Automaton, _depth: Depth, budget: int) -> LeftEquivalent | None:
    """Two L-equivalent words that act differently, each like its square."""
    return left_equivalent_idempotents(minimal, budget)


@lemma(
    "one-layer-l-trivial",
    statement="With a single layer whose matrices are products of symmetric matrices with "
    "spectrum in [0, 1], or have one Householder factor a head and beta strictly between 0 and 2, "
    "only L-trivial languages are recognised.",
    source="our own proof",
    page="lemmas/one-layer-contractions.md",
    classes=(*PSD, *PSD_PRODUCTS, "householder-open"),
    only_depth_1=True,
    witness=LeftEquivalent,
)
def one_layer_l_trivial(minimal: Automaton, _depth: Depth, budget: int) -> LeftEquivalent | None:
    """Two L-equivalent words that act differently."""
    return left_equivalent_words(minimal, budget)
