"""Permutation groups small enough for holonomy: order, membership, cosets, simple factors.

A permutation is the tuple of its images; products act left to right, as words do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import factorial
from typing import TypeAlias, final

from monoscan.automata.budget import BudgetExceeded

Permutation: TypeAlias = tuple[int, ...]


def then(first: Permutation, second: Permutation) -> Permutation:
    """The permutation "first, then second".

    >>> then((1, 2, 0), (0, 2, 1))
    (2, 1, 0)
    """
    return tuple([second[point] for point in first])


def inverse(permutation: Permutation) -> Permutation:
    """The inverse of a permutation.

    >>> inverse((1, 2, 0))
    (2, 0, 1)
    """
    images = [0] * len(permutation)
    for point, image in enumerate(permutation):
        images[image] = point
    return tuple(images)


@final
class PermutationGroup:
    """The group that some permutations generate, by a chain of point stabilisers.

    Attributes:
        degree: The number of points.
        generators: Those of the given permutations that the ones before do not generate.

    Source: C. C. Sims, Computational methods in the study of permutation groups, 1970.

    >>> symmetric = PermutationGroup(4, [(1, 2, 3, 0), (1, 0, 2, 3)])
    >>> symmetric.order, (3, 2, 1, 0) in symmetric
    (24, True)
    """

    def __init__(self, degree: int, generators: Iterable[Permutation]) -> None:
        self.degree = degree
        self.identity: Permutation = tuple(range(degree))
        self.generators: list[Permutation] = []
        self._base: list[int] = []
        # For each base point the generators that fix all earlier ones, and for each point of
        # the base point's orbit under them an element that takes the base point there.
        self._strong: list[list[Permutation]] = []
        self._orbits: list[dict[int, Permutation]] = []
        for generator in generators:
            self.enlarge(generator)

    def enlarge(self, permutation: Permutation) -> None:
        """Makes the permutation a generator, too, unless it is an element already."""
        if permutation not in self:
            self.generators.append(permutation)
            self._add(0, permutation)

    @property
    def order(self) -> int:
        """The number of elements."""
        product = 1
        for orbit in self._orbits:
            product *= len(orbit)
        return product

    def __contains__(self, permutation: Permutation) -> bool:
        return self._sift(0, permutation) == self.identity

    def canonical(self, permutation: Permutation) -> Permutation:
        """The same element of the right coset (group element, then permutation) for all of it.

        >>> even = PermutationGroup(3, [(1, 2, 0)])
        >>> even.canonical((1, 0, 2)) == even.canonical((0, 2, 1)) != even.canonical((0, 1, 2))
        True
        """
        for orbit in self._orbits:
            best = min(orbit, key=permutation.__getitem__)
            permutation = then(orbit[best], permutation)
        return permutation

    def elements(self, budget: int) -> list[Permutation]:
        """All elements.

        Raises:
            BudgetExceeded: If there are more than the budget.
        """
        if self.order > budget:
            raise BudgetExceeded("elements of a holonomy group", budget, self.order)
        found = [self.identity]
        for orbit in reversed(self._orbits):
            found = [then(element, move) for move in orbit.values() for element in found]
        return found

    def _sift(self, level: int, permutation: Permutation) -> Permutation:
        """What is left after dividing by orbit elements; the identity for group elements."""
        for base, orbit in zip(self._base[level:], self._orbits[level:], strict=True):
            move = orbit.get(permutation[base])
            if move is None:
                return permutation
            permutation = then(permutation, inverse(move))
        return permutation

    def _add(self, level: int, generator: Permutation) -> None:
        """Adds an element outside the group that fixes the base points before a level."""
        if level == len(self._base):
            base = next(p for p in range(self.degree) if generator[p] != p)
            self._base.append(base)
            self._strong.append([])
            self._orbits.append({base: self.identity})
        self._strong[level].append(generator)
        orbit = self._orbits[level]
        pairs = [(point, generator) for point in orbit]
        for point, move in pairs:
            image = move[point]
            product = then(orbit[point], move)
            if image not in orbit:
                orbit[image] = product
                pairs.extend((image, other) for other in self._strong[level])
                continue
            rest = self._sift(level + 1, then(product, inverse(orbit[image])))
            if rest != self.identity:
                self._add(level + 1, rest)


def composition_series(group: PermutationGroup, budget: int) -> list[PermutationGroup]:
    """A chain from the group down to a simple group, each normal with a simple factor.

    Args:
        group: A group with two or more elements.
        budget: Largest number of elements of a perfect group that may be listed.

    Returns:
        The group itself first; the last one is simple. The trivial group is left out.

    Raises:
        BudgetExceeded: If a perfect group on the way has more elements than the budget.

    >>> symmetric = PermutationGroup(4, [(1, 2, 3, 0), (1, 0, 2, 3)])
    >>> [subgroup.order for subgroup in composition_series(symmetric, 100)]
    [24, 12, 4, 2]
    """
    series = [group]
    while (following := _maximal_normal(series[-1], budget)).order > 1:
        series.append(following)
    return series


def _maximal_normal(group: PermutationGroup, budget: int) -> PermutationGroup:
    derived = _normal_closure(group, [_commutator(g, h) for g, h in _pairs(group.generators)])
    if derived.order < group.order:
        return _of_prime_index(group, derived)
    if _is_alternating(group):
        return PermutationGroup(group.degree, [])
    normal = PermutationGroup(group.degree, [])
    # One pass is enough: what fills the group with a smaller `normal` does so with a larger one.
    for element in _class_representatives(group, budget):
        if element not in normal:
            larger = _normal_closure(group, [*normal.generators, element])
            if larger.order < group.order:
                normal = larger
    return normal


def _of_prime_index(group: PermutationGroup, derived: PermutationGroup) -> PermutationGroup:
    """A normal subgroup of prime index that contains the derived subgroup."""
    normal = derived
    for generator in group.generators:
        larger = PermutationGroup(group.degree, [*normal.generators, generator])
        if larger.order < group.order:
            normal = larger
    # Now the factor is cyclic, generated by any generator outside.
    outside = next(g for g in group.generators if g not in normal)
    index = group.order // normal.order
    prime = next(d for d in range(2, index + 1) if index % d == 0)
    power = outside
    for _ in range(prime - 1):
        power = then(power, outside)
    return PermutationGroup(group.degree, [*normal.generators, power])


def _normal_closure(group: PermutationGroup, elements: Iterable[Permutation]) -> PermutationGroup:
    """The smallest normal subgroup that contains the elements."""
    closure = PermutationGroup(group.degree, elements)
    conjugators = [(inverse(g), g) for g in group.generators]
    # The list of generators grows as conjugates are found outside.
    for element in closure.generators:
        for back, g in conjugators:
            closure.enlarge(then(then(back, element), g))
    return closure


def _is_alternating(group: PermutationGroup) -> bool:
    """Whether the group is the simple alternating group of the points that it moves."""
    moved = sum(any(g[p] != p for g in group.generators) for p in range(group.degree))
    return moved >= 5 and 2 * group.order == factorial(moved)


def _class_representatives(group: PermutationGroup, budget: int) -> list[Permutation]:
    """One element of each conjugacy class but that of the identity."""
    conjugators = [(inverse(g), g) for g in group.generators]
    seen = {group.identity}
    representatives = []
    for element in group.elements(budget):
        if element in seen:
            continue
        representatives.append(element)
        seen.add(element)
        queue = [element]
        for member in queue:
            for back, g in conjugators:
                conjugate = then(then(back, member), g)
                if conjugate not in seen:
                    seen.add(conjugate)
                    queue.append(conjugate)
    return representatives


def _commutator(g: Permutation, h: Permutation) -> Permutation:
    return then(then(inverse(g), inverse(h)), then(g, h))


def _pairs(elements: Sequence[Permutation]) -> list[tuple[Permutation, Permutation]]:
    return [(g, h) for i, g in enumerate(elements) for h in elements[:i]]
