"""Steps of identity certificates that are derived with sympy instead of being written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from operator import mul, sub
from typing import Any

from monoscan.proofs_check.certificates.identity import (
    Expression,
    IsNonNegative,
    Square,
    constant,
    total,
)


def from_sympy(expression: Any) -> Expression:
    """A polynomial of sympy as an expression of the certificate format.

    Args:
        expression: sums, products and powers of rational numbers and symbols.

    >>> import sympy
    >>> from_sympy(1 - 3 * sympy.Symbol("x") ** 2).json
    ['-', '1', ['*', '3', ['^', 'x', '2']]]
    """
    if expression.is_Symbol:
        return Expression(str(expression))
    if expression.is_Pow:
        return from_sympy(expression.base) ** int(expression.exp)
    # sympy keeps these arguments in an order that does not depend on the run.
    if expression.is_Mul:
        return reduce(mul, map(from_sympy, expression.args))
    if expression.is_Add:
        taken_off = [part for part in expression.args if part.could_extract_minus_sign()]
        added = [from_sympy(part) for part in expression.args if part not in taken_off]
        return reduce(sub, (from_sympy(-part) for part in taken_off), total(added))
    return constant(Fraction(int(expression.p), int(expression.q)))


def nonnegative_step(polynomial: Any, assumed: Sequence[Any], *roots: Any) -> IsNonNegative:
    """The step that a polynomial is >= 0 where some distances from ends of ranges are.

    Args:
        polynomial: of sympy.
        assumed: the distances: a variable minus a number, or a number minus a variable.
        roots: of squares that may be taken off.

    Raises:
        ValueError: if no reason is found.

    >>> import sympy
    >>> b, c = sympy.symbols("b c")
    >>> step = nonnegative_step(b - b * c, [b, 1 - c])
    >>> step.squares[0].of  # (1 - c) b
    (1, 0)
    """
    # Here, because sympy takes long to load, and most claims do not need it.
    from monoscan.theory.symbolic.signs import as_terms

    bounds: dict[Any, tuple[Any, Any]] = {}
    for distance in assumed:
        (variable,) = distance.free_symbols
        slope = distance.coeff(variable)
        low, high = bounds.get(variable, (None, None))
        end = -distance.subs(variable, 0) / slope
        bounds[variable] = (end, high) if slope > 0 else (low, end)
    terms = as_terms(polynomial, bounds, roots)
    if terms is None:
        raise ValueError(f"no reason was found for {polynomial} to be >= 0 where {assumed} are")
    squares = (
        Square(
            from_sympy(term.root),
            tuple(assumed.index(distance) for distance in term.of),
            Fraction(str(term.weight)),
        )
        for term in terms
    )
    return IsNonNegative(from_sympy(polynomial), tuple(squares))
