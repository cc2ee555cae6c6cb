"""`matrix-fact`: facts about one exact matrix that the checker computes again.

A fact is a small object below; the certificate holds the matrix and any number of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Literal, TypeAlias

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.lrnn_json import number_to_json, transition_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.transition import Dense, DiagonalPlusRankOne, Householder, parameters

Range: TypeAlias = Literal["any", "factors-in-0-1", "factors-in-0-2"]
FactorTransition: TypeAlias = Householder | Dense | DiagonalPlusRankOne
SpectrumProperty: TypeAlias = Literal["spectrum-real", "spectrum-nonnegative", "spectrum-in-0-1"]


@dataclass(frozen=True)
class IsProduct:
    """The matrix is F_1 F_2 ... F_m; F_1 is applied last.

    Attributes:
        factors: the factors; none for the identity.
        range: `factors-in-0-1` or `factors-in-0-2` if every factor is a generalised Householder
            matrix with beta in [0, 1] or [0, 2].
    """

    factors: tuple[FactorTransition, ...]
    range: Range = "any"

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "product", "factors": list(self.factors), "range": self.range}


@dataclass(frozen=True)
class RankOfGap:
    """rank(I - A): fewer rank-one perturbations of I cannot multiply to A.

    Attributes:
        rank: the rank.
    """

    rank: int

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "rank-of-gap", "rank": str(self.rank)}


@dataclass(frozen=True)
class IsOrthogonal:
    """A^T A = I."""

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "orthogonal"}


@dataclass(frozen=True)
class NormAtMostOne:
    """The spectral norm is at most 1."""

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "norm-at-most-one"}


@dataclass(frozen=True)
class NormAboveOne:
    """The spectral norm is above 1.

    Attributes:
        vector: a vector x with |A x| > |x|.
    """

    vector: tuple[Number, ...]

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "norm-above-one", "vector": list(self.vector)}


@dataclass(frozen=True)
class HasEigenvector:
    """A x = value x.

    Attributes:
        value: the eigenvalue.
        vector: x, not 0.
    """

    value: Number
    vector: tuple[Number, ...]

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "eigenvector", "value": self.value, "vector": list(self.vector)}


@dataclass(frozen=True)
class RealEigenvalues:
    """The number of different real eigenvalues in (above, most].

    Attributes:
        above: lower end, excluded.
        most: upper end, included.
        count: how many there are.
    """

    above: Number
    most: Number
    count: int

    def __post_init__(self) -> None:
        if self.above > self.most:
            raise ValueError(
                f"the interval ({self.above}, {self.most}] is upside down; exchange its ends"
            )

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {
            "fact": "real-eigenvalues",
            "above": self.above,
            "most": self.most,
            "count": str(self.count),
        }


@dataclass(frozen=True)
class HasSpectrum:
    """All eigenvalues are real, real and >= 0, or real and in [0, 1]; or that is not so.

    Attributes:
        property: which of the three.
        holds: whether it is so.
    """

    property: SpectrumProperty
    holds: bool = True

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "spectrum" if self.holds else "not-spectrum", "property": self.property}


@dataclass(frozen=True)
class OnlyOneOnUnitCircle:
    """The norm is at most 1, and no eigenvalue other than 1 has modulus 1."""

    def members(self) -> dict[str, Any]:
        """The object of the certificate format, numbers and factors not written yet."""
        return {"fact": "only-one-on-unit-circle"}


MatrixFact: TypeAlias = (
    IsProduct
    | RankOfGap
    | IsOrthogonal
    | NormAtMostOne
    | NormAboveOne
    | HasEigenvector
    | RealEigenvalues
    | HasSpectrum
    | OnlyOneOnUnitCircle
)


def matrix_fact(matrix: Matrix, facts: Sequence[MatrixFact]) -> Certificate:
    """The certificate of some facts about a square matrix.

    The smallest cyclotomic field that holds all numbers is named in the certificate, unless they
    are rational.

    Args:
        matrix: n x n.
        facts: at least one.

    Raises:
        ValueError: if there are no facts, or the matrix is not square.

    >>> matrix_fact(Matrix.of([[0, 1], [1, 0]]), [IsOrthogonal()]).body["facts"]
    [{'fact': 'orthogonal'}]
    """
    if not facts:
        raise ValueError("a matrix-fact certificate states nothing; give at least one fact")
    if not matrix.is_square:
        raise ValueError(f"facts are about square matrices; this one has shape {matrix.shape}")
    members = {
        "matrix": [list(row) for row in matrix.rows],
        "facts": [fact.members() for fact in facts],
    }
    order = lcm(*_orders(members))
    written = _written(members, order)
    return Certificate.of(
        "matrix-fact", written if order == 1 else {**written, "field": str(order)}
    )


def _orders(value: Any) -> Iterator[int]:
    """The orders of the roots of unity that the irrational numbers are made of."""
    if isinstance(value, Cyclotomic):
        yield value.order
    elif isinstance(value, FactorTransition):
        yield from _orders(list(parameters(value)))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _orders(item)


def _written(value: Any, order: int) -> Any:
    """The same value with each number and each factor in the form of the certificate format."""
    if isinstance(value, Fraction | Cyclotomic):
        return number_to_json(value, order)
    if isinstance(value, FactorTransition):
        return transition_to_json(value, order)
    if isinstance(value, dict):
        return {key: _written(item, order) for key, item in value.items()}
    if isinstance(value, list):
        return [_written(item, order) for item in value]
    return value
