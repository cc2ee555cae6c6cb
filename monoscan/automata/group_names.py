"""Names of small groups: a table of models, compared by exact isomorphism."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, reduce
from math import factorial, gcd

import numpy as np

from monoscan.automata.group_extensions import EXTENSIONS, extension_order, extension_table
from monoscan.automata.group_models import (
    alternating,
    alternating_four_by_four,
    binary_octahedral,
    central_product,
    cyclic,
    cyclic_extension,
    dihedral,
    direct_product,
    heisenberg,
    linear,
    quaternion_like,
    symmetric,
)
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
    candidates = models(order) if order <= MAX_NAMED else _large_models(order)
    return next((name for name, model in candidates if is_isomorphic(model, group)), None)


@cache
def _large_models(order: int) -> tuple[tuple[str, GroupTable], ...]:
    """S5, S6 and A6, which need no points of their own to be recognised."""
    if order == 360:
        return (("A6", alternating(6)),)
    return tuple((f"S{n}", symmetric(n)) for n in (5, 6) if factorial(n) == order)


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
    yield from (
        (name, extension_table(name)) for name in EXTENSIONS if extension_order(name) == order
    )


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
                yield f"Z{n}:Z{m} (x -> x^{k})", semidirect_cyclic(n, m, k)


def semidirect_cyclic(n: int, m: int, k: int) -> GroupTable:
    """Z_n : Z_m, where the generator of Z_m acts as x -> x^k.

    Raises:
        ValueError: If k^m is not 1 modulo n.
    """
    return cyclic_extension(cyclic(n), m, k * np.arange(n) % n)


def _generalised_dihedral(order: int) -> Iterator[tuple[str, GroupTable]]:
    """An abelian group with one more generator of order 2, which inverts it."""
    for name, table in _abelian(order // 2) if order % 2 == 0 else ():
        inverses = np.argmin(table.products, axis=1)
        # Inversion does nothing if every element has order 2; a cyclic group makes D_n.
        if " x " in name and not name.endswith("Z2"):
            yield f"({name}):Z2 (x -> 1/x)", cyclic_extension(table, 2, inverses)


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


_SPECIAL: tuple[tuple[str, int, Callable[[], GroupTable]], ...] = (
    ("S3", 6, lambda: symmetric(3)),
    ("A4", 12, lambda: alternating(4)),
    ("SD16", 16, lambda: semidirect_cyclic(8, 2, 3)),
    ("M16", 16, lambda: semidirect_cyclic(8, 2, 5)),
    ("Z4 o D4", 16, lambda: central_product(cyclic(4), dihedral(4))),
    ("S4", 24, lambda: symmetric(4)),
    ("SL(2,3)", 24, lambda: linear((1,))),
    ("Heisenberg(3)", 27, heisenberg),
    ("D4 o D4", 32, lambda: central_product(dihedral(4), dihedral(4))),
    ("D4 o Q8", 32, lambda: central_product(dihedral(4), quaternion_like(2))),
    ("GL(2,3)", 48, lambda: linear((1, 2))),
    ("CSU(2,3)", 48, binary_octahedral),
    ("SL(2,3) o Z4", 48, lambda: central_product(linear((1,)), cyclic(4))),
    ("A4:Z4", 48, alternating_four_by_four),
    ("A5", 60, lambda: alternating(5)),
)
