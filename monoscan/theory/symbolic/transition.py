"""A transition matrix A(x) with free parameters, and what can be asked of it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sympy

from monoscan.theory.symbolic.exact import exact_number
from monoscan.theory.symbolic.matrices import mapped, parts, template_matrix
from monoscan.theory.symbolic.parameters import Parameter, ParameterError, value_of
from monoscan.theory.symbolic.ring import Ring
from monoscan.theory.symbolic.spectrum import (
    Factor,
    NoClosedFormError,
    characteristic_coefficients,
    characteristic_factors,
    non_real_roots,
    polynomial_of,
    roots_of,
)
from monoscan.theory.transition import Transition

_MAX_UNKNOWNS = 9
"""With more, and three rows or more, an expansion takes minutes and nobody reads it."""


@dataclass(frozen=True, repr=False)
class SymbolicTransition:
    """A state-transition matrix whose numbers are free parameters with ranges.

    Attributes:
        name: of the family or the model class.
        formula: the matrix in symbols, for people.
        template: the transition with sympy expressions in place of numbers.
        all_parameters: the free and the fixed parameters.
        note: what the matrix does not say; empty if there is nothing.
        fixed: the values of the fixed parameters, as they were given.

    >>> from monoscan.theory.symbolic import householder
    >>> householder()
    householder: I - b k k^T (2 x 2), beta in [0, 2], theta a real angle
    """

    name: str
    formula: str
    template: Transition
    all_parameters: tuple[Parameter, ...]
    note: str = ""
    fixed: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def matrix(self) -> Any:
        """The matrix, a sympy `ImmutableMatrix`."""
        whole = template_matrix(self.template)
        return whole.subs({p.symbol: value_of(p, self.fixed[p.name]) for p in self._fixed})

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The free parameters, in the order in which the matrix names them."""
        return tuple(p for p in self.all_parameters if p.name not in self.fixed)

    @property
    def _fixed(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.all_parameters if p.name in self.fixed)

    @property
    def symbols(self) -> tuple[Any, ...]:
        """The sympy symbols of the free parameters."""
        return tuple(p.symbol for p in self.parameters)

    def ranges(self) -> Any:
        """The ranges of all free parameters, as one sympy relation."""
        return sympy.And(*(p.relation() for p in self.parameters))

    @cached_property
    def _ring(self) -> Ring:
        return Ring(self.parameters)

    @cached_property
    def _factors(self) -> tuple[Factor, ...]:
        return characteristic_factors(self.matrix, self._ring)

    def characteristic_polynomial(self) -> Any:
        """det(x I - A) with its factors, an expression in the symbol x (`symbolic.x`).

        >>> from monoscan.theory.symbolic import householder
        >>> householder().characteristic_polynomial()
        (x - 1)*(beta + x - 1)
        """
        return polynomial_of(self._factors, self._ring)

    def eigenvalues(self) -> tuple[Any, ...]:
        """The eigenvalues with their multiplicities, expressions in the parameters.

        Raises:
            NoClosedFormError: if a factor of the characteristic polynomial has no short formula.

        >>> from monoscan.theory.symbolic import householder
        >>> householder(size=3).eigenvalues()
        (1, 1, 1 - beta)
        """
        found = [(f, root) for f in self._factors for root in roots_of(f, self._ring)]
        return tuple(root for f, root in found for _ in range(f.multiplicity))

    def trace(self) -> Any:
        """The sum of the eigenvalues."""
        return self._ring.tidy(self.matrix.trace())

    def determinant(self) -> Any:
        """The product of the eigenvalues.

        >>> from monoscan.theory.symbolic import householder_product
        >>> householder_product(2).determinant()
        (beta1 - 1)*(beta2 - 1)
        """
        sign = (-1) ** self.matrix.shape[0]
        at_zero = sympy.Mul(*(f.coefficients[-1] ** f.multiplicity for f in self._factors))
        return self._ring.outside(sympy.factor(sign * at_zero))

    def non_real_condition(self) -> Any:
        """When an eigenvalue is not real: a sympy relation, exact within the ranges.

        `false` says that all eigenvalues are real for all parameters in their ranges.

        >>> from monoscan.theory.symbolic import householder_product
        >>> householder_product(2, beta="[0, 1]").non_real_condition()
        False
        """
        return self._non_real_condition

    @cached_property
    def _non_real_condition(self) -> Any:
        found = [non_real_roots(factor, self._ring) for factor in self._factors]
        open_ones = [condition for condition in found if condition is not sympy.false]
        # Or would compare the sides of a relation, which takes very long for long ones.
        return open_ones[0] if len(open_ones) == 1 else sympy.Or(*open_ones)

    def norm_condition(self) -> Any:
        """When the spectral norm is at most 1: a sympy relation, exact within the ranges.

        `true` says that it is for all parameters in their ranges. The condition is that
        I - A^* A has no negative eigenvalue; a product is asked factor by factor first.

        Raises:
            NoClosedFormError: if the condition is too long to be written down.

        >>> from monoscan.theory.symbolic import householder
        >>> householder().norm_condition(), householder(beta="[0, 3]").norm_condition()
        (True, beta <= 2)
        """
        return self._norm_condition

    @cached_property
    def _norm_condition(self) -> Any:
        factors = [] if self.fixed else [template_matrix(p) for p in parts(self.template)]
        if len(factors) > 1 and all(self._is_short(f) is sympy.true for f in factors):
            return sympy.true
        return self._is_short(self.matrix)

    def _is_short(self, matrix: Any) -> Any:
        gram = (sympy.eye(matrix.shape[0]) - matrix.H * matrix).applyfunc(self._ring.inside)
        conditions: list[Any] = []
        for indices in gram.strongly_connected_components():
            block = gram.extract(indices, indices)
            unknowns = len(block.free_symbols)
            if len(indices) > 2 and unknowns > _MAX_UNKNOWNS:
                raise NoClosedFormError(
                    f"the condition has {unknowns} parameters and degree {2 * len(indices)}, too "
                    f"long to be written down; subs(...) fixes parameters, at most {_MAX_UNKNOWNS} "
                    "may be left"
                )
            coefficients = characteristic_coefficients(block, self._ring)
            # All roots of this polynomial are real; they are >= 0 if its signs alternate.
            alternating = ((-1) ** k * c for k, c in enumerate(coefficients))
            conditions += [self._ring.nonnegative(c) for c in alternating]
        return sympy.And(*conditions)

    def simplify(self, expression: Any) -> Any:
        """An expression or relation in the parameters, simplified within their ranges.

        >>> from monoscan.theory.symbolic import householder
        >>> matrix = householder()
        >>> beta = matrix.symbols[0]
        >>> matrix.simplify(sympy.Abs(2 - beta)), matrix.simplify(beta**2 <= 4)
        (2 - beta, True)
        """
        return self._ring.simplified(sympy.sympify(expression))

    def cleared(self) -> tuple[Any, Any]:
        """The matrix times a common denominator, and this denominator: polynomials.

        >>> from monoscan.theory.symbolic import householder
        >>> householder(size=2).cleared()[1]
        k1**2 + k2**2
        """
        entries = [sympy.fraction(sympy.together(entry)) for entry in self.matrix]
        common = sympy.lcm_list([denominator for _, denominator in entries])
        return (self.matrix * common).applyfunc(sympy.cancel), common

    def subs(self, **values: object) -> SymbolicTransition:
        """The matrix with some parameters fixed.

        Args:
            values: exact numbers by name, as `at` takes them.

        Raises:
            ParameterError: if a value is outside its range or a name is unknown.

        >>> from monoscan.theory.symbolic import householder_product
        >>> householder_product(2).subs(beta1=2, beta2=2).characteristic_polynomial()
        x**2 + x*(2 - 4*cos(theta)**2) + 1
        """
        for name, value in values.items():
            value_of(self._parameter(name), value)
        return replace(self, fixed={**self.fixed, **values})

    def at(self, **values: object) -> Transition:
        """The exact transition where all free parameters have values.

        Args:
            values: by name: ints, Fractions, strings "3/4", exact numbers, sympy expressions such
                as sqrt(2)/2; for angles rational multiples of pi, or angles such as atan(4/3)
                whose cosine and sine are exact numbers.

        Raises:
            ParameterError: if a value is missing, no exact number or outside its range, or a name
                is unknown.

        >>> from monoscan.theory.symbolic import householder
        >>> from monoscan.theory.transition import transition_matrix
        >>> print(transition_matrix(householder().at(beta=2, theta=sympy.pi / 4)))
        [0, -1; -1, 0]
        """
        given = {**self.fixed, **{self._parameter(n).name: value for n, value in values.items()}}
        missing = [str(p) for p in self.all_parameters if p.name not in given]
        if missing:
            raise ParameterError(
                f"{self.name}: no value for {'; '.join(missing)}; a transition needs all of "
                "them, subs(...) takes some"
            )
        exact: dict[Any, Any] = {}
        for p in self.all_parameters:
            exact |= p.exact(given[p.name])
        return mapped(self.template, lambda entry: exact_number(entry, exact))

    def _parameter(self, name: str) -> Parameter:
        found = {p.name: p for p in self.parameters}
        if name in found:
            return found[name]
        if name in self.fixed:
            raise ParameterError(f"{self.name}: {name} is fixed already, to {self.fixed[name]}")
        near = difflib.get_close_matches(name, found, n=1, cutoff=0.5)
        hint = f"; do you mean {near[0]}?" if near else ""
        known = ", ".join(found) or "none is free"
        raise ParameterError(f"{self.name} has no parameter {name!r}; it has: {known}{hint}")

    def latex(self) -> str:
        """The matrix in LaTeX."""
        return str(sympy.latex(self.matrix))

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def __repr__(self) -> str:
        size = self.matrix.shape[0]
        shown = [*map(str, self.parameters), *(f"{n} = {v}" for n, v in self.fixed.items())]
        return f"{self.name}: {self.formula} ({size} x {size}), " + ", ".join(shown)
