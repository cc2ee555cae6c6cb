"""Two factors with beta in [0, 1] have their spectrum in [0, 1]; three need not."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import (
    HasEigenvector,
    HasSpectrum,
    IsProduct,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.matrix_identities import pair_characteristic, pair_in_unit_interval
from monoscan.proofs_check.matrix_rows import identities, instances, random_factors
from monoscan.theory.factor import THREE_PROJECTIONS, product_of
from monoscan.theory.transition import Householder

_PAIRS = "A product of two factors with beta in [0, 1] has only eigenvalues in [0, 1]"
_TRIPLES = "A product of three factors with beta in [0, 1] has only real eigenvalues >= 0"
_QUADRATIC = (
    "x^2 - t x + d with t = (1 - b1) + (1 - b2) + b1 b2 c, d = (1 - b1)(1 - b2) has its roots in "
    "[0, 1] for all b1, b2, c in [0, 1]"
)
_QUARTERS = tuple(Fraction(k, 4) for k in range(5))
_N_PAIRS = 12


@claim(
    statement=(
        "A product of two generalised Householder factors with beta in [0, 1] has only eigenvalues "
        "in [0, 1]; with three factors this fails."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3)",),
    provenance=(
        "the proposition is read in print (similarity to a positive semidefinite matrix); the "
        "identities and the three-factor witness are our own"
    ),
    tags=("matrix-fact", "householder", "spectrum"),
)
def gh2_01_real_spectrum() -> tuple[Row, ...]:
    """The rows: two factors symbolically, in general and drawn; three factors refuted."""
    return (
        identities(
            "quadratic",
            _QUADRATIC,
            "all real b1, b2, c in [0, 1]",
            pair_in_unit_interval,
            "discriminant, values at 0 and 1, and vertex as positive sums",
        ),
        instances(
            "characteristic-polynomial",
            "The characteristic polynomial of two factors is (x - 1)^(n - 2) times this quadratic, "
            "with c = (v.w)^2 / (v.v w.w) <= 1",
            "all real v, w, b1, b2, dimension 2 and 3",
            lambda: {f"dimension-{n}": pair_characteristic(n) for n in (2, 3)},
            2,
            "determinants expanded; Lagrange's identity",
            kind="identity",
        ),
        identities(
            "all-sizes",
            _PAIRS,
            "all dimensions",
            lambda: pair_in_unit_interval("two-factor-spectrum"),
            "the quadratic; two-factor-spectrum",
            lemma="two-factor-spectrum",
        ),
        instances(
            "pairs",
            "These products of two factors with beta in [0, 1] have their spectrum in [0, 1]",
            f"{_N_PAIRS} products, dimension 2 to 5, beta in {{0, 1/4, 1/2, 3/4, 1}}",
            _pairs,
            _N_PAIRS,
            "products multiplied out; Hermite's forms are positive semidefinite",
        ),
        instances(
            "three-negative",
            _TRIPLES,
            "three projections (beta = 1) of the plane: eigenvalue -63/625",
            lambda: {"": _three_projections()},
            1,
            "eigenvector (0, 1)",
            direction=Direction.AGAINST,
        ),
        instances(
            "three-not-real",
            _TRIPLES,
            "three factors with beta = 9/10 of the plane: eigenvalues not real",
            lambda: {"": three_not_real()},
            1,
            "Hermite's form is not positive semidefinite",
            direction=Direction.AGAINST,
        ),
    )


def _pairs() -> dict[str, Certificate]:
    random = Random("gh2-01-real-spectrum")
    made: dict[str, Certificate] = {}
    for index in range(_N_PAIRS):
        size = 2 + index % 4
        pair = random_factors(random, size, 2, _QUARTERS)
        product = IsProduct(pair, "factors-in-0-1")
        matrix = product_of(pair, size)
        made[f"pair-{index}"] = matrix_fact(matrix, [product, HasSpectrum("spectrum-in-0-1")])
    return made


def _three_projections() -> Certificate:
    three = THREE_PROJECTIONS.factors
    listed = tuple(factor for factor in three if isinstance(factor, Householder))
    return matrix_fact(
        product_of(listed, 2),
        [
            IsProduct(listed, "factors-in-0-1"),
            HasEigenvector(Fraction(-63, 625), (Fraction(0), Fraction(1))),
            HasSpectrum("spectrum-nonnegative", holds=False),
        ],
    )


def three_not_real() -> Certificate:
    """Three factors with beta = 9/10 whose product has two eigenvalues that are not real.

    >>> three_not_real().kind
    'matrix-fact'
    """
    directions = ((0, 1), (1, -1), (2, 1))
    beta = Fraction(9, 10)
    listed = tuple(Householder((Fraction(x), Fraction(y)), beta) for x, y in directions)
    product = IsProduct(listed, "factors-in-0-1")
    return matrix_fact(product_of(listed, 2), [product, HasSpectrum("spectrum-real", holds=False)])
