"""Signed permutation representations: a group acts on coordinates and changes signs.

They are the representations induced from the characters K -> {1, -1} of subgroups K: one basis
vector for each coset K x. The product of group elements is "g, then h", and matrices multiply on
the left, so that the matrix of "g, then h" is M_h M_g.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.group_table import GroupTable

Integers = NDArray[np.int64]

MAX_DEGREE = 24
"""The largest index of a subgroup that a representation is induced from."""


@dataclass(frozen=True, eq=False)
class SignedModule:
    """M_g e_x = signs[g, x] e_images[g, x] for all elements g of a group, on one orbit.

    Attributes:
        images: array [elements, degree].
        signs: array [elements, degree] of 1 and -1.
    """

    images: Integers
    signs: Integers

    @property
    def degree(self) -> int:
        """The number of coordinates."""
        return int(self.images.shape[1])

    def orbital(self, second: int) -> Integers | None:
        """The matrix that commutes with the group and has a 1 at (0, second), else few entries.

        None if there is no such matrix, because the signs contradict each other.
        """
        rows, columns = self.images[:, 0], self.images[:, second]
        values = self.signs[:, 0] * self.signs[:, second]
        matrix = np.zeros((self.degree, self.degree), dtype=np.int64)
        matrix[rows, columns] = values
        return matrix if np.array_equal(matrix[rows, columns], values) else None

    def carriers(self) -> list[int]:
        """For each coordinate x an element that takes coordinate 0 to x."""
        found = dict(zip(self.images[::-1, 0].tolist(), range(len(self.images))[::-1], strict=True))
        return [found[x] for x in range(self.degree)]


def signed_modules(table: GroupTable, max_degree: int = MAX_DEGREE) -> Iterator[SignedModule]:
    """Those induced from subgroups with at most two generators, one of each conjugacy class.

    Args:
        table: the group.
        max_degree: the largest degree, which is the index of the subgroup.

    >>> z2 = GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16))
    >>> sorted((module.degree, int(module.signs.min())) for module in signed_modules(z2))
    [(1, -1), (1, 1), (2, 1)]
    """
    for first, second in _generating_pairs(table, max_degree):
        for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            character = _character(table, (first, second), signs)
            if character is not None:
                yield _induced(table, character)


def _generating_pairs(table: GroupTable, max_degree: int) -> Iterator[tuple[int, int]]:
    """Generators of subgroups of small index, one subgroup of each conjugacy class."""
    inverses = np.argmin(table.products, axis=1)
    seen: set[bytes] = set()
    for first in _class_representatives(table, inverses):
        for second in range(len(table)):
            inside = _closure(table, (first, second))
            if len(table) > max_degree * inside.sum() or inside.tobytes() in seen:
                continue
            members = np.flatnonzero(inside)
            for g in range(len(table)):
                conjugate = np.zeros(len(table), dtype=bool)
                conjugate[table.products[table.products[inverses[g], members], g]] = True
                seen.add(conjugate.tobytes())
            yield first, second


def _class_representatives(table: GroupTable, inverses: NDArray[np.intp]) -> list[int]:
    everyone, left, found = np.arange(len(table)), set(range(len(table))), []
    while left:
        element = min(left)
        found.append(element)
        left.difference_update(table.products[table.products[inverses, element], everyone].tolist())
    return found


def _closure(table: GroupTable, generators: tuple[int, int]) -> NDArray[np.bool_]:
    """Which elements two elements generate."""
    inside = np.zeros(len(table), dtype=bool)
    frontier = np.array([0])
    while len(frontier):
        inside[frontier] = True
        products = np.unique(table.products[frontier][:, generators])
        frontier = products[~inside[products]]
    return inside


def _character(
    table: GroupTable, generators: tuple[int, int], signs: tuple[int, int]
) -> dict[int, int] | None:
    """The character of the subgroup with these signs at its generators, if there is one."""
    values, queue = {0: 1}, [0]
    for element in queue:
        for generator, sign in zip(generators, signs, strict=True):
            product, value = int(table.products[element, generator]), values[element] * sign
            if product not in values:
                values[product] = value
                queue.append(product)
            elif values[product] != value:
                return None
    return values


def _induced(table: GroupTable, character: dict[int, int]) -> SignedModule:
    members = np.array(list(character), dtype=np.int64)
    values = np.array(list(character.values()), dtype=np.int64)
    coset = np.full(len(table), -1, dtype=np.int64)
    sign = np.zeros(len(table), dtype=np.int64)
    representatives: list[int] = []
    for element in range(len(table)):
        if coset[element] < 0:
            shifted = table.products[members, element]
            coset[shifted], sign[shifted] = len(representatives), values
            representatives.append(element)
    moved = table.products[representatives].T  # [g, x]: the element x, then g
    return SignedModule(coset[moved], sign[moved])
