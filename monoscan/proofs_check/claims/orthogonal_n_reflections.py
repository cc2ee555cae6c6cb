"""Orthogonal matrices as products of rank(I - A) reflections, the least number."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import (
    IsOrthogonal,
    IsProduct,
    RankOfGap,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.matrix_identities import reflection_moves
from monoscan.proofs_check.matrix_rows import identities, instances, random_factors
from monoscan.theory.factor import product_of, reflection_length, reflections
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import cosine, sine

_LEAST = (
    "An orthogonal n x n matrix A is a product of rank(I - A) <= n reflections, and of no fewer "
    "factors of any rank-one kind"
)
_ORDERS = (3, 4, 5, 6, 8, 10, 12)
_N_RANDOM = 12


@claim(
    statement=(
        "An orthogonal n x n matrix A is a product of rank(I - A) reflections, so of at most n; "
        "fewer generalised Householder factors do not suffice."
    ),
    sources=(
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2) (n reflections)",
        "P. Scherk, On the decomposition of orthogonalities into symmetries, 1950",
    ),
    provenance="the proposition is read in print; Scherk's theorem is cited; the ranks are ours",
    tags=("matrix-fact", "householder", "groups"),
)
def orthogonal_n_reflections() -> tuple[Row, ...]:
    """The rows: rotations, random rational matrices, -I, one step symbolically, all sizes."""
    return (
        instances(
            "rotations",
            _LEAST,
            "rotations of the plane of order 3, 4, 5, 6, 8, 10, 12, over cyclotomic fields",
            lambda: {f"order-{m}": _certificate(rotation(m), 2) for m in _ORDERS},
            len(_ORDERS),
            "two reflections multiplied out; rank(I - A) = 2",
        ),
        instances(
            "random",
            _LEAST,
            f"{_N_RANDOM} rational matrices, n = 2 to 5",
            _random,
            _N_RANDOM,
            "factors multiplied out; their number is rank(I - A)",
        ),
        instances(
            "minus-identity",
            "-I needs n reflections: no smaller number is enough for all orthogonal matrices",
            "n = 1 to 6",
            lambda: {f"size-{n}": _certificate(_minus_identity(n), n) for n in range(1, 7)},
            6,
            "rank(I + I) = n",
        ),
        instances(
            "one-step",
            "The reflection along A e - e takes A e to e and fixes what A fixes",
            "all real vectors of dimension 1, 2, 3",
            lambda: {f"dimension-{n}": reflection_moves(n) for n in (1, 2, 3)},
            3,
            "polynomial identities, where |A e| = |e| and <y, A e> = <y, e>",
            kind="identity",
        ),
        identities(
            "all-sizes",
            _LEAST,
            "all n",
            lambda: reflection_moves(3, "scherk"),
            "the step of the factorisation, in dimension 3; scherk",
            lemma="scherk",
        ),
    )


def rotation(order: int) -> Matrix:
    """The rotation of the plane by 2 pi / order.

    >>> print(rotation(4))
    [0, -1; 1, 0]
    """
    c, s = cosine(1, order), sine(1, order)
    return Matrix(((c, -s), (s, c)))


def _minus_identity(size: int) -> Matrix:
    return Matrix.identity(size).scale(Fraction(-1))


def _random() -> dict[str, Certificate]:
    random = Random("orthogonal-n-reflections")
    made: dict[str, Certificate] = {}
    for index in range(_N_RANDOM):
        size = 2 + index % 4
        factors = random_factors(random, size, 1 + index % 5, [Fraction(2)])
        matrix = product_of(factors, size)
        made[f"matrix-{index}"] = _certificate(matrix, reflection_length(matrix))
    return made


def _certificate(matrix: Matrix, length: int) -> Certificate:
    factors = reflections(matrix)
    if len(factors) != length:
        raise EvidenceMissingError(f"expected {length} reflections; found {len(factors)}")
    product = IsProduct(factors, "factors-in-0-2")
    return matrix_fact(matrix, [IsOrthogonal(), product, RankOfGap(length)])
