"""Languages that a bounded part of the word decides: its end, its beginning, both, or all of it."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language

_PIN = "J.-E. Pin, Mathematical Foundations of Automata Theory"


@language(
    "ends-with-ab",
    alphabet=("a", "b"),
    definition="Words that end in ab. It is definite: the last two letters decide.",
    examples={"bab": True, "aba": False, "": False},
    source="M. Perles, M. O. Rabin and E. Shamir, The theory of definite automata, 1963",
)
def ends_with_ab() -> Automaton:
    """The state is how much of ab has been matched."""
    return Automaton(("a", "b"), [[1, 0], [1, 2], [1, 0]], (False, False, True))


@language(
    "starts-with-a",
    alphabet=("a", "b"),
    definition="Words whose first letter is a. It is reverse definite: a prefix decides.",
    examples={"abb": True, "ba": False, "": False},
    source=f"{_PIN} (reverse definite languages)",
)
def starts_with_a() -> Automaton:
    """States: nothing read; first letter a; first letter b."""
    return Automaton(("a", "b"), [[1, 2], [1, 1], [2, 2]], (False, True, False))


@language(
    "starts-with-a-ends-with-b",
    alphabet=("a", "b"),
    definition="Words whose first letter is a and whose last letter is b. It is generalised "
    "definite: a prefix and a suffix decide together.",
    examples={"aab": True, "aba": False, "bab": False},
    source="A. Ginzburg, About some properties of definite, reverse-definite and related "
    "automata, 1966",
)
def starts_with_a_ends_with_b() -> Automaton:
    """States: nothing read; a...a; dead; a...b."""
    return Automaton(("a", "b"), [[1, 2], [1, 3], [2, 2], [1, 3]], (False, False, False, True))


@language(
    "finite-ab-ba",
    alphabet=("a", "b"),
    definition="The finite language of the two words ab and ba.",
    examples={"ab": True, "ba": True, "abba": False},
    source=f"{_PIN} (finite languages)",
)
def finite_ab_ba() -> Automaton:
    """States: nothing, a, b, dead, a whole word."""
    nothing, a, b, dead, whole = range(5)
    table = [[a, b], [dead, whole], [whole, dead], [dead, dead], [dead, dead]]
    return Automaton(("a", "b"), table, [state == whole for state in range(nothing, whole + 1)])
