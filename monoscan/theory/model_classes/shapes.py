"""The shapes of transition matrices that regions of classes are made of, as data.

A class takes one of these with its own sets of numbers. What is no shape here can be a dataclass
beside its class: it inherits from `Shape`, and registers its test with
`monoscan.theory.region.layer_fault`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import final

from monoscan.theory.model_classes.number_sets import Interval, Moduli, NumberSet, Rationals


@dataclass(frozen=True)
class Shape:
    """What the transition matrices of a layer look like."""

    @property
    def acts_by_entry(self) -> bool:
        """Whether each entry of a state is updated on its own, by a diagonal matrix.

        Where every operation is rounded such a layer has to be written as `Diagonal`: the scalar
        1 - (1 - a) is not computed like a.
        """
        return False

    @property
    def has_unit_keys(self) -> bool:
        """Whether it has keys of length 1, which networks normalise before they use them.

        Where every operation is rounded a key is what is stored, so a delta rule has to have a key
        whose square sum is exactly 1.
        """
        return False

    @property
    def respellings(self) -> tuple[str, ...]:
        """Ways of `monoscan.theory.respelling` to write other matrices in its parameters."""
        return ()

    def intervals(self) -> Iterator[Interval]:
        """The intervals of its sets of numbers and of those of the shapes in it."""
        for field in fields(self):
            value = getattr(self, field.name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Shape):
                    yield from part.intervals()
                elif isinstance(part, Rationals | Moduli):
                    yield from part.intervals


@final
@dataclass(frozen=True)
class AnyMatrix(Shape):
    """Any square matrix."""


@final
@dataclass(frozen=True)
class DiagonalEntries(Shape):
    """A diagonal matrix.

    Attributes:
        entries: what the entries of the diagonal may be.
    """

    entries: NumberSet

    @property
    def acts_by_entry(self) -> bool:
        """It does."""
        return True


@final
@dataclass(frozen=True)
class UpperTriangular(Shape):
    """An upper triangular matrix.

    Attributes:
        entries: what its entries may be.
    """

    entries: NumberSet


@final
@dataclass(frozen=True)
class SparseColumns(Shape):
    """A matrix with at most one entry other than 0 in each column.

    Attributes:
        entries: what these entries may be.
    """

    entries: NumberSet


@final
@dataclass(frozen=True)
class SameMatrix(Shape):
    """In each layer the same matrix for every input.

    Attributes:
        shape: of that matrix.
    """

    shape: Shape

    @property
    def acts_by_entry(self) -> bool:
        """Whether the shape does."""
        return self.shape.acts_by_entry

    @property
    def has_unit_keys(self) -> bool:
        """Whether the shape does."""
        return self.shape.has_unit_keys


@final
@dataclass(frozen=True)
class SamePhase(Shape):
    """Diagonal, and entry j is g e^(i t) with g >= 0 and in each layer the same t for every input.

    Attributes:
        shape: diagonal matrices.
    """

    shape: DiagonalEntries

    @property
    def acts_by_entry(self) -> bool:
        """It does."""
        return True


@final
@dataclass(frozen=True)
class EachLayerOneOf(Shape):
    """Layers of different shapes.

    Attributes:
        shapes: every layer has one of them.
    """

    shapes: tuple[Shape, ...]

    @property
    def acts_by_entry(self) -> bool:
        """Whether all shapes do."""
        return all(shape.acts_by_entry for shape in self.shapes)

    @property
    def has_unit_keys(self) -> bool:
        """Whether a shape does."""
        return any(shape.has_unit_keys for shape in self.shapes)


@dataclass(frozen=True)
class Heads(Shape):
    """Blocks on the diagonal, each of one form; the same blocks for every input of a layer."""

    @property
    def has_unit_keys(self) -> bool:
        """They do."""
        return True


@final
@dataclass(frozen=True)
class Factors(Heads):
    """Heads that are products of matrices I - beta k k^T with a real unit key k, maybe with a gate.

    Attributes:
        at_most: so many factors.
        beta: the range of beta.
        gate: the range of the gate; None: there is none.
    """

    at_most: int
    beta: NumberSet
    gate: NumberSet | None = None

    @property
    def respellings(self) -> tuple[str, ...]:
        """Heads of size 1; and, with dummy entries, beta strictly inside an open range."""
        return ("householders", "open-householders")


@final
@dataclass(frozen=True)
class FactorTimesDiagonal(Heads):
    """Heads (I - beta k k^T) diag(a) with a real unit key k: one of the two may be missing.

    Attributes:
        beta: the range of beta.
        entries: the range of the entries of a.
    """

    beta: NumberSet
    entries: NumberSet

    @property
    def respellings(self) -> tuple[str, ...]:
        """A gate becomes a diagonal matrix."""
        return ("householder-diagonals",)


@final
@dataclass(frozen=True)
class RankOneUpdate(Heads):
    """Heads diag(w) - c k (k o a)^T with a real unit key k.

    Attributes:
        w: the range of the entries of w.
        a: the range of the entries of a.
        c: the range of c.
        erased: for heads g I - b k k^T, with equal entries of w and equal ones of a: the range of
            b, which is c times an entry of a; None for all heads.
        is_symmetric: whether the head is a symmetric matrix, so that its transpose is of this form.
    """

    w: NumberSet
    a: NumberSet
    c: NumberSet
    erased: NumberSet | None = None
    is_symmetric: bool = False

    @property
    def respellings(self) -> tuple[str, ...]:
        """A diagonal matrix is what is kept, less what is erased."""
        return ("scalar-plus-rank-one", "rank-one", "decayed-rank-one")
