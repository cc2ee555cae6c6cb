"""Roots and radii, rounded up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from .boxes import product
from .limits import WORK, charge, digits_of, require_digits

ZERO = Fraction(0)
BITS = 200  # roots and radii are rounded up to multiples of 2^-200


def norm_above(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    """At least the square root of the sum of all squares; 0 of 0."""
    total = ZERO
    for x in (x for row in rows for x in row):
        charge(total, product(x, x))
        total += x * x
    if not total:
        return ZERO
    digits = digits_of(total) + 2 * BITS // 30 + 1
    WORK.multiply(60, digits, digits)
    scaled = -(-(total.numerator << 2 * BITS) // total.denominator)
    return Fraction(isqrt(scaled - 1) + 1, 1 << BITS)


def above(x: Fraction, y: Fraction, added: Fraction = ZERO) -> Fraction:
    """At least x y + added, a multiple of 2^-200; too long a number is over the limit."""
    require_digits(digits_of(x) + digits_of(y) + digits_of(added) + BITS // 30 + 1)
    charge(x, y, 2)
    charge(product(x, y), added, 2)
    exact = x * y + added
    WORK.multiply(8, digits_of(exact), digits_of(exact) + BITS // 30)
    return Fraction(-(-(exact.numerator << BITS) // exact.denominator), 1 << BITS)
