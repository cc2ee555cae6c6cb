"""A cyclic group in one layer of rotations of the plane: two generalised Householder factors."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, open_row, recognises

_ROTATES = "One layer in R^2 adds residues modulo m, two reflections a letter"
_NEEDS = "One factor a letter is not enough in one layer"
_DRIFTS = "Rounded rotations go on counting at all lengths"
_ALL = "It adds residues modulo every m"
_MODULI = (2, 3, 4, 5, 6, 7, 8, 12)


@claim(
    statement=(
        "Addition modulo m is done by one layer whose matrices are rotations of the plane by "
        "multiples of 2 pi/m, each a product of two reflections (Householder matrices, beta = 2)."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 3",),
    provenance=(
        "the theorem and its proof are read in print; that one factor is not enough in one layer "
        "is our own proof of a special case of their Theorem 2"
    ),
    tags=("construction", "groups", "one-layer"),
)
def cyclic_rotation_two_gh() -> tuple[Row, ...]:
    """The rows: some moduli, exactly; that one factor fails; and what rounding leaves open."""
    return (
        *(
            recognises(
                f"z{m}",
                _ROTATES,
                f"m = {m}, all residues as letters",
                built("cyclic-rotation-two-gh", f"z{m}"),
                f"z{m}",
                properties=("householder-product-2",),
                depth=1,
            )
            for m in _MODULI
        ),
        *(
            obstructed(
                f"one-factor-z{m}",
                _NEEDS,
                f"m = {m}, one layer, one factor a head",
                "householder",
                "one-reflection-order-two",
                f"z{m}",
                depth=1,
            )
            for m in (3, 5, 12)
        ),
        open_row(
            "every-modulus",
            _ALL,
            "one layer in R^2, two reflections a letter",
            "exact",
            "rotations add their angles, in words; the certificates are about the m above",
        ),
        open_row(
            "rounded",
            _DRIFTS,
            "the same network in a number format",
            "op-round",
            "cos 2 pi/m is irrational for most m, and no format holds it: the stored matrix is "
            "another one. What it computes has to be decided format by format; nothing is claimed",
        ),
    )
