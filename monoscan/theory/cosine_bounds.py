"""Rational bounds for cos(2 pi k/n), as close as wanted: what decides the order of real numbers.

No floats: pi by Machin's formula with its alternating series cut off on either side, the cosine by
its Taylor series at a rational angle with the next term as the error.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

Bounds = tuple[Fraction, Fraction]


@lru_cache(maxsize=64)
def pi_bounds(bits: int) -> Bounds:
    """Rationals below and above pi that differ by less than 2^-bits.

    >>> low, high = pi_bounds(20)
    >>> low < Fraction(355, 113) < high + Fraction(1, 10**5), high - low < Fraction(1, 2**20)
    (True, True)
    """
    fifth, other = _arctangent(5, bits + 8), _arctangent(239, bits + 8)
    return 16 * fifth[0] - 4 * other[1], 16 * fifth[1] - 4 * other[0]


def _arctangent(inverse: int, bits: int) -> Bounds:
    """Bounds of arctan(1/inverse), with the two last partial sums of its alternating series."""
    tolerance = Fraction(1, 2**bits)
    total, k = Fraction(0), 0
    while True:
        term = Fraction((-1) ** k, (2 * k + 1) * inverse ** (2 * k + 1))
        if abs(term) < tolerance:
            return min(total, total + term), max(total, total + term)
        total, k = total + term, k + 1


@lru_cache(maxsize=4096)
def cosine_bounds(k: int, n: int, bits: int) -> Bounds:
    """Rationals below and above cos(2 pi k/n) that differ by less than 2^-bits.

    >>> low, high = cosine_bounds(1, 5, 30)
    >>> 4 * low * low + 2 * low < 1 < 4 * high * high + 2 * high
    True
    """
    k %= n
    turn = Fraction(min(k, n - k), n)
    low, high = pi_bounds(bits + 4)
    # The angle lies within 2^-(bits + 2) of this multiple of 2^-(bits + 4).
    scale = 2 ** (bits + 4)
    angle = Fraction(round(2 * turn * low * scale), scale)
    centre, remainder = _cosine(angle, bits + 3)
    radius = remainder + abs(2 * turn * high - angle) + abs(angle - 2 * turn * low)
    return centre - radius, centre + radius


def _cosine(angle: Fraction, bits: int) -> Bounds:
    """A rational near cos(angle) and a bound of its error, for 0 <= angle < 4."""
    tolerance = Fraction(1, 2**bits)
    total, term, k = Fraction(0), Fraction(1), 0
    square = angle * angle
    while abs(term) >= tolerance or 2 * k < 4:
        total += term
        k += 1
        term = -term * square / ((2 * k - 1) * (2 * k))
    # Lagrange: the error is at most the absolute value of the first term left out.
    return total, abs(term)
