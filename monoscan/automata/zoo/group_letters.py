"""Word problems of groups of which only some elements are letters, or tokens pad the word."""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton
from monoscan.automata.sources.cycle_notation import Permutation
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.automata.zoo.groups import GRAZZI, alternating, symmetric
from monoscan.automata.zoo.registry import Language, describe, language, language_family

PAD = "pad"


def moving_at_most(points: int, n: int) -> list[Permutation]:
    """The permutations of n points that move at most so many points, the identity first.

    >>> [str(element) for element in moving_at_most(2, 3)]
    ['()', '(2,3)', '(1,2)', '(1,3)']
    """
    return [element for element in symmetric(n) if sum(map(len, element.cycles())) <= points]


@language_family("sN-swaps", N=(3, 7), members=[(3,), (5,)])
def swaps(n: int) -> Language:
    """The symmetric group by the transpositions and the identity."""
    letters = moving_at_most(2, n)
    return describe(
        f"s{n}-swaps",
        alphabet=[str(letter) for letter in letters],
        definition=f"The symmetric group of {n} points by transpositions: the letters are the "
        "identity and the swaps of two points; the output is the product of the word, first "
        "letter first.",
        examples={"": "()", "(1,2) (2,3)": "(1,3,2)", "(1,2) (1,2)": "()"},
        source=f"{GRAZZI} (S5, only swaps)",
        build=partial(group_word_problem, letters),
    )


@language_family("sN-three-points", N=(4, 7), members=[(5,)])
def three_points(n: int) -> Language:
    """The symmetric group by the permutations that move at most three points."""
    letters = moving_at_most(3, n)
    return describe(
        f"s{n}-three-points",
        alphabet=[str(letter) for letter in letters],
        definition=f"The symmetric group of {n} points by permutations that move at most three "
        "points: the identity, swaps and cycles of three; the output is the product of the word, "
        "first letter first.",
        examples={"": "()", "(1,2) (2,3)": "(1,3,2)", "(1,2,3) (1,2,4)": "(1,4)(2,3)"},
        source=f"{GRAZZI} (S5, swaps and 3-permutations)",
        build=partial(group_word_problem, letters),
    )


def padded_symmetric(n: int) -> Automaton:
    """The symmetric group with one more letter that leaves the product alone.

    >>> padded_symmetric(3).output(["(1,2)", "pad", "(1,2)"])
    '()'
    """
    elements = symmetric(n)
    letters = {str(element): element for element in elements}
    letters[PAD] = elements[0]
    return group_word_problem(letters)


@language_family("sN-four-tokens", N=(3, 6), members=[(5,)])
def four_tokens(n: int) -> Language:
    """The symmetric group where every element takes four tokens."""
    return describe(
        f"s{n}-four-tokens",
        alphabet=[*(str(element) for element in symmetric(n)), PAD],
        definition=f"The symmetric group of {n} points with four tokens an element: in the task "
        "each permutation is followed by three times the letter pad, which changes nothing. The "
        "automaton reads pad anywhere; the output is the product of the word, first letter first.",
        examples={
            "(1,2) pad pad pad (2,3) pad pad pad": "(1,3,2)",
            "pad pad": "()",
        },
        source=f"{GRAZZI} (S5, 4 tokens per transition)",
        build=partial(padded_symmetric, n),
    )


def a5_half_turns() -> list[Permutation]:
    """The fifteen elements of order two of A5: products of two disjoint transpositions."""
    return [element for element in alternating(5) if len(element.cycles()) == 2]


@language(
    "a5-involutions",
    alphabet=[str(element) for element in a5_half_turns()],
    definition="The alternating group of 5 points by its fifteen elements of order two, such as "
    "(1,2)(3,4); the output is the product of the word, first letter first.",
    examples={"": "()", "(1,2)(3,4) (1,2)(3,4)": "()", "(1,2)(3,4) (1,3)(2,4)": "(1,4)(2,3)"},
    source="D. A. Barrington, Bounded-width polynomial-size branching programs recognize exactly "
    "those languages in NC1, 1989 (the word problem of A5 is complete for NC1)",
)
def a5_involutions() -> Automaton:
    """The letters generate A5."""
    return group_word_problem(a5_half_turns())
