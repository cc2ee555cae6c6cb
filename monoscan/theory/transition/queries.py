"""Queries about transitions: the matrix, the heads, the rank-one factors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, singledispatch

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number
from monoscan.theory.transition.kinds import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    RankOne,
    Transition,
    dimension,
)


@cache
def transition_matrix(transition: Transition) -> Matrix:
    """The exact n x n matrix A of a transition.

    >>> from monoscan.theory.numbers import number
    >>> print(transition_matrix(Householder((number(1), number(-1)), number(2))))
    [0, 1; 1, 0]
    """
    return _matrix(transition)


@singledispatch
def _matrix(transition: Transition) -> Matrix:
    raise TypeError(f"{type(transition).__name__} is no transition")


@_matrix.register
def _(transition: Diagonal) -> Matrix:
    return Matrix.diagonal(transition.entries)


@_matrix.register
def _(transition: Householder) -> Matrix:
    return _reflection(transition.v, transition.beta)


@_matrix.register
def _(transition: DeltaRule) -> Matrix:
    unchanged = Matrix.identity(len(transition.k))
    return unchanged - _outer(transition.k, transition.k, transition.beta)


@_matrix.register
def _(transition: HouseholderProduct) -> Matrix:
    *others, last = transition.factors
    result = transition_matrix(last)
    for factor in reversed(others):
        result = _moved(factor, result)
    return result


def _moved(factor: RankOne, matrix: Matrix) -> Matrix:
    """The product of a factor I - weight v v^T and a matrix: only rows where v is not 0 change."""
    v, weight = _direction(factor)
    support = [(i, x) for i, x in enumerate(v) if x]
    along = [
        sum((x * matrix.rows[i][j] for i, x in support if matrix.rows[i][j]), ZERO)
        for j in range(len(v))
    ]
    rows = list(matrix.rows)
    for i, x in support:
        rows[i] = tuple(a - weight * x * b if b else a for a, b in zip(rows[i], along, strict=True))
    return Matrix(tuple(rows))


def _direction(factor: RankOne) -> tuple[tuple[Number, ...], Number]:
    """The vector v and the weight of a factor I - weight v v^T."""
    if isinstance(factor, DeltaRule):
        return factor.k, factor.beta
    return factor.v, factor.beta / _square(factor.v)


@_matrix.register
def _(transition: Dense) -> Matrix:
    return transition.matrix


@_matrix.register
def _(transition: Gated) -> Matrix:
    return transition_matrix(transition.factor).scale(transition.gate)


@_matrix.register
def _(transition: DiagonalPlusRankOne) -> Matrix:
    k = transition.k
    erased = [entry * rate for entry, rate in zip(k, transition.a, strict=True)]
    return Matrix.diagonal(transition.w) - _outer(k, erased, transition.c / _square(k))


@_matrix.register
def _(transition: HouseholderDiagonal) -> Matrix:
    return _reflection(transition.v, transition.beta) @ Matrix.diagonal(transition.entries)


@_matrix.register
def _(transition: Blocks) -> Matrix:
    size = dimension(transition)
    rows: list[tuple[Number, ...]] = []
    for block in transition.blocks:
        width = dimension(block)
        before, after = (ZERO,) * len(rows), (ZERO,) * (size - len(rows) - width)
        rows += [(*before, *row, *after) for row in transition_matrix(block).rows]
    return Matrix(tuple(rows))


def _reflection(v: Sequence[Number], beta: Number) -> Matrix:
    return Matrix.identity(len(v)) - _outer(v, v, beta / _square(v))


def _outer(left: Sequence[Number], right: Sequence[Number], weight: Number) -> Matrix:
    """The matrix left right^T times weight."""
    return Matrix(tuple(tuple(weight * a * b if a and b else ZERO for b in right) for a in left))


def _square(entries: Sequence[Number]) -> Number:
    return sum((entry * entry for entry in entries), ZERO)


def heads(transition: Transition) -> tuple[Transition, ...]:
    """The blocks of a transition, top left first: itself alone if it is not `Blocks`.

    >>> from monoscan.theory.numbers import number
    >>> one = Diagonal((number(1),))
    >>> len(heads(Blocks((one, one)))), len(heads(one))
    (2, 1)
    """
    return transition.blocks if isinstance(transition, Blocks) else (transition,)


def parameters(transition: Transition) -> tuple[Number, ...]:
    """All numbers that a transition is written with.

    >>> from monoscan.theory.numbers import number
    >>> [int(x) for x in parameters(Householder((number(1), number(-1)), number(2)))]
    [1, -1, 2]
    """
    match transition:
        case Diagonal(entries):
            return entries
        case Householder(v, beta) | DeltaRule(v, beta):
            return (*v, beta)
        case HouseholderProduct(parts) | Blocks(parts):
            return tuple(entry for part in parts for entry in parameters(part))
        case Dense(matrix):
            return matrix.entries()
        case Gated(gate, factor):
            return (gate, *parameters(factor))
        case DiagonalPlusRankOne(w, k, a, c):
            return (*w, *k, *a, c)
        case HouseholderDiagonal(v, beta, entries):
            return (*v, beta, *entries)


def factors(transition: Transition) -> tuple[RankOne, ...] | None:
    """The rank-one factors of a transition that is a product of them, else None.

    A gate is no factor of this kind, and neither is a diagonal.

    >>> from monoscan.theory.numbers import number
    >>> factors(Diagonal((number(1),))) is None
    True
    """
    if isinstance(transition, Householder | DeltaRule):
        return (transition,)
    if isinstance(transition, HouseholderProduct):
        return transition.factors
    return None
