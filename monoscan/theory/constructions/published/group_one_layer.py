"""Permutation automata in one layer of permutation matrices.

Grazzi, Siems et al., arXiv 2411.12537, Theorem 3: H_0 = (1, ..., n), A(w) the matrix of the
permutation w, and the state is a permuted copy of H_0. A permutation is a product of n minus its
number of cycles reflections (P. Scherk, Proc. AMS 1, 1950), each exchanging two coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.automata import Automaton
from monoscan.theory.constructions.matrices import Matrices, mirrors
from monoscan.theory.constructions.published.letter_group import (
    letter_permutations,
    why_not_permutations,
)
from monoscan.theory.constructions.published.one_layer import (
    one_layer,
    reflection_product,
)
from monoscan.theory.constructions.registry import NOT_DECIDED, UnsupportedError, construction
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.transition import Householder

SOURCE = "Grazzi, Siems et al., arXiv 2411.12537, Theorem 3"
MAX_STATES = 32
"""The largest automaton that is written with one coordinate a state: letters may need up to one
reflection a coordinate, and a network with more of them than that helps nobody."""


def swaps(permutation: Sequence[int]) -> tuple[Householder, ...]:
    """The matrix of a permutation of 0, ..., n-1 as n minus the number of cycles swaps.

    The product F_1 F_2 ... F_m takes e_i to e_permutation[i]; F_1 is applied last.

    >>> [[int(entry) for entry in factor.v] for factor in swaps((1, 2, 0))]
    [[1, 0, -1], [1, -1, 0]]
    """
    factors: list[Householder] = []
    seen: set[int] = set()
    for start in range(len(permutation)):
        # The cycle s -> a -> b -> s is first the swap of s and a, then that of s and b, and so on.
        point = permutation[start]
        while start not in seen and point != start:
            factors.append(swap(start, point, len(permutation)))
            seen.add(point)
            point = permutation[point]
    return tuple(reversed(factors))


def reflection_length(permutation: Sequence[int]) -> int:
    """The number of points minus the number of cycles: the least number of reflections.

    >>> reflection_length((1, 2, 0, 3))
    2
    """
    seen: set[int] = set()
    length = 0
    for start in range(len(permutation)):
        point = permutation[start]
        while start not in seen and point != start:
            length += 1
            seen.add(point)
            point = permutation[point]
    return length


def swap(first: int, second: int, dimension: int) -> Householder:
    """The reflection that exchanges two coordinates.

    >>> from monoscan.theory.transition import transition_matrix
    >>> print(transition_matrix(swap(0, 1, 2)))
    [0, 1; 1, 0]
    """
    sign = {first: 1, second: -1}
    return Householder(tuple(number(sign.get(i, 0)) for i in range(dimension)), number(2))


def reflections_needed(automaton: Automaton) -> int:
    """The largest number of reflections that a letter of a permutation automaton needs.

    Raises:
        UnsupportedError: if some letter does not permute the states.

    >>> reflections_needed(Automaton("a", [[1], [2], [0]], (True, False, False)))
    2
    """
    letters = letter_permutations(automaton)
    if letters is None:
        raise UnsupportedError(why_not_permutations(automaton))
    return max(reflection_length(letter) for letter in letters)


def displaced(automaton: Automaton) -> int:
    """The largest number of states that one letter moves: k of the papers.

    Raises:
        UnsupportedError: if some letter does not permute the states.

    >>> displaced(Automaton("a", [[1], [2], [0]], (True, False, False)))
    3
    """
    letters = letter_permutations(automaton)
    if letters is None:
        raise UnsupportedError(why_not_permutations(automaton))
    return max(sum(image != state for state, image in enumerate(letter)) for letter in letters)


def _supports(automaton: Automaton) -> str | None:
    reason = why_not_permutations(automaton)
    if reason is not None:
        return reason
    if automaton.n_states > MAX_STATES:
        return (
            f"{NOT_DECIDED}the automaton has {automaton.n_states} states; networks with one "
            f"coordinate a state are made up to {MAX_STATES}"
        )
    return None


def _matrices(automaton: Automaton) -> Matrices:
    return mirrors(max(1, reflections_needed(automaton)))


@construction(
    "group-one-layer",
    statement="A permutation automaton of n states in one layer: H_0 = (1, ..., n), each letter "
    "its permutation matrix, a product of n minus the number of cycles reflections.",
    source=SOURCE,
    matrices=_matrices,
    supports=_supports,
)
def group_one_layer(automaton: Automaton) -> LRNN:
    """The network on as many coordinates as the automaton has states.

    Raises:
        UnsupportedError: if a letter does not permute the states, or there are more than 32 states.
        BudgetExceeded: if the transition group is too large.

    >>> group_one_layer(Automaton("a", [[1], [2], [0]], (True, False, False))).output("aaa")
    True
    """
    reason = _supports(automaton)
    if reason is not None:
        raise UnsupportedError(reason)
    n = automaton.n_states
    letters = letter_permutations(automaton) or ()
    return one_layer(
        automaton,
        Matrix.column(range(1, n + 1)),
        [reflection_product(swaps(letter), n) for letter in letters],
    )
