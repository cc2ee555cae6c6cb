"""Polar and singular value decompositions, when their eigenvalues and roots stay exact.

A = O P with P = (A^T A)^(1/2) needs eigenvectors of A^T A; served are the matrices for which
all eigenvalues of A^T A are rational with square roots in `roots.square_root`. The printed proof
of Proposition 1 of Grazzi et al. (arXiv:2411.12537) uses A = U S V^T, which needs unit
eigenvectors as well. `contraction.contraction_factors` needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, lcm

from monoscan.theory.factor.contraction import require_contraction
from monoscan.theory.factor.elimination import Vector, inner, kernel, primitive
from monoscan.theory.factor.reflections import reflections, reflections_onto
from monoscan.theory.factor.roots import RootOutOfReachError, square_root
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.polynomial import evaluate, real_roots
from monoscan.theory.transition import Householder, transition_matrix


def polar_factors(matrix: Matrix) -> tuple[Householder, ...]:
    """A matrix of norm at most 1 as reflections and commuting factors, at most 2n in all.

    The commuting factors I - (1 - s) q q^T / (q^T q), one for each singular value s < 1, multiply
    to P = (A^T A)^(1/2); reflections take the columns of P to those of A.

    Raises:
        NotContractionError: if the norm is above 1.
        RootOutOfReachError: if an eigenvalue of A^T A is irrational or has no exact root.

    >>> [str(f.beta) for f in polar_factors(Matrix.of([[0, "-1/2"], [1, 0]]))]
    ['2', '2', '1/2']
    """
    require_contraction(matrix)
    shrinking: list[Householder] = []
    positive = Matrix.identity(matrix.shape[0])
    for value, direction in orthogonal_eigenvectors(matrix.transpose() @ matrix):
        if value != 1:
            factor = Householder(direction, ONE - _root(value))
            shrinking.append(factor)
            positive = transition_matrix(factor) @ positive
    return (*reflections_onto(positive, matrix), *shrinking)


def svd_factors(matrix: Matrix) -> tuple[Householder, ...]:
    """A matrix of norm at most 1 as U S V^T: at most n reflections, n diagonal factors, n more.

    The 3n factors of the printed proof; `polar_factors` and `contraction_factors` need 2n.

    Raises:
        NotContractionError: if the norm is above 1.
        RootOutOfReachError: if an eigenvalue of A^T A is irrational, or it or the squared length of
            an eigenvector has no exact root.

    >>> [str(f.beta) for f in svd_factors(Matrix.of([[0, "-1/2"], [1, 0]]))]
    ['2', '2', '1/2']
    """
    require_contraction(matrix)
    size = matrix.shape[0]
    pairs = orthogonal_eigenvectors(matrix.transpose() @ matrix)
    units = [_unit(direction) for _, direction in pairs]
    basis = Matrix(tuple(zip(*units, strict=True)))
    singular = [_root(value) for value, _ in pairs]
    axes = Matrix.identity(size).rows
    diagonal = [
        Householder(axis, ONE - value)
        for axis, value in zip(axes, singular, strict=True)
        if value != 1
    ]
    outer = reflections_onto(Matrix.diagonal(singular), matrix @ basis)
    return (*outer, *diagonal, *reflections(basis.transpose()))


def orthogonal_eigenvectors(matrix: Matrix) -> tuple[tuple[Number, Vector], ...]:
    """The eigenvalues of a symmetric matrix, descending, with orthogonal (not unit) eigenvectors.

    Args:
        matrix: n x n, symmetric, rational.

    Raises:
        RootOutOfReachError: if an eigenvalue is irrational.

    >>> pairs = orthogonal_eigenvectors(Matrix.of([[2, 1], [1, 2]]))
    >>> [(str(value), [int(entry) for entry in vector]) for value, vector in pairs]
    [('3', [1, 1]), ('1', [1, -1])]
    """
    size = matrix.shape[0]
    pairs: list[tuple[Number, Vector]] = []
    for value in reversed(_rational_eigenvalues(matrix)):
        shifted = matrix - Matrix.identity(size).scale(value)
        pairs.extend((value, direction) for direction in _orthogonalised(kernel(shifted)))
    if len(pairs) < size:
        raise RootOutOfReachError(
            f"only {len(pairs)} of {size} eigenvalues of {matrix} are rational; "
            "use contraction_factors, which needs no eigenvalues"
        )
    return tuple(pairs)


def _rational_eigenvalues(matrix: Matrix) -> list[Number]:
    """The different rational eigenvalues, ascending."""
    entries = [entry for entry in matrix.entries() if isinstance(entry, Fraction)]
    if len(entries) < matrix.shape[0] ** 2:
        raise RootOutOfReachError(
            f"eigenvalues are looked for over the rationals only, and {matrix} has other entries; "
            "use contraction_factors, which needs no eigenvalues"
        )
    scale = lcm(*(entry.denominator for entry in entries))
    # The scaled matrix has integer entries, so that its rational eigenvalues are integers.
    p = matrix.scale(Fraction(scale)).characteristic_polynomial()
    found: list[Number] = []
    for isolated in real_roots(p):
        root = isolated
        while root.high - root.low >= ONE / 2:
            root = root.refined()
        candidate = Fraction(floor(root.high))
        if candidate >= root.low and not evaluate(p, candidate):
            found.append(candidate / scale)
    return found


def _orthogonalised(vectors: Sequence[Vector]) -> list[Vector]:
    """Gram-Schmidt without the division by lengths."""
    found: list[Vector] = []
    for vector in vectors:
        rest = vector
        for other in found:
            weight = inner(rest, other) / inner(other, other)
            rest = tuple(a - weight * b for a, b in zip(rest, other, strict=True))
        found.append(primitive(rest))
    return found


def _unit(direction: Vector) -> Vector:
    length = _root(inner(direction, direction))
    return tuple(entry / length for entry in direction)


def _root(value: Number) -> Number:
    root = square_root(max(value, ZERO))
    if root is None:
        raise RootOutOfReachError(
            f"the decomposition needs the square root of {value}, which no exact number here "
            "holds; try contraction_factors, which takes other roots"
        )
    return root
