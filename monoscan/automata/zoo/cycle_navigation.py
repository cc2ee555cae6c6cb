"""Cycle navigation: where does a walk on a circle end?"""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import Language, describe, language_family


def cycle_walk(n: int) -> Automaton:
    """The automaton that outputs the position on a circle of n places.

    >>> cycle_walk(5).output("+-0--")
    '3'
    """
    table = [[place, (place + 1) % n, (place - 1) % n] for place in range(n)]
    number = _breadth_first_numbers(n)
    ordered = [[number[target] for target in table[place]] for place in number]
    return Automaton(("0", "+", "-"), ordered, [str(place) for place in number])


def _breadth_first_numbers(n: int) -> dict[int, int]:
    """The places in the order 0, 1, n-1, 2, n-2, ... with their numbers in it."""
    order = dict.fromkeys(place % n for step in range(n) for place in (step, -step))
    return {place: number for number, place in enumerate(order)}


@language_family("cycle-navigation-N", N=(2, 1_000), members=[(5,)])
def cycle_navigation(n: int) -> Language:
    """The task on one circle."""
    return describe(
        f"cycle-navigation-{n}",
        alphabet=("0", "+", "-"),
        definition=f"The position on a circle of {n} places, counted from 0, after a walk that "
        "begins at 0: + is a step forwards, - a step backwards, 0 none.",
        examples={"": "0", "+0": "1", "-": str(n - 1), "+-0--": str(-2 % n)},
        source="Delétang et al., Neural networks and the Chomsky hierarchy, arXiv:2207.02098 "
        "(cycle navigation, with 5 places)",
        build=partial(cycle_walk, n),
    )
