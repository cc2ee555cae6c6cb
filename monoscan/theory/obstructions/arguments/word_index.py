"""Real diagonal matrices: each layer delays the periodic part of a repeated word a little."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.transients import transient_word
from monoscan.theory.obstructions.witness import Transient


@argument("nonnegative-word-index")
def nonnegative_word_index(minimal: Automaton, depth: Depth, budget: int) -> Transient | None:
    """A word that is not settled after as many repetitions as there are layers."""
    return None if depth == "any" else transient_word(minimal, depth, budget)


@argument("real-word-index")
def real_word_index(minimal: Automaton, depth: Depth, budget: int) -> Transient | None:
    """A word that is not settled after 2^depth - 1 repetitions."""
    return None if depth == "any" else transient_word(minimal, (1 << depth) - 1, budget)
