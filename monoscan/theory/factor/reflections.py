"""Orthogonal matrices as products of the least possible number of reflections.

P. Scherk, On the decomposition of orthogonalities into symmetries, Proc. AMS 1 (1950): over a
positive definite form an orthogonal A is a product of rank(I - A) reflections and of no fewer.
Fewer is impossible for any rank-one perturbations of I, since rank(I - F G) is at most
rank(I - F) + rank(I - G).
"""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.theory.factor.elimination import Vector, inner, primitive, rank
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, is_real
from monoscan.theory.transition import Householder

TWO = ONE + ONE


class NotOrthogonalError(ValueError):
    """A matrix that is not orthogonal; the message names two columns that show it."""


def reflections(matrix: Matrix) -> tuple[Householder, ...]:
    """A real orthogonal matrix as F_1 F_2 ... F_m with m = rank(I - A) reflections (beta = 2).

    The first column that the matrix moves, say A e != e, gives v = A e - e. The reflection along v
    takes A e back to e and fixes every vector that A fixes, because <y, A e - e> = 0 when A y = y;
    so each step fixes one dimension more. F_1 is applied last. The identity has no factors.

    Raises:
        NotOrthogonalError: if the matrix is not square, or not orthogonal over the reals.

    >>> [[int(x) for x in f.v] for f in reflections(Matrix.of([[0, 0, 1], [1, 0, 0], [0, 1, 0]]))]
    [[1, 0, -1], [1, -1, 0]]
    >>> reflections(Matrix.identity(3))
    ()
    """
    require_orthogonal(matrix)
    return reflections_onto(Matrix.identity(matrix.shape[0]), matrix)


def reflection_length(matrix: Matrix) -> int:
    """The least number of reflections whose product is an orthogonal matrix: rank(I - A).

    It is also a lower bound on the number of rank-one perturbations I - b v w^T of any kind.

    Raises:
        NotOrthogonalError: if the matrix is not square, or not orthogonal over the reals.

    >>> reflection_length(permutation_matrix((1, 0, 3, 2)))
    2
    """
    require_orthogonal(matrix)
    return rank(Matrix.identity(matrix.shape[0]) - matrix)


def reflections_onto(sources: Matrix, targets: Matrix) -> tuple[Householder, ...]:
    """Reflections F_1 ... F_m whose product takes each column of one matrix to the other's.

    This is Witt's extension of an isometry: columns with the same inner products. m is at most the
    rank of the columns. When the columns span the space, m is the least possible number.

    Args:
        sources: n x p.
        targets: n x p with targets^T targets = sources^T sources.

    Raises:
        NotOrthogonalError: if inner products of columns differ.
    """
    if sources.transpose() @ sources != targets.transpose() @ targets:
        raise NotOrthogonalError(
            "no orthogonal matrix takes the columns of the first matrix to those of the second: "
            "their inner products differ; pass matrices N and M with N^T N = M^T M"
        )
    columns = [tuple(column) for column in zip(*sources.rows, strict=True)]
    goals = [tuple(column) for column in zip(*targets.rows, strict=True)]
    found: list[Householder] = []
    for index, goal in enumerate(goals):
        moved = columns[index]
        if moved == goal:
            continue
        v = primitive([a - b for a, b in zip(moved, goal, strict=True)])
        columns[index:] = [_reflected(column, v) for column in columns[index:]]
        found.append(Householder(v, TWO))
    # The last reflection found is the last one applied, so it stands first in the product.
    return tuple(reversed(found))


def _reflected(vector: Vector, v: Vector) -> Vector:
    weight = TWO * inner(v, vector) / inner(v, v)
    if not weight:
        return vector
    return tuple(a - weight * b if b else a for a, b in zip(vector, v, strict=True))


def require_orthogonal(matrix: Matrix) -> None:
    """Raises NotOrthogonalError unless A^T A = I with real entries.

    >>> require_orthogonal(Matrix.of([[1, 1], [0, 1]]))
    Traceback (most recent call last):
    monoscan.theory.factor.reflections.NotOrthogonalError: the matrix is not orthogonal: the inner \
product of its columns 0 and 1 is 1, expected 0; reflections only generate orthogonal matrices
    """
    if not matrix.is_square:
        raise NotOrthogonalError(
            f"a matrix of shape {matrix.shape} is not square; reflections generate square ones"
        )
    unreal = next((entry for entry in matrix.entries() if not is_real(entry)), None)
    if unreal is not None:
        raise NotOrthogonalError(
            f"the matrix has the entry {unreal}, which is not real; reflections are real matrices"
        )
    gram = (matrix.transpose() @ matrix).rows
    for i, row in enumerate(gram):
        for j, entry in enumerate(row):
            if entry != (i == j):
                raise NotOrthogonalError(
                    f"the matrix is not orthogonal: the inner product of its columns {i} and {j} "
                    f"is {entry}, expected {int(i == j)}; reflections only generate orthogonal "
                    "matrices"
                )


def permutation_matrix(images: Sequence[int]) -> Matrix:
    """The matrix with A e_i = e_(images[i]), points counted from 0.

    Raises:
        ValueError: if the images are not 0, ..., n-1 in some order.

    >>> print(permutation_matrix((1, 2, 0)))
    [0, 0, 1; 1, 0, 0; 0, 1, 0]
    """
    if sorted(images) != list(range(len(images))):
        raise ValueError(
            f"{tuple(images)} is no permutation; its images must be 0..{len(images) - 1}, "
            "each exactly once"
        )
    size = len(images)
    return Matrix.of([[int(images[j] == i) for j in range(size)] for i in range(size)])
