"""Powers of a word: regular languages that are not star-free because they count repetitions."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language

_SARROF = (
    "Sarrof, Veitsman and Hahn, The expressive capacity of state space models, arXiv:2405.17394 "
    "(its regular languages that are not star-free)"
)


@language(
    "aaaa-star",
    alphabet=("a",),
    definition="(aaaa)*: words over the single letter a whose length is divisible by 4.",
    examples={"aaaa": True, "aa": False, "": True},
    source=_SARROF,
)
def aaaa_star() -> Automaton:
    """The state is the length modulo 4."""
    return Automaton(("a",), [[1], [2], [3], [0]], (True, False, False, False))


@language(
    "abab-star",
    alphabet=("a", "b"),
    definition="(abab)*: a and b in turn, beginning with a, of a length divisible by 4.",
    examples={"abab": True, "ab": False, "abababab": True},
    source=_SARROF,
)
def abab_star() -> Automaton:
    """State 2 is dead; the others are the places in abab."""
    start, a, dead, ab, aba = range(5)
    table = [[a, dead], [dead, ab], [dead, dead], [aba, dead], [dead, start]]
    return Automaton(("a", "b"), table, [state == start for state in range(5)])
