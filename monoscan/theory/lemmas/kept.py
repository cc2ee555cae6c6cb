"""A word leads several states back to themselves, so that it never makes them one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

from monoscan.automata import Automaton, Word
from monoscan.automata.properties.definite import is_definite
from monoscan.theory.lemmas.lemma import lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, check_states, word_text


@final
@dataclass(frozen=True)
class Kept(Witness):
    """A word leads each of some states back to itself: however often it is read, they differ.

    Attributes:
        word: Not empty.
        states: At least two.

    Raises:
        ValueError: If the word is empty or there are too few states.
    """

    type: ClassVar[str] = "kept"
    word: Word
    states: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.word:
            raise ValueError("the empty word keeps every state apart; expected another one")
        check_states(self.states, 2)

    @property
    def path(self) -> tuple[int, ...]:
        """The states."""
        return self.states

    def __str__(self) -> str:
        return f"the word {word_text(self.word)} keeps {len(self.states)} states apart for ever"


@lemma(
    "open-diagonal-definite",
    statement="If in each layer every transition matrix is diagonal with entries of modulus below "
    "1, the states depend on the last letters only, a fixed number of them, at any depth and with "
    "any delays.",
    source="our own result",
    page="lemmas/open-diagonal-definite.md",
    classes=("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
    witness=Kept,
    wide="AB",
)
def open_diagonal_definite(minimal: Automaton, _depth: Depth, _budget: int) -> Kept | None:
    """A word that leads two states back to themselves.

    >>> print(open_diagonal_definite(Automaton("ab", [[0, 1], [1, 0]], (True, False)), "any", 9))
    the word a keeps 2 states apart for ever
    """
    found = is_definite(minimal)
    if found:
        return None
    pair = (minimal.state_after(found.first), minimal.state_after(found.second))
    return Kept(found.loop, pair)
