"""Multiplication tables of small groups: families, products, and extensions by a cyclic group."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.group_table import GroupTable


def cyclic(n: int) -> GroupTable:
    """The integers modulo n."""
    numbers = np.arange(n)
    return GroupTable(((numbers[:, None] + numbers) % n).astype(np.int16))


def direct_product(first: GroupTable, second: GroupTable) -> GroupTable:
    """The pairs of elements."""
    size = len(second)
    x, y = np.divmod(np.arange(len(first) * size), size)
    products = (
        first.products[x[:, None], x].astype(np.int64) * size + second.products[y[:, None], y]
    )
    return GroupTable(products.astype(np.int16))


def central_product(first: GroupTable, second: GroupTable) -> GroupTable:
    """The direct product in which the two central elements of order 2 become one.

    Raises:
        ValueError: If a group has no such element, or several.
    """
    both = direct_product(first, second)
    merged = len(second) * _central_involution(first) + _central_involution(second)
    partners = both.products[merged].astype(np.int64)
    kept = np.flatnonzero(np.arange(len(both)) < partners)
    numbers = np.zeros(len(both), dtype=np.int64)
    numbers[kept] = numbers[partners[kept]] = np.arange(len(kept))
    return GroupTable(numbers[both.products[np.ix_(kept, kept)]].astype(np.int16))


def _central_involution(group: GroupTable) -> int:
    central = (group.products == group.products.T).all(axis=1)
    found = np.flatnonzero(central & (group.orders == 2))
    if len(found) != 1:
        raise ValueError(
            f"a group of order {len(group)} has {len(found)} central elements of order 2; a "
            "central product here needs groups that have one each"
        )
    return int(found[0])


def cyclic_extension(
    normal: GroupTable, m: int, action: NDArray[np.intp], power: int = 0
) -> GroupTable:
    """A normal subgroup N and one more element s: s v s^-1 is the action on v, s^m is in N.

    The pair (v, i) stands for v s^i and has the number m v + i. Every group with a normal subgroup
    N and a cyclic factor group of order m arises so (O. Hölder, 1895).

    Args:
        normal: The normal subgroup.
        m: The order of the factor group.
        action: An automorphism of the normal subgroup.
        power: The element s^m; 0, the identity, makes a semidirect product.

    Raises:
        ValueError: If the action is no automorphism, does not fix `power`, or if its m-th power is
            not the conjugation by `power`.
    """
    products = normal.products
    powers = [np.arange(len(normal))]
    for _ in range(m):
        powers.append(action[powers[-1]])
    conjugated = products[power, :] == products[powers[m], power]
    images = products[action[:, None], action]
    if action[power] != power or not conjugated.all() or (action[products] != images).any():
        raise ValueError(
            f"there is no extension by a cyclic group of order {m} with this action and s^{m} = "
            f"element {power}: the action must be an automorphism that fixes this element, and its "
            f"power {m} the conjugation by it"
        )
    v, i = np.divmod(np.arange(len(normal) * m), m)
    exponents = i[:, None] + i
    merged = products[v[:, None], np.array(powers)[i[:, None], v]]
    merged = np.where(exponents < m, merged, products[merged, power]).astype(np.int64)
    return GroupTable((merged * m + exponents % m).astype(np.int16))


def dihedral(n: int) -> GroupTable:
    """The symmetries of a regular n-gon: 2n elements. The generators 2 and 1 turn and flip it."""
    return cyclic_extension(cyclic(n), 2, -np.arange(n) % n)


def quaternion_like(n: int) -> GroupTable:
    """The dicyclic group of 4n elements: r^2n = 1, s^2 = r^n, s inverts r. Q8 is the case n = 2.

    The element r^i s^j has the number 2i + j.
    """
    return cyclic_extension(cyclic(2 * n), 2, -np.arange(2 * n) % (2 * n), n)


def symmetric(n: int) -> GroupTable:
    """All permutations of n points."""
    return GroupTable.of_permutations(np.array(list(permutations(range(n)))))


def alternating(n: int) -> GroupTable:
    """The even permutations of n points."""
    return GroupTable.of_permutations(_even_permutations(n))


def alternating_four_by_four() -> GroupTable:
    """A4 and an element of order 4 that acts as a transposition."""
    even = _even_permutations(4)
    swap = _conjugation(even, np.array([1, 0, 2, 3]))
    return cyclic_extension(GroupTable.of_permutations(even), 4, swap)


def linear(determinants: tuple[int, ...]) -> GroupTable:
    """The invertible 2 x 2 matrices modulo 3 with given determinants."""
    return GroupTable.of_permutations(_linear_maps(determinants))


def binary_octahedral() -> GroupTable:
    """The matrices of SL(2,3) and an s that acts as a diagonal matrix 1, -1, but s^2 = -1.

    With s^2 = 1 it would be GL(2,3).
    """
    maps = _linear_maps((1,))
    vectors = np.array(list(np.ndindex(3, 3)))
    signs = np.array([[1, -1], [-1, -1]], dtype=np.intp)
    flip, minus = (vectors * pair % 3 @ np.array([3, 1], dtype=np.intp) for pair in signs)
    power = int(np.flatnonzero((maps == minus).all(axis=1))[0])
    return cyclic_extension(GroupTable.of_permutations(maps), 2, _conjugation(maps, flip), power)


def heisenberg() -> GroupTable:
    """Upper triangular 3 x 3 matrices modulo 3 with ones on the diagonal.

    The elements 1 and 9 generate it.
    """
    x, y = np.divmod(np.arange(9), 3)
    return cyclic_extension(direct_product(cyclic(3), cyclic(3)), 3, 3 * x + (x + y) % 3)


def _even_permutations(n: int) -> NDArray[np.intp]:
    everyone = np.array(list(permutations(range(n))))
    inversions = sum(everyone[:, i] > everyone[:, j] for i in range(n) for j in range(i + 1, n))
    even: NDArray[np.intp] = everyone[inversions % 2 == 0]
    return even


def _linear_maps(determinants: tuple[int, ...]) -> NDArray[np.intp]:
    """Matrices modulo 3 as permutations of the nine vectors, the identity first."""
    entries = np.array(list(np.ndindex(3, 3, 3, 3)))
    a, b, c, d = entries.T
    chosen = entries[np.isin((a * d - b * c) % 3, determinants)]
    vectors = np.array(list(np.ndindex(3, 3)))
    images = np.einsum("vi,mij->mvj", vectors, chosen.reshape(-1, 2, 2)) % 3
    maps = images @ np.array([3, 1])
    first = (maps == np.arange(9)).all(axis=1)
    ordered: NDArray[np.intp] = maps[np.argsort(~first, kind="stable")]
    return ordered


def _conjugation(elements: NDArray[np.intp], by: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where conjugation with an involution takes each of some permutations."""
    moved = by[elements[:, by]]
    places: NDArray[np.intp] = np.argmax((moved[:, None] == elements).all(axis=2), axis=1)
    return places
