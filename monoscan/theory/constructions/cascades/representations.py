"""Simple groups as groups of matrices whose generators are products of few reflections.

A level whose group is never erased only needs to know the product of its permutations so far, and
may track it in any faithful representation: as permutation matrices on a small number of points,
as rotations of a plane, or as rotations of the icosahedron.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import final

from monoscan.automata import BudgetExceeded, canonical
from monoscan.theory.constructions.cascades.blocks import small_action
from monoscan.theory.constructions.cascades.cyclic import MAX_REFLECTED, Reflections, is_prime
from monoscan.theory.constructions.cascades.permuting import permutation_transition
from monoscan.theory.constructions.cascades.wiring import Action
from monoscan.theory.constructions.published.rotation_groups import (
    START,
    letters_as_reflections,
    letters_as_rotations,
)
from monoscan.theory.factor import reflections
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO
from monoscan.theory.transition import (
    Householder,
    HouseholderProduct,
    factors,
    transition_matrix,
)

MAX_ORDER = 20_000
ICOSAHEDRAL_ORDER = 60

Product = Householder | HouseholderProduct


@final
@dataclass(frozen=True)
class Representation:
    """A vector, matrices that move it, and which product of permutations each image stands for.

    Attributes:
        start: the vector of the identity.
        transitions: for each permutation its matrix, as a product of Householder factors.
        products: for each vector that is reached the product of the permutations on the way; the
            first permutation of a product acts first.
    """

    start: Matrix
    transitions: dict[Action, Product]
    products: dict[Matrix, Action]

    @property
    def n_factors(self) -> int:
        """The largest number of factors of a matrix."""
        return max(len(factors(transition) or ()) for transition in self.transitions.values())


@lru_cache(maxsize=64)
def best_representation(permutations: tuple[Action, ...], order: int) -> Representation:
    """The representation with the fewest reflections a permutation, of those that are tried.

    Args:
        permutations: generators of a simple group, the identity may be among them.
        order: the order of the group.

    Raises:
        BudgetExceeded: if the group has more than 20,000 elements.

    >>> five = (1, 2, 3, 4, 0)
    >>> best_representation((five,), 5).n_factors
    2
    >>> best_representation((five, (1, 2, 0, 3, 4)), 60).start.shape
    (3, 1)
    """
    if order > MAX_ORDER:
        raise BudgetExceeded("elements of the group of a level", MAX_ORDER, order)
    found = []
    for start, matrices in _candidates(permutations, order):
        transitions = dict(zip(permutations, matrices, strict=True))
        products = _products(start, transitions)
        if products is not None:
            found.append(Representation(start, transitions, products))
    return min(found, key=lambda representation: representation.n_factors)


def _candidates(
    permutations: tuple[Action, ...], order: int
) -> Iterator[tuple[Matrix, list[Product]]]:
    blocks = small_action(permutations)
    yield Matrix.column(range(len(blocks[0]))), [permutation_transition(a) for a in blocks]
    if is_prime(order) and 2 < order <= MAX_REFLECTED:
        yield _in_the_plane(permutations, order)
    if order == ICOSAHEDRAL_ORDER:
        yield from _icosahedral(blocks)


def _in_the_plane(permutations: tuple[Action, ...], p: int) -> tuple[Matrix, list[Product]]:
    """Powers of one permutation as rotations: rho^k is rho^k s times s."""
    group = Reflections(p)
    identity = tuple(range(len(permutations[0])))
    generator = next(action for action in permutations if action != identity)
    powers = [identity]
    while len(powers) < p:
        powers.append(tuple([generator[point] for point in powers[-1]]))
    matrices: list[Product] = []
    for action in permutations:
        first, second = (
            Householder(group.direction(j), ZERO + 2) for j in (powers.index(action), 0)
        )
        still = Householder(group.direction(0), ZERO)
        matrices.append(still if action == identity else HouseholderProduct((first, second)))
    return group.start, matrices


def _icosahedral(actions: tuple[Action, ...]) -> Iterator[tuple[Matrix, list[Product]]]:
    names = [f"g{number}" for number in range(len(actions))]
    points = [str(point) for point in range(len(actions[0]))]
    automaton = canonical(names, list(zip(*actions, strict=True)), points)
    mirrors = letters_as_reflections(automaton)
    if not isinstance(mirrors, str):
        yield START, list(mirrors)
    rotations = letters_as_rotations(automaton)
    if not isinstance(rotations, str):
        yield START, [_as_product(reflections(rotation)) for rotation in rotations]


def _as_product(found: tuple[Householder, ...]) -> Product:
    if not found:
        return Householder((ZERO + 1, ZERO, ZERO), ZERO)
    return found[0] if len(found) == 1 else HouseholderProduct(found)


def _products(start: Matrix, transitions: dict[Action, Product]) -> dict[Matrix, Action] | None:
    """The product for each vector that is reached; None if one vector stands for two products."""
    identity = tuple(range(len(next(iter(transitions)))))
    products = {start: identity}
    queue = [start]
    for vector in queue:
        for action, transition in transitions.items():
            image = transition_matrix(transition) @ vector
            product = tuple([action[point] for point in products[vector]])
            if image not in products:
                products[image] = product
                queue.append(image)
            elif products[image] != product:
                return None
    return products
