"""Polynomials in one variable: division, square-free parts, Sturm's theorem, real roots.

Coefficients are rational, or real algebraic numbers whose order is decided exactly.

A polynomial is the tuple of its coefficients, constant term first, without trailing zeros; the
zero polynomial is the empty tuple.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from monoscan.theory.numbers import ZERO, Number, absolute_bound

Polynomial: TypeAlias = tuple[Number, ...]

# Bisection alone never meets a root such as 1/3; fractions up to this denominator are tried.
_SIMPLE = 1000


def polynomial(coefficients: Sequence[Number]) -> Polynomial:
    """The polynomial with these coefficients, constant term first.

    >>> polynomial([Fraction(1), ZERO])
    (Fraction(1, 1),)
    """
    end = len(coefficients)
    while end and not coefficients[end - 1]:
        end -= 1
    return tuple(coefficients[:end])


def degree(p: Polynomial) -> int:
    """The degree; -1 for the zero polynomial."""
    return len(p) - 1


def evaluate(p: Polynomial, x: Number) -> Number:
    """p(x), by Horner's rule."""
    value = ZERO
    for coefficient in reversed(p):
        value = value * x + coefficient
    return value


def multiply(p: Polynomial, q: Polynomial) -> Polynomial:
    """The product p q."""
    if not p or not q:
        return ()
    result = [ZERO] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return polynomial(result)


def derivative(p: Polynomial) -> Polynomial:
    """The derivative p'."""
    return polynomial([index * coefficient for index, coefficient in enumerate(p)][1:])


def divide(p: Polynomial, q: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder of p by q != 0."""
    if not q:
        raise ZeroDivisionError("division by the zero polynomial")
    remainder = list(p)
    quotient = [ZERO] * max(len(p) - len(q) + 1, 0)
    for shift in range(len(p) - len(q), -1, -1):
        factor = remainder[shift + len(q) - 1] / q[-1]
        quotient[shift] = factor
        if factor:
            for index, coefficient in enumerate(q):
                remainder[shift + index] -= factor * coefficient
    return polynomial(quotient), polynomial(remainder)


def monic(p: Polynomial) -> Polynomial:
    """P divided by its leading coefficient."""
    return tuple(coefficient / p[-1] for coefficient in p)


def gcd(p: Polynomial, q: Polynomial) -> Polynomial:
    """The monic greatest common divisor, not both arguments zero."""
    while q:
        p, q = q, divide(p, q)[1]
    return monic(p)


def squarefree_part(p: Polynomial) -> Polynomial:
    """The monic polynomial with the same roots as p != 0, each of multiplicity one.

    >>> one = Fraction(1)
    >>> [int(c) for c in squarefree_part(multiply((one, one), (one, one)))]
    [1, 1]
    """
    return monic(divide(p, gcd(p, derivative(p)))[0])


def sturm_chain(p: Polynomial) -> tuple[Polynomial, ...]:
    """Sturm's chain of a square-free polynomial: p, p', then negated remainders."""
    chain = [p, derivative(p)]
    while chain[-1]:
        chain.append(tuple(-c for c in divide(chain[-2], chain[-1])[1]))
    return tuple(chain[:-1])


def count_real_roots(p: Polynomial, low: Number | None = None, high: Number | None = None) -> int:
    """The number of distinct real roots of p != 0 in the half-open interval (low, high].

    Args:
        p: any non-zero polynomial; multiple roots count once.
        low: lower end, excluded; None for minus infinity.
        high: upper end, included; None for plus infinity.

    >>> count_real_roots((Fraction(-2), ZERO, Fraction(1)), low=ZERO)  # x^2 - 2
    1
    """
    if degree(p) < 1:
        return 0
    return _count_in(sturm_chain(squarefree_part(p)), low, high)


def _count_in(chain: tuple[Polynomial, ...], low: Number | None, high: Number | None) -> int:
    at_low = [_value_or_limit(q, low, -1) for q in chain]
    at_high = [_value_or_limit(q, high, 1) for q in chain]
    return _variations(at_low) - _variations(at_high)


def _value_or_limit(p: Polynomial, x: Number | None, direction: int) -> Number:
    if x is not None:
        return evaluate(p, x)
    return p[-1] * (direction if degree(p) % 2 else 1)


def _variations(values: Sequence[Number]) -> int:
    signs = [value > 0 for value in values if value]
    return sum(a != b for a, b in pairwise(signs))


@dataclass(frozen=True)
class RealRoot:
    """One real root of a square-free polynomial, isolated in [low, high].

    Attributes:
        polynomial: square-free, with exactly one root in the interval.
        low: lower end; low == high when the root is rational and known.
        high: upper end.
    """

    polynomial: Polynomial
    low: Fraction
    high: Fraction

    def refined(self, times: int = 1) -> RealRoot:
        """The same root after so many bisections; a simple fraction is recognised exactly."""
        root = self
        for _ in range(times):
            root = root._bisected()
        return root

    def _bisected(self) -> RealRoot:
        if self.low == self.high:
            return self
        middle = (self.low + self.high) / 2
        simple = middle.limit_denominator(_SIMPLE)
        for candidate in (simple, middle):
            if self.low < candidate < self.high and not evaluate(self.polynomial, candidate):
                return RealRoot(self.polynomial, candidate, candidate)
        at_middle = evaluate(self.polynomial, middle)
        if (at_middle > 0) == (evaluate(self.polynomial, self.high) > 0):
            return RealRoot(self.polynomial, self.low, middle)
        return RealRoot(self.polynomial, middle, self.high)


def root_bound(p: Polynomial) -> Fraction:
    """Cauchy's bound: every root has absolute value below it."""
    ratios = (absolute_bound(coefficient / p[-1]) for coefficient in p[:-1])
    return 1 + max(ratios, default=Fraction(0))


def real_roots(p: Polynomial) -> tuple[RealRoot, ...]:
    """The distinct real roots of p != 0, ascending, in disjoint intervals.

    >>> [(r.low <= 1 <= r.high) for r in real_roots((Fraction(-1), Fraction(1)))]
    [True]
    """
    if degree(p) < 1:
        return ()
    squarefree = squarefree_part(p)
    chain = sturm_chain(squarefree)
    bound = root_bound(squarefree)
    return tuple(_isolate(chain, -bound, bound))


def _isolate(chain: tuple[Polynomial, ...], low: Fraction, high: Fraction) -> list[RealRoot]:
    """The roots in (low, high]."""
    count = _count_in(chain, low, high)
    if count == 0:
        return []
    p = chain[0]
    if not evaluate(p, high):
        rest = [] if count == 1 else _isolate_below(chain, low, high)
        return [*rest, RealRoot(p, high, high)]
    if count == 1 and evaluate(p, low):
        return [RealRoot(p, low, high)]
    middle = (low + high) / 2
    return _isolate(chain, low, middle) + _isolate(chain, middle, high)


def _isolate_below(chain: tuple[Polynomial, ...], low: Fraction, high: Fraction) -> list[RealRoot]:
    """The roots in (low, high) when `high` is itself a root."""
    middle = (low + high) / 2
    while _count_in(chain, middle, high) > 1:
        middle = (middle + high) / 2
    return _isolate(chain, low, middle)


def root_multiplicity(p: Polynomial, root: RealRoot) -> int:
    """How often p vanishes at an isolated root of its square-free part."""
    multiplicity = 0
    while degree(p) >= 1 and _shares_root(p, root):
        multiplicity += 1
        p = gcd(p, derivative(p))
    return multiplicity


def _shares_root(p: Polynomial, root: RealRoot) -> bool:
    if root.low == root.high:
        return not evaluate(p, root.low)
    # The ends are no roots of root.polynomial, hence none of its divisors.
    common = gcd(p, root.polynomial)
    return degree(common) >= 1 and count_real_roots(common, root.low, root.high) == 1
