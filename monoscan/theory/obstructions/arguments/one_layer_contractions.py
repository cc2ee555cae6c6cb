"""One layer of contractions: what was lost is not different for words with the same future."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.left_classes import (
    left_equivalent_idempotents,
    left_equivalent_words,
)
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import LeftEquivalent


@argument("one-layer-contractions")
def contractions(minimal: Automaton, _depth: Depth, budget: int) -> LeftEquivalent | None:
    """Two L-equivalent words that act differently, each like its square."""
    return left_equivalent_idempotents(minimal, budget)


@argument("one-layer-l-trivial")
def l_trivial(minimal: Automaton, _depth: Depth, budget: int) -> LeftEquivalent | None:
    """Two L-equivalent words that act differently."""
    return left_equivalent_words(minimal, budget)
