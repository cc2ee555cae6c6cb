"""Names of small groups: a table of models, compared by exact isomorphism."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, reduce
from itertools import permutations
from math import gcd

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.group_table import GroupTable, is_isomorphic

MAX_NAMED = 60
"""The largest order of the table of models."""

SIMPLE_GROUPS = {
    60: "A5",
    168: "PSL(2,7)",
    360: "A6",
    504: "PSL(2,8)",
    660: "PSL(2,11)",
    1092: "PSL(2,13)",
    2448: "PSL(2,17)",
    2520: "A7",
    3420: "PSL(2,19)",
    4080: "PSL(2,16)",
    5616: "PSL(3,3)",
    6048: "PSU(3,3)",
    6072: "PSL(2,23)",
    7800: "PSL(2,25)",
    7920: "M11",
    9828: "PSL(2,27)",
}
"""The non-abelian simple groups of order below 10,000: there is one of each of these orders.

Source: J. H. Conway and others, Atlas of finite groups, 1985, table of simple groups.
"""


def abelian_name(invariants: tuple[int, ...]) -> str:
    """The name of an abelian group as a product of cyclic groups, each dividing the next.

    Args:
        invariants: Prime powers, the orders of cyclic groups whose product it is.

    >>> abelian_name((2, 4, 3)), abelian_name(())
    ('Z2 x Z12', 'trivial')
    """
    by_prime: dict[int, list[int]] = {}
    for order in sorted(invariants, reverse=True):
        prime = next(p for p in range(2, order + 1) if order % p == 0)
        by_prime.setdefault(prime, []).append(order)
    length = max((len(orders) for orders in by_prime.values()), default=0)
    factors = [1] * length
    for orders in by_prime.values():
        for place, order in enumerate(orders):
            factors[place] *= order
    return " x ".join(f"Z{factor}" for factor in reversed(factors)) or "trivial"


def model_name(group: GroupTable) -> str | None:
    """The name of a non-abelian group of the table, or None if its order or itself is missing.

    >>> model_name(quaternion_like(2))
    'Q8'
    """
    order = len(group)
    symmetric = [(_symmetric(n), f"S{n}") for n in (5, 6) if order == len(_symmetric(n))]
    symmetric += [(_alternating(6), "A6")] if order == 360 else []
    candidates = symmetric if order > MAX_NAMED else [(m, name) for name, m in models(order)]
    return next((name for model, name in candidates if is_isomorphic(model, group)), None)


@cache
def models(order: int) -> tuple[tuple[str, GroupTable], ...]:
    """The non-abelian models of one order at most `MAX_NAMED`, no two of them isomorphic."""
    found: list[tuple[str, GroupTable]] = []
    for name, table in _candidates(order):
        if not any(is_isomorphic(other, table) for _, other in found):
            found.append((name, table))
    return tuple(found)


def _candidates(order: int) -> Iterator[tuple[str, GroupTable]]:
    """Non-abelian groups of an order, the best names first; some occur several times."""
    for name, size, build in _SPECIAL:
        if size == order:
            yield name, build()
    if order % 2 == 0 and order >= 6:
        yield f"D{order // 2}", dihedral(order // 2)
    if order % 4 == 0 and order >= 8:
        power_of_two = order & (order - 1) == 0
        name = f"Q{order}" if power_of_two else f"Dic{order // 4}"
        yield name, quaternion_like(order // 4)
    yield from _products(order)
    yield from _metacyclic(order)
    yield from _generalised_dihedral(order)


def _products(order: int) -> Iterator[tuple[str, GroupTable]]:
    """A non-abelian model times a non-trivial abelian group or another model."""
    for size in range(6, order // 2 + 1):
        if order % size == 0:
            for name, table in models(size):
                for other, factor in (*_abelian(order // size), *models(order // size)):
                    yield f"{other} x {name}", direct_product(factor, table)


def _metacyclic(order: int) -> Iterator[tuple[str, GroupTable]]:
    """Z_n : Z_m, where the generator of Z_m acts as x -> x^k."""
    for n in range(3, order // 2 + 1):
        m = order // n
        for k in range(2, n) if order % n == 0 else ():
            if gcd(k, n) == 1 and pow(k, m, n) == 1:
                action = k * np.arange(n) % n
                yield f"Z{n}:Z{m} (x -> x^{k})", semidirect_product(cyclic(n), m, action)


def _generalised_dihedral(order: int) -> Iterator[tuple[str, GroupTable]]:
    """An abelian group with one more generator of order 2, which inverts it."""
    for name, table in _abelian(order // 2) if order % 2 == 0 else ():
        inverses = np.argmin(table.products, axis=1)
        # Inversion does nothing if every element has order 2; a cyclic group makes D_n.
        if " x " in name and not name.endswith("Z2"):
            yield f"({name}):Z2 (x -> 1/x)", semidirect_product(table, 2, inverses)


def _abelian(order: int) -> Iterator[tuple[str, GroupTable]]:
    for factors in _divisor_chains(order, 1):
        name = " x ".join(f"Z{factor}" for factor in factors)
        yield name, reduce(direct_product, [cyclic(factor) for factor in factors])


def _divisor_chains(order: int, least: int) -> Iterator[tuple[int, ...]]:
    """The ways to write an order as a product of numbers above 1, each dividing the next."""
    for first in range(2, order + 1):
        if order % first == 0 and first % least == 0:
            if first == order:
                yield (first,)
            for rest in _divisor_chains(order // first, first):
                yield (first, *rest)


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


def semidirect_product(normal: GroupTable, m: int, action: NDArray[np.intp]) -> GroupTable:
    """The pairs (x, i) with (x, i)(y, j) = (x action^i(y), i + j).

    Args:
        normal: The normal subgroup.
        m: The order of the cyclic group that acts.
        action: An automorphism of the normal subgroup whose m-th power is the identity.
    """
    powers = [np.arange(len(normal))]
    for _ in range(m - 1):
        powers.append(action[powers[-1]])
    x, i = np.divmod(np.arange(len(normal) * m), m)
    moved = np.array(powers)[i[:, None], x]
    products = normal.products[x[:, None], moved].astype(np.int64) * m + (i[:, None] + i) % m
    return GroupTable(products.astype(np.int16))


def dihedral(n: int) -> GroupTable:
    """The symmetries of a regular n-gon: 2n elements."""
    return semidirect_product(cyclic(n), 2, -np.arange(n) % n)


def quaternion_like(n: int) -> GroupTable:
    """The dicyclic group of 4n elements: r^2n = 1, s^2 = r^n, s inverts r. Q8 is the case n = 2."""
    s, r = np.divmod(np.arange(4 * n), 2 * n)
    turned = np.where(s[:, None] == 1, -r, r) + r[:, None]
    both = s[:, None] * s
    products = (turned + n * both) % (2 * n) + 2 * n * ((s[:, None] + s) % 2)
    return GroupTable(products.astype(np.int16))


@cache
def _symmetric(n: int) -> GroupTable:
    return GroupTable.of_permutations(np.array(list(permutations(range(n)))))


@cache
def _alternating(n: int) -> GroupTable:
    everyone = np.array(list(permutations(range(n))))
    inversions = sum(everyone[:, i] > everyone[:, j] for i in range(n) for j in range(i + 1, n))
    return GroupTable.of_permutations(everyone[inversions % 2 == 0])


def _linear(determinants: tuple[int, ...]) -> GroupTable:
    """The invertible 2 x 2 matrices modulo 3 with given determinants."""
    entries = np.array(list(np.ndindex(3, 3, 3, 3)))
    a, b, c, d = entries.T
    chosen = entries[np.isin((a * d - b * c) % 3, determinants)]
    vectors = np.array(list(np.ndindex(3, 3)))
    images = np.einsum("vi,mij->mvj", vectors, chosen.reshape(-1, 2, 2)) % 3
    permutations_of_vectors = images @ np.array([3, 1])
    first = (permutations_of_vectors == np.arange(9)).all(axis=1)
    return GroupTable.of_permutations(permutations_of_vectors[np.argsort(~first, kind="stable")])


def _heisenberg() -> GroupTable:
    """Upper triangular 3 x 3 matrices modulo 3 with ones on the diagonal."""
    x, y = np.divmod(np.arange(9), 3)
    return semidirect_product(direct_product(cyclic(3), cyclic(3)), 3, 3 * x + (x + y) % 3)


_SPECIAL: tuple[tuple[str, int, Callable[[], GroupTable]], ...] = (
    ("S3", 6, lambda: _symmetric(3)),
    ("A4", 12, lambda: _alternating(4)),
    ("SD16", 16, lambda: semidirect_product(cyclic(8), 2, 3 * np.arange(8) % 8)),
    ("M16", 16, lambda: semidirect_product(cyclic(8), 2, 5 * np.arange(8) % 8)),
    ("S4", 24, lambda: _symmetric(4)),
    ("SL(2,3)", 24, lambda: _linear((1,))),
    ("Heisenberg(3)", 27, _heisenberg),
    ("GL(2,3)", 48, lambda: _linear((1, 2))),
    ("A5", 60, lambda: _alternating(5)),
)
