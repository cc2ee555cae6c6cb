"""One step A H + B with every scalar operation rounded, in a fixed and documented order.

The order is the one a sequential kernel uses, on each column x of H separately: diagonal
y_i = r(a_i x_i); delta rule s = r(k . x) left to right, t = r(beta s), y_i = r(x_i - r(t k_i));
dense rows left to right; products factor by factor, the last one first; gated y_i = r(gate z_i)
with z the rounded product by the factor; blocks each on its own entries; then r(y_i + b_i). The
other kinds are given by formulas whose order of operations no kernel fixes, and are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import singledispatch
from typing import Protocol

from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number
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
    dimension,
)

_NORMALISED = (
    "a Householder factor divides by v^T v, which is no operation of a network; "
    "give the stored key as a delta rule (k, beta) to round its operations"
)
_UNORDERED = (
    "a {} transition has no documented order of rounded operations; "
    "write its matrix as dense, or use a diagonal, delta rule, product, gate or blocks"
)


class Rounding(Protocol):
    """What rounds the result of an operation; any format does."""

    def round(self, x: Number) -> Fraction:
        """The rounded number."""
        ...


def rounded_apply(case: Case, state: Matrix, number_format: Rounding) -> Matrix:
    """A H + B on an n x d state with every operation rounded to the format.

    Raises:
        ValueError: for a normalised Householder factor, and for kinds without an order.
    """
    columns = []
    for x, b in zip(zip(*state.rows, strict=True), zip(*case.input.rows, strict=True), strict=True):
        y = _multiply(case.transition, x, number_format)
        columns.append([number_format.round(u + v) for u, v in zip(y, b, strict=True)])
    return Matrix(tuple(zip(*columns, strict=True)))


@singledispatch
def _multiply(
    transition: Transition, x: Sequence[Number], number_format: Rounding
) -> Sequence[Number]:
    raise TypeError(f"{type(transition).__name__} is no transition")


@_multiply.register
def _(transition: Diagonal, x: Sequence[Number], number_format: Rounding) -> Sequence[Number]:
    return [number_format.round(a * h) for a, h in zip(transition.entries, x, strict=True)]


@_multiply.register
def _(transition: DeltaRule, x: Sequence[Number], number_format: Rounding) -> Sequence[Number]:
    r = number_format.round
    weight = r(transition.beta * rounded_dot(transition.k, x, number_format))
    return [r(h - r(weight * k)) for h, k in zip(x, transition.k, strict=True)]


@_multiply.register
def _(transition: Dense, x: Sequence[Number], number_format: Rounding) -> Sequence[Number]:
    return [rounded_dot(row, x, number_format) for row in transition.matrix.rows]


@_multiply.register
def _(
    transition: HouseholderProduct, x: Sequence[Number], number_format: Rounding
) -> Sequence[Number]:
    for factor in reversed(transition.factors):
        x = _multiply(factor, x, number_format)
    return x


@_multiply.register
def _(
    transition: Householder,
    x: Sequence[Number],
    number_format: Rounding,
) -> Sequence[Number]:
    raise ValueError(_NORMALISED)


@_multiply.register
def _(transition: Gated, x: Sequence[Number], number_format: Rounding) -> Sequence[Number]:
    moved = _multiply(transition.factor, x, number_format)
    return [number_format.round(transition.gate * entry) for entry in moved]


@_multiply.register
def _(transition: Blocks, x: Sequence[Number], number_format: Rounding) -> Sequence[Number]:
    moved: list[Number] = []
    for block in transition.blocks:
        part = x[len(moved) : len(moved) + dimension(block)]
        moved += _multiply(block, part, number_format)
    return moved


@_multiply.register(DiagonalPlusRankOne)
@_multiply.register(HouseholderDiagonal)
def _(
    transition: DiagonalPlusRankOne | HouseholderDiagonal,
    x: Sequence[Number],
    number_format: Rounding,
) -> Sequence[Number]:
    raise ValueError(_UNORDERED.format(type(transition).__name__))


def is_zero(x: Number) -> bool:
    """Whether a number is 0; not known of an array of numbers, or of a `Spread`, in its place."""
    return isinstance(x, Fraction) and not x


def rounded_dot(left: Sequence[Number], right: Sequence[Number], number_format: Rounding) -> Number:
    """The scalar product, every operation rounded, from left to right."""
    # A product with 0 is 0, and 0 and what it is added to are values: nothing there is rounded.
    pairs = list(zip(left, right, strict=True))
    kept = [(a, b) for a, b in pairs if not (is_zero(a) or is_zero(b))] or pairs[:1]
    products = [number_format.round(a * b) for a, b in kept]
    total = products[0]
    for product in products[1:]:
        total = number_format.round(total + product)
    return total


@singledispatch
def operands(transition: Transition) -> tuple[Number, ...]:
    """The stored numbers of a transition that take part in rounded operations.

    Raises:
        ValueError: for a normalised Householder factor, and for kinds without an order.
    """
    raise TypeError(f"{type(transition).__name__} is no transition")


@operands.register
def _(transition: Diagonal) -> tuple[Number, ...]:
    return transition.entries


@operands.register
def _(transition: DeltaRule) -> tuple[Number, ...]:
    return (*transition.k, transition.beta)


@operands.register
def _(transition: Dense) -> tuple[Number, ...]:
    return transition.matrix.entries()


@operands.register
def _(transition: HouseholderProduct) -> tuple[Number, ...]:
    return tuple(entry for factor in transition.factors for entry in operands(factor))


@operands.register
def _(transition: Householder) -> tuple[Number, ...]:
    raise ValueError(_NORMALISED)


@operands.register
def _(transition: Gated) -> tuple[Number, ...]:
    return (transition.gate, *operands(transition.factor))


@operands.register
def _(transition: Blocks) -> tuple[Number, ...]:
    return tuple(entry for block in transition.blocks for entry in operands(block))


@operands.register(DiagonalPlusRankOne)
@operands.register(HouseholderDiagonal)
def _(transition: DiagonalPlusRankOne | HouseholderDiagonal) -> tuple[Number, ...]:
    raise ValueError(_UNORDERED.format(type(transition).__name__))
