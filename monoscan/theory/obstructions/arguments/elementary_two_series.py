"""Real triangular matrices: each layer adds an elementary abelian 2-group."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.groups import elementary_two_length, group_above_depth
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Group


@argument("elementary-two-series")
def elementary_two_series(minimal: Automaton, depth: Depth, budget: int) -> Group | None:
    """A group whose series G -> G^2 [G, G] is longer than the depth, or does not end in 1."""
    return group_above_depth(minimal, depth, elementary_two_length, _kind, budget)


def _kind(steps: int | None) -> str:
    if steps is None:
        return "that is no 2-group"
    return f"whose series of squares and commutators has {steps} steps"
