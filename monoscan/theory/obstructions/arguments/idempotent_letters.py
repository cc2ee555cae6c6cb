"""Products of at most two projections: a letter acts as its square."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.letters import repeated_letter
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Repeat


@argument("idempotent-letters")
def idempotent_letters(minimal: Automaton, _depth: Depth, _budget: int) -> Repeat | None:
    """A letter that acts otherwise than its square."""
    return repeated_letter(minimal)
