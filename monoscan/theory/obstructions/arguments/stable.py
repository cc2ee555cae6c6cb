"""Strictly stable matrices: only the last letter counts; if invertible, not even that."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.obstructions.letters import moving_letter, words_of_one_last_letter
from monoscan.theory.obstructions.obstruction import Depth
from monoscan.theory.obstructions.registry import argument
from monoscan.theory.obstructions.witness import Inequivalent


@argument("strictly-stable-letters")
def last_letter(minimal: Automaton, _depth: Depth, _budget: int) -> Inequivalent | None:
    """Two words with one last letter that are not equivalent."""
    return words_of_one_last_letter(minimal)


@argument("open-diagonal-one-state")
def one_state(minimal: Automaton, _depth: Depth, _budget: int) -> Inequivalent | None:
    """A letter that leads away from the initial state."""
    return moving_letter(minimal)
