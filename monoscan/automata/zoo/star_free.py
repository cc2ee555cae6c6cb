"""A few well-known star-free languages: no word counts in them."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.zoo.registry import language


@language(
    "ends-with-1",
    alphabet=("0", "1"),
    definition="Binary words whose last letter is 1. It is definite: a suffix decides.",
    examples={"001": True, "10": False, "": False},
    source="M. Perles, M. O. Rabin and E. Shamir, The theory of definite automata, 1963",
)
def ends_with_1() -> Automaton:
    """The state is the last letter."""
    return Automaton(("0", "1"), [[0, 1], [0, 1]], (False, True))


@language(
    "no-two-consecutive-ones",
    alphabet=("0", "1"),
    definition="Binary words in which 11 does not occur.",
    examples={"0101": True, "0110": False},
    source="D. Lind and B. Marcus, An Introduction to Symbolic Dynamics and Coding, 1995, "
    "Example 1.2.3 (golden mean shift)",
)
def no_two_consecutive_ones() -> Automaton:
    """State 1: the last letter was 1; state 2: 11 has occurred."""
    return Automaton(("0", "1"), [[0, 1], [0, 2], [2, 2]], (True, True, False))


@language(
    "ab-star",
    alphabet=("a", "b"),
    definition="(ab)*: a and b in turn, beginning with a and ending with b, or the empty word.",
    examples={"abab": True, "aba": False, "": True},
    source="J.-E. Pin, Mathematical Foundations of Automata Theory (the syntactic monoid is B2 "
    "with an identity, six elements)",
)
def ab_star() -> Automaton:
    """State 1 waits for b; state 2 is dead."""
    return Automaton(("a", "b"), [[1, 2], [2, 0], [2, 2]], (True, False, False))


@language(
    "even-pairs",
    alphabet=("a", "b"),
    definition="Words with an even number of occurrences of ab and ba together. Although it is "
    "defined by counting, it is star-free: these are the empty word and the words whose first "
    "and last letters are equal.",
    examples={"aabba": True, "ab": False, "": True},
    source="Delétang et al., Neural networks and the Chomsky hierarchy, arXiv:2207.02098",
)
def even_pairs() -> Automaton:
    """States: nothing read; then (first letter, last letter)."""
    empty, aa, bb, ab, ba = range(5)
    table = [[aa, bb], [aa, ab], [ba, bb], [aa, ab], [ba, bb]]
    outputs = [state in (empty, aa, bb) for state in range(5)]
    return canonical(("a", "b"), table, outputs)
