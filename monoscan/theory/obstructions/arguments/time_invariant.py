"""One diagonal matrix for all inputs: only the length and the last letter are seen."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.letters import words_of_one_length
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Inequivalent


@argument("time-invariant-length-only")
def time_invariant(minimal: Automaton, _depth: Depth, _budget: int) -> Inequivalent | None:
    """Two words of one length and one last letter that are not equivalent."""
    return words_of_one_length(minimal)
