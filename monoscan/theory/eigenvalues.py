"""The eigenvalues of an exact transition, written down as numbers of sympy."""

from __future__ import annotations

import cmath
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any

import sympy

from monoscan.errors import BadInput
from monoscan.theory.cyclotomic_field import units
from monoscan.theory.numbers import ONE, Cyclotomic, Number, zeta
from monoscan.theory.polynomial import Polynomial, degree, divide, evaluate, multiply, polynomial
from monoscan.theory.symbolic.exact import to_sympy
from monoscan.theory.transition import Diagonal, Transition, heads, transition_matrix


class EigenvalueError(BadInput):
    """Eigenvalues that cannot be written down; the message holds the polynomial that has them."""


def eigenvalues(transition: Transition) -> tuple[sympy.Expr, ...]:
    """The eigenvalues of a transition with their multiplicities, of falling modulus.

    Rational numbers and roots of unity are recognised exactly; other eigenvalues are square roots,
    or sympy's exact `CRootOf`. Equal moduli stand in the order of their arguments in [0, 2 pi).

    Raises:
        EigenvalueError: if irrational entries leave a factor of degree 3 or more that has no
            root of unity and no rational number as a root.

    >>> from monoscan.theory.matrix import Matrix
    >>> from monoscan.theory.transition import Dense
    >>> eigenvalues(Dense(Matrix.of([[0, -1], [1, 0]])))
    (I, -I)
    >>> eigenvalues(Dense(Matrix.of([["1/2", 1], [0, "1/2"]])))
    (1/2, 1/2)
    """
    found: list[sympy.Expr] = []
    for head in heads(transition):
        if isinstance(head, Diagonal):
            polynomials: Sequence[Polynomial] = [(-entry, ONE) for entry in head.entries]
        else:
            polynomials = [transition_matrix(head).characteristic_polynomial()]
        for p in polynomials:
            found += _roots(p)
    return tuple(sorted(found, key=_place))


def _roots(p: Polynomial) -> list[sympy.Expr]:
    """The roots of a monic polynomial with their multiplicities."""
    x = sympy.Symbol("x")
    found: list[sympy.Expr] = []
    factors = _rational_factors(p, x)
    for candidate in (number for factor in factors for number in _plain_roots(factor)):
        while degree(p) > 0 and not evaluate(p, candidate):
            p = divide(p, (-candidate, ONE))[0]
            found.append(_written(candidate))
    if degree(p) < 1:
        return found
    rest: Any = sympy.Poly.from_list([to_sympy(c) for c in reversed(p)], x)
    if degree(p) <= 2:
        return found + _by_formula(rest)
    if all(not isinstance(c, Cyclotomic) for c in p):
        for factor, times in rest.factor_list()[1]:
            found += list(factor.all_roots()) * times
        return found
    raise EigenvalueError(
        f"{len(found)} eigenvalues are {found}; the others are the roots of {rest.as_expr()}, "
        "which are not written down here"
    )


def _by_formula(p: Any) -> list[sympy.Expr]:
    """The roots of a polynomial of degree 1 or 2."""
    if p.degree() == 1:
        return [-p.nth(0) / p.nth(1)]
    a, b, c = p.all_coeffs()
    root = sympy.sqrt(sympy.expand(b**2 - 4 * a * c))
    return [(-b + root) / (2 * a), (-b - root) / (2 * a)]


def _rational_factors(p: Polynomial, x: sympy.Symbol) -> list[Any]:
    """The irreducible factors over Q of the product of all conjugates of a polynomial."""
    order = lcm(*(c.order for c in p if isinstance(c, Cyclotomic)))
    conjugates = [
        polynomial([c.conjugate(k) if isinstance(c, Cyclotomic) else c for c in p])
        for k in (units(order) if order > 1 else (1,))
    ]
    norm = reduce(multiply, conjugates)
    whole = sympy.Poly.from_list([to_sympy(c) for c in reversed(norm)], x, domain="QQ")
    return [factor for factor, _ in whole.factor_list()[1]]


def _plain_roots(factor: Any) -> Iterator[Number]:
    """The roots of an irreducible factor, if it has a rational one or roots of unity."""
    if factor.degree() == 1:
        root = -factor.nth(0) / factor.nth(1)
        yield Fraction(int(root.p), int(root.q))
    elif factor.is_cyclotomic:
        size = factor.degree()
        # phi(n) >= sqrt(n/2), so the order is at most twice the square of the degree.
        orders = (n for n in range(3, 2 * size * size + 1) if sympy.totient(n) == size)
        wanted = factor.as_expr()
        order = next(n for n in orders if sympy.cyclotomic_poly(n, factor.gen) == wanted)
        yield from (zeta(order, k) for k in range(order) if sympy.gcd(k, order) == 1)


def _written(root: Number) -> sympy.Expr:
    """A rational number or a root of unity as a number of sympy."""
    if not isinstance(root, Cyclotomic):
        return to_sympy(root)
    turns = cmath.phase(complex(to_sympy(root))) / (2 * cmath.pi)
    order = 2 * root.order if root.order % 2 else root.order
    return sympy.exp(2 * sympy.pi * sympy.I * sympy.Rational(round(turns * order), order))


def _place(value: sympy.Expr) -> tuple[float, float]:
    number = complex(value)
    angle = round(cmath.phase(number) / (2 * cmath.pi), 9) % 1
    return -round(abs(number), 9), angle
