"""Complex triangular matrices: each layer adds an abelian group."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.groups import group_above_depth
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Group


@argument("diagonal-derived-length")
def derived_length(minimal: Automaton, depth: Depth, budget: int) -> Group | None:
    """A group whose derived length is above the depth, or that is not solvable."""
    return group_above_depth(minimal, depth, lambda group: group.derived_length, _kind, budget)


def _kind(steps: int | None) -> str:
    return "that is not solvable" if steps is None else f"of derived length {steps}"
