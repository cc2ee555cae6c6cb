"""A letter twice leads elsewhere than the letter once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

from monoscan.automata import Automaton, Word
from monoscan.automata.properties.words import word_to
from monoscan.theory.lemmas.lemma import PSD, PSD_PRODUCTS, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text


@final
@dataclass(frozen=True)
class Repeat(Witness):
    """After a prefix, a letter twice leads elsewhere than the letter once.

    Attributes:
        prefix: A word.
        letter: The letter.
    """

    type: ClassVar[str] = "repeat"
    prefix: Word
    letter: str

    def __str__(self) -> str:
        once = (*self.prefix, self.letter)
        twice = (*once, self.letter)
        return f"{word_text(once)} and {word_text(twice)} are not equivalent, a letter twice counts"


def repeated_letter(minimal: Automaton) -> Repeat | None:
    """A shortest prefix after which a letter twice leads elsewhere than the letter once.

    >>> repeated_letter(Automaton("a", [[1], [2], [2]], (False, False, True)))
    Repeat(prefix=(), letter='a')
    """
    table = minimal.table.tolist()

    def moving(state: int) -> int | None:
        row = enumerate(table[state])
        return next((letter for letter, once in row if table[once][letter] != once), None)

    prefix = word_to(minimal, 0, lambda state: moving(state) is not None)
    if prefix is None:
        return None
    letter = moving(minimal.state_after(prefix))
    return None if letter is None else Repeat(prefix, minimal.alphabet[letter])


@lemma(
    "idempotent-letters",
    statement="If every transition matrix is a product of at most two symmetric matrices with "
    "spectrum in [0, 1], or one Householder factor a head with beta strictly between 0 and 2, a "
    "letter acts as its square, at any depth.",
    source="our own result",
    page="lemmas/idempotent-letters.md",
    classes=(
        *(*PSD, "householder-open"),
        *(pattern.replace("N", "2") for pattern in PSD_PRODUCTS),
    ),
    formal=("letter_classes.idempotent_letters",),
    witness=Repeat,
)
def idempotent_letters(minimal: Automaton, _depth: Depth, _budget: int) -> Repeat | None:
    """A letter that acts otherwise than its square."""
    return repeated_letter(minimal)
