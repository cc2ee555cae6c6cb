"""Writes a permutation-reset automaton as a row of simple ones, a state as a row of digits.

The points of a permutation-reset automaton move by a group G or are all sent to one point. Take
a composition series G = G_1 > G_2 > ... > G_m. All digits but the last are cosets: digit i says
in which coset of G_(i+1) an element of G_i is, and G_i / G_(i+1) moves these cosets as it moves
its own elements. The last digit is a point y moved by the simple group G_m. If the digits choose
the coset elements t_1, ..., t_(m-1), they stand for the point that y is taken to by t_(m-1), then
by t_(m-2), and so on up to t_1. How a digit moves depends on the digits before it.

Source: M. Krasner and L. Kaloujnine, Produit complet des groupes de permutations, 1951.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol, TypeAlias, final

from monoscan.automata.composition_series import composition_series
from monoscan.automata.groups import PermutationGroup
from monoscan.automata.permutations import Permutation, inverse, then

Action: TypeAlias = tuple[int, ...]
Digits: TypeAlias = tuple[int, ...]


class Digital(Protocol):
    """A way to write the points 0..n-1 as digits that move in simple steps.

    Attributes:
        sizes: The number of values of each digit.
        orders: The order of the group that moves each digit, 1 if it is only reset.
    """

    sizes: tuple[int, ...]
    orders: tuple[int, ...]

    def encode(self, point: int) -> Digits:
        """Digits that stand for a point."""
        ...

    def decode(self, digits: Digits) -> int:
        """The point that digits stand for."""
        ...

    def move(self, place: int, permutation: Permutation) -> tuple[Action, tuple[Permutation, ...]]:
        """How a permutation moves the digit at a place, and what is left of it to do.

        Args:
            place: The place of the digit.
            permutation: What is left to do after the digits before it.

        Returns:
            The new value for each old value of the digit, and for each old value the
            permutation that is left for the next digit.
        """
        ...


@final
class ResetDigits:
    """Points that nothing permutes: one digit, or several bits.

    >>> ResetDigits(5, bits=True).encode(4)
    (1, 0, 0)
    """

    def __init__(self, n_points: int, *, bits: bool) -> None:
        n_digits = max(1, (n_points - 1).bit_length()) if bits else 1
        self._base = 2 if bits else n_points
        self.sizes: tuple[int, ...] = (self._base,) * n_digits
        self.orders: tuple[int, ...] = (1,) * n_digits

    def encode(self, point: int) -> Digits:
        """Digits that stand for a point."""
        digits = []
        for _ in self.sizes:
            point, digit = divmod(point, self._base)
            digits.append(digit)
        return tuple(reversed(digits))

    def decode(self, digits: Digits) -> int:
        """The point that digits stand for."""
        point = 0
        for digit in digits:
            point = point * self._base + digit
        return point

    def move(self, place: int, permutation: Permutation) -> tuple[Action, tuple[Permutation, ...]]:
        """The identity: nothing else permutes these points."""
        size = self.sizes[place]
        return tuple(range(size)), (permutation,) * size


@final
class GroupDigits:
    """Points that a group permutes: cosets along a composition series, then a point.

    Args:
        n_points: The number of points.
        generators: Permutations of the points that generate the group, not all the identity.
        budget: Largest number of elements of a perfect group that has to be searched.

    Raises:
        BudgetExceeded: If a perfect group has more elements than the budget.

    >>> counter = GroupDigits(6, [(1, 2, 3, 4, 5, 0)], budget=100)
    >>> counter.orders, counter.sizes, counter.decode(counter.encode(4))
    ((2, 3), (2, 3), 4)
    """

    def __init__(self, n_points: int, generators: Iterable[Permutation], budget: int) -> None:
        series = composition_series(PermutationGroup(n_points, tuple(generators)), budget)
        self._normal = series[1:]
        self._cosets = [_coset_elements(*pair) for pair in pairwise(series)]
        self._numbers = [{c: i for i, c in enumerate(elements)} for elements in self._cosets]
        self._points = _choose_points(series[0], series[-1])
        self._codes = self._choose_codes()
        self._places = {point: place for place, point in enumerate(self._points)}
        factors = [len(cosets) for cosets in self._cosets]
        self.sizes: tuple[int, ...] = (*factors, len(self._points))
        self.orders: tuple[int, ...] = (*factors, series[-1].order)
        self._moves: dict[tuple[int, Permutation], tuple[Action, tuple[Permutation, ...]]] = {}

    def encode(self, point: int) -> Digits:
        """Digits that stand for a point."""
        return self._codes[point]

    def decode(self, digits: Digits) -> int:
        """The point that digits stand for."""
        point = self._points[digits[-1]]
        for cosets, digit in zip(reversed(self._cosets), reversed(digits[:-1]), strict=True):
            point = cosets[digit][point]
        return point

    def move(self, place: int, permutation: Permutation) -> tuple[Action, tuple[Permutation, ...]]:
        """How a permutation moves the digit at a place, and what is left of it to do."""
        key = (place, permutation)
        if key not in self._moves:
            last = place == len(self._cosets)
            self._moves[key] = (
                self._move_points(permutation) if last else self._move_cosets(place, permutation)
            )
        return self._moves[key]

    def _move_cosets(
        self, place: int, permutation: Permutation
    ) -> tuple[Action, tuple[Permutation, ...]]:
        """If t h = n t' with t' the chosen element of a coset, then n is left to do."""
        action, left = [], []
        for chosen in self._cosets[place]:
            product = then(chosen, permutation)
            coset = self._normal[place].canonical(product)
            action.append(self._numbers[place][coset])
            left.append(then(product, inverse(coset)))
        return tuple(action), tuple(left)

    def _move_points(self, permutation: Permutation) -> tuple[Action, tuple[Permutation, ...]]:
        action = tuple(self._places[permutation[point]] for point in self._points)
        return action, (permutation,) * len(action)

    def _choose_codes(self) -> dict[int, Digits]:
        """Digits for every point; among several choices those with the smallest first digits."""
        codes: dict[int, Digits] = {point: (place,) for place, point in enumerate(self._points)}
        for cosets in reversed(self._cosets):
            further: dict[int, Digits] = {}
            for digit, move in enumerate(cosets):
                for point, digits in codes.items():
                    further.setdefault(move[point], (digit, *digits))
            codes = further
        return codes


def _choose_points(group: PermutationGroup, simple: PermutationGroup) -> list[int]:
    """One orbit of the simple group within each orbit of the whole group."""
    points: list[int] = []
    seen: set[int] = set()
    for start in range(group.degree):
        if start not in seen:
            seen.update(_orbit(group, start))
            points += _orbit(simple, start)
    return points


def _coset_elements(group: PermutationGroup, normal: PermutationGroup) -> list[Permutation]:
    """The chosen (canonical) element of each right coset, that of the normal subgroup first."""
    chosen = [normal.canonical(normal.identity)]
    seen = set(chosen)
    for element in chosen:
        for generator in group.generators:
            coset = normal.canonical(then(element, generator))
            if coset not in seen:
                seen.add(coset)
                chosen.append(coset)
    return chosen


def _orbit(group: PermutationGroup, start: int) -> list[int]:
    orbit = [start]
    for point in orbit:
        orbit += [g[point] for g in group.generators if g[point] not in orbit]
    return list(dict.fromkeys(orbit))
