"""State-transition matrices A(x) of linear RNNs, as the papers parametrise them.

Transitions are data; what can be asked of them (`transition_matrix`, `factors`, and the queries
of `spectrum`) are functions. No unit vectors are stored: a Householder factor keeps its integer
or rational direction v and divides by v^T v.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, singledispatch
from typing import TypeAlias

from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import ZERO, Number


@dataclass(frozen=True)
class Diagonal:
    """diag(entries): Mamba, GLA, mLSTM, minGRU.

    Attributes:
        entries: n numbers.
    """

    entries: tuple[Number, ...]

    def __post_init__(self) -> None:
        _require_entries(self.entries, "Diagonal.entries")


@dataclass(frozen=True)
class Householder:
    """I - beta v v^T / (v^T v), a generalised Householder matrix: DeltaNet with a unit key.

    Attributes:
        v: direction, n numbers, not all 0; its length does not matter.
        beta: the eigenvalue along v is 1 - beta; beta = 2 is the reflection.
    """

    v: tuple[Number, ...]
    beta: Number

    def __post_init__(self) -> None:
        _require_entries(self.v, "Householder.v")
        if not any(self.v):
            raise ValueError("Householder.v is the zero vector; a direction is needed")

    def effective_beta(self) -> Number:
        """1 minus the eigenvalue along v."""
        return self.beta


@dataclass(frozen=True)
class DeltaRule:
    """I - beta k k^T with k as a network stores it, not normalised.

    The same matrix as Householder(k, beta k^T k). It is a type of its own because under `op-round`
    the numbers beta and k themselves take part in rounded operations.

    Attributes:
        k: the key, n numbers.
        beta: the writing strength.
    """

    k: tuple[Number, ...]
    beta: Number

    def __post_init__(self) -> None:
        _require_entries(self.k, "DeltaRule.k")

    def effective_beta(self) -> Number:
        """1 minus the eigenvalue along k."""
        return self.beta * sum((entry * entry for entry in self.k), ZERO)


RankOne: TypeAlias = Householder | DeltaRule


@dataclass(frozen=True)
class HouseholderProduct:
    """F_1 F_2 ... F_m with rank-one factors; F_1 is applied last: DeltaProduct with n_h = m.

    Attributes:
        factors: m >= 1 factors of equal dimension.
    """

    factors: tuple[RankOne, ...]

    def __post_init__(self) -> None:
        if not self.factors:
            raise ValueError("HouseholderProduct needs at least one factor; use beta = 0 for I")
        sizes = [dimension(factor) for factor in self.factors]
        if len(set(sizes)) > 1:
            raise ShapeError(f"HouseholderProduct factors have different dimensions: {sizes}")


@dataclass(frozen=True)
class Dense:
    """Any square matrix.

    Attributes:
        matrix: n x n.
    """

    matrix: Matrix

    def __post_init__(self) -> None:
        if not self.matrix.is_square:
            raise ShapeError(f"Dense needs a square matrix; this one has shape {self.matrix.shape}")


Transition: TypeAlias = Diagonal | Householder | DeltaRule | HouseholderProduct | Dense


def _require_entries(entries: tuple[Number, ...], what: str) -> None:
    if not entries:
        raise ShapeError(f"{what} is empty; at least one entry is needed")


@singledispatch
def dimension(transition: Transition) -> int:
    """The state dimension n of an n x n transition.

    >>> from monoscan.theory.numbers import number
    >>> dimension(Diagonal((number(1), number(-1))))
    2
    """
    raise TypeError(f"{type(transition).__name__} is no transition")


@dimension.register
def _(transition: Diagonal) -> int:
    return len(transition.entries)


@dimension.register
def _(transition: Householder) -> int:
    return len(transition.v)


@dimension.register
def _(transition: DeltaRule) -> int:
    return len(transition.k)


@dimension.register
def _(transition: HouseholderProduct) -> int:
    return dimension(transition.factors[0])


@dimension.register
def _(transition: Dense) -> int:
    return transition.matrix.shape[0]


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
    square = sum((entry * entry for entry in transition.v), ZERO)
    return _rank_one_update(transition.v, transition.beta / square)


@_matrix.register
def _(transition: DeltaRule) -> Matrix:
    return _rank_one_update(transition.k, transition.beta)


@_matrix.register
def _(transition: HouseholderProduct) -> Matrix:
    result = transition_matrix(transition.factors[0])
    for factor in transition.factors[1:]:
        result = result @ transition_matrix(factor)
    return result


@_matrix.register
def _(transition: Dense) -> Matrix:
    return transition.matrix


def _rank_one_update(direction: tuple[Number, ...], weight: Number) -> Matrix:
    column = Matrix.column(direction)
    return Matrix.identity(len(direction)) - (column @ column.transpose()).scale(weight)


def factors(transition: Transition) -> tuple[RankOne, ...] | None:
    """The rank-one factors of a transition that is a product of them, else None.

    >>> from monoscan.theory.numbers import number
    >>> factors(Diagonal((number(1),))) is None
    True
    """
    if isinstance(transition, Householder | DeltaRule):
        return (transition,)
    if isinstance(transition, HouseholderProduct):
        return transition.factors
    return None
