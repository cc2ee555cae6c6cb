"""Numbers of a cyclotomic field as polynomials modulo the cyclotomic polynomial.

The polynomial and the inverses are those of sympy.
"""

from __future__ import annotations

from cmath import exp, pi
from fractions import Fraction
from functools import cache

from helpers.certificate_parts import Json
from sympy import Poly, Rational, Symbol, cyclotomic_poly, invert

from monoscan.theory.numbers import Cyclotomic, Number

X = Symbol("x")


@cache
def cyclotomic(order: int) -> list[int]:
    """The coefficients, those of the low powers first."""
    return [int(c) for c in reversed(cyclotomic_poly(order, X, polys=True).all_coeffs())]


class Element:
    """A number of Q(exp(2 pi i / order)); arithmetic with other such numbers and rationals."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, order: int, polynomial: list[Fraction]) -> None:
        self.order, modulus = order, cyclotomic(order)
        rest = list(polynomial)
        while len(rest) >= len(modulus):
            top = rest[-1]
            shift = len(rest) - len(modulus)
            rest = [c - top * modulus[i - shift] if i >= shift else c for i, c in enumerate(rest)]
            rest.pop()
        self.coefficients = rest + [Fraction(0)] * (len(modulus) - 1 - len(rest))

    def _read(self, other: Element | Fraction | int) -> list[Fraction]:
        if isinstance(other, Element):
            return other.coefficients
        return [Fraction(other), *[Fraction(0)] * (len(self.coefficients) - 1)]

    def __add__(self, other: Element | Fraction | int) -> Element:
        pairs = zip(self.coefficients, self._read(other), strict=True)
        return Element(self.order, [x + y for x, y in pairs])

    def __mul__(self, other: Element | Fraction | int) -> Element:
        if not isinstance(other, Element):
            return Element(self.order, [c * other for c in self.coefficients])
        size = len(self.coefficients)
        product = [Fraction(0)] * (2 * size - 1)
        for i, x in enumerate(self.coefficients):
            for j, y in enumerate(other.coefficients):
                product[i + j] += x * y
        return Element(self.order, product)

    __radd__ = __add__
    __rmul__ = __mul__

    def __sub__(self, other: Element | Fraction | int) -> Element:
        return self + other * -1

    def __rsub__(self, other: Fraction | int) -> Element:
        return self * -1 + other

    def __truediv__(self, other: Element | Fraction | int) -> Element:
        if not isinstance(other, Element):
            return self * (1 / Fraction(other))
        above = [Rational(c.numerator, c.denominator) for c in reversed(other.coefficients)]
        found = invert(Poly(above, X), Poly(cyclotomic_poly(self.order, X), X))
        listed = [Fraction(int(c.p), int(c.q)) for c in reversed(found.all_coeffs())]
        return self * Element(self.order, listed)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Element, Fraction, int)):
            return NotImplemented
        return self.coefficients == self._read(other)


def element(order: str, entry: Json) -> Element:
    """A number of the grammar, in a layer over the field of this order."""
    return Element(
        int(order), [Fraction(x) for x in (entry if isinstance(entry, list) else [entry])]
    )


def approximately(value: Number) -> complex:
    """The value in floating point, straight from the definition of zeta."""
    if isinstance(value, Cyclotomic):
        root = exp(2j * pi / value.order)
        return sum((float(c) * root**k for k, c in enumerate(value.coefficients)), 0j)
    return complex(float(value))
