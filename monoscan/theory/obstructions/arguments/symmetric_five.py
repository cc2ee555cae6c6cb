"""One layer, at most three Householder factors a head: S5 is out of reach."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.letters import symmetric_five as find_symmetric_five
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import SymmetricFive


@argument("s5-four-householders")
def symmetric_five(minimal: Automaton, _depth: Depth, _budget: int) -> SymmetricFive | None:
    """Two letters that act like (1 2 3 4 5) and (1 2) in S5."""
    return find_symmetric_five(minimal)
