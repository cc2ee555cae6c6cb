"""Faithful actions of small groups on few points."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations
from math import factorial

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.group_table import GroupTable
from monoscan.theory.constructions.published.group_one_layer import reflection_length
from monoscan.theory.constructions.published.letter_group import embeddings, letter_group

MAX_DEGREE = 5
"""S_5 has 120 elements, the largest order that is searched."""


@cache
def symmetric_table(n: int) -> tuple[tuple[tuple[int, ...], ...], GroupTable]:
    """All permutations of n points, and their products.

    >>> len(symmetric_table(3)[0])
    6
    """
    elements = tuple(permutations(range(n)))
    return elements, GroupTable.of_permutations(np.array(elements, dtype=np.intp))


@lru_cache(maxsize=64)
def least_degree_action(automaton: Automaton) -> tuple[tuple[int, ...], ...] | str:
    """The letters as permutations of as few points as possible, or in words why there are none.

    The action embeds the transition group in a symmetric group of at most `MAX_DEGREE` points;
    of several such actions one is taken whose letters need few reflections.

    >>> from monoscan.automata import get_language
    >>> least_degree_action(get_language("s3").build())[1]
    (0, 2, 1)
    """
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    for n in range(1, MAX_DEGREE + 1):
        if factorial(n) % group.order:
            continue
        elements, table = symmetric_table(n)
        actions = [
            tuple(elements[images[letter]] for letter in group.letters)
            for images in embeddings(group.table, table)
        ]
        if actions:
            return min(actions, key=lambda action: max(map(reflection_length, action)))
    return (
        f"the letters generate a group of {group.order} elements that does not act faithfully on "
        f"{MAX_DEGREE} points or fewer"
    )
