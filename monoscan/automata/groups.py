"""Finite groups of permutations: their order, series and composition factors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from math import factorial
from typing import final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.group_table import MAX_TABLE, GroupTable
from monoscan.automata.permutations import Permutation, commutator, conjugate, nth_power
from monoscan.automata.row_table import RowTable
from monoscan.automata.stabiliser_chain import StabiliserChain

__all__ = ["MAX_LISTED", "Permutation", "PermutationGroup", "list_elements", "natural_degree"]

MAX_LISTED = 10_000
"""The largest order of a group whose elements are listed one by one."""


@final
@dataclass(frozen=True)
class PermutationGroup:
    """The group that some permutations generate. Products act left to right.

    Attributes:
        degree: The number of points; they are 0..degree-1.
        generators: Permutations, each the tuple of the images of the points.

    Raises:
        ValueError: If a generator is no permutation of the points.

    >>> group = PermutationGroup(5, ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4)))
    >>> group.order, group.name, group.composition_factors, group.is_solvable
    (120, 'S5', ('A5', 'Z2'), False)
    """

    degree: int
    generators: tuple[Permutation, ...]

    def __post_init__(self) -> None:
        for generator in self.generators:
            if sorted(generator) != list(range(self.degree)):
                raise ValueError(
                    f"generator {generator} is no permutation of the points "
                    f"0..{self.degree - 1}; each point must occur exactly once"
                )

    @property
    def identity(self) -> Permutation:
        """The permutation that fixes all points."""
        return tuple(range(self.degree))

    @property
    def order(self) -> int:
        """The number of elements."""
        return self._chain.order

    def __contains__(self, permutation: Permutation) -> bool:
        return permutation in self._chain

    def canonical(self, permutation: Permutation) -> Permutation:
        """The same element of the right coset (group element, then permutation) for all of it.

        >>> even = PermutationGroup(3, ((1, 2, 0),))
        >>> even.canonical((1, 0, 2)) == even.canonical((0, 2, 1)) != even.canonical((0, 1, 2))
        True
        """
        return self._chain.canonical(permutation)

    def elements(self, budget: int) -> list[Permutation]:
        """All elements, the identity first.

        Raises:
            BudgetExceeded: If there are more than the budget.

        >>> sorted(PermutationGroup(3, ((1, 2, 0),)).elements(budget=3))
        [(0, 1, 2), (1, 2, 0), (2, 0, 1)]
        """
        if self.order > budget:
            raise BudgetExceeded("elements of a permutation group", budget, self.order)
        return self._chain.elements()

    def normal_closure(self, elements: Iterable[Permutation]) -> PermutationGroup:
        """The smallest subgroup that contains some elements and is normal in the group.

        >>> PermutationGroup(4, ((1, 2, 3, 0), (1, 0, 2, 3))).normal_closure([(1, 0, 3, 2)]).order
        4
        """
        chain = StabiliserChain(self.degree, elements)
        # The list of generators grows as conjugates are found outside.
        for element in chain.generators:
            for generator in self.generators:
                chain.enlarge(conjugate(element, generator))
        closure = PermutationGroup(self.degree, tuple(chain.generators))
        # What `_chain` would work out anew.
        closure.__dict__["_chain"] = chain
        return closure

    @cached_property
    def is_abelian(self) -> bool:
        """Whether all elements commute."""
        maps = [np.array(generator) for generator in self.generators]
        return all(np.array_equal(y[x], x[y]) for x in maps for y in maps)

    @cached_property
    def derived_subgroup(self) -> PermutationGroup:
        """The subgroup that the commutators generate: the smallest one with an abelian factor."""
        pairs = combinations(self._chain.generators, 2)
        return self.normal_closure([commutator(x, y) for x, y in pairs])

    @cached_property
    def derived_series(self) -> tuple[PermutationGroup, ...]:
        """The group, its derived subgroup, and so on, until nothing changes any more."""
        series: list[PermutationGroup] = [self]
        while (following := series[-1].derived_subgroup).order < series[-1].order:
            series.append(following)
        return tuple(series)

    @property
    def is_solvable(self) -> bool:
        """Whether the derived series ends in the trivial group."""
        return self.derived_series[-1].order == 1

    @property
    def derived_length(self) -> int | None:
        """The number of steps of the derived series, or None if the group is not solvable."""
        return len(self.derived_series) - 1 if self.is_solvable else None

    @cached_property
    def abelian_invariants(self) -> tuple[int, ...]:
        """The orders (prime powers) of cyclic groups whose product is the group made abelian.

        For an abelian group these determine the group itself.

        >>> PermutationGroup(6, ((1, 2, 3, 4, 5, 0),)).abelian_invariants
        (2, 3)
        """
        invariants: list[int] = []
        for prime in sorted(set(_prime_factors(self.order // self.derived_subgroup.order))):
            # Made abelian, the group has powers of index prime ** total; the total is the sum of
            # the exponents of all cyclic groups, each cut off at k.
            totals = [0]
            while (total := self._exponent_of_powers(prime, len(totals))) > totals[-1]:
                totals.append(total)
            # Entry k: how many cyclic groups have an order of at least prime ** (k + 1).
            counts = [later - earlier for earlier, later in pairwise(totals)]
            for exponent, (count, larger) in enumerate(pairwise([*counts, 0]), start=1):
                invariants += [prime**exponent] * (count - larger)
        return tuple(invariants)

    def _exponent_of_powers(self, prime: int, k: int) -> int:
        """The e for which commutators and prime^k-th powers have a factor group of prime^e."""
        powers = [nth_power(generator, prime**k) for generator in self.generators]
        generators = (*self.derived_subgroup.generators, *powers)
        index = self.order // PermutationGroup(self.degree, generators).order
        return len(_prime_factors(index))

    @cached_property
    def element_orders(self) -> dict[int, int] | None:
        """How many elements there are of each order; None above `MAX_LISTED` elements.

        >>> PermutationGroup(3, ((1, 2, 0), (1, 0, 2))).element_orders
        {1: 1, 2: 3, 3: 2}
        """
        if self.order > MAX_LISTED:
            return None
        maps = list_elements(self.degree, self.generators)
        orders = np.zeros(len(maps), dtype=np.int64)
        powers = maps
        for exponent in range(1, self.order + 1):
            identity = (powers == np.arange(self.degree)).all(axis=1)
            orders[identity & (orders == 0)] = exponent
            if orders.all():
                break
            powers = np.take_along_axis(maps, powers, axis=1)
        return dict(sorted(Counter(orders.tolist()).items()))

    @cached_property
    def composition_factors(self) -> tuple[str, ...] | None:
        """The names of the composition factors, non-abelian ones first, then by prime.

        None if a non-abelian factor was not determined: the alternating groups on their own
        points always are, others in groups of at most `MAX_LISTED` elements.

        >>> PermutationGroup(4, ((1, 2, 3, 0), (1, 0, 2, 3))).composition_factors
        ('Z2', 'Z2', 'Z2', 'Z3')
        """
        # A series is made of groups, so its module imports this one.
        from monoscan.automata.composition_series import composition_series
        from monoscan.automata.group_names import SIMPLE_GROUPS  # only names need the table

        try:
            series = composition_series(self, MAX_LISTED)
        except BudgetExceeded:
            return None
        orders = [*(group.order for group in series), 1]
        simple, primes = [], []
        for group, (order, rest) in zip(series, pairwise(orders), strict=True):
            factor = order // rest
            if _prime_factors(factor) == [factor]:
                primes.append(factor)
            elif factor in SIMPLE_GROUPS:
                simple.append(SIMPLE_GROUPS[factor])
            else:
                simple.append("".join(map(str, natural_degree(group) or ())))
        return (*sorted(simple), *(f"Z{prime}" for prime in sorted(primes)))

    @cached_property
    def name(self) -> str:
        """The name of the group up to isomorphism, or "order n, not named".

        Named are: abelian groups; the symmetric and alternating groups on their own points, up
        to order 720 in any form; dihedral groups of at most `MAX_LISTED` elements; and the groups
        of order at most 60 that the table of `group_names` holds. A name is a proof: either the
        structure is forced, or an isomorphism to the group of that name has been found.
        """
        from monoscan.automata.group_names import abelian_name, model_name

        if self.is_abelian:
            return abelian_name(self.abelian_invariants)
        natural = natural_degree(self)
        if natural is not None:
            return f"{natural[0]}{natural[1]}"
        name = model_name(self.table) if self.order <= MAX_TABLE else None
        if name is None and self.order <= MAX_LISTED and _is_dihedral(self):
            name = f"D{self.order // 2}"
        return name or f"order {self.order}, not named"

    @cached_property
    def table(self) -> GroupTable:
        """The multiplication table.

        Raises:
            ValueError: If the group is too large for a table.
        """
        return GroupTable.of_permutations(list_elements(self.degree, self.generators))

    @cached_property
    def orbits(self) -> tuple[tuple[int, ...], ...]:
        """The orbits of the points, each in order."""
        left, found = set(range(self.degree)), []
        while left:
            orbit = [min(left)]
            for point in orbit:
                images = {generator[point] for generator in self.generators}
                orbit.extend(sorted(images.difference(orbit)))
            left.difference_update(orbit)
            found.append(tuple(sorted(orbit)))
        return tuple(found)

    def restricted(self, orbit: tuple[int, ...]) -> PermutationGroup:
        """The action of the group on one of its orbits."""
        place = {point: number for number, point in enumerate(orbit)}
        images = (tuple(place[g[point]] for point in orbit) for g in self.generators)
        return PermutationGroup(len(orbit), tuple(dict.fromkeys(images)))

    @cached_property
    def _chain(self) -> StabiliserChain:
        return StabiliserChain(self.degree, self.generators)


def list_elements(degree: int, generators: tuple[Permutation, ...]) -> NDArray[np.intp]:
    """All elements of the group of some permutations, the identity first: [elements, degree].

    >>> list_elements(2, ((1, 0),)).tolist()
    [[0, 1], [1, 0]]
    """
    table = RowTable(bound=degree, width=degree)
    table.add(np.arange(degree).reshape(1, -1))
    letters = np.array(generators, dtype=np.intp).reshape(-1, degree)
    start = 0
    while start < len(table):
        fresh = table.rows[start:, :degree].astype(np.intp)
        start = len(table)
        for letter in letters:
            table.add(letter[fresh])
    return table.rows[:, :degree].astype(np.intp)


def natural_degree(group: PermutationGroup) -> tuple[str, int] | None:
    """("S", n) or ("A", n) if the group acts on one of its orbits as S_n or A_n, faithfully.

    A group of n! or n!/2 permutations of n points (n at least 3) is all of S_n, or a subgroup of
    index 2, which can only be A_n.

    >>> natural_degree(PermutationGroup(4, ((1, 2, 0, 3), (0, 2, 3, 1))))
    ('A', 4)
    """
    for orbit in group.orbits:
        n = len(orbit)
        kind = {factorial(n): "S", factorial(n) // 2: "A"}.get(group.order)
        if n >= 3 and kind is not None and group.restricted(orbit).order == group.order:
            return kind, n
    return None


def _is_dihedral(group: PermutationGroup) -> bool:
    """Whether there are r of half the order and an involution s elsewhere with s r s = 1/r.

    In a dihedral group of more than 4 elements every s outside the powers of r is such.
    """
    elements = list_elements(group.degree, group.generators)
    half, identity = group.order // 2, np.arange(group.degree)
    for r in elements:
        powers = [identity]
        while not np.array_equal(following := r[powers[-1]], identity):
            powers.append(following)
        if len(powers) == half:
            rotations = {power.tobytes() for power in powers}
            s = next(element for element in elements if element.tobytes() not in rotations)
            return bool((s[s] == identity).all() and (s[r[s[r]]] == identity).all())
    return False


def _prime_factors(number: int) -> list[int]:
    """The prime factors of a number, each as often as it divides, in order."""
    primes, divisor = [], 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            primes.append(divisor)
            number //= divisor
        divisor += 1
    return [*primes, number] if number > 1 else primes
