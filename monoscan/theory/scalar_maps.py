"""Every scalar recurrence h -> r(r(a h) + b) of a whole small number format.

One coordinate of a diagonal layer that reads the same letter for ever is such a recurrence when
every operation is rounded (semantics ``op-round``). A format with V values has V^2 of these maps
and V^3 orbits: few enough, up to 256 values, to follow all of them. That turns the lemma
``docs/lemmas/monotone-rounding.md`` into a checked fact for the format: with a saturating rounding
the orbits end in a fixed point when a >= 0, and in a cycle of length at most 2 for any a.

Maps are byte strings: the format's values are numbered in ascending order, and byte i of a map is
the number of the value to which value i goes. ``bytes.translate`` then composes two maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from monoscan.theory.formats import FormatError, NumberFormat

CENSUS_LIMIT = 256
"""The largest number of values that ``census`` accepts: a value's number fits in one byte."""

SLOW_CENSUS_LIMIT = 16
"""The largest number of values that ``census_slow`` accepts."""


@dataclass(frozen=True)
class ScalarMapCensus:
    """What the maps h -> r(r(a h) + b) of a format do, over all values a, b and h of the format.

    Attributes:
        format: the format; r is its rounding.
        values: how many values it has.
        triples: how many orbits (a, b, h0) were followed: ``values`` cubed.
        nonnegative_max_period: the longest cycle that an orbit with a >= 0 ends in.
        signed_max_period: the same over all a.
        nonnegative_monotone: whether each map with a >= 0 is non-decreasing.
    """

    format: NumberFormat
    values: int
    triples: int
    nonnegative_max_period: int
    signed_max_period: int
    nonnegative_monotone: bool


@dataclass(frozen=True)
class ScalarOrbit:
    """One map h -> r(r(a h) + b) and a cycle of it.

    Attributes:
        a: the factor.
        b: the summand.
        cycle: the values of the cycle in the order in which they follow each other, the smallest
            first.
    """

    a: Fraction
    b: Fraction
    cycle: tuple[Fraction, ...]


def census(number_format: NumberFormat) -> ScalarMapCensus:
    """How every orbit of every map h -> r(r(a h) + b) of the format ends.

    Exact: the tables of rounded products and sums are made from ``Fraction`` values, everything
    after that permutes value numbers. If these tables are in order, so are the maps, whose cycles
    are then short; otherwise every map is followed, which takes a second for 256 values.

    Args:
        number_format: any format with at most 256 values.

    Raises:
        FormatError: the format has more values.

    >>> from monoscan.theory.formats import get_format
    >>> result = census(get_format("e2m1"))
    >>> result.triples, result.nonnegative_max_period, result.signed_max_period
    (3375, 1, 2)
    """
    values = _values(number_format, CENSUS_LIMIT)
    products, sums = _step_tables(number_format, values)
    negative, nonnegative = np.split(products, [values.index(Fraction(0))])
    is_monotone = _is_ascending(sums) and _is_ascending(nonnegative)
    is_antitone = _is_ascending(sums) and _is_ascending(negative[:, ::-1])
    # A non-decreasing map of a chain has no cycle but fixed points; the square of a non-increasing
    # one is non-decreasing. A cycle of that length ends the search for a longer one.
    period = _max_period(_maps(nonnegative, sums), len(values), most=1 if is_monotone else None)
    other = _max_period(_maps(negative, sums), len(values), most=2 if is_antitone else None)
    return ScalarMapCensus(
        format=number_format,
        values=len(values),
        triples=len(values) ** 3,
        nonnegative_max_period=period,
        signed_max_period=max(period, other),
        nonnegative_monotone=is_monotone
        or all(_is_ascending(sums[:, product]) for product in nonnegative),
    )


def longest_cycle(number_format: NumberFormat, *, nonnegative: bool) -> ScalarOrbit:
    """A map whose cycle is as long as any: the witness behind a census.

    Args:
        number_format: any format with at most 256 values.
        nonnegative: whether only maps with a >= 0 count.

    Returns:
        The first one for ascending (a, b), and of that map the cycle with the smallest value.

    Raises:
        FormatError: the format has more values.

    >>> from monoscan.theory.formats import FixedPoint, Overflow
    >>> longest_cycle(FixedPoint.signed(3, overflow=Overflow.WRAP), nonnegative=True).b
    Fraction(-3, 1)
    """
    values = _values(number_format, CENSUS_LIMIT)
    first_a = values.index(Fraction(0)) if nonnegative else 0
    rows = scalar_map_rows(number_format, nonnegative=nonnegative)
    target = _max_period(rows, len(values))
    return next(
        ScalarOrbit(a, b, tuple(values[i] for i in cycle))
        for row, (a, b) in zip(rows, product(values[first_a:], values), strict=True)
        for cycle in _cycles(row, _recurrent_points(row, len(values)))
        if len(cycle) == target
    )


def scalar_map_rows(number_format: NumberFormat, *, nonnegative: bool) -> list[bytes]:
    """All maps h -> r(r(a h) + b) of a format, in the order of (a, b), repetitions included.

    Args:
        number_format: any format with at most 256 values.
        nonnegative: whether only maps with a >= 0 are listed.

    Returns:
        Byte strings of length 256: byte i is the number of the value to which value i goes. Numbers
        that stand for no value stay where they are.

    Raises:
        FormatError: the format has more values.

    >>> from monoscan.theory.formats import FixedPoint
    >>> rows = scalar_map_rows(FixedPoint.signed(2), nonnegative=True)
    >>> len(rows), list(rows[-1][:4])
    (8, [1, 2, 3, 3])
    """
    values = _values(number_format, CENSUS_LIMIT)
    first_a = values.index(Fraction(0)) if nonnegative else 0
    products, sums = _step_tables(number_format, values)
    return list(_maps(products[first_a:], sums))


def census_slow(number_format: NumberFormat) -> ScalarMapCensus:
    """The same as :func:`census`, orbit by orbit in the most obvious way: its oracle.

    Args:
        number_format: any format with at most 16 values.

    Raises:
        FormatError: the format has more values.

    >>> from monoscan.theory.formats import get_format
    >>> census_slow(get_format("e2m1")) == census(get_format("e2m1"))
    True
    """
    values = _values(number_format, SLOW_CENSUS_LIMIT)
    nonnegative_period = signed_period = 1
    monotone = True
    for a, b in product(values, values):
        images = {h: number_format.round(number_format.round(a * h) + b) for h in values}
        period = max(_period_from(start, images) for start in values)
        signed_period = max(signed_period, period)
        if a >= 0:
            nonnegative_period = max(nonnegative_period, period)
            ascending = [images[h] for h in values]
            monotone = monotone and ascending == sorted(ascending)
    return ScalarMapCensus(
        number_format, len(values), len(values) ** 3, nonnegative_period, signed_period, monotone
    )


def _period_from(start: Fraction, images: dict[Fraction, Fraction]) -> int:
    """Length of the cycle that the orbit of ``start`` ends in."""
    first_seen: dict[Fraction, int] = {}
    h = start
    while h not in first_seen:
        first_seen[h] = len(first_seen)
        h = images[h]
    return len(first_seen) - first_seen[h]


def _values(number_format: NumberFormat, limit: int) -> tuple[Fraction, ...]:
    if number_format.n_values() > limit:
        raise FormatError(
            f"following all scalar maps needs a format with at most {limit} values, and this one "
            f"({number_format.describe()}) has {number_format.n_values()}: use a smaller one"
        )
    return number_format.values(limit=limit)


_Tables: TypeAlias = npt.NDArray[np.uint8]


def _step_tables(
    number_format: NumberFormat, values: tuple[Fraction, ...]
) -> tuple[_Tables, _Tables]:
    """The numbers of the rounded products [a, h], and those of the rounded sums [b, h]."""
    # Values are integers over one common denominator, and so are sums and products: dictionaries
    # on integers then spare all but the first rounding of equal numbers.
    scale = lcm(*(value.denominator for value in values))
    integers = [int(value * scale) for value in values]
    number = {value: i for i, value in enumerate(values)}

    def rounded(table: Iterable[list[int]], denominator: int) -> npt.NDArray[np.uint8]:
        rows = list(table)
        distinct = sorted({n for row in rows for n in row})
        found: list[int] = [-1] * len(distinct)

        def round_one(place: int) -> int:
            if found[place] < 0:
                exact = Fraction(distinct[place], denominator)
                found[place] = number[number_format.round(exact)]
            return found[place]

        parts = [(0, len(distinct) - 1)]
        while parts:
            low, high = parts.pop()
            same = round_one(low) == round_one(high)
            if same and number_format.is_monotone:  # so is all that lies between them
                found[low : high + 1] = [found[low]] * (high + 1 - low)
            elif high - low > 1:
                middle = (low + high) // 2
                parts += [(low, middle), (middle, high)]
        known = dict(zip(distinct, found, strict=True))
        return np.array([[known[n] for n in row] for row in rows], dtype=np.uint8)

    products = rounded(([a * h for h in integers] for a in integers), scale * scale)
    sums = rounded(([b + x for x in integers] for b in integers), scale)
    return products, sums


def _is_ascending(tables: _Tables) -> bool:
    """Whether no row of value numbers ever falls."""
    return bool((tables[:, 1:] >= tables[:, :-1]).all())


def _maps(products: _Tables, sums: _Tables) -> Iterator[bytes]:
    """The maps as byte strings of length 256, in the order of (a, b).

    Numbers that stand for no value stay where they are, so they add fixed points only.
    """
    n_values = sums.shape[1]
    rows = np.empty((len(sums), 256), dtype=np.uint8)
    rows[:, n_values:] = np.arange(n_values, 256, dtype=np.uint8)
    for table in products:
        rows[:, :n_values] = sums[:, table]
        data = rows.tobytes()
        yield from (data[i : i + 256] for i in range(0, len(data), 256))


def _max_period(maps: Iterable[bytes], n_values: int, most: int | None = None) -> int:
    """The longest cycle of any of the maps, of which none has a longer one than `most`."""
    longest = 1
    seen: set[bytes] = set()  # different (a, b) often give the same map: each is followed once
    for row in maps:
        if longest == most:
            break
        if row in seen:
            continue
        seen.add(row)
        points = _recurrent_points(row, n_values)
        if points.translate(row) == points:
            continue
        if longest >= 2 and points.translate(row).translate(row) == points:
            continue
        longest = max(longest, *(len(cycle) for cycle in _cycles(row, points)))
    return longest


def _recurrent_points(row: bytes, n_values: int) -> bytes:
    """Where each value is after 2^k >= ``n_values`` steps: on its cycle."""
    power = row
    for _ in range((n_values - 1).bit_length()):
        squared = power.translate(power)
        if squared == power:  # each image stays where it is under this power: it is on a cycle
            break
        power = squared
    return power


def _cycles(row: bytes, points: bytes) -> Iterator[list[int]]:
    """The cycles of a map through the given points, each from its smallest number on."""
    remaining = set(points)
    for start in sorted(remaining):
        if start not in remaining:
            continue
        cycle = [start]
        while (following := row[cycle[-1]]) != start:
            cycle.append(following)
        remaining.difference_update(cycle)
        yield cycle
