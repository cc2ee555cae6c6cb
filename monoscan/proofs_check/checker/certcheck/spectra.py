"""Where the eigenvalues of a rational matrix lie."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .matrices import (
    Matrix,
    combine,
    diagonal,
    identity,
    is_positive_semidefinite,
    multiply,
    reduced,
    transpose,
)

# With the power sums p_k = trace(N^k) = sum of m x^k over the eigenvalues x of N (multiplicity m),
# the matrix (p_(i+j)), 0 <= i, j < n, is the quadratic form q -> sum of m q(x)^2 on the real
# polynomials q of degree < n. It is positive semidefinite exactly if every x is real: given two
# conjugate x, choose q = i and -i there and q = 0 at the others, and the form is -2m (Hermite). If
# every x is real, choosing q = 1 at one x and 0 at the others shows that (p_(i+j+1)), the form
# q -> sum of m x q(x)^2, is so exactly if every x >= 0, and (c p_(i+j) - p_(i+j+1)) exactly if
# every x <= c.


def hermite_forms(a: Matrix) -> tuple[Matrix, Matrix]:
    """The forms (p_(i+j)) and (p_(i+j+1)) of a square matrix of integers."""
    n = len(a.rows)
    power, sums = identity(n), [n]
    for _ in range(2 * n - 1):
        power = multiply(power, a)
        sums.append(sum(power.rows[i][i] for i in range(n)))
    form = reduced(([sums[i + j] for j in range(n)] for i in range(n)), 1)
    return form, reduced(([sums[i + j + 1] for j in range(n)] for i in range(n)), 1)


@lru_cache(maxsize=64)
def spectrum(a: Matrix) -> tuple[bool, bool, bool]:
    """Whether all eigenvalues are real, real and >= 0, real and in [0, 1]."""
    n = len(a.rows)
    if a == transpose(a):
        below_one = combine(identity(n), a, -1)
        nonnegative = is_positive_semidefinite(a)
        return True, nonnegative, nonnegative and is_positive_semidefinite(below_one)
    form, times_x = hermite_forms(reduced(a.rows, 1))  # the eigenvalues of a, times a.den
    real = is_positive_semidefinite(form)
    nonnegative = real and is_positive_semidefinite(times_x)
    below_one = combine(multiply(form, diagonal([Fraction(a.den)] * n)), times_x, -1)
    return real, nonnegative, nonnegative and is_positive_semidefinite(below_one)
