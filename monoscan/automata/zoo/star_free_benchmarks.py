"""Star-free languages on which sequence models are usually tested."""

from __future__ import annotations

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language

_SOURCE = (
    "Bhattamishra, Ahuja and Goyal, On the ability and limitations of transformers to recognize "
    "formal languages, arXiv:2009.11264; used in arXiv:2405.17394"
)


@language(
    "ab-star-d-bc-star",
    alphabet=("a", "b", "c", "d"),
    definition="{a,b}*d{b,c}*: exactly one d, only a and b before it, only b and c after it.",
    examples={"abdcb": True, "dd": False, "ab": False},
    source=_SOURCE,
)
def ab_star_d_bc_star() -> Automaton:
    """States: before the d; dead; after the d."""
    before, dead, after = range(3)
    table = [[before, before, dead, after], [dead] * 4, [dead, after, after, dead]]
    return Automaton(("a", "b", "c", "d"), table, (False, False, True))


@language(
    "012-star-02-star",
    alphabet=("0", "1", "2"),
    definition="{0,1,2}*02*: words with a 0 after which only 2s follow.",
    examples={"10122": False, "1022": True, "": False},
    source=_SOURCE,
)
def ends_in_02_star() -> Automaton:
    """State 1: only 2s have followed the last 0; a 2 changes nothing."""
    return Automaton(("0", "1", "2"), [[1, 0, 0], [1, 0, 1]], (False, True))


@language(
    "a-to-e-plus",
    alphabet=("a", "b", "c", "d", "e"),
    definition="aa*bb*cc*dd*ee*: the letters a to e in their order, each at least once.",
    examples={"aabcddde": True, "abde": False, "abcdea": False},
    source=_SOURCE,
)
def a_to_e_plus() -> Automaton:
    """States: nothing; a; dead; then b to e."""
    start, a, dead, b, c, d, e = range(7)
    table = [[dead] * 5 for _ in range(7)]
    for letter, (state, target) in enumerate([(start, a), (a, b), (b, c), (c, d), (d, e)]):
        table[state][letter] = target
        table[target][letter] = target
    return Automaton("abcde", table, [state == e for state in range(7)])
