"""One layer of diagonal matrices: a word overwrites what its letters have written before."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.overwritten import (
    overwritten_order,
    overwritten_power,
    settling_power,
)
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Overwritten


@argument("one-layer-right-regular-band")
def nonnegative(minimal: Automaton, _depth: Depth, budget: int) -> Overwritten | None:
    """A letter that counts although it occurs again."""
    return overwritten_power(minimal, lambda action, state: 1, budget)


@argument("one-layer-diagonal-real")
def real(minimal: Automaton, _depth: Depth, budget: int) -> Overwritten | None:
    """A square of a letter, or an order of two, that counts although both occur again."""
    found = overwritten_power(minimal, lambda action, state: 2, budget)
    return found or overwritten_order(minimal, budget)


@argument("one-layer-diagonal-complex")
def complex_numbers(minimal: Automaton, _depth: Depth, budget: int) -> Overwritten | None:
    """An idempotent power of a letter, or an order of two, that counts although both come again."""
    return overwritten_power(minimal, settling_power, budget) or overwritten_order(minimal, budget)
