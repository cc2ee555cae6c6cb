"""The number of reflections that Theorem 3 of arXiv 2411.12537 prints, where it is too small.

The theorem takes k, the largest number of states that a letter moves, and claims k - 1 reflections
a letter in *the* faithful permutation representation of least degree. k is read off the automaton,
but the representation may be another one of the same degree: S_6 acts on 6 points in two ways, and
a swap of two points exchanges three pairs of synthematic totals (J. J. Sylvester, 1844).
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.published.group_one_layer import displaced, swaps
from monoscan.theory.constructions.published.letter_group import letter_permutations
from monoscan.theory.constructions.published.one_layer import reflection_product
from monoscan.theory.constructions.published.wiring import (
    LayerPlan,
    autonomous,
    integer_entries,
    tabulate,
)
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix

POINTS = 6

Map = tuple[int, ...]
Pair = frozenset[int]
Syntheme = frozenset[Pair]


@cache
def totals() -> tuple[frozenset[Syntheme], ...]:
    """The six synthematic totals: sets of five partitions into pairs that use every pair once.

    >>> len(totals())
    6
    """
    pairs = [frozenset(pair) for pair in combinations(range(POINTS), 2)]
    synthemes = [
        frozenset(three)
        for three in combinations(pairs, 3)
        if len(frozenset().union(*three)) == POINTS
    ]
    found = [
        frozenset(five)
        for five in combinations(synthemes, 5)
        if len(frozenset().union(*five)) == len(pairs)
    ]
    return tuple(sorted(found, key=_sorted))


def _sorted(total: frozenset[Syntheme]) -> list[list[list[int]]]:
    return sorted(sorted(sorted(pair) for pair in syntheme) for syntheme in total)


def on_totals(permutation: Map) -> Map:
    """What a permutation of the six points 0, ..., 5 does to the six totals.

    >>> len(swaps(on_totals((1, 0, 2, 3, 4, 5))))
    3
    """
    numbers = {total: number for number, total in enumerate(totals())}
    return tuple(numbers[_moved(total, permutation)] for total in totals())


def _moved(total: frozenset[Syntheme], permutation: Map) -> frozenset[Syntheme]:
    return frozenset(
        frozenset(frozenset(permutation[point] for point in pair) for pair in syntheme)
        for syntheme in total
    )


@cache
def _points_by_totals() -> dict[Map, Map]:
    return {on_totals(images): images for images in permutations(range(POINTS))}


def theorem3_as_printed(automaton: Automaton) -> LRNN:
    """One layer on the six totals with the printed number of reflections, k - 1 a letter.

    Where a letter needs more reflections, no k - 1 of them have the right product; here the last
    ones are taken.

    Args:
        automaton: six states, permuted by all letters.

    Raises:
        UnsupportedError: if the automaton is not of this kind.

    >>> turn = Automaton("a", [[1], [2], [3], [4], [5], [0]], "012345")
    >>> theorem3_as_printed(turn).output("aaa")
    '3'
    """
    letters = letter_permutations(automaton)
    if letters is None or automaton.n_states != POINTS:
        raise UnsupportedError(
            f"the automaton has {automaton.n_states} states; expected {POINTS}, permuted by every "
            "letter, because only S_6 acts on equally many points in two ways"
        )
    printed = displaced(automaton) - 1
    start = Matrix.column(range(1, POINTS + 1))
    cases: dict[Symbol, Case] = {
        (letter,): autonomous(
            reflection_product(swaps(on_totals(images))[-printed:] if printed else (), POINTS),
            start,
        )
        for letter, images in zip(automaton.alphabet, letters, strict=True)
    }

    def report(state: Matrix) -> Output:
        values = integer_entries(state)
        images = tuple(values.index(i + 1) for i in range(POINTS))
        return automaton.outputs[_points_by_totals()[images][0]]

    return tabulate(automaton, (LayerPlan(start, cases.__getitem__, report),))
