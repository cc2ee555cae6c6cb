"""Permutations of up to four points by projections, where every operation is rounded.

A projection I - k k^T shrinks in exact arithmetic, and no product of projections moves finitely
many states in a cycle. Rounded to quarters its operations can push the last digit to and fro: with
the keys (1, 1, 1, 1)/2, (1, -1, 1, 1)/2 and (1, -1, -1, 1)/2, which have length 1 exactly, there
are four states of which each key exchanges two neighbours and leaves the others alone. So a head
holds the image of a point, and a letter is as many factors as it has inversions.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Final, TypeAlias

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.matrices import Matrices
from monoscan.theory.constructions.published.small_degree import least_degree_action
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, number
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import OpRound, Semantics
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Householder,
    HouseholderProduct,
    Transition,
)

_Permutation: TypeAlias = tuple[int, ...]

FORMAT: Final = FixedPoint(Fraction(1, 4), Fraction(-8), Fraction(31, 4))
_QUARTERS: Final = ((-7, -2, 0, 5), (-5, 0, 2, 7), (-7, 2, 0, 5), (-5, 0, -2, 7))
_SIGNS: Final = ((1, 1, 1, 1), (1, -1, 1, 1), (1, -1, -1, 1))
_STATES: Final = tuple(tuple(Fraction(x, 4) for x in state) for state in _QUARTERS)
_SWAPS: Final = tuple(DeltaRule(tuple(Fraction(x, 2) for x in key), ONE) for key in _SIGNS)
_KEEP: Final = DeltaRule((ONE, ZERO, ZERO, ZERO), ZERO)


def _action(automaton: Automaton) -> tuple[_Permutation, ...] | str:
    """The letters as permutations of at most four points in an order with few inversions."""
    action = least_degree_action(automaton)
    if isinstance(action, str):
        return action
    degree = len(action[0])
    if degree > len(_STATES):
        return (
            f"the group of the letters acts faithfully on {degree} points and on no fewer; rounded "
            f"projections are known that move {len(_STATES)} points"
        )
    orders = permutations(range(degree))
    return min((_relabelled(action, order) for order in orders), key=_most_factors)


def _relabelled(
    action: tuple[_Permutation, ...], order: tuple[int, ...]
) -> tuple[_Permutation, ...]:
    place = {point: index for index, point in enumerate(order)}
    return tuple(tuple(place[letter[point]] for point in order) for letter in action)


def _most_factors(action: tuple[_Permutation, ...]) -> int:
    return max(len(neighbour_swaps(letter)) for letter in action)


def neighbour_swaps(permutation: _Permutation) -> list[int]:
    """Exchanges of the values i and i + 1, one after the other, that send each point to its image.

    >>> neighbour_swaps((2, 0, 1))
    [0, 1]
    """
    images, found = list(permutation), []
    while images != sorted(images):
        value = next(v for v in range(len(images)) if images.index(v + 1) < images.index(v))
        low, high = images.index(value), images.index(value + 1)
        images[low], images[high] = value + 1, value
        found.append(value)
    return found[::-1]


def _supports(automaton: Automaton) -> str | None:
    action = _action(automaton)
    return action if isinstance(action, str) else None


def _matrices(automaton: Automaton) -> Matrices:
    action = _action(automaton)
    assert not isinstance(action, str)
    return _projections(max(1, _most_factors(action)))


def _projections(count: int) -> Matrices:
    """A product of so many projections, and the identity."""
    keys = [tuple(map(number, _SIGNS[index % len(_SIGNS)])) for index in range(count)]

    def product(beta: Number) -> Transition:
        factors = tuple([Householder(key, beta) for key in keys])
        return factors[0] if count == 1 else HouseholderProduct(factors)

    return ((product(ONE), product(ZERO)),)


def _semantics(_automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    return (OpRound(FORMAT),)


@construction(
    "rounded-swaps",
    statement="A permutation automaton whose group acts faithfully on at most four points, in one "
    "layer of projections (beta = 1) rounded to quarters, as many a letter as it has inversions",
    source="This project: the states and keys were found by search",
    matrices=_matrices,
    supports=_supports,
    semantics=_semantics,
)
def rounded_swaps(automaton: Automaton) -> LRNN:
    """The network: a head for each point, which holds the state of its image.

    Raises:
        UnsupportedError: if there is no such action.

    >>> from monoscan.automata import get_language
    >>> OpRound(FORMAT).output(rounded_swaps(get_language("s3").build()), ["(1,2)", "(2,3)"])
    '(1,3,2)'
    """
    action = _action(automaton)
    if isinstance(action, str):
        raise UnsupportedError(action)
    degree = len(action[0])
    size = max(1, _most_factors(action))
    nothing = Matrix.zeros(4 * degree, 1)
    cases: dict[Symbol, Case] = {
        (name,): Case(_heads(letter, degree, size), nothing)
        for name, letter in zip(automaton.alphabet, action, strict=True)
    }
    start = tuple(range(degree))
    table = {_state(images): output for images, output in _reached(automaton, action)}
    return LRNN(automaton.alphabet, (Layer(_state(start), cases, StateTable(table)),))


def _heads(letter: _Permutation, degree: int, size: int) -> Transition:
    swaps = [_SWAPS[value] for value in reversed(neighbour_swaps(letter))] or [_KEEP]
    head = swaps[0] if size == 1 else HouseholderProduct(tuple(swaps))
    return Blocks((head,) * degree) if degree > 1 else head


def _state(images: _Permutation) -> Matrix:
    return Matrix.column([x for image in images for x in _STATES[image]])


def _reached(
    automaton: Automaton, action: tuple[_Permutation, ...]
) -> list[tuple[_Permutation, Output]]:
    """The images of the points after the words, each with what the automaton then says."""
    start = tuple(range(len(action[0])))
    states = {start: 0}
    queue = [start]
    for images in queue:
        for index, letter in enumerate(action):
            moved = tuple(letter[image] for image in images)
            if moved not in states:
                states[moved] = int(automaton.table[states[images], index])
                queue.append(moved)
    return [(images, automaton.outputs[state]) for images, state in states.items()]
