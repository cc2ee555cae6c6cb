"""The kinds of state-transition matrices A(x) that the papers use, as data.

No unit vectors are stored: a Householder factor keeps its integer or rational direction v and
divides by v^T v, the transpose without complex conjugation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
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
        _require_square(self.v, "Householder.v")

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


Factor: TypeAlias = RankOne | HouseholderProduct


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


@dataclass(frozen=True)
class Gated:
    """gate * factor: Gated DeltaNet and Gated DeltaProduct.

    Attributes:
        gate: the scalar alpha.
        factor: the matrix that it scales.
    """

    gate: Number
    factor: Factor


@dataclass(frozen=True)
class DiagonalPlusRankOne:
    """diag(w) - c k (k o a)^T / (k^T k), o entry by entry: RWKV-7 (2503.14456, Appendix D).

    Attributes:
        w: the decay, n numbers.
        k: the removal key, n numbers with k^T k not 0; its length does not matter.
        a: the in-context learning rate, n numbers.
        c: the factor of the rank-one part; 1 in the released network, 2 for negative eigenvalues.
    """

    w: tuple[Number, ...]
    k: tuple[Number, ...]
    a: tuple[Number, ...]
    c: Number

    def __post_init__(self) -> None:
        _require_entries(self.k, "DiagonalPlusRankOne.k")
        _require_square(self.k, "DiagonalPlusRankOne.k")
        _require_equal_sizes("DiagonalPlusRankOne", w=self.w, k=self.k, a=self.a)


@dataclass(frozen=True)
class HouseholderDiagonal:
    """(I - beta v v^T / (v^T v)) diag(entries): Kimi Delta Attention, CKDA (2609.24797).

    Attributes:
        v: direction of the reflection-like factor, n numbers with v^T v not 0.
        beta: 1 minus the eigenvalue of that factor along v.
        entries: the diagonal factor, which acts first; n numbers.
    """

    v: tuple[Number, ...]
    beta: Number
    entries: tuple[Number, ...]

    def __post_init__(self) -> None:
        _require_entries(self.v, "HouseholderDiagonal.v")
        _require_square(self.v, "HouseholderDiagonal.v")
        _require_equal_sizes("HouseholderDiagonal", v=self.v, entries=self.entries)


@dataclass(frozen=True)
class Blocks:
    """The block-diagonal matrix of several transitions: the heads of one layer.

    A network in a class of heads has the same sizes here on every input of a layer.

    Attributes:
        blocks: at least one transition, none of them Blocks itself.
    """

    blocks: tuple[Transition, ...]

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("Blocks has no blocks; give at least one transition")
        if any(isinstance(block, Blocks) for block in self.blocks):
            raise ValueError("Blocks contains Blocks; list all blocks in one tuple")


Transition: TypeAlias = (
    Diagonal | Factor | Dense | Gated | DiagonalPlusRankOne | HouseholderDiagonal | Blocks
)


def _require_entries(entries: Sequence[Number], what: str) -> None:
    if not entries:
        raise ShapeError(f"{what} is empty; at least one entry is needed")


def _require_square(entries: Sequence[Number], what: str) -> None:
    if not sum((entry * entry for entry in entries), ZERO):
        shown = ", ".join(str(entry) for entry in entries)
        raise ValueError(
            f"{what} is ({shown}), whose square sum is 0; the matrix divides by it, "
            "give another direction"
        )


def _require_equal_sizes(what: str, **vectors: tuple[Number, ...]) -> None:
    sizes = {name: len(vector) for name, vector in vectors.items()}
    if len(set(sizes.values())) > 1:
        shown = ", ".join(f"{name} has {size}" for name, size in sizes.items())
        raise ShapeError(f"{what}: {shown} entries; expected equally many")


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


@dimension.register
def _(transition: Gated) -> int:
    return dimension(transition.factor)


@dimension.register
def _(transition: DiagonalPlusRankOne) -> int:
    return len(transition.k)


@dimension.register
def _(transition: HouseholderDiagonal) -> int:
    return len(transition.v)


@dimension.register
def _(transition: Blocks) -> int:
    return sum(dimension(block) for block in transition.blocks)
