"""Finite groups of permutations: their order, series and composition factors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import factorial
from typing import TYPE_CHECKING, Any, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.group_names import SIMPLE_GROUPS, abelian_name, model_name
from monoscan.automata.group_table import MAX_TABLE, GroupTable
from monoscan.automata.row_table import RowTable

if TYPE_CHECKING:
    from sympy.combinatorics import PermutationGroup as SympyGroup

Permutation: TypeAlias = tuple[int, ...]

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

    @cached_property
    def order(self) -> int:
        """The number of elements."""
        return int(self._sympy.order())

    @cached_property
    def is_abelian(self) -> bool:
        """Whether all elements commute."""
        maps = [np.array(generator) for generator in self.generators]
        return all(np.array_equal(y[x], x[y]) for x in maps for y in maps)

    @cached_property
    def derived_series(self) -> tuple[PermutationGroup, ...]:
        """The group, its derived subgroup, and so on, until nothing changes any more."""
        return tuple(_from_sympy(group, self.degree) for group in self._sympy.derived_series())

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
        if self.order == 1:
            return ()
        return tuple(int(order) for order in self._sympy.abelian_invariants() if order > 1)

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
        perfect = self.derived_series[-1]
        cyclic = [f"Z{prime}" for prime in _prime_factors(self.order // perfect.order)]
        factors = _factors_of_perfect(perfect)
        if factors is None:
            return None
        simple = sorted(name for name in factors if not _is_cyclic_name(name))
        primes = sorted(int(name[1:]) for name in factors if _is_cyclic_name(name))
        primes = sorted(primes + [int(name[1:]) for name in cyclic])
        return (*simple, *(f"Z{prime}" for prime in primes))

    @cached_property
    def name(self) -> str:
        """The name of the group up to isomorphism, or "order n, not named".

        Named are: abelian groups; the symmetric and alternating groups on their own points, up
        to order 720 in any form; dihedral groups of at most `MAX_LISTED` elements; and the groups
        of order at most 60 that the table of `group_names` holds. A name is a proof: either the
        structure is forced, or an isomorphism to the group of that name has been found.
        """
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
    def _sympy(self) -> SympyGroup:
        # sympy is slow to import, so only a question about a group pays for it.
        from sympy.combinatorics import Permutation as SympyPermutation
        from sympy.combinatorics import PermutationGroup as SympyGroup

        generators = self.generators or (tuple(range(self.degree)),)
        return SympyGroup([SympyPermutation(list(generator)) for generator in generators])


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


def _from_sympy(group: Any, degree: int) -> PermutationGroup:
    arrays = [tuple(generator.array_form) for generator in group.generators]
    identity = tuple(range(degree))
    return PermutationGroup(degree, tuple(array for array in arrays if array != identity))


def _factors_of_perfect(group: PermutationGroup) -> list[str] | None:
    """The composition factors of a group without abelian quotients."""
    if group.order == 1:
        return []
    natural = natural_degree(group)
    if natural is not None:
        return [f"A{natural[1]}"]
    if group.order > MAX_LISTED:
        return None
    normal = _proper_normal_subgroup(group)
    if normal is None:
        return [SIMPLE_GROUPS[group.order]]
    parts = [normal.composition_factors, _quotient(group, normal).composition_factors]
    return None if None in parts else [name for part in parts for name in part or ()]


def _proper_normal_subgroup(group: PermutationGroup) -> PermutationGroup | None:
    """The normal subgroup that some element generates, if one is not the whole group."""
    from sympy.combinatorics import Permutation as SympyPermutation
    from sympy.combinatorics import PermutationGroup as SympyGroup

    elements = list_elements(group.degree, group.generators)
    seen = RowTable(bound=group.degree, width=group.degree)
    for element in elements[1:]:
        if seen.find(element.reshape(1, -1))[0] >= 0:
            continue
        inverses = np.argsort(elements, axis=1)
        # Row g of the conjugates is "g inverse, then the element, then g".
        seen.add(np.take_along_axis(elements, element[inverses], axis=1))
        cyclic = SympyGroup([SympyPermutation(element.tolist())])
        closure = group._sympy.normal_closure(cyclic)
        if closure is not None and closure.order() < group.order:
            return _from_sympy(closure, group.degree)
    return None


def _quotient(group: PermutationGroup, normal: PermutationGroup) -> PermutationGroup:
    """The quotient by a normal subgroup, as permutations of its cosets."""
    elements = RowTable(bound=group.degree, width=group.degree)
    elements.add(list_elements(group.degree, group.generators))
    kernel = list_elements(normal.degree, normal.generators)
    coset = np.full(len(elements), -1)
    firsts: list[int] = []
    for number in range(len(elements)):
        if coset[number] < 0:
            representative = elements.rows[number, : group.degree].astype(np.intp)
            coset[elements.find(representative[kernel])] = len(firsts)
            firsts.append(number)
    rows = elements.rows[firsts, : group.degree].astype(np.intp)
    images = (coset[elements.find(np.array(generator)[rows])] for generator in group.generators)
    return PermutationGroup(len(firsts), tuple(tuple(image.tolist()) for image in images))


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


def _is_cyclic_name(name: str) -> bool:
    return name[0] == "Z" and name[1:].isdigit()


def _prime_factors(number: int) -> list[int]:
    """The prime factors of a number, each as often as it divides, in order."""
    primes, divisor = [], 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            primes.append(divisor)
            number //= divisor
        divisor += 1
    return [*primes, number] if number > 1 else primes
