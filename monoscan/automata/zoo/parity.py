"""Parity: the language of the project's core claim."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language


@language(
    "parity",
    alphabet=("0", "1"),
    definition="Binary words with an even number of 1s; the empty word is one of them.",
    examples={"0110": True, "010": False, "": True},
    source="Grazzi et al., Unlocking state-tracking in linear RNNs through negative eigenvalues, "
    "arXiv:2411.12537, Theorem 1",
)
def parity() -> Automaton:
    """The two states are the parities of the number of 1s so far."""
    return Automaton(("0", "1"), [[0, 1], [1, 0]], (True, False))
