"""With every beta in [0, 2) the only eigenvalue of modulus 1 of a product is 1."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import (
    HasEigenvector,
    IsOrthogonal,
    IsProduct,
    OnlyOneOnUnitCircle,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import factor_shortens_gram
from monoscan.proofs_check.matrix_rows import identities, instances, random_factors
from monoscan.theory.factor import product_of
from monoscan.theory.numbers import zeta
from monoscan.theory.transition import Householder

_TWO = Fraction(2)
_BELOW_TWO = tuple(Fraction(k, 4) for k in range(8))
_N_PRODUCTS = 12


@claim(
    statement=(
        "A product of generalised Householder factors with every beta in [0, 2) has only "
        "eigenvalues that are 1 or of modulus below 1; with beta = 2 others of modulus 1 occur."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3)",),
    provenance="the proposition and its proof are read in print; the identity is our own",
    tags=("matrix-fact", "householder", "spectrum", "open-range"),
)
def gh_open_range_eigs() -> tuple[Row, ...]:
    """The rows: drawn products, the general statement, and the closed end."""
    return (
        instances(
            "products",
            "These products of 1 to 6 factors with beta in [0, 2) have no eigenvalue of modulus 1 "
            "but 1, and norm at most 1",
            f"{_N_PRODUCTS} products, dimension 2 to 5, beta in {{0, 1/4, ..., 7/4}}",
            _products,
            _N_PRODUCTS,
            "where powers keep the length, the matrix is the identity (ranks)",
        ),
        identities(
            "all-sizes",
            "Every product of factors with beta in [0, 2) has only eigenvalues 1 or |lambda| < 1",
            "all dimensions and numbers of factors",
            lambda: factor_shortens_gram("open-range-eigenvalues"),
            "a factor that keeps the length of z has v.v (v.z)^2 = 0; open-range-eigenvalues",
            lemma="open-range-eigenvalues",
        ),
        instances(
            "closed-end",
            "With beta = 2 there are eigenvalues -1 (one factor) and i (two factors)",
            "a reflection, and the quarter turn as two reflections",
            lambda: {"reflection": _reflection(), "quarter-turn": _quarter_turn()},
            2,
            "products multiplied out; eigenvectors",
        ),
    )


def _products() -> dict[str, Certificate]:
    random = Random("gh-open-range-eigs")
    made: dict[str, Certificate] = {}
    for index in range(_N_PRODUCTS):
        size = 2 + index % 4
        listed = random_factors(random, size, 1 + index % 6, _BELOW_TWO)
        product = IsProduct(listed, "factors-in-0-2")
        matrix = product_of(listed, size)
        made[f"product-{index}"] = matrix_fact(matrix, [product, OnlyOneOnUnitCircle()])
    return made


def _reflection() -> Certificate:
    v = (Fraction(3), Fraction(4))
    factor = Householder(v, _TWO)
    facts = (IsProduct((factor,), "factors-in-0-2"), HasEigenvector(Fraction(-1), v))
    return matrix_fact(product_of((factor,), 2), facts)


def _quarter_turn() -> Certificate:
    one, i = Fraction(1), zeta(4)
    pair = (Householder((one, -one), _TWO), Householder((Fraction(0), one), _TWO))
    facts = (IsProduct(pair, "factors-in-0-2"), IsOrthogonal(), HasEigenvector(i, (one, -i)))
    return matrix_fact(product_of(pair, 2), facts)
