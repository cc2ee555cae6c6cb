"""All compositions of the scalar maps h -> r(r(a h) + b) of a small number format.

One coordinate of a diagonal layer, with every operation rounded, is moved by a word as by such a
composition. So the subgroups of this monoid say what a coordinate can count: nothing if all of
them are trivial, modulo 2 at most if they have two elements at most.

Maps are byte strings, as in `monoscan.theory.scalar_maps`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import final

from monoscan.automata import BudgetExceeded
from monoscan.theory.formats import NumberFormat
from monoscan.theory.scalar_maps import scalar_map_rows

MAX_COMPOSITIONS = 50_000
"""The largest monoid that the checker follows."""


@final
@dataclass(frozen=True)
class CoordinateMonoid:
    """What the compositions of the maps h -> r(r(a h) + b) of a format are like.

    Attributes:
        format: the format; r is its rounding.
        nonnegative: whether only maps with a >= 0 are composed.
        values: how many values the format has.
        maps: how many different maps there are.
        elements: how many different compositions of one or more of them.
        largest_subgroup: the order of the largest group of compositions.
        periods: every p such that the powers of some composition end in a cycle of length p.
    """

    format: NumberFormat
    nonnegative: bool
    values: int
    maps: int
    elements: int
    largest_subgroup: int
    periods: tuple[int, ...]


def coordinate_monoid(
    number_format: NumberFormat, *, nonnegative: bool, budget: int = MAX_COMPOSITIONS
) -> CoordinateMonoid:
    """Lists all compositions and looks at the powers of each.

    Args:
        number_format: a format with at most 64 values; 8 values take less than a second.
        nonnegative: whether only maps with a >= 0 are composed.
        budget: largest number of compositions.

    Raises:
        BudgetExceeded: if there are more compositions.
        FormatError: if the format has more than 256 values.

    >>> from monoscan.theory.formats import FixedPoint
    >>> signed = coordinate_monoid(FixedPoint.signed(2), nonnegative=False)
    >>> signed.elements, signed.largest_subgroup, signed.periods
    (53, 2, (1, 2))
    """
    rows = scalar_map_rows(number_format, nonnegative=nonnegative)
    maps = set(rows)
    elements = _compositions(maps, budget)
    orders: Counter[bytes] = Counter()
    periods = set()
    for element in elements:
        period, idempotent = _power(element)
        periods.add(period)
        orders[idempotent] += idempotent.translate(element) == element
    return CoordinateMonoid(
        number_format,
        nonnegative,
        number_format.n_values(),
        len(maps),
        len(elements),
        max(orders.values()),
        tuple(sorted(periods)),
    )


def counting_step(
    number_format: NumberFormat, period: int
) -> tuple[Fraction, Fraction, tuple[Fraction, ...]] | None:
    """A map h -> r(r(a h) + b) with 0 <= a <= 1 that goes round a cycle of some length.

    Args:
        number_format: a format with at most 256 values.
        period: the length of the cycle.

    Returns:
        (a, b, cycle) with the smallest a, then b; the cycle begins with its smallest value. None
        if there is no such map.

    >>> from monoscan.theory.formats import FixedPoint, Overflow
    >>> counting_step(FixedPoint.unsigned(3, overflow=Overflow.WRAP), 4)[:2]
    (Fraction(1, 1), Fraction(2, 1))
    >>> counting_step(FixedPoint.unsigned(3, overflow=Overflow.WRAP), 3) is None
    True
    """
    values = number_format.values()
    number = {value: index for index, value in enumerate(values)}
    scale = lcm(*(value.denominator for value in values))
    integers = [int(value * scale) for value in values]  # sums and products stay integers

    @cache
    def rounded(n: int) -> int:
        return number[number_format.round(Fraction(n, scale * scale))]

    for factor, a in zip(integers, values, strict=True):
        if 0 <= a <= 1:
            products = [integers[rounded(factor * h)] for h in integers]
            for summand, b in zip(integers, values, strict=True):
                successor = [rounded((product + summand) * scale) for product in products]
                cycle = _cycle_of_length(successor, period)
                if cycle:
                    return a, b, tuple(values[place] for place in cycle)
    return None


def _cycle_of_length(successor: list[int], period: int) -> list[int] | None:
    """The first cycle of this length, from its smallest number on; each is looked at once."""
    seen: set[int] = set()
    for start in range(len(successor)):
        path: dict[int, int] = {}
        place = start
        while place not in seen:
            seen.add(place)
            path[place] = len(path)
            place = successor[place]
        if place in path and len(path) - path[place] == period:
            cycle = list(path)[path[place] :]
            first = cycle.index(min(cycle))
            return cycle[first:] + cycle[:first]
    return None


def _compositions(maps: set[bytes], budget: int) -> set[bytes]:
    found = set(maps)
    queue = list(maps)
    for first in queue:
        new = {first.translate(following) for following in maps} - found
        found |= new
        queue += new
        if len(found) > budget:
            raise BudgetExceeded("compositions of scalar maps", budget, len(found))
    return found


def _power(element: bytes) -> tuple[int, bytes]:
    """The period of the powers of a map, and the idempotent among them."""
    powers = {element: 1}
    power = element
    while (power := power.translate(element)) not in powers:
        powers[power] = len(powers) + 1
    start = powers[power]
    period = len(powers) + 1 - start
    exponent = -(-start // period) * period
    idempotent = next(found for found, number in powers.items() if number == exponent)
    return period, idempotent
