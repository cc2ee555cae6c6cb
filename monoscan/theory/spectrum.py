"""Exact facts about the eigenvalues of a matrix, decided by Sturm sequences, never by floats."""

from __future__ import annotations

from functools import cache
from math import comb

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, NotRealError, Number, is_real
from monoscan.theory.polynomial import (
    Polynomial,
    count_real_roots,
    degree,
    divide,
    evaluate,
    gcd,
    polynomial,
    squarefree_part,
)


@cache
def _distinct_eigenvalues(matrix: Matrix) -> Polynomial:
    """The square-free part of the characteristic polynomial, whose coefficients have to be real."""
    p = matrix.characteristic_polynomial()
    if not all(is_real(coefficient) for coefficient in p):
        raise NotRealError(
            f"the characteristic polynomial of {matrix} has coefficients that are not real; where "
            "eigenvalues lie is decided for real characteristic polynomials only"
        )
    return squarefree_part(p)


def has_real_spectrum(matrix: Matrix) -> bool:
    """Whether all eigenvalues are real.

    >>> has_real_spectrum(Matrix.of([[0, -1], [1, 0]]))
    False
    """
    p = _distinct_eigenvalues(matrix)
    return count_real_roots(p) == degree(p)


def has_nonnegative_spectrum(matrix: Matrix) -> bool:
    """Whether all eigenvalues are real and >= 0.

    >>> has_nonnegative_spectrum(Matrix.of([[2, 1], [1, 2]]))
    True
    """
    p = _distinct_eigenvalues(matrix)
    return _roots_at_least_zero(p) == degree(p)


def has_spectrum_in_unit_interval(matrix: Matrix) -> bool:
    """Whether all eigenvalues are real and in [0, 1].

    >>> has_spectrum_in_unit_interval(Matrix.of([[1, 5], [0, 0]]))
    True
    """
    p = _distinct_eigenvalues(matrix)
    return has_nonnegative_spectrum(matrix) and count_real_roots(p, low=ONE) == 0


def _roots_at_least_zero(p: Polynomial) -> int:
    return count_real_roots(p, low=ZERO) + (evaluate(p, ZERO) == 0)


def is_symmetric(matrix: Matrix) -> bool:
    """Whether the matrix equals its transpose."""
    return matrix == matrix.transpose()


def is_hermitian(matrix: Matrix) -> bool:
    """Whether the matrix equals its conjugate transpose; for real matrices: whether symmetric."""
    return matrix == matrix.conjugate_transpose()


def is_diagonal(matrix: Matrix) -> bool:
    """Whether all entries off the diagonal are 0."""
    return all(
        i == j or not entry for i, row in enumerate(matrix.rows) for j, entry in enumerate(row)
    )


def is_positive_semidefinite(matrix: Matrix) -> bool:
    """Whether a symmetric or Hermitian matrix has no negative eigenvalue, by exact elimination.

    The factorisation is L D L^T, or L D L^* with the conjugate transpose.

    Raises:
        ValueError: if the matrix is neither.

    >>> is_positive_semidefinite(Matrix.of([[1, 2], [2, 1]]))
    False
    """
    if not is_hermitian(matrix):
        raise ValueError(
            f"positive semidefiniteness is asked of Hermitian or symmetric matrices; got {matrix}"
        )
    rows = [list(row) for row in matrix.rows]
    size = len(rows)
    for pivot in range(size):
        head = rows[pivot][pivot]
        if head < 0 or (head == 0 and any(rows[pivot][pivot:])):
            return False
        if head == 0:
            continue
        for i in range(pivot + 1, size):
            factor = rows[i][pivot] / head
            for j in range(pivot, size):
                rows[i][j] -= factor * rows[pivot][j]
    return True


def has_norm_at_most_one(matrix: Matrix) -> bool:
    """Whether the spectral norm is at most 1: I - A^* A is positive semidefinite.

    >>> has_norm_at_most_one(Matrix.of([[0, 1], [1, 0]]))
    True
    """
    gram = matrix.conjugate_transpose() @ matrix
    return is_positive_semidefinite(Matrix.identity(gram.shape[0]) - gram)


def has_unit_modulus_eigenvalue_other_than_one(matrix: Matrix) -> bool:
    """Whether some eigenvalue other than 1 lies on the complex unit circle.

    The characteristic polynomial p is real, so an eigenvalue on the circle is also a root of the
    reversed polynomial. In their common divisor g, without the roots 1 and -1, roots come in
    pairs (z, 1/z); with y = z + 1/z, g becomes a polynomial in y, and the pairs on the circle are
    its real roots in (-2, 2).

    >>> has_unit_modulus_eigenvalue_other_than_one(Matrix.of([[0, -1], [1, 0]]))
    True
    """
    p = _distinct_eigenvalues(matrix)
    if evaluate(p, -ONE) == 0:
        return True
    if evaluate(p, ONE) == 0:
        p = divide(p, (-ONE, ONE))[0]
    if evaluate(p, ZERO) == 0:
        p = divide(p, (ZERO, ONE))[0]
    common = gcd(p, tuple(reversed(p)))
    if degree(common) < 1:
        return False
    folded = _fold_reciprocal(common)
    two = ONE + ONE
    # +-2 stand for z = +-1, which are no roots of `common` any more.
    return count_real_roots(folded, -two, two) > 0


def _fold_reciprocal(p: Polynomial) -> Polynomial:
    """The q with p(z) = z^m q(z + 1/z), for a self-reciprocal p of even degree 2m."""
    middle = degree(p) // 2
    remaining: list[Number] = list(p)
    folded = [ZERO] * (middle + 1)
    for power in range(middle, -1, -1):
        lead = remaining[middle + power]
        folded[power] = lead
        # (z + 1/z)^power has coefficient C(power, j) at z^(power - 2j).
        for j in range(power + 1):
            remaining[middle + power - 2 * j] -= lead * comb(power, j)
    return polynomial(folded)
