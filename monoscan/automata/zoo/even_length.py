"""Words of even length over one letter: the smallest languages that are not star-free."""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import language


def even_length(letter: str) -> Automaton:
    """The acceptor of the words of even length over one letter.

    >>> even_length("a").accepts("aa")
    True
    """
    return Automaton((letter,), [[1], [0]], (True, False))


language(
    "ones-even",
    alphabet=("1",),
    definition="(11)*: words over the single letter 1 whose length is even.",
    examples={"1111": True, "111": False},
    source="M.-P. Schützenberger, On finite monoids having only trivial subgroups, 1965",
)(partial(even_length, "1"))

language(
    "aa-star",
    alphabet=("a",),
    definition="(aa)*: words over the single letter a whose length is even.",
    examples={"aa": True, "aaa": False},
    source="R. McNaughton and S. Papert, Counter-Free Automata, 1971 "
    "(the standard regular language that is not star-free)",
)(partial(even_length, "a"))
