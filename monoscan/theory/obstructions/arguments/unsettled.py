"""Along the powers of a letter the outputs do not settle: three lemmas on single letters."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.letters import unsettled_letter
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Unsettled


@argument("sign-lemma")
@argument("monotone-rounding")
@argument("psd-lemma")
def unsettled(minimal: Automaton, _depth: Depth, _budget: int) -> Unsettled | None:
    """A letter along whose powers the outputs alternate for ever."""
    return unsettled_letter(minimal)
