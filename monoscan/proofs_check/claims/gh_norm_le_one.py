"""Products of generalised Householder factors with beta in [0, 2] have norm at most 1."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import (
    IsProduct,
    NormAboveOne,
    NormAtMostOne,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import factor_shortens, factor_shortens_gram
from monoscan.proofs_check.matrix_rows import identities, instances, random_factors
from monoscan.theory.factor import product_of
from monoscan.theory.transition import Householder

_IDENTITY = (
    "For C = I - beta v v^T / (v.v), |z|^2 - |C z|^2 = beta (2 - beta) (v.z)^2 / (v.v); so "
    "|C z| <= |z| for beta in [0, 2]"
)
_SIZES = (1, 2, 3, 4)
_HALVES = tuple(Fraction(k, 2) for k in range(5))
_N_PRODUCTS = 12


@claim(
    statement=(
        "A product of generalised Householder factors I - beta v v^T / (v.v) with every beta in "
        "[0, 2] has spectral norm at most 1."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (1)",),
    provenance="the proposition and its proof are read in print; the identities are our own proof",
    tags=("matrix-fact", "householder", "stability"),
)
def gh_norm_le_one() -> tuple[Row, ...]:
    """The rows: the identity entry by entry, in inner products, products, and betas outside."""
    return (
        instances(
            "one-factor",
            _IDENTITY,
            "all real v, z and beta, dimension 1 to 4, multiplied by (v.v)^2",
            lambda: {f"dimension-{n}": factor_shortens(n) for n in _SIZES},
            len(_SIZES),
            "polynomial identities, one for each dimension 1, 2, 3, 4",
            kind="identity",
        ),
        identities(
            "all-sizes",
            "Every product of factors with beta in [0, 2], of any number and size, has norm <= 1",
            "all dimensions",
            lambda: factor_shortens_gram("householder-norm"),
            "the identity in the inner products; householder-norm",
            lemma="householder-norm",
        ),
        instances(
            "products",
            "These products of 1 to 6 factors have norm at most 1",
            f"{_N_PRODUCTS} products, dimension 2 to 5, beta in {{0, 1/2, 1, 3/2, 2}}",
            _products,
            _N_PRODUCTS,
            "each product is multiplied out; I - A^T A is positive semidefinite",
        ),
        instances(
            "outside",
            "With beta outside [0, 2] one factor can have norm above 1",
            "beta = -1/4 and 9/4",
            lambda: {f"beta-{k}": _outside(b) for k, b in enumerate(_OUTSIDE)},
            len(_OUTSIDE),
            "the direction v itself grows",
        ),
    )


_OUTSIDE = (Fraction(-1, 4), Fraction(9, 4))


def _products() -> dict[str, Certificate]:
    random = Random("gh-norm-le-one")
    made: dict[str, Certificate] = {}
    for index in range(_N_PRODUCTS):
        size = 2 + index % 4
        factors = random_factors(random, size, 1 + index % 6, _HALVES)
        product = IsProduct(factors, "factors-in-0-2")
        matrix = product_of(factors, size)
        made[f"product-{index}"] = matrix_fact(matrix, [product, NormAtMostOne()])
    return made


def _outside(beta: Fraction) -> Certificate:
    direction = (Fraction(1), Fraction(2))
    factor = Householder(direction, beta)
    return matrix_fact(product_of((factor,), 2), [IsProduct((factor,)), NormAboveOne(direction)])
