"""Characteristic polynomials of symbolic matrices, their roots, and where these are not real."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy.polys.matrices import DomainMatrix

from monoscan.theory.symbolic.ring import Ring

_MAX_FACTORED = 60

x = sympy.Symbol("x")
"""The variable of characteristic polynomials."""


class NoClosedFormError(ValueError):
    """A factor of a characteristic polynomial for whose roots no short formula is given."""


@dataclass(frozen=True)
class Factor:
    """A factor of a characteristic polynomial, of leading coefficient 1.

    Attributes:
        coefficients: rational functions as in `Ring.inside`, that of the highest power first.
        multiplicity: how often it divides the polynomial.
        squares: roots of squares that may show that the discriminant of a quadratic one is not
            negative.
    """

    coefficients: tuple[Any, ...]
    multiplicity: int = 1
    squares: tuple[Any, ...] = ()

    @property
    def degree(self) -> int:
        """The degree in x."""
        return len(self.coefficients) - 1

    @property
    def is_binomial(self) -> bool:
        """Whether it is x^m - p."""
        return not any(self.coefficients[1:-1])


def characteristic_factors(matrix: Any, ring: Ring) -> tuple[Factor, ...]:
    """The factors of the characteristic polynomial, with their multiplicities.

    The rows and columns are first cut into parts that do not lead back to each other: triangular
    matrices fall into their diagonal entries, and P diag(a) into cycles.
    """
    found: Counter[tuple[Any, ...]] = Counter()
    squares: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for indices in sorted(sympy.Matrix(matrix).strongly_connected_components()):
        block = sympy.Matrix(matrix).extract(indices, indices).applyfunc(ring.inside)
        for coefficients, multiplicity in _block_factors(block, ring):
            found[coefficients] += multiplicity
            if block.shape == (2, 2):
                squares[coefficients] = (block[0, 0] - block[1, 1],)
    factors = (Factor(c, m, squares.get(c, ())) for c, m in found.items())
    return tuple(sorted(factors, key=lambda factor: (factor.degree, -factor.multiplicity)))


def _block_factors(block: Any, ring: Ring) -> list[tuple[tuple[Any, ...], int]]:
    size = block.shape[0]
    if all(sum(1 for entry in block.row(i) if entry) == 1 for i in range(size)):
        # One entry a row, and all rows lead to each other: a cycle.
        ends = sympy.Mul(*(entry for entry in block if entry))
        return [((sympy.S.One, *[sympy.S.Zero] * (size - 1), -ends), 1)]
    coefficients = characteristic_coefficients(block, ring)
    if _is_irreducible_somewhere(coefficients):
        return [(tuple(map(_shortened, coefficients)), 1)]
    polynomial = sympy.together(sum(c * x ** (size - i) for i, c in enumerate(coefficients)))
    factors = sympy.factor_list(sympy.fraction(polynomial)[0])[1]
    return [(_monic(factor), multiplicity) for factor, multiplicity in factors if factor.has(x)]


def _is_irreducible_somewhere(coefficients: Sequence[Any]) -> bool:
    """Whether some numbers for the parameters leave one factor: then there is one in general.

    A monic factorisation would remain one for these numbers. This saves factorisations in many
    variables, which take long.
    """
    symbols = sorted(set().union(*(c.free_symbols for c in coefficients)), key=str)
    for first in (2, 7, 11):
        values = {s: sympy.Rational(sympy.prime(first + i), 5) for i, s in enumerate(symbols)}
        numbers = [c.subs(values) for c in coefficients]
        if all(n.is_Rational for n in numbers) and sympy.Poly(numbers, x).is_irreducible:
            return True
    return False


def _monic(factor: Any) -> tuple[Any, ...]:
    first, *others = sympy.Poly(factor, x).all_coeffs()
    return (sympy.S.One, *(_shortened(sympy.cancel(other / first)) for other in others))


def _shortened(coefficient: Any) -> Any:
    """With factors taken out, if it is short enough for that to be quick."""
    is_short = sympy.count_ops(coefficient) <= _MAX_FACTORED
    return sympy.factor(coefficient) if is_short else coefficient


def characteristic_coefficients(block: Any, ring: Ring) -> list[Any]:
    """The coefficients of det(x I - block), that of the highest power first."""
    domain_matrix = DomainMatrix.from_Matrix(block)
    to_sympy = domain_matrix.domain.to_sympy
    return [ring.reduced(to_sympy(c)) for c in domain_matrix.charpoly()]


def polynomial_of(factors: Sequence[Factor], ring: Ring) -> Any:
    """The product of the factors, as an expression in x."""
    return sympy.Mul(*(_written(factor, ring) ** factor.multiplicity for factor in factors))


def _written(factor: Factor, ring: Ring) -> Any:
    powers = enumerate(factor.coefficients)
    return sympy.Add(*(ring.outside(c) * x ** (factor.degree - i) for i, c in powers))


def roots_of(factor: Factor, ring: Ring) -> tuple[Any, ...]:
    """The roots of a factor, in closed form.

    Raises:
        NoClosedFormError: if there is no short one.
    """
    if factor.degree == 1:
        root = -factor.coefficients[1]
        return (ring.outside(min(sympy.expand(root), root, key=sympy.count_ops)),)
    if factor.degree == 2:
        _, linear, constant = factor.coefficients
        written = (sympy.factor(discriminant(factor)), linear**2 - 4 * constant)
        root = sympy.sqrt(min(map(ring.outside, written), key=sympy.count_ops))
        middle = -ring.outside(linear)
        return ((middle - root) / 2, (middle + root) / 2)
    if factor.is_binomial:
        m, power = factor.degree, -ring.outside(factor.coefficients[-1])
        turn = 2 * sympy.pi * sympy.I / m
        return tuple(sympy.root(power, m) * sympy.exp(j * turn) for j in range(m))
    raise NoClosedFormError(
        f"the characteristic polynomial has a factor of degree {factor.degree} that does not "
        "split; characteristic_polynomial() gives it, and subs(...) fixes parameters"
    )


def discriminant(factor: Factor) -> Any:
    """The discriminant of a factor of degree 2 or 3, in its coefficients."""
    if factor.degree == 2:
        _, linear, constant = factor.coefficients
        return linear**2 - 4 * constant
    _, b, c, d = factor.coefficients
    return b**2 * c**2 - 4 * c**3 - 4 * b**3 * d - 27 * d**2 + 18 * b * c * d


def non_real_roots(factor: Factor, ring: Ring) -> Any:
    """The condition under which a root of a factor is not real."""
    shown = [ring.outside(c) for c in factor.coefficients]
    imaginary = [sympy.Ne(sympy.im(c), 0) for c in shown if not c.is_real]
    if factor.degree == 1:
        root = -shown[1]
        return sympy.false if root.is_real else sympy.Ne(sympy.im(root), 0)
    if factor.is_binomial:
        return _non_real_binomial(-shown[-1], factor.degree)
    if imaginary:
        # Real roots have real coefficients, and then these are their real parts.
        return sympy.Or(*imaginary, *_signs_of_real_parts(shown))
    if factor.degree == 2:
        return _quadratic(factor, ring)
    if factor.degree == 3:
        return ring.negative(discriminant(factor))
    return _by_subdiscriminants(factor, ring)


def _quadratic(factor: Factor, ring: Ring) -> Any:
    """Trace^2 < 4 determinant, after common factors of the roots are taken out."""
    _, linear, constant = factor.coefficients
    shared = []
    for common, _ in sympy.factor_list(sympy.fraction(sympy.together(linear))[0])[1]:
        rest = sympy.cancel(constant / common**2)
        if sympy.denom(rest) == sympy.denom(constant):
            shared.append(common)
            linear, constant = sympy.cancel(linear / common), sympy.factor(rest)
    own = Factor((sympy.S.One, linear, constant))
    scale = sympy.Mul(*shared)
    hints = (linear, *(sympy.cancel(square / scale) for square in factor.squares))
    condition = ring.negative(discriminant(own), hints)
    if isinstance(condition, sympy.StrictLessThan) and condition.free_symbols == set().union(
        *(ring.outside(c).free_symbols for c in own.coefficients)
    ):
        trace, determinant = -ring.outside(linear), ring.outside(sympy.factor(constant))
        condition = sympy.Lt(trace**2, 4 * determinant)
    return sympy.And(*(ring.differs_from_zero(common) for common in shared), condition)


def _non_real_binomial(power: Any, degree: int) -> Any:
    if degree >= 3:
        return sympy.Ne(power, 0)
    if power.is_real:
        return sympy.Lt(power, 0)
    return sympy.Or(sympy.Ne(sympy.im(power), 0), sympy.Lt(sympy.re(power), 0))


def _signs_of_real_parts(coefficients: Sequence[Any]) -> list[Any]:
    degree = len(coefficients) - 1
    if degree == 2:
        _, linear, constant = map(sympy.re, coefficients)
        return [sympy.Lt(linear**2, 4 * constant)]
    raise NoClosedFormError(
        f"a factor of degree {degree} with complex coefficients; the condition for its roots to be "
        "real is given up to degree 2"
    )


def _by_subdiscriminants(factor: Factor, ring: Ring) -> Any:
    """Sylvester: the roots are real if the minors of the power sums are positive, then all 0."""
    minors = _hankel_minors(factor)
    conditions = [ring.negative(minor) for minor in minors]
    for k, minor in enumerate(minors[:-1]):
        later = sympy.Or(*(sympy.Ne(ring.outside(m), 0) for m in minors[k + 1 :]))
        conditions.append(sympy.And(sympy.Eq(ring.outside(minor), 0), later))
    return sympy.Or(*conditions)


def _hankel_minors(factor: Factor) -> list[Any]:
    """The leading minors of the matrix of power sums s_(i+j) of the roots, of order 2 and more."""
    n, c = factor.degree, factor.coefficients
    sums: list[Any] = [sympy.Integer(n)]
    for k in range(1, 2 * n - 1):  # Newton's identities
        earlier = sympy.Add(*(c[i] * sums[k - i] for i in range(1, min(k - 1, n) + 1)))
        sums.append(sympy.factor(-earlier - (k * c[k] if k <= n else 0)))
    hankel = sympy.Matrix(n, n, lambda i, j: sums[i + j])
    return [sympy.factor(hankel[:m, :m].det()) for m in range(2, n + 1)]
