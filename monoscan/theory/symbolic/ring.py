"""Expressions in parameters as polynomials: cosines, sines and phases become variables.

With a variable for each of cos(t), sin(t), exp(I t) and conjugate(a), all of linear algebra is that
of rational functions; sin(t)^2 = 1 - cos(t)^2 is used wherever it makes an expression shorter.
"""

# pyright: reportArgumentType=false, reportAssignmentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy

from monoscan.theory.symbolic.parameters import Parameter
from monoscan.theory.symbolic.signs import Bounds, is_nonnegative

_MAX_OPERATIONS = 300


def pythagorean(expression: Any) -> Any:
    """An expression with sin(t)^2 + cos(t)^2 = 1 used in it.

    >>> t = sympy.Symbol("t")
    >>> pythagorean(sympy.sin(t)**2 + sympy.cos(t)**2)
    1
    """
    angles = {f.args[0] for f in expression.atoms(sympy.sin)}
    if not angles:
        return expression
    return Ring(tuple(Parameter(t, sympy.S.Reals, True) for t in angles)).tidy(expression)


@dataclass(frozen=True)
class Ring:
    """The rational functions in some parameters, with their ranges.

    Attributes:
        parameters: of the matrix.
    """

    parameters: tuple[Parameter, ...]

    @cached_property
    def _variables(self) -> dict[Any, Any]:
        """The variable of each function of a parameter."""
        functions: list[Any] = []
        for p in self.parameters:
            if p.is_angle:
                phase = sympy.exp(sympy.I * p.symbol)
                functions += [sympy.cos(p.symbol), sympy.sin(p.symbol), phase]
            elif not p.symbol.is_real:
                functions.append(sympy.conjugate(p.symbol))
        return {f: sympy.Symbol(f"[{f}]", complex=True) for f in functions}

    @cached_property
    def _sines(self) -> tuple[tuple[Any, Any], ...]:
        """The variables of sine and cosine of each angle."""
        angles = (p.symbol for p in self.parameters if p.is_angle)
        return tuple((self._variables[sympy.sin(t)], self._variables[sympy.cos(t)]) for t in angles)

    def inside(self, expression: Any) -> Any:
        """The expression as a rational function, sines to the power 0 or 1 only."""
        return self.reduced(sympy.expand_power_exp(expression).subs(self._variables))

    def reduced(self, function: Any) -> Any:
        """A rational function in the variables with sines to the power 0 or 1 only."""
        numerator, denominator = sympy.fraction(sympy.together(function))
        if denominator != 1:
            numerator, denominator = sympy.fraction(sympy.cancel(numerator / denominator))
        return self._without_squares(numerator) / self._without_squares(denominator)

    def _without_squares(self, polynomial: Any) -> Any:
        polynomial = sympy.expand(polynomial)
        for sine, cosine in self._sines:
            if polynomial.has(sine):
                polynomial = sympy.rem(polynomial, sine**2 + cosine**2 - 1, sine)
        return polynomial

    def outside(self, expression: Any) -> Any:
        """A rational function as an expression in the parameters again."""
        return expression.subs({variable: f for f, variable in self._variables.items()})

    def tidy(self, expression: Any) -> Any:
        """An expression with factors taken out and sines removed where that makes it shorter."""
        shorter = sympy.factor(self.inside(expression))
        return min((self.outside(shorter), expression), key=sympy.count_ops)

    @cached_property
    def _bounds(self) -> dict[Any, tuple[Any, Any]]:
        found: dict[Any, tuple[Any, Any]] = {}
        for p in self.parameters:
            if p.is_bounded:
                found[p.symbol] = (p.range.start, p.range.end)
        for pair in self._sines:
            found |= dict.fromkeys(pair, (-1, 1))
        return found

    def _signed(self, expression: Any) -> tuple[Any, Bounds]:
        """A polynomial of the same sign, and the bounds of its variables."""
        numerator, denominator = sympy.fraction(sympy.together(expression))
        polynomial = sympy.expand(numerator * denominator)
        bounds = dict(self._bounds)
        for _, cosine in self._sines:
            if polynomial.has(cosine):
                terms = sympy.Poly(polynomial, cosine).monoms()
                if all(power % 2 == 0 for (power,) in terms):
                    square = sympy.Symbol(f"{cosine}^2", real=True)
                    polynomial = sympy.expand(polynomial.subs(cosine, sympy.sqrt(square)))
                    bounds[square] = (0, 1)
        return polynomial, bounds

    def _unsigned(self, polynomial: Any) -> Any:
        squares = {sympy.Symbol(f"{cosine}^2", real=True): cosine**2 for _, cosine in self._sines}
        return self.outside(polynomial.subs(squares))

    def negative(self, expression: Any, squares: Sequence[Any] = ()) -> Any:
        """The condition for a real rational function to be negative, within the ranges.

        Args:
            expression: a rational function, as `inside` gives it; its denominator is nowhere 0.
                A very long one is compared with 0 as it is.
            squares: roots of squares that may help to prove that it is not negative.
        """
        if sympy.count_ops(expression) > _MAX_OPERATIONS:
            # Without `evaluate=False` sympy looks for the sign itself, which takes very long.
            return sympy.Lt(self.outside(expression), 0, evaluate=False)
        polynomial, bounds = self._signed(expression)
        roots = [self._signed(root)[0] for root in squares if sympy.denom(root) == 1]
        if is_nonnegative(polynomial, bounds, roots):
            return sympy.false
        constant, factors = sympy.factor_list(polynomial)
        sign, open_factors, conditions = sympy.sign(constant), [], []
        for factor, exponent in factors:
            if is_nonnegative(factor, bounds):
                conditions.append(self._differs(sympy.Gt, factor))
            elif exponent % 2 == 0:
                conditions.append(self._differs(sympy.Ne, factor))
            elif is_nonnegative(-factor, bounds):
                conditions.append(self._differs(sympy.Gt, -factor))
                sign = -sign
            else:
                open_factors.append(factor)
        if not open_factors:
            return _joined(conditions) if sign < 0 else sympy.false
        rest = sympy.Mul(sign, *open_factors)
        return _joined([*conditions, self._compared(sympy.Lt, rest)])

    def nonnegative(self, expression: Any) -> Any:
        """The condition for a real rational function to be at least 0, within the ranges."""
        negated = sympy.Not(self.negative(expression)).to_nnf()
        return _joined(negated.args, sympy.Or) if isinstance(negated, sympy.Or) else negated

    def simplified(self, expression: Any) -> Any:
        """An expression or relation, simplified within the ranges."""
        if expression.is_Boolean and expression.args and not expression.is_Relational:
            return expression.func(*map(self.simplified, expression.args))
        if expression.is_Relational and not isinstance(expression, sympy.Eq | sympy.Ne):
            return self._relation(expression)
        absolute = {a: self._absolute(a.args[0]) for a in expression.atoms(sympy.Abs)}
        return sympy.simplify(expression.subs(absolute))

    def _relation(self, relation: Any) -> Any:
        gap = self.inside(relation.gts - relation.lts)
        if isinstance(relation, sympy.Ge | sympy.Le):
            return self.nonnegative(gap)
        return self.negative(-gap)

    def _absolute(self, expression: Any) -> Any:
        inside = self.inside(expression)
        if self.negative(inside) is sympy.false:
            return expression
        return -expression if self.negative(-inside) is sympy.false else sympy.Abs(expression)

    def _differs(self, relation: Any, factor: Any) -> Any:
        """A polynomial is not 0: true, or compared with 0."""
        return sympy.true if self._has_no_zero(factor) else self._compared(relation, factor)

    def differs_from_zero(self, polynomial: Any) -> Any:
        """The condition for a polynomial not to be 0, within the ranges."""
        polynomial, bounds = self._signed(polynomial)
        return self._differs(
            sympy.Gt if is_nonnegative(polynomial, bounds) else sympy.Ne, polynomial
        )

    def _compared(self, relation: Any, polynomial: Any) -> Any:
        """A polynomial compared with 0; a linear one in one parameter is solved for it."""
        symbols = polynomial.free_symbols
        if len(symbols) == 1 and symbols <= {p.symbol for p in self.parameters}:
            (symbol,) = symbols
            linear = sympy.Poly(polynomial, symbol)
            if linear.degree() == 1:
                slope, constant = linear.all_coeffs()
                solved = relation(symbol, -constant / slope)
                return (
                    solved
                    if slope > 0 or relation is sympy.Ne
                    else solved.reversedsign.func(symbol, -constant / slope)
                )
        return relation(self._unsigned(polynomial), 0)

    @cached_property
    def _key_lengths(self) -> frozenset[Any]:
        """The squared lengths of whole keys k1, ..., kn or k1_1, ..., k1_n: no key is 0."""
        keys: dict[str, list[Any]] = {}
        for p in self.parameters:
            match = re.fullmatch(r"k(?:(\d+)_)?\d+", p.name)
            if match is not None:
                keys.setdefault(match[1] or "", []).append(p.symbol**2)
        return frozenset(sympy.Add(*squares) for squares in keys.values())

    def _has_no_zero(self, factor: Any) -> bool:
        """Whether a polynomial is nowhere 0; for linear ones in one parameter and squares."""
        if factor.is_nonzero:
            return True
        for p in self.parameters:
            if factor.free_symbols == {p.symbol} and p.is_bounded:
                roots = sympy.roots(factor, p.symbol, multiple=True)
                if len(roots) == sympy.degree(factor, p.symbol):
                    return not any(root in p.range for root in roots)
        return factor in self._key_lengths


def _joined(conditions: Sequence[Any], operator: Any = sympy.And) -> Any:
    """Conditions joined; those about one and the same parameter become one."""
    joined = operator(*conditions)
    if len(joined.free_symbols) == 1 and isinstance(joined, operator):
        return joined.simplify()
    return joined
