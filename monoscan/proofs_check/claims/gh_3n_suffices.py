"""Every contraction as a product of generalised Householder factors: 3n in print, 2n - 1 here."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import (
    IsProduct,
    MatrixFact,
    RankOfGap,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.matrix_identities import no_two_factors, sign_exchanged
from monoscan.proofs_check.matrix_rows import identities, instances, random_factors
from monoscan.proofs_check.rows import open_row
from monoscan.theory.factor import contraction_factors, polar_factors, product_of, reflections
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Householder

_TWO = Fraction(2)
_N_RANDOM = 10
_SINGULAR = tuple(Fraction(k, 4) for k in range(5))
_HALF_TURN = Matrix.of([[0, "-1/2"], ["1/2", 0]])
_NAMED = {
    "scalar": Matrix.of([["-3/4"]]),
    "diagonal": Matrix.of([["1/2", 0], [0, "-1/3"]]),
    "nilpotent": Matrix.of([[0, "1/2"], [0, 0]]),
    "half-quarter-turn": _HALF_TURN,
    "average": Matrix.of([["1/2", "1/2"], ["1/2", "1/2"]]),
    "shift-3": Matrix.of([[0, 0, 0], [1, 0, 0], [0, 1, 0]]),
    "leaky-shift-4": Matrix.of(
        [[0, 0, 0, 0], ["1/2", 0, 0, 0], [0, "1/2", 0, 0], [0, 0, "1/2", 0]]
    ),
}
_IRRATIONAL = {
    "triangular": Matrix.of([["1/2", "1/2"], [0, "1/2"]]),
    "circulant": Matrix.of([["1/2", "1/4", 0], [0, "1/2", "1/4"], ["1/4", 0, "1/2"]]),
    "circulant-4": Matrix.of(
        [
            ["2/5", "1/5", 0, 0],
            [0, "2/5", "1/5", 0],
            [0, 0, "2/5", "1/5"],
            ["1/5", 0, 0, "2/5"],
        ]
    ),
}


@claim(
    statement=(
        "Every real n x n matrix of spectral norm at most 1 is a product of 3n generalised "
        "Householder factors with beta in [0, 2]; 2n - 1 are enough, and n are needed for the "
        "zero matrix."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2)",),
    provenance="3n with its proof is read in print; 2n, 2n - 1 and the lower bounds are our own",
    tags=("matrix-fact", "householder", "construction"),
)
def gh_3n_suffices() -> tuple[Row, ...]:
    """The rows: upper bounds on instances and in general, lower bounds, what is open."""
    return (
        instances(
            "instances",
            "These contractions are products of at most 2n - 1 factors with beta in [0, 2]",
            f"{len(_NAMED)} named and {_N_RANDOM} random matrices, n = 1 to 5",
            _instances,
            len(_NAMED) + _N_RANDOM,
            "each product is multiplied out",
        ),
        instances(
            "irrational",
            "These contractions are products of at most 2n factors, some with an irrational beta",
            "3 matrices, n = 2, 3, 4; that an irrational beta is in [0, 2] is not checked",
            _irrational,
            len(_IRRATIONAL),
            "each product is multiplied out over a cyclotomic field",
        ),
        identities(
            "all-sizes",
            "Every real n x n contraction is a product of at most 2n - 1 factors",
            "all dimensions",
            lambda: sign_exchanged(3, "contraction-factors"),
            "a reflection exchanges beta for 2 - beta (dimension 3); contraction-factors",
            lemma="contraction-factors",
        ),
        instances(
            "zero-matrix",
            "The zero matrix is a product of n projections, and of no fewer than n factors",
            "n = 1 to 6",
            lambda: {f"size-{n}": _zero(n) for n in range(1, 7)},
            6,
            "rank(I - 0) = n, and the n projections multiplied out",
        ),
        identities(
            "half-quarter-turn",
            "Half a quarter turn of the plane is no product of two factors, whatever their betas",
            "n = 2; all real v, w, beta_1, beta_2",
            no_two_factors,
            "the equations of the four entries give 1 = 0",
        ),
        instances(
            "half-quarter-turn-by-3",
            "Half a quarter turn of the plane is a product of three factors with beta in [0, 2]",
            "n = 2",
            _by_three,
            1,
            "the product is multiplied out",
        ),
        open_row(
            "least-number",
            "The least number that is enough for all n x n contractions",
            "n >= 3",
            "exact",
            "it lies between n (zero matrix) and 2n - 1; for n = 2 it is 3",
        ),
    )


def few_factors(matrix: Matrix) -> tuple[Householder, ...]:
    """A contraction as at most 2n - 1 factors: A = O P with the sign of one factor exchanged.

    P is a product of commuting factors with eigenvalues 1 - beta >= 0. If O takes n reflections,
    det O = (-1)^n; with F the reflection along one of these directions A = (O F)(F P), where O F
    has determinant (-1)^(n - 1), so it takes fewer than n, and F P only changes one beta to
    2 - beta.

    Raises:
        NotContractionError: if the norm is above 1.
        RootOutOfReachError: if the polar form is out of reach.

    >>> [str(f.beta) for f in few_factors(Matrix.of([["-3/4"]]))]
    ['7/4']
    """
    size = matrix.shape[0]
    found = polar_factors(matrix)
    split = next((i for i, factor in enumerate(found) if factor.beta != _TWO), len(found))
    if split < size:
        return found
    # With n reflections and P = I the matrix is orthogonal, and n is the least number.
    if split == len(found):
        return found
    turned, kept = found[split], found[split + 1 :]
    flip = Householder(turned.v, _TWO)
    rest = reflections(product_of((*found[:split], flip), size))
    return (*rest, Householder(turned.v, _TWO - turned.beta), *kept)


@cache
def _random_contractions() -> dict[str, Matrix]:
    """O_1 D O_2 with random rational orthogonal matrices, so that the polar form is rational."""
    random = Random("gh-3n-suffices")
    made: dict[str, Matrix] = {}
    for index in range(_N_RANDOM):
        size = 2 + index % 4
        left = product_of(random_factors(random, size, 2 + index % 2, [_TWO]), size)
        right = product_of(random_factors(random, size, 2, [_TWO]), size)
        values = [random.choice(_SINGULAR) for _ in range(size)]
        made[f"random-{index}"] = left @ Matrix.diagonal(values) @ right
    return made


def _instances() -> dict[str, Certificate]:
    matrices = {**_NAMED, **_random_contractions()}
    return {name: _product(matrix, few_factors(matrix)) for name, matrix in matrices.items()}


def _product(matrix: Matrix, factors: tuple[Householder, ...]) -> Certificate:
    if len(factors) > 2 * matrix.shape[0] - 1:
        raise EvidenceMissingError(
            f"expected at most 2n - 1 factors of a matrix with n = {matrix.shape[0]}; found "
            f"{len(factors)}"
        )
    return matrix_fact(matrix, [IsProduct(factors, "factors-in-0-2")])


def _irrational() -> dict[str, Certificate]:
    return {
        name: matrix_fact(matrix, [IsProduct(contraction_factors(matrix))])
        for name, matrix in _IRRATIONAL.items()
    }


def _zero(size: int) -> Certificate:
    axes = Matrix.identity(size).rows
    projections = tuple(Householder(axis, Fraction(1)) for axis in axes)
    facts: list[MatrixFact] = [IsProduct(projections, "factors-in-0-1"), RankOfGap(size)]
    return matrix_fact(Matrix.zeros(size, size), facts)


def _by_three() -> dict[str, Certificate]:
    one, half = Fraction(1), Fraction(1, 2)
    factors = (
        Householder((Fraction(0), one), _TWO),
        Householder((one, one), one + half),
        Householder((one, -one), half),
    )
    return {"": _product(_HALF_TURN, factors)}
