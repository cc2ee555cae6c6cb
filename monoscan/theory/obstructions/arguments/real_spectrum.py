"""Real spectra: each layer doubles a period at most."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.cycles import first_cycle
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Cycle


@argument("real-spectrum-two-groups")
@argument("signed-rounding-two-groups")
def real_spectrum(minimal: Automaton, depth: Depth, budget: int) -> Cycle | None:
    """A cycle whose length does not divide 2^depth, or is no power of 2."""
    longest = minimal.n_states.bit_length()  # 2^longest is above the length of any cycle
    return first_cycle(minimal, 1 << (longest if depth == "any" else min(depth, longest)), budget)
