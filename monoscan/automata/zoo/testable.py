"""Languages decided by which factors, or which scattered subwords, occur in a word."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.steps import automaton_from_steps
from monoscan.automata.zoo.registry import language


@language(
    "contains-aa-and-bb",
    alphabet=("a", "b"),
    definition="Words in which aa occurs and bb occurs. It is locally testable: the set of factors "
    "of length two decides.",
    examples={"abaabb": True, "aabab": False, "bbaa": True},
    source="J. A. Brzozowski and I. Simon, Characterizations of locally testable events, 1973",
)
def contains_aa_and_bb() -> Automaton:
    """The state is the last letter and which of aa and bb have occurred."""
    done = ("", True, True)

    def step(state: tuple[str, bool, bool], letter: int) -> tuple[str, bool, bool]:
        if state == done:
            return done
        last, aa, bb = state
        now = "ab"[letter]
        aa, bb = aa or last + now == "aa", bb or last + now == "bb"
        return done if aa and bb else (now, aa, bb)

    return automaton_from_steps("ab", ("", False, False), step, lambda state: state == done)


@language(
    "subword-ab",
    alphabet=("a", "b"),
    definition="Words with an a and, at any later place, a b. It is piecewise testable "
    "(J-trivial): scattered subwords decide.",
    examples={"baab": True, "bba": False, "": False},
    source="I. Simon, Piecewise testable events, 1975",
)
def subword_ab() -> Automaton:
    """States: no a yet; an a but no b after it; both."""
    return Automaton(("a", "b"), [[1, 0], [1, 2], [2, 2]], (False, False, True))
