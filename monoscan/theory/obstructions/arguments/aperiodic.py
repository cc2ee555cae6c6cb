"""Networks that cannot count: a word moves states in a cycle."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.cycles import first_cycle
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Cycle


@argument("monotone-rounding-aperiodic")
@argument("psd-products-aperiodic")
@argument("open-range-no-groups")
def aperiodic(minimal: Automaton, _depth: Depth, budget: int) -> Cycle | None:
    """The first word that moves two or more states in a cycle."""
    return first_cycle(minimal, 1, budget)
