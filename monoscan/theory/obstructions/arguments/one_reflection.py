"""One layer, one Householder factor a head: a letter has period at most 2."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.cycles import letter_cycle
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Cycle


@argument("one-reflection-order-two")
def one_reflection(minimal: Automaton, _depth: Depth, _budget: int) -> Cycle | None:
    """A letter that moves three or more states in a cycle."""
    return letter_cycle(minimal, least=3)
