"""Transitions with expressions in place of numbers: their matrices by formula, and changes of them.

A template is a `Transition` of `monoscan.theory.transition` whose numbers are sympy expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from monoscan.theory.symbolic.ring import pythagorean
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)


def template_matrix(template: Transition) -> Any:
    """The sympy matrix of a template.

    >>> b = sympy.Symbol("b")
    >>> template_matrix(Householder((sympy.S.One, sympy.S.Zero), b))
    Matrix([
    [1 - b, 0],
    [    0, 1]])
    """
    match template:
        case Diagonal(entries):
            return sympy.ImmutableMatrix(sympy.diag(*entries))
        case Householder(v, beta):
            return _rank_one(sympy.eye(len(v)), v, v, beta / _square(v))
        case DeltaRule(k, beta):
            return _rank_one(sympy.eye(len(k)), k, k, beta)
        case HouseholderProduct(factors):
            return sympy.ImmutableMatrix(sympy.prod(map(template_matrix, factors)))
        case Gated(gate, factor):
            return gate * template_matrix(factor)
        case DiagonalPlusRankOne(w, k, a, c):
            erased = [entry * rate for entry, rate in zip(k, a, strict=True)]
            return _rank_one(sympy.diag(*w), k, erased, c / _square(k))
        case HouseholderDiagonal(v, beta, entries):
            return template_matrix(Householder(v, beta)) * sympy.diag(*entries)
        case Dense(matrix):
            return sympy.ImmutableMatrix([list(row) for row in matrix.rows])
        case Blocks(blocks):
            return sympy.ImmutableMatrix(sympy.diag(*map(template_matrix, blocks)))


def _rank_one(start: Any, left: Sequence[Any], right: Sequence[Any], weight: Any) -> Any:
    return sympy.ImmutableMatrix(start - weight * sympy.Matrix(left) * sympy.Matrix([right]))


def _square(entries: Sequence[Any]) -> Any:
    return pythagorean(sympy.Add(*(entry**2 for entry in entries)))


def parts(template: Transition) -> tuple[Transition, ...]:
    """Transitions whose product a template is; itself alone if it is no product.

    >>> [type(part).__name__ for part in parts(HouseholderDiagonal((1, 0), 1, (1, 1)))]
    ['Householder', 'Diagonal']
    """
    match template:
        case HouseholderProduct(factors):
            return factors
        case Gated(gate, factor):
            return (Diagonal((gate,)), *parts(factor))
        case HouseholderDiagonal(v, beta, entries):
            return (Householder(v, beta), Diagonal(entries))
        case _:
            return (template,)


def mapped(template: Transition, change: Callable[[Any], Any]) -> Transition:
    """The transition with every number or expression changed.

    >>> mapped(Diagonal((1, 2)), lambda entry: -entry)
    Diagonal(entries=(-1, -2))
    """

    def each(entries: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(change(entry) for entry in entries)

    match template:
        case Diagonal(entries):
            return Diagonal(each(entries))
        case Householder(v, beta):
            return Householder(each(v), change(beta))
        case DeltaRule(k, beta):
            return DeltaRule(each(k), change(beta))
        case HouseholderProduct(factors):
            return HouseholderProduct(tuple(mapped(factor, change) for factor in factors))  # type: ignore[misc]
        case Gated(gate, factor):
            return Gated(change(gate), mapped(factor, change))  # type: ignore[arg-type]
        case DiagonalPlusRankOne(w, k, a, c):
            return DiagonalPlusRankOne(each(w), each(k), each(a), change(c))
        case HouseholderDiagonal(v, beta, entries):
            return HouseholderDiagonal(each(v), change(beta), each(entries))
        case Dense(matrix):
            return Dense(matrix.map(change))
        case Blocks(blocks):
            return Blocks(tuple(mapped(block, change) for block in blocks))
