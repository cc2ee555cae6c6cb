"""Two RWKV-7 transitions with c = 1 whose product has an eigenvalue above 6/5."""

from __future__ import annotations

from fractions import Fraction

from monoscan.proofs_check.certificates.identity import IsZero, constant, identity, variables
from monoscan.proofs_check.certificates.matrix_fact import (
    HasSpectrum,
    IsProduct,
    RealEigenvalues,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine, sine
from monoscan.theory.transition import Dense, DiagonalPlusRankOne, transition_matrix

_ABOVE, _MOST = Fraction(6, 5), Fraction(2)


@claim(
    statement=(
        "RWKV-7 transitions with c = 1 and w = 1 are not stable together: there are two, A and "
        "A', whose product has spectral radius above 1.2, so that (A A')^t grows without bound."
    ),
    sources=("Siems et al., arXiv 2502.10297, Theorem 8 (theta = pi/3, a = (0, 1), a' = (1, 0))",),
    provenance="the theorem is read in print; the keys are spelled out by us, the algebra is ours",
    tags=("matrix-fact", "rwkv-7", "stability", "spectrum"),
)
def rwkv7_unstable_pair() -> tuple[Row, ...]:
    """The rows: the pair at pi/3, a rational pair, and that one key is not enough."""
    return (
        instances(
            "sixty-degrees",
            "With k = (sin, cos), k' = (cos, sin) of pi/3, a = (0, 1) and a' = (1, 0), the product "
            "A A' has exactly one eigenvalue in (6/5, 2]",
            "c = 1, w = 1, dimension 2, over Q(sqrt 3)",
            _sixty_degrees,
            3,
            "A A' is similar to a rational matrix by diag(1, sqrt 3); its eigenvalues counted",
        ),
        instances(
            "rational",
            "With k = (12, 5)/13, k' = (5, 12)/13, a = (0, 1) and a' = (1, 0), the product A A' "
            "has exactly one eigenvalue in (6/5, 2]",
            "c = 1, w = 1, dimension 2",
            _rational,
            1,
            "A A' multiplied out; its eigenvalues counted",
        ),
        identities(
            "one-key",
            "With k = k' of length 1, a = (0, 1) and a' = (1, 0), the product A A' has trace "
            "1 + (k_1 k_2)^2 and determinant (k_1 k_2)^2, so the eigenvalues 1 and (k_1 k_2)^2",
            "c = 1, w = 1, all unit vectors k of the plane",
            _one_key,
            "trace and determinant, where k_1^2 + k_2^2 = 1",
        ),
    )


def transition(k: tuple[Number, Number], a: tuple[Number, Number]) -> DiagonalPlusRankOne:
    """I - k (k o a)^T / (k.k).

    >>> print(transition_matrix(transition((ONE, ONE), (ONE, ZERO))))
    [1/2, 0; -1/2, 1]
    """
    return DiagonalPlusRankOne(w=(ONE, ONE), k=k, a=a, c=ONE)


def _pair(s: Number, c: Number) -> tuple[DiagonalPlusRankOne, DiagonalPlusRankOne]:
    return transition((s, c), (ZERO, ONE)), transition((c, s), (ONE, ZERO))


def _sixty_degrees() -> dict[str, Certificate]:
    first, second = _pair(sine(1, 6), cosine(1, 6))
    root = 2 * sine(1, 6)
    product = transition_matrix(first) @ transition_matrix(second)
    there, back = Matrix.diagonal([ONE, ONE / root]), Matrix.diagonal([ONE, root])
    similar = there @ product @ back
    chain = IsProduct((Dense(there), first, second, Dense(back)))
    inverse = IsProduct((Dense(back), Dense(there)))
    return {
        "similar": matrix_fact(similar, [chain]),
        "eigenvalues": matrix_fact(similar, [RealEigenvalues(_ABOVE, _MOST, 1)]),
        "inverse": matrix_fact(Matrix.identity(2), [inverse]),
    }


def _rational() -> dict[str, Certificate]:
    first, second = _pair(Fraction(12), Fraction(5))
    matrix = transition_matrix(first) @ transition_matrix(second)
    facts = (
        IsProduct((first, second)),
        RealEigenvalues(_ABOVE, _MOST, 1),
        HasSpectrum("spectrum-nonnegative"),
    )
    return {"": matrix_fact(matrix, facts)}


def _one_key() -> Certificate:
    k, m = variables("k1", "k2")
    # A = I - k (0, k2), A' = I - k (k1, 0), for k of length 1.
    one, zero = constant(1), constant(0)
    a = [[one, -(k * m)], [zero, 1 - m**2]]
    b = [[1 - k**2, zero], [-(k * m), one]]
    p = [[a[i][0] * b[0][j] + a[i][1] * b[1][j] for j in (0, 1)] for i in (0, 1)]
    trace = p[0][0] + p[1][1]
    determinant = p[0][0] * p[1][1] - p[0][1] * p[1][0]
    square = k**2 * m**2
    return identity(
        [k, m],
        [
            IsZero(trace - 1 - square, ((0, constant(-1)),)),
            IsZero(determinant - square, ((0, constant(-1)),)),
        ],
        zero=[k**2 + m**2 - 1],
    )
