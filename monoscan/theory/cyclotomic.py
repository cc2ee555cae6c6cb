"""Irrational numbers of the cyclotomic fields Q(zeta_n), exactly, with zeta_n = exp(2 pi i/n).

The square roots of rationals, cos(2 pi k/n) and the roots of unity all live there. A rational
value is always a `Fraction`: arithmetic that ends at a rational returns one, so that code about
rationals never meets this type. Each number is kept in the smallest field that holds it; equality
and hashing of numbers are those of the coefficients.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from monoscan.theory.cosine_bounds import cosine_bounds
from monoscan.theory.cyclotomic_field import (
    combination,
    in_smallest_field,
    lifted,
    product,
    totient,
    units,
)

_FIRST_BITS = 32


class NotRealError(ValueError):
    """An order comparison with a number that is not real."""


@dataclass(frozen=True)
class Cyclotomic:
    """An irrational element of Q(zeta_n).

    Coefficients may be given in any field that holds the number; the attributes are those in the
    smallest one.

    Attributes:
        order: n >= 3, not 2 modulo 4.
        coefficients: phi(n) rationals, the multiples of 1, zeta, ..., zeta^(phi(n) - 1).

    Raises:
        ValueError: if the number of coefficients is not phi(n), or the number is rational.

    >>> i = Cyclotomic(4, (Fraction(0), Fraction(1)))
    >>> i * i, (1 + i) * (1 - i)
    (Fraction(-1, 1), Fraction(2, 1))
    """

    order: int
    coefficients: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if self.order < 3 or len(self.coefficients) != totient(self.order):
            raise ValueError(
                f"a number of the cyclotomic field of order {self.order} is given by "
                f"{len(self.coefficients)} coefficients; expected an order of at least 3 and as "
                "many coefficients as there are numbers below it that are prime to it"
            )
        if not any(self.coefficients[1:]):
            raise ValueError(
                f"{self.coefficients[0]} is rational; use a Fraction, or let "
                "`cyclotomic` choose the type"
            )
        order, coefficients = in_smallest_field(self.order, self.coefficients)
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "coefficients", coefficients)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.order, self.coefficients))

    def coefficients_in(self, order: int) -> tuple[Fraction, ...]:
        """The coefficients of the same number in Q(zeta_order).

        Raises:
            ValueError: if that field does not hold the number.

        >>> [int(c) for c in zeta(4).coefficients_in(8)]
        [0, 0, 1, 0]
        """
        larger = order if order % 4 != 2 else order // 2
        if larger % self.order:
            raise ValueError(
                f"{self} lies in the cyclotomic field of order {self.order}, not in that of order "
                f"{order}; use a multiple of {self.order}"
            )
        return combination(
            order, {order // self.order * i: c for i, c in enumerate(self.coefficients)}
        )

    def __add__(self, other: int | Fraction | Cyclotomic) -> Fraction | Cyclotomic:
        if isinstance(other, int | Fraction):
            return Cyclotomic(self.order, (self.coefficients[0] + other, *self.coefficients[1:]))
        if not isinstance(other, Cyclotomic):
            return NotImplemented
        n, left, right = _in_one_field(self, other)
        return cyclotomic(n, tuple(a + b for a, b in zip(left, right, strict=True)))

    __radd__ = __add__

    def __neg__(self) -> Cyclotomic:
        return Cyclotomic(self.order, tuple(-c for c in self.coefficients))

    def __sub__(self, other: int | Fraction | Cyclotomic) -> Fraction | Cyclotomic:
        if not isinstance(other, int | Fraction | Cyclotomic):
            return NotImplemented
        return self + (-other)

    def __rsub__(self, other: int | Fraction) -> Fraction | Cyclotomic:
        return -self + other

    def __mul__(self, other: int | Fraction | Cyclotomic) -> Fraction | Cyclotomic:
        if isinstance(other, int | Fraction):
            return cyclotomic(self.order, tuple(c * other for c in self.coefficients))
        if not isinstance(other, Cyclotomic):
            return NotImplemented
        n, left, right = _in_one_field(self, other)
        return cyclotomic(n, tuple(product(n, left, right)))

    __rmul__ = __mul__

    def inverse(self) -> Fraction | Cyclotomic:
        """1 divided by the number: the product of the other conjugates over the norm."""
        others: Fraction | Cyclotomic = Fraction(1)
        for k in units(self.order)[1:]:
            others = others * self.conjugate(k)
        norm = others * self
        assert isinstance(norm, Fraction)
        return others * (1 / norm)

    def __truediv__(self, other: int | Fraction | Cyclotomic) -> Fraction | Cyclotomic:
        if isinstance(other, int | Fraction):
            return self * (1 / Fraction(other))
        if not isinstance(other, Cyclotomic):
            return NotImplemented
        return self * other.inverse()

    def __rtruediv__(self, other: int | Fraction) -> Fraction | Cyclotomic:
        return self.inverse() * other

    def __pow__(self, exponent: int) -> Fraction | Cyclotomic:
        base: Fraction | Cyclotomic = self if exponent >= 0 else self.inverse()
        result: Fraction | Cyclotomic = Fraction(1)
        for digit in bin(abs(exponent))[2:]:
            result = result * result
            if digit == "1":
                result = result * base
        return result

    def conjugate(self, k: int = -1) -> Fraction | Cyclotomic:
        """The image under zeta -> zeta^k; k = -1 is complex conjugation.

        >>> zeta(5).conjugate() == zeta(5, 4)
        True
        """
        powers: dict[int, Fraction] = {
            k * i % self.order: c for i, c in enumerate(self.coefficients)
        }
        return cyclotomic(self.order, combination(self.order, powers))

    @cached_property
    def is_real(self) -> bool:
        """Whether the number equals its complex conjugate."""
        return self.conjugate() == self

    def __lt__(self, other: int | Fraction | Cyclotomic) -> bool:
        return _order(self, other) < 0

    def __le__(self, other: int | Fraction | Cyclotomic) -> bool:
        return _order(self, other) <= 0

    def __gt__(self, other: int | Fraction | Cyclotomic) -> bool:
        return _order(self, other) > 0

    def __ge__(self, other: int | Fraction | Cyclotomic) -> bool:
        return _order(self, other) >= 0

    @cached_property
    def sign(self) -> int:
        """1 for a positive number, -1 for a negative one.

        Raises:
            NotRealError: if the number is not real.
        """
        if not self.is_real:
            raise NotRealError(f"{self} is not real; the order is of real numbers only")
        bits = _FIRST_BITS
        while True:
            low, high = self.bounds(bits)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            bits *= 2

    def bounds(self, bits: int) -> tuple[Fraction, Fraction]:
        """Rationals below and above the real part, closer for more bits."""
        low = high = Fraction(0)
        for k, c in enumerate(self.coefficients):
            ends = [c * bound for bound in cosine_bounds(k, self.order, bits)]
            low, high = low + min(ends), high + max(ends)
        return low, high

    def __str__(self) -> str:
        terms = [_term(c, k, self.order) for k, c in enumerate(self.coefficients) if c]
        return " + ".join(terms).replace("+ -", "- ")


def cyclotomic(order: int, coefficients: tuple[Fraction, ...]) -> Fraction | Cyclotomic:
    """The number with these coefficients of 1, zeta, ...: a `Fraction` if it is rational.

    Args:
        order: n >= 1.
        coefficients: phi(n) rationals.

    >>> cyclotomic(8, (Fraction(1, 2), Fraction(0), Fraction(0), Fraction(0)))
    Fraction(1, 2)
    """
    if any(coefficients[1:]):
        return Cyclotomic(order, coefficients)
    return coefficients[0]


def zeta(n: int, k: int = 1) -> Fraction | Cyclotomic:
    """exp(2 pi i k/n), the k-th power of the first root of unity of order n.

    >>> zeta(2), zeta(3) + zeta(3, 2)
    (Fraction(-1, 1), Fraction(-1, 1))
    """
    if n < 1:
        raise ValueError(f"roots of unity of order {n} do not exist; expected n >= 1")
    return cyclotomic(n, combination(n, {k: Fraction(1)}))


def _in_one_field(
    left: Cyclotomic, right: Cyclotomic
) -> tuple[int, tuple[Fraction, ...], tuple[Fraction, ...]]:
    n = lcm(left.order, right.order)
    return (
        n,
        lifted(left.order, left.coefficients, n),
        lifted(right.order, right.coefficients, n),
    )


def _order(left: Cyclotomic, right: int | Fraction | Cyclotomic) -> int:
    """The sign of left - right; equality is decided first, so that bounds always separate them."""
    for number in (left, right):
        if isinstance(number, Cyclotomic) and not number.is_real:
            raise NotRealError(
                f"{left} and {right} are compared, but {number} is not real; "
                "the order is of real numbers only"
            )
    difference = left - right
    if isinstance(difference, Cyclotomic):
        return difference.sign
    return (difference > 0) - (difference < 0)


def _term(coefficient: Fraction, power: int, order: int) -> str:
    if power == 0:
        return str(coefficient)
    root = f"zeta{order}" + (f"^{power}" if power > 1 else "")
    if abs(coefficient) == 1:
        return root if coefficient > 0 else f"-{root}"
    return f"{coefficient} {root}"
