"""Two words of one length: one moves states in a cycle that the other fixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, Word
from monoscan.theory.lemmas.cycles import cycle_from
from monoscan.theory.lemmas.lemma import lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, check_states, word_text

if TYPE_CHECKING:
    from monoscan.automata.properties.quasi_aperiodic import NotQuasiAperiodic


@final
@dataclass(frozen=True)
class SameLengthCycle(Witness):
    """Two words of one length: one moves some states in a cycle, the other fixes each of them.

    Attributes:
        word: The word that moves the states.
        identity: The word that fixes them.
        states: At least two states, in the order of the cycle.

    Raises:
        ValueError: If the words have different lengths.
    """

    type: ClassVar[str] = "same-length-cycle"
    word: Word
    identity: Word
    states: tuple[int, ...]

    def __post_init__(self) -> None:
        check_states(self.states, least=2)
        if len(self.word) != len(self.identity):
            raise ValueError(
                f"the words of the witness have {len(self.word)} and {len(self.identity)} "
                "letters; expected the same number"
            )

    def __str__(self) -> str:
        return (
            f"{word_text(self.word)} moves {len(self.states)} states in a cycle and "
            f"{word_text(self.identity)}, of the same length, fixes them"
        )

    @property
    def path(self) -> tuple[int, ...]:
        """The cycle."""
        return (*self.states, self.states[0])


def same_length_cycle(minimal: Automaton, answer: NotQuasiAperiodic) -> SameLengthCycle:
    """The states that the neutral word fixes and the counting word moves, one cycle of them.

    >>> from monoscan.automata.properties.quasi_aperiodic import NotQuasiAperiodic
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> same_length_cycle(parity, NotQuasiAperiodic(("0",), ("1",))).states
    (0, 1)
    """
    neutral, counting = (_action(minimal, word) for word in (answer.neutral, answer.counting))
    states = range(minimal.n_states)
    start = next(q for q in states if neutral[q] == q and counting[q] != q)
    return SameLengthCycle(answer.counting, answer.neutral, cycle_from(counting, start))


def _action(minimal: Automaton, word: Word) -> NDArray[np.intp]:
    """Where a word leads from each state."""
    action = np.arange(minimal.n_states)
    for letter in word:
        action = minimal.table[action, minimal.letter_index(letter)]
    return action


@lemma(
    "mixed-quasi-aperiodic",
    statement="If in each layer every transition matrix is diagonal with entries in [0, 1], "
    "times a diagonal matrix that is the same for all inputs, only quasi-aperiodic languages are "
    "recognised, at any depth.",
    source="our own proof; Khavari et al., arXiv 2508.07395 (parity)",
    page="lemmas/mixed-quasi-aperiodic.md",
    classes=("diagonal-common-phase", "mixed-diagonal", "time-invariant-diagonal"),
    witness=SameLengthCycle,
    wide="AB",
)
def mixed_quasi_aperiodic(minimal: Automaton, _depth: Depth, budget: int) -> SameLengthCycle | None:
    """Two words of one length, of which one moves states that the other fixes."""
    # Imported here: the lemma is about few classes.
    from monoscan.automata.properties.quasi_aperiodic import NotQuasiAperiodic, is_quasi_aperiodic

    answer = is_quasi_aperiodic(minimal, budget)
    if not isinstance(answer, NotQuasiAperiodic):
        return None
    return same_length_cycle(minimal, answer)
