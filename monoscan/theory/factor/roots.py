"""Square roots that stay exact: of rationals, in the field that holds few small square roots.

The square root of a square-free integer d lies in the cyclotomic field of order d or 4 d; the
degree of these fields grows with d, so that only small ones are in reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from math import isqrt, lcm

from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.numbers import Number, rational, sqrt_of

MAX_DEGREE = 32
"""The largest degree of a cyclotomic field that a square root may need (also in certificates)."""

_MAX_RADICAND = 60  # a square-free number above it has a field of larger degree


class RootOutOfReachError(ValueError):
    """A factorisation that needs a square root that the exact numbers here do not hold."""


def square_root(value: Number) -> Number | None:
    """The non-negative square root of a non-negative number, or None if it is out of reach.

    Args:
        value: in reach are rationals whose square-free part has a root in a field of at most
            `MAX_DEGREE`; other numbers are not.

    Raises:
        ValueError: for a negative number.

    >>> square_root(Fraction(4, 9)), square_root(Fraction(1009)) is None
    (Fraction(2, 3), True)
    >>> square_root(Fraction(1, 2)) ** 2
    Fraction(1, 2)
    """
    if value < 0:
        raise ValueError(f"{value} is negative; it has no real square root")
    radicand = squarefree_radicand(value)
    if radicand is None or not are_in_reach((radicand,)):
        return None
    return sqrt_of(rational(value))


def squarefree_radicand(value: Number) -> int | None:
    """The square-free integer d >= 1 with value = d r^2, r rational; None if d is not small.

    Args:
        value: a number >= 0; for an irrational one the answer is None.

    >>> squarefree_radicand(Fraction(3, 4)), squarefree_radicand(Fraction(2, 5))
    (3, 10)
    """
    if not isinstance(value, Fraction):
        return None
    rest, radicand = value.numerator * value.denominator, 1
    if _is_square(rest):
        return 1
    for prime in primes_below(_MAX_RADICAND):
        while rest % prime == 0:
            rest //= prime
            radicand = radicand // prime if radicand % prime == 0 else radicand * prime
    return radicand if _is_square(rest) and radicand <= _MAX_RADICAND else None


def are_in_reach(radicands: Iterable[int]) -> bool:
    """Whether the roots of some square-free integers lie in one field of degree `MAX_DEGREE`.

    >>> are_in_reach((2, 3, 5)), are_in_reach((2, 3, 5, 7))
    (True, False)
    """
    orders = (d if d % 4 == 1 else 4 * d for d in radicands)
    return totient(lcm(*orders)) <= MAX_DEGREE


@cache
def primes_below(bound: int) -> tuple[int, ...]:
    """The primes below a small number.

    >>> primes_below(10)
    (2, 3, 5, 7)
    """
    return tuple(n for n in range(2, bound) if all(n % d for d in range(2, isqrt(n) + 1)))


def _is_square(n: int) -> bool:
    return isqrt(n) ** 2 == n
