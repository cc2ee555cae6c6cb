"""Two factors have non-real eigenvalues only if both betas are above 1."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from monoscan.proofs_check.certificates.matrix_fact import HasSpectrum, IsProduct, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.claims.gh2_01_real_spectrum import three_not_real
from monoscan.proofs_check.matrix_identities import pair_characteristic, pair_is_real
from monoscan.proofs_check.matrix_rows import instances, random_factors
from monoscan.theory.factor import product_of
from monoscan.theory.transition import Householder

_QUARTERS = tuple(Fraction(k, 4) for k in range(9))
_N_PAIRS = 12


@claim(
    statement=(
        "A product of two generalised Householder factors with betas in [0, 2] has a non-real "
        "eigenvalue only if both betas are above 1; that is not sufficient, and with three factors "
        "it is not necessary."
    ),
    sources=("Siems et al., arXiv 2502.10297, Proposition 1 and appendix A",),
    provenance="the proposition and its proof are read in print; the identities are our own",
    tags=("matrix-fact", "householder", "spectrum"),
)
def complex_eigs_need_two_beta_gt1() -> tuple[Row, ...]:
    """The rows: the discriminant, the characteristic polynomial, pairs, and where it stops."""
    return (
        instances(
            "discriminant",
            "t^2 - 4 d >= 0 for t = (1 - b1) + (1 - b2) + b1 b2 c and d = (1 - b1)(1 - b2), if "
            "0 <= b1 <= 1 and b2, c >= 0; likewise with b1 and b2 exchanged",
            "all real b1, b2, c, in the cases b2 >= 1 and b2 <= 1",
            lambda: {"above": pair_is_real(True), "below": pair_is_real(False)},
            2,
            "the discriminant as a positive sum",
            kind="identity",
        ),
        instances(
            "characteristic-polynomial",
            "The characteristic polynomial of two factors is (x - 1)^(n - 2) (x^2 - t x + d), with "
            "c = (v.w)^2 / (v.v w.w)",
            "all real v, w, b1, b2, dimension 2 and 3",
            lambda: {f"dimension-{n}": pair_characteristic(n) for n in (2, 3)},
            2,
            "determinants expanded",
            kind="identity",
        ),
        instances(
            "all-sizes",
            "Two factors with betas in [0, 2], one of them at most 1, have only real eigenvalues",
            "all dimensions",
            lambda: {
                "above": pair_is_real(True, "two-factor-spectrum"),
                "below": pair_is_real(False, "two-factor-spectrum"),
            },
            2,
            "the discriminant; two-factor-spectrum",
            kind="identity",
            lemma="two-factor-spectrum",
        ),
        instances(
            "pairs",
            "These products of two factors, one beta at most 1, have only real eigenvalues",
            f"{_N_PAIRS} products, dimension 2 to 5, beta in {{0, 1/4, ..., 2}}",
            _pairs,
            _N_PAIRS,
            "products multiplied out; Hermite's form is positive semidefinite",
        ),
        instances(
            "both-above",
            "With both betas 3/2 the eigenvalues are real at 90 degrees and not real at 45 degrees",
            "two factors of the plane",
            lambda: {"degrees-90": _at((0, 1), True), "degrees-45": _at((1, 1), False)},
            2,
            "products multiplied out; Hermite's form",
        ),
        instances(
            "three-factors",
            "Three factors with every beta below 1 can have non-real eigenvalues",
            "three factors of the plane with beta = 9/10",
            lambda: {"": three_not_real()},
            1,
            "Hermite's form is not positive semidefinite",
        ),
    )


def _pairs() -> dict[str, Certificate]:
    random = Random("complex-eigs-need-two-beta-gt1")
    made: dict[str, Certificate] = {}
    for index in range(_N_PAIRS):
        size = 2 + index % 4
        (small,) = random_factors(random, size, 1, _QUARTERS[:5])
        (other,) = random_factors(random, size, 1, _QUARTERS)
        pair = (small, other) if index % 2 else (other, small)
        product = IsProduct(pair, "factors-in-0-2")
        matrix = product_of(pair, size)
        made[f"pair-{index}"] = matrix_fact(matrix, [product, HasSpectrum("spectrum-real")])
    return made


def _at(direction: tuple[int, int], is_real: bool) -> Certificate:
    beta = Fraction(3, 2)
    second = (Fraction(direction[0]), Fraction(direction[1]))
    pair = (Householder((Fraction(1), Fraction(0)), beta), Householder(second, beta))
    facts = (IsProduct(pair, "factors-in-0-2"), HasSpectrum("spectrum-real", holds=is_real))
    return matrix_fact(product_of(pair, 2), facts)
