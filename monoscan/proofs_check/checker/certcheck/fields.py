"""The rationals and the cyclotomic fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .limits import MAX_ORDER, WORK, require_digits, size_of


class Field(NamedTuple):
    """Q(zeta) for zeta = exp(2 pi i / order): Q[x] modulo the cyclotomic polynomial of the order.

    `low` holds the coefficients of that monic polynomial below the leading one. A number of the
    field is the list of its coefficients of 1, zeta, ..., here as integers over a denominator
    that is kept elsewhere. Q itself is the field of order 1, where zeta = 1.
    """

    order: int
    low: tuple[int, ...]

    @property
    def degree(self) -> int:
        """The number of coefficients of a number."""
        return len(self.low)

    def times_zeta(self, x: Sequence[int]) -> list[int]:
        """The number zeta x."""
        return [y - x[-1] * c for y, c in zip((0, *x[:-1]), self.low, strict=True)]

    def conjugate(self, x: Sequence[int]) -> list[int]:
        """The complex conjugate, with zeta^(order - 1) in the place of zeta."""
        WORK.spend(self.degree**2 * (300 + 10 * size_of(x)))
        powers = powers_of_zeta(self)
        images = [powers[-k % self.order] for k in range(self.degree)]
        terms = [[c * y for y in image] for c, image in zip(x, images, strict=True)]
        return [sum(column) for column in zip(*terms, strict=True)]

    def is_real(self, x: Sequence[int]) -> bool:
        """Whether the number is its own conjugate."""
        return self.degree == 1 or self.conjugate(x) == list(x)

    def squared_modulus(self, x: Sequence[int]) -> list[int]:
        """The number times its conjugate."""
        return self.times_conjugate(x, x)

    def times_conjugate(self, x: Sequence[int], y: Sequence[int]) -> list[int]:
        """The number x times the conjugate of y."""
        first, second = size_of(x), size_of(y)
        require_digits(first + second)
        WORK.spend(self.degree**2 * (500 + first * second))
        total, image = [0] * self.degree, self.conjugate(y)
        for c in x:
            total = [t + c * y for t, y in zip(total, image, strict=True)]
            image = self.times_zeta(image)
        return total


@lru_cache(maxsize=MAX_ORDER)
def powers_of_zeta(field: Field) -> list[list[int]]:
    """1, zeta, ..., zeta^(order - 1)."""
    powers = [[1, *[0] * (field.degree - 1)]]
    while len(powers) < field.order:
        powers.append(field.times_zeta(powers[-1]))
    return powers


@lru_cache(maxsize=MAX_ORDER)
def cyclotomic(order: int) -> tuple[int, ...]:
    """The `low` of a field: x^order - 1 divided by the polynomials of all smaller divisors."""
    rest = [-1, *[0] * (order - 1), 1]
    for smaller in (d for d in range(1, order) if order % d == 0):
        divisor, quotient = (*cyclotomic(smaller), 1), list[int]()
        while len(rest) >= len(divisor):
            quotient.insert(0, rest[-1])
            for i, c in enumerate(divisor, len(rest) - len(divisor)):
                rest[i] -= quotient[0] * c
            rest.pop()
        rest = quotient
    return tuple(rest[:-1])


def within(x: Sequence[int], den: int, least: int, most: int) -> bool:
    """Whether the number x / den is rational and in [least, most]."""
    return not any(x[1:]) and least * den <= x[0] <= most * den


RATIONALS = Field(1, cyclotomic(1))
