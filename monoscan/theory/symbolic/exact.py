"""Exact numbers of `monoscan.theory` and sympy expressions, in both directions."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

import sympy

from monoscan.theory.numbers import (
    Cyclotomic,
    Number,
    conjugate,
    cosine,
    number,
    sine,
    sqrt_of,
    zeta,
)

NO_VALUES: Mapping[Any, Number] = {}


class NoExactNumberError(ValueError):
    """An expression whose value is not known to lie in a cyclotomic field."""


def to_sympy(value: Number) -> Any:
    """The expression of an exact number.

    >>> to_sympy(zeta(4) + 1), to_sympy(Fraction(3, 4))
    (1 + I, 3/4)
    """
    if isinstance(value, Cyclotomic):
        root = 2 * sympy.pi * sympy.I / value.order
        terms = (to_sympy(c) * sympy.exp(j * root) for j, c in enumerate(value.coefficients))
        return sympy.Add(*terms)
    return sympy.Rational(value.numerator, value.denominator)


def exact_number(value: object, values: Mapping[Any, Number] = NO_VALUES) -> Number:
    """The exact number of a value: an int, a `Number`, a string "3/4", or a sympy expression.

    Args:
        value: sums, products and whole powers of rationals, roots of rationals, I, roots of unity
            exp(I q pi), cos(q pi), sin(q pi), and of the keys of `values`; real parts, imaginary
            parts and conjugates of these.
        values: the numbers that stand for some expressions.

    Raises:
        NoExactNumberError: for any other expression.
        InexactNumberError: for floats and for strings that are no rational numbers.

    >>> exact_number(sympy.sqrt(2) / 2) == cosine(1, 8), exact_number("3/4")
    (True, Fraction(3, 4))
    """
    if isinstance(value, Cyclotomic):
        return value
    if not isinstance(value, sympy.Basic):
        return number(value)
    return _evaluated(value, values)


def exact_point(angle: object) -> tuple[Number, Number]:
    """The cosine and the sine of an angle.

    Args:
        angle: q pi with a rational q, or an angle whose cosine and sine sympy knows, as
            atan(4/3): an expression, an int, a Fraction or a string.

    Raises:
        NoExactNumberError: if they are not known exactly.
        InexactNumberError: for floats.

    >>> exact_point(sympy.pi / 3)[0], exact_point(sympy.atan(sympy.Rational(4, 3)))
    (Fraction(1, 2), (Fraction(3, 5), Fraction(4, 5)))
    """
    value = angle if isinstance(angle, sympy.Basic) else to_sympy(exact_number(angle))
    return _evaluated(_function(sympy.cos, value), {}), _evaluated(_function(sympy.sin, value), {})


def _function(function: Any, value: Any) -> Any:
    """The function of a value; kept as it is for q pi, where sympy writes nested roots."""
    return function(value, evaluate=not (value / sympy.pi).is_Rational)


def _evaluated(expression: Any, values: Mapping[Any, Number]) -> Number:
    if expression in values:
        return values[expression]
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if isinstance(expression, sympy.Float):
        return number(float(expression))  # refuses it, and says what to write
    if expression is sympy.I:
        return zeta(4)
    if isinstance(expression, sympy.Add):
        return sum((_evaluated(part, values) for part in expression.args), Fraction(0))
    if isinstance(expression, sympy.Mul):
        return prod((_evaluated(part, values) for part in expression.args), start=Fraction(1))
    if isinstance(expression, sympy.re | sympy.im | sympy.conjugate):
        return _part(type(expression), _evaluated(expression.args[0], values))
    found = _power(expression, values)
    found = _of_angle(expression) if found is None else found
    if found is None:
        raise NoExactNumberError(
            f"{expression} is not known to be a number of a cyclotomic field; write rationals, "
            "square roots of rationals, I, and cos, sin or exp(I ...) of rational multiples of pi"
        )
    return found


def _part(function: Any, value: Number) -> Number:
    other = conjugate(value)
    if function is sympy.conjugate:
        return other
    if function is sympy.re:
        return (value + other) / 2
    return (value - other) / (2 * zeta(4))


def _power(expression: Any, values: Mapping[Any, Number]) -> Number | None:
    if not isinstance(expression, sympy.Pow):
        return None
    base, exponent = expression.args
    if exponent.is_Integer:
        power = prod([_evaluated(base, values)] * abs(int(exponent)), start=Fraction(1))
        return power if exponent > 0 else 1 / power
    if base.is_Rational and (2 * exponent).is_Integer:
        root = sqrt_of(abs(Fraction(int(base.p), int(base.q))))
        return prod([root * zeta(4) if base < 0 else root] * int(2 * exponent), start=Fraction(1))
    return None


def _of_angle(expression: Any) -> Number | None:
    """cos, sin and exp of rational multiples of pi."""
    if not isinstance(expression, sympy.cos | sympy.sin | sympy.exp):
        return None
    turns = expression.args[0] / (2 * sympy.pi)
    if isinstance(expression, sympy.exp):
        turns = turns / sympy.I
    if not turns.is_Rational:
        return None
    k, n = int(turns.p), int(turns.q)
    if isinstance(expression, sympy.exp):
        return zeta(n, k)
    return (cosine if isinstance(expression, sympy.cos) else sine)(k, n)
