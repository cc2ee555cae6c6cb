"""The powers of a word do not lead at once, or not soon enough, into a cycle of states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np

from monoscan.automata import Automaton, Word
from monoscan.automata.element_search import ElementSearch, search_maps
from monoscan.automata.properties.words import access_word, word_to
from monoscan.theory.lemmas.cycles import cycles_of, periodic_states, power_of_maps
from monoscan.theory.lemmas.lemma import DIAGONAL, ONE_FACTOR, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text


@final
@dataclass(frozen=True)
class Transient(Witness):
    """After a prefix and so many times a word, the same word never leads back.

    Attributes:
        prefix: A word.
        word: The word that is repeated; not empty.
        times: How often, at least once.

    Raises:
        ValueError: If the word is empty or the number below 1.
    """

    type: ClassVar[str] = "transient"
    prefix: Word
    word: Word
    times: int

    def __post_init__(self) -> None:
        if not self.word or self.times < 1:
            raise ValueError(
                f"the word {self.word}, {self.times} times, shows no transient; expected a word "
                "that is not empty, at least once"
            )

    def __str__(self) -> str:
        path = word_text((*self.prefix, *self.word * self.times))
        word = word_text(self.word)
        return f"from {path} the word {word} never leads back to an equivalent word"


def transient_letter(minimal: Automaton) -> Transient | None:
    """A shortest prefix after which a letter leads to a state that is on no cycle of the letter.

    >>> transient_letter(Automaton("a", [[1], [2], [2]], (False, False, True)))
    Transient(prefix=(), word=('a',), times=1)
    """
    table = minimal.table.tolist()
    on_cycle = [
        {state for cycle in cycles_of(column) for state in cycle} for column in minimal.table.T
    ]

    def passing(state: int) -> int | None:
        targets = enumerate(table[state])
        return next((letter for letter, q in targets if q not in on_cycle[letter]), None)

    prefix = word_to(minimal, 0, lambda state: passing(state) is not None)
    if prefix is None:
        return None
    letter = passing(minimal.state_after(prefix))
    return None if letter is None else Transient(prefix, (minimal.alphabet[letter],), 1)


def transient_word(minimal: Automaton, times: int, budget: int) -> Transient | None:
    """The first word in shortlex order that leads to no cycle of its own, even so many times.

    Args:
        minimal: A minimal automaton.
        times: How often the word is repeated.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the budget is reached before such a word is found.

    >>> three = Automaton("a", [[1], [2], [3], [3]], (False, False, False, True))
    >>> transient_word(three, times=2, budget=9)
    Transient(prefix=(), word=('a',), times=2)
    >>> print(transient_word(three, times=3, budget=9))
    None
    """
    if times >= minimal.n_states:
        return None  # the states before the cycle are all different
    search = ElementSearch(minimal, budget)
    for maps, first in search_maps(search):
        passing = ~np.take_along_axis(periodic_states(maps), power_of_maps(maps, times), axis=1)
        found = np.flatnonzero(passing.any(axis=1))
        if len(found):
            row = int(found[0])
            word = tuple(minimal.alphabet[a] for a in search.word(first + row))
            prefix = access_word(minimal, int(np.flatnonzero(passing[row])[0]))
            return Transient(prefix, word, times)
    return None


@lemma(
    "nonnegative-word-index",
    statement="With diagonal matrices with entries in [0, 1], k layers are in the same states "
    "after the k-th and after each later repetition of a word.",
    source="our own proof",
    page="lemmas/diagonal-word-index.md",
    classes=("diagonal-nonnegative",),
    witness=Transient,
)
def nonnegative_word_index(minimal: Automaton, depth: Depth, budget: int) -> Transient | None:
    """A word that is not settled after as many repetitions as there are layers."""
    return None if depth == "any" else transient_word(minimal, depth, budget)


@lemma(
    "one-layer-letter-index",
    statement="In a single layer of matrices that are diagonalisable, or only have no Jordan "
    "block of size 2 for the eigenvalue 0, a letter leads at once into the cycle that it makes.",
    source="our own proof",
    page="lemmas/one-layer-letter-index.md",
    classes=(*DIAGONAL, *ONE_FACTOR),
    only_depth_1=True,
    formal=(
        "letter_classes.letter_index",
        "complex_narrow.complex_letter_index",
    ),
    witness=Transient,
)
def one_layer_letter_index(minimal: Automaton, _depth: Depth, _budget: int) -> Transient | None:
    """A letter that leads to a state to which no power of it leads back."""
    return transient_letter(minimal)


@lemma(
    "real-word-index",
    statement="With real diagonal matrices, the states of k layers are periodic along the "
    "repetitions of a word, from the repetition number 2^k - 1 on.",
    source="our own proof",
    page="lemmas/diagonal-word-index.md",
    classes=("diagonal-nonnegative", "diagonal-real"),
    witness=Transient,
)
def real_word_index(minimal: Automaton, depth: Depth, budget: int) -> Transient | None:
    """A word that is not settled after 2^depth - 1 repetitions."""
    return None if depth == "any" else transient_word(minimal, (1 << depth) - 1, budget)


@lemma(
    "time-invariant-transient",
    statement="If in each layer all transition matrices are the same diagonal matrix, then along "
    "the powers of a letter the states are periodic from the first occurrence of the letter on.",
    source="our own proof",
    page="lemmas/time-invariant-length-only.md",
    classes=("time-invariant-diagonal",),
    witness=Transient,
    wide="A",
)
def time_invariant_transient(minimal: Automaton, _depth: Depth, _budget: int) -> Transient | None:
    """A letter that leads to a state to which no power of it leads back."""
    return transient_letter(minimal)
