"""The flip-flop: one bit of memory that is written or left alone."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language


@language(
    "flip-flop",
    alphabet=("w0", "w1", "i"),
    definition="One bit of memory, 0 at first: w0 and w1 write it, i leaves it alone. Accepted are "
    "the words after which it is 1.",
    examples={"w1 i i": True, "w1 i w0": False, "": False},
    source="Liu et al., Transformers learn shortcuts to automata, arXiv:2210.10749 (flip-flop "
    "monoid); Liu et al., Exposing attention glitches with flip-flop language modeling, "
    "arXiv:2306.00946",
)
def flip_flop() -> Automaton:
    """The state is the bit."""
    return Automaton(("w0", "w1", "i"), [[0, 1, 0], [0, 1, 1]], (False, True))
