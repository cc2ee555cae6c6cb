"""Chains of point stabilisers: order and membership of permutation groups without listing them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from monoscan.automata.budget import Work
from monoscan.automata.permutations import Permutation, inverse, then

MAX_MOVED = 1 << 25
"""So many points are moved at most in all products of the permutations of one chain."""


@final
class StabiliserChain:
    """A group of permutations that grows by one generator after the other.

    Attributes:
        degree: The number of points.
        generators: Those of the given permutations that the ones before do not generate.

    Raises:
        BudgetExceeded: If more than `MAX_MOVED` points are moved, which only groups of more than
            about 100 points need.

    Source: C. C. Sims, Computational methods in the study of permutation groups, 1970.

    >>> symmetric = StabiliserChain(4, [(1, 2, 3, 0), (1, 0, 2, 3)])
    >>> symmetric.order, (3, 2, 1, 0) in symmetric
    (24, True)
    """

    def __init__(self, degree: int, generators: Iterable[Permutation]) -> None:
        self.degree = degree
        self.generators: list[Permutation] = []
        self._work = Work("points moved in products of permutations", MAX_MOVED)
        self._identity: Permutation = tuple(range(degree))
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
        return self._sift(0, permutation) == self._identity

    def canonical(self, permutation: Permutation) -> Permutation:
        """The same element of the right coset (group element, then permutation) for all of it."""
        for orbit in self._orbits:
            best = min(orbit, key=permutation.__getitem__)
            permutation = then(orbit[best], permutation)
        return permutation

    def elements(self) -> list[Permutation]:
        """All elements, the identity first."""
        found = [self._identity]
        for orbit in reversed(self._orbits):
            found = [then(element, move) for move in orbit.values() for element in found]
        return found

    def _sift(self, level: int, permutation: Permutation) -> Permutation:
        """What is left after dividing by orbit elements; the identity for group elements."""
        for base, orbit in zip(self._base[level:], self._orbits[level:], strict=True):
            move = orbit.get(permutation[base])
            if move is None:
                return permutation
            self._work.charge(self.degree)
            permutation = then(permutation, inverse(move))
        return permutation

    def _add(self, level: int, generator: Permutation) -> None:
        """Adds an element outside the group that fixes the base points before a level."""
        if level == len(self._base):
            base = next(p for p in range(self.degree) if generator[p] != p)
            self._base.append(base)
            self._strong.append([])
            self._orbits.append({base: self._identity})
        self._strong[level].append(generator)
        orbit = self._orbits[level]
        pairs = [(point, generator) for point in orbit]
        for point, move in pairs:
            image = move[point]
            self._work.charge(self.degree)
            product = then(orbit[point], move)
            if image not in orbit:
                orbit[image] = product
                pairs.extend((image, other) for other in self._strong[level])
                continue
            rest = self._sift(level + 1, then(product, inverse(orbit[image])))
            if rest != self._identity:
                self._add(level + 1, rest)
