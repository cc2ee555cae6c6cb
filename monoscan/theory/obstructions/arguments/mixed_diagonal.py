"""Time-invariant or non-negative diagonal layers: words of one length do not count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, Word
from monoscan.automata.properties import NotQuasiAperiodic, is_quasi_aperiodic
from monoscan.theory.obstructions.cycles import cycle_from
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import SameLengthCycle


@argument("mixed-quasi-aperiodic")
def mixed_diagonal(minimal: Automaton, _depth: Depth, budget: int) -> SameLengthCycle | None:
    """Two words of one length, of which one moves states that the other fixes."""
    answer = is_quasi_aperiodic(minimal, budget)
    if not isinstance(answer, NotQuasiAperiodic):
        return None
    return same_length_cycle(minimal, answer)


def same_length_cycle(minimal: Automaton, answer: NotQuasiAperiodic) -> SameLengthCycle:
    """The states that the neutral word fixes and the counting word moves, one cycle of them.

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
