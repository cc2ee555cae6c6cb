"""Two words lead to different states, although their lengths or last letters agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

from monoscan.automata import Automaton, Word
from monoscan.automata.properties.words import word_to
from monoscan.theory.lemmas.lemma import lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text


@final
@dataclass(frozen=True)
class Inequivalent(Witness):
    """Two words that lead to different states, although a lemma says that they cannot.

    Attributes:
        first: A word.
        second: Another one.
    """

    type: ClassVar[str] = "inequivalent"
    first: Word
    second: Word

    def __str__(self) -> str:
        return f"{word_text(self.first)} and {word_text(self.second)} are not equivalent"


def words_of_one_length(minimal: Automaton) -> Inequivalent | None:
    """Two words of one length and one last letter that lead to different states.

    As long as there are none, each state of a length has the same successors, so the states of
    the next length are known from one of them, and after as many lengths as there are states
    nothing new comes.

    >>> words_of_one_length(Automaton("ab", [[0, 1], [1, 0]], (True, False)))
    Inequivalent(first=('a', 'a'), second=('b', 'a'))
    """
    words: dict[int, Word] = {0: ()}
    for _ in range(minimal.n_states + 1):
        following: dict[int, Word] = {}
        for number, letter in enumerate(minimal.alphabet):
            first: tuple[int, Word] | None = None
            for state, word in words.items():
                target, longer = int(minimal.table[state, number]), (*word, letter)
                if first is not None and first[0] != target:
                    return Inequivalent(first[1], longer)
                first = first or (target, longer)
                following.setdefault(target, longer)
        words = following
    return None


def words_of_one_last_letter(minimal: Automaton) -> Inequivalent | None:
    """Two words with one last letter, the first of them that letter, that lead to different states.

    >>> words_of_one_last_letter(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Inequivalent(first=('0',), second=('1', '0'))
    """
    table = minimal.table.tolist()

    def other(state: int) -> int | None:
        row = enumerate(table[state])
        return next((letter for letter, target in row if target != table[0][letter]), None)

    prefix = word_to(minimal, 0, lambda state: other(state) is not None)
    if prefix is None:
        return None
    letter = other(minimal.state_after(prefix))
    if letter is None:
        return None
    last = (minimal.alphabet[letter],)
    return Inequivalent(last, (*prefix, *last))


def moving_letter(minimal: Automaton) -> Inequivalent | None:
    """The empty word and a letter that leads away from the initial state.

    >>> moving_letter(Automaton("ab", [[0, 1], [0, 1]], (True, False)))
    Inequivalent(first=(), second=('b',))
    """
    row = zip(minimal.alphabet, minimal.table[0].tolist(), strict=True)
    return next((Inequivalent((), (letter,)) for letter, target in row if target != 0), None)


@lemma(
    "open-diagonal-one-state",
    statement="With diagonal matrices whose entries lie strictly between 0 and 1 only one state "
    "is reachable, at any depth: the languages recognised are the empty one and that of all "
    "words.",
    source="our own result",
    page="lemmas/strictly-stable-letters.md",
    classes=("diagonal-open",),
    witness=Inequivalent,
)
def open_diagonal_one_state(minimal: Automaton, _depth: Depth, _budget: int) -> Inequivalent | None:
    """A letter that leads away from the initial state."""
    return moving_letter(minimal)


@lemma(
    "strictly-stable-letters",
    statement="If in each layer every transition matrix is diagonalisable with eigenvalues of "
    "modulus below 1, the states after a word depend on its last letter only, at any depth.",
    source="our own result",
    page="lemmas/strictly-stable-letters.md",
    classes=(
        *("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
        "rwkv-7-released",
    ),
    formal=(
        "stable_classes.strictly_stable_letters",
        "complex_narrow.complex_stable_letters",
    ),
    witness=Inequivalent,
)
def strictly_stable_letters(minimal: Automaton, _depth: Depth, _budget: int) -> Inequivalent | None:
    """Two words with one last letter that are not equivalent."""
    return words_of_one_last_letter(minimal)


@lemma(
    "time-invariant-length-only",
    statement="If in each layer all transition matrices are the same diagonal matrix, the states "
    "depend on the length of the word and its last letter only.",
    source="our own proof; compare Sarrof et al., arXiv 2405.17394, section 4",
    page="lemmas/time-invariant-length-only.md",
    classes=("time-invariant-diagonal",),
    witness=Inequivalent,
    wide="A",
)
def time_invariant_length_only(
    minimal: Automaton, _depth: Depth, _budget: int
) -> Inequivalent | None:
    """Two words of one length and one last letter that are not equivalent."""
    return words_of_one_length(minimal)
