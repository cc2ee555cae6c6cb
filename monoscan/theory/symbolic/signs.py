"""Polynomials that are >= 0 where each variable stays in its range, with the reason.

The reason is a sum of products of non-negative things: a positive number, distances of variables
from the ends of their ranges, and one square. It is what an `identity` certificate states.
"""

# pyright: reportArgumentType=false, reportAssignmentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import comb
from typing import Any, TypeAlias

import sympy

Bounds: TypeAlias = Mapping[Any, tuple[Any, Any]]
"""The least and the greatest value of a variable, None where there is none."""

_DEPTH = 6
_MAX_POINTS = 3_000


@dataclass(frozen=True)
class Term:
    """weight * product of `of` * root^2: at least 0 if the members of `of` are.

    Attributes:
        weight: a positive rational.
        of: distances x - low and high - x.
        root: a polynomial.
    """

    weight: Any
    of: tuple[Any, ...] = ()
    root: Any = sympy.S.One

    def expression(self) -> Any:
        """The product."""
        return sympy.Mul(self.weight, *self.of, self.root**2)

    def __mul__(self, other: Term) -> Term:
        return Term(self.weight * other.weight, self.of + other.of, self.root * other.root)


def as_terms(
    polynomial: Any, bounds: Bounds, squares: Sequence[Any] = (), *, depth: int = _DEPTH
) -> tuple[Term, ...] | None:
    """A polynomial as a sum of non-negative terms.

    It tries, in this order: factors one by one; the Bernstein basis; taking off a square that the
    caller suggests; the value at one end of the range of a variable plus the distance from it
    times a quotient.

    Args:
        polynomial: with rational coefficients.
        bounds: of its variables; a variable that is missing may be any real number.
        squares: roots of squares that may help.
        depth: how often the last two steps may be nested.

    Returns:
        the terms, which sum up to the polynomial; None if none were found, which does not say
        that the polynomial is negative somewhere.

    >>> b, c = sympy.symbols("b c")
    >>> as_terms(1 - b * c, {b: (0, 1), c: (0, 1)})
    (Term(weight=1, of=(1 - b,), root=1), Term(weight=1, of=(b, 1 - c), root=1))
    """
    polynomial = sympy.expand(polynomial)
    if not polynomial.free_symbols:
        return None if _may_be_negative(polynomial) else (Term(polynomial),) if polynomial else ()
    if any(value.is_negative for value in _values(polynomial, bounds)):
        return None
    constant, factors = sympy.factor_list(polynomial)
    odd = [factor for factor, exponent in factors if exponent % 2]
    if len(odd) != 1 or len(factors) > 1 or constant not in (1, -1):
        root = sympy.Mul(*(factor ** (exponent // 2) for factor, exponent in factors))
        return _product(constant, root, odd, bounds, squares, depth)
    found = _bernstein(polynomial, bounds)
    if found is None and depth > 0:
        found = _less_a_square(polynomial, bounds, squares, depth)
    if found is None and depth > 0:
        found = _from_an_end(polynomial, bounds, squares, depth)
    return found


def is_nonnegative(
    polynomial: Any, bounds: Bounds, squares: Sequence[Any] = (), *, halvings: int = 1
) -> bool:
    """Whether `as_terms` finds a reason that the polynomial is >= 0, or in both halves of a range.

    >>> x = sympy.Symbol("x")
    >>> is_nonnegative(x**2 + 1, {}), is_nonnegative(x, {})
    (True, False)
    """
    if as_terms(polynomial, bounds, squares) is not None:
        return True
    if halvings == 0 or any(v.is_negative for v in _values(sympy.expand(polynomial), bounds)):
        return False
    for x in sorted(polynomial.free_symbols & set(bounds), key=str):
        low, high = bounds[x]
        if low is None or high is None:
            continue
        middle = sympy.Rational(low + high) / 2
        halves = ({**bounds, x: (low, middle)}, {**bounds, x: (middle, high)})
        if all(is_nonnegative(polynomial, h, squares, halvings=halvings - 1) for h in halves):
            return True
    return False


def _product(
    constant: Any,
    root: Any,
    odd: Sequence[Any],
    bounds: Bounds,
    squares: Sequence[Any],
    depth: int,
) -> tuple[Term, ...] | None:
    """The terms of constant * root^2 * the product of the odd factors."""
    terms: tuple[Term, ...] = (Term(abs(constant), (), root),)
    sign = 1 if constant.is_positive else -1
    for factor in odd:
        found = as_terms(factor, bounds, squares, depth=depth)
        if found is None:
            found, sign = as_terms(-factor, bounds, squares, depth=depth), -sign
        if found is None:
            return None
        terms = tuple(a * b for a in terms for b in found)
    return terms if sign > 0 else None


def _may_be_negative(number: Any) -> bool:
    """Whether a number is negative, or its sign is not known: nested roots may hide a zero."""
    return number.is_nonnegative is not True


def _values(polynomial: Any, bounds: Bounds) -> Iterator[Any]:
    """Values at some points of the ranges, to give up early."""
    symbols = sorted(polynomial.free_symbols, key=str)
    if not symbols:
        yield polynomial
        return
    poly = sympy.Poly(polynomial, *symbols)
    choices = [_points(*bounds.get(symbol, (None, None))) for symbol in symbols]
    for index, point in enumerate(product(*choices)):
        if index >= _MAX_POINTS:
            return
        yield poly(*point)


def _points(low: Any, high: Any) -> tuple[Any, ...]:
    if low is None and high is None:
        return (-1, 0, 1)
    if low is None or high is None:
        step = 1 if high is None else -1
        start = low if high is None else high
        return (start, start + step, start + 3 * step)
    return (low, sympy.Rational(low + high) / 2, high)


def _bernstein(polynomial: Any, bounds: Bounds) -> tuple[Term, ...] | None:
    """The terms in the Bernstein basis of each bounded variable, if all are >= 0."""
    parts: list[tuple[Any, Term]] = [(polynomial, Term(sympy.S.One))]
    for symbol in sorted(polynomial.free_symbols, key=str):
        longer: list[tuple[Any, Term]] = []
        for part, before in parts:
            for coefficient, term in _in_basis(part, symbol, *bounds.get(symbol, (None, None))):
                if term is None and coefficient != 0:
                    return None  # an odd power of a variable without bounds
                if term is not None:
                    longer.append((coefficient, before * term))
        parts = longer
    if any(_may_be_negative(coefficient) for coefficient, _ in parts):
        return None
    return tuple(Term(c * t.weight, t.of, t.root) for c, t in parts if c)


def _in_basis(part: Any, x: Any, low: Any, high: Any) -> Iterator[tuple[Any, Term | None]]:
    """The coefficients of a polynomial in x, and the basis; None for what may be negative."""
    if low is not None and high is not None:
        width = sympy.Rational(high) - low
        ascending = _ascending(part.subs(x, low + width * x), x)
        n = len(ascending) - 1
        for i in range(n + 1):
            shares = (sympy.Rational(comb(i, e), comb(n, e)) * ascending[e] for e in range(i + 1))
            of = (x - low,) * i + (high - x,) * (n - i)
            yield sympy.expand(comb(n, i) * sympy.Add(*shares)), Term(1 / width**n, of)
    elif low is not None or high is not None:
        distance = x - low if high is None else high - x
        shifted = part.subs(x, low + x if high is None else high - x)
        for i, coefficient in enumerate(_ascending(shifted, x)):
            yield coefficient, Term(sympy.S.One, (distance,) * i)
    else:
        for i, coefficient in enumerate(_ascending(part, x)):
            yield coefficient, None if i % 2 else Term(sympy.S.One, (), x ** (i // 2))


def _ascending(part: Any, x: Any) -> list[Any]:
    return list(reversed(sympy.Poly(part, x).all_coeffs()))


def _less_a_square(
    polynomial: Any, bounds: Bounds, squares: Sequence[Any], depth: int
) -> tuple[Term, ...] | None:
    for root in squares:
        rest = as_terms(polynomial - root**2, bounds, (), depth=depth - 1)
        if rest is not None:
            return (Term(sympy.S.One, (), root), *rest)
    return None


def _from_an_end(
    polynomial: Any, bounds: Bounds, squares: Sequence[Any], depth: int
) -> tuple[Term, ...] | None:
    """The value at an end of a range, and the distance from it times a quotient."""
    for x in sorted(polynomial.free_symbols, key=str):
        low, high = bounds.get(x, (None, None))
        for end, distance in ((low, x - (low or 0)), (high, (high or 0) - x)):
            if end is None:
                continue
            there = polynomial.subs(x, end)
            quotient = sympy.quo(sympy.expand(polynomial - there), sympy.expand(distance), x)
            # The quotient first: it fails more often.
            along = as_terms(quotient, bounds, squares, depth=depth - 1)
            fixed = None if along is None else as_terms(there, bounds, squares, depth=depth - 1)
            if along is not None and fixed is not None:
                return (*fixed, *(Term(sympy.S.One, (distance,)) * term for term in along))
    return None


def total(terms: Sequence[Term]) -> Any:
    """The sum of the terms.

    >>> total([Term(sympy.Integer(2)), Term(sympy.Integer(3))])
    5
    """
    return reduce(lambda a, b: a + b, (term.expression() for term in terms), sympy.S.Zero)
