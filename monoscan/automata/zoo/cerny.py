"""The automata of Černý, whose shortest synchronising words are as long as is known."""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import Language, describe, language_family


def cerny_automaton(n: int) -> Automaton:
    """The automaton on the states 0..n-1: a goes round, b moves only n-1, to 0; 0 accepts.

    >>> cerny_automaton(4).table.tolist()
    [[1, 0], [2, 1], [3, 2], [0, 0]]
    """
    table = [[(state + 1) % n, state if state < n - 1 else 0] for state in range(n)]
    return Automaton("ab", table, [state == 0 for state in range(n)])


@language_family("cerny-N", N=(2, 10_000), members=[(4,), (7,)])
def cerny(n: int) -> Language:
    """The language of n states."""
    return describe(
        f"cerny-{n}",
        alphabet=("a", "b"),
        definition=f"Words after which a token on a circle of {n} places is back where it began: a "
        "moves it to the next place; b moves it there only from the last place before the first. "
        f"The shortest word that brings every place to one has {(n - 1) ** 2} letters.",
        examples={"": True, "a": False, "b": True, "a" * (n - 1) + "b": True},
        source="J. Černý, Poznámka k homogénnym experimentom s konečnými automatmi, 1964",
        build=partial(cerny_automaton, n),
    )
