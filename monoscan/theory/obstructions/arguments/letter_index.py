"""No nilpotent part, or one matrix for all inputs: a letter leads at once into its cycle."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.transients import transient_letter
from monoscan.theory.obstructions.witness import Transient


@argument("one-layer-letter-index")
@argument("time-invariant-transient")
def letter_index(minimal: Automaton, _depth: Depth, _budget: int) -> Transient | None:
    """A letter that leads to a state to which no power of it leads back."""
    return transient_letter(minimal)
