"""Spectral norm at most 1, decided by exact elimination with a proof either way.

||A|| <= 1 exactly if D = I - A^T A is positive semidefinite. Symmetric elimination writes D as a
sum of positive multiples of squares l l^T, which proves it, or meets a vector x with x^T D x < 0,
that is, one that grows: |A x| > |x|.
"""

from __future__ import annotations

from dataclasses import dataclass

from monoscan.theory.factor.elimination import Vector, apply, inner
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number


@dataclass(frozen=True)
class Squares:
    """D = sum of d_j l_j l_j^T with all d_j > 0: D is positive semidefinite.

    Attributes:
        weights: the positive numbers d_j; their number is the rank of D.
        vectors: the vectors l_j, linearly independent: the columns of L in D = L diag(d) L^T.
    """

    weights: tuple[Number, ...]
    vectors: tuple[Vector, ...]


@dataclass(frozen=True)
class NegativeDirection:
    """A vector with x^T D x < 0: D is not positive semidefinite.

    Attributes:
        vector: the vector x.
    """

    vector: Vector


def sum_of_squares(matrix: Matrix) -> Squares | NegativeDirection:
    """A symmetric matrix as a positive sum of squares, or a vector that shows there is none.

    Raises:
        ValueError: if the matrix is not symmetric.

    >>> sum_of_squares(Matrix.of([[1, 2], [2, 4]]))
    Squares(weights=(Fraction(1, 1),), vectors=((Fraction(1, 1), Fraction(2, 1)),))
    >>> print(sum_of_squares(Matrix.of([[1, 2], [2, 1]])).vector)
    (Fraction(-2, 1), Fraction(1, 1))
    """
    if matrix != matrix.transpose():
        raise ValueError(f"squares are asked of a symmetric matrix; got {matrix}")
    size = matrix.shape[0]
    rest = [list(row) for row in matrix.rows]
    weights: list[Number] = []
    vectors: list[Vector] = []
    for pivot in range(size):
        head = rest[pivot][pivot]
        if head < 0 or (head == 0 and any(rest[pivot])):
            return NegativeDirection(_negative_direction(matrix, rest, vectors, pivot))
        if head == 0:
            continue
        line = tuple(entry / head for entry in rest[pivot])
        rest = [
            [a - row[pivot] * b if b else a for a, b in zip(row, line, strict=True)] for row in rest
        ]
        weights.append(head)
        vectors.append(line)
    return Squares(tuple(weights), tuple(vectors))


def _negative_direction(
    matrix: Matrix, rest: list[list[Number]], vectors: list[Vector], pivot: int
) -> Vector:
    """A vector that is negative for the rest, moved into the kernel of the squares before it."""
    size = len(rest)
    vector = [ZERO] * size
    vector[pivot] = ONE
    if rest[pivot][pivot] == 0:
        # The rest has [[0, b], [b, c]] in these coordinates: t e_pivot + e_other gives 2 t b + c.
        other = next(i for i in range(size) if rest[pivot][i])
        b, c = rest[pivot][other], rest[other][other]
        vector[pivot] = -(c + ONE) / (b + b)
        vector[other] = ONE
    # Each l has a 1 where the later ones and the rest have 0: correct from the last to the first.
    for line in reversed(vectors):
        lead = next(i for i, entry in enumerate(line) if entry)
        vector[lead] = vector[lead] - inner(line, vector)
    assert inner(vector, apply(matrix, vector)) < 0
    return tuple(vector)


def contraction_gap(matrix: Matrix) -> Matrix:
    """I - A^T A, which is positive semidefinite exactly if the spectral norm is at most 1."""
    gram = matrix.transpose() @ matrix
    return Matrix.identity(gram.shape[0]) - gram


def growing_vector(matrix: Matrix) -> Vector | None:
    """A vector x with |A x| > |x|, or None: then the spectral norm is at most 1.

    >>> growing_vector(Matrix.of([["3/5", "4/5"], ["-4/5", "3/5"]])) is None
    True
    >>> growing_vector(Matrix.of([[0, 0], [1, 1]]))
    (Fraction(1, 2), Fraction(1, 1))
    """
    found = sum_of_squares(contraction_gap(matrix))
    return found.vector if isinstance(found, NegativeDirection) else None
