"""Lengths of vectors and radii that grow, as rationals that are rounded up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

BITS = 200
"""Roots and radii are rounded up to multiples of 2^-200."""


def root_above(x: Fraction) -> Fraction:
    """A rational at least the square root of x >= 0, and hardly above it; 0 of 0.

    >>> root_above(Fraction(0)), root_above(Fraction(4)) - 2 < Fraction(1, 2**190)
    (Fraction(0, 1), True)
    """
    if not x:
        return x
    scaled = -(-(x.numerator << (2 * BITS)) // x.denominator)
    return Fraction(isqrt(scaled - 1) + 1, 1 << BITS)


def upwards(x: Fraction) -> Fraction:
    """The least multiple of 2^-200 that is at least x."""
    return Fraction(-(-(x.numerator << BITS) // x.denominator), 1 << BITS)


def length_of(entries: Iterator[Fraction]) -> Fraction:
    """At least the Euclidean length of a vector."""
    return root_above(sum((x * x for x in entries), Fraction(0)))


def grown(start: Fraction, growth: Fraction, added: Fraction, times: int) -> Fraction:
    """At least r(times), for r(0) = start and r(t + 1) = growth r(t) + added.

    >>> grown(Fraction(0), Fraction(1), Fraction(1, 4), 6)
    Fraction(3, 2)
    """
    factor, shift = Fraction(1), Fraction(0)  # r -> factor r + shift: the steps that are done
    power, add = growth, added  # a step, two steps, four, ...
    while times:
        if times & 1:
            factor, shift = upwards(power * factor), upwards(power * shift + add)
        power, add = upwards(power * power), upwards(power * add + add)
        times >>= 1
    return factor * start + shift
