"""Addition modulo m with one reflection a token, in two layers."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, open_row, recognises

_ADDS = "Two layers of one reflection a letter add residues modulo m"
_ONE_LAYER = "One layer of them does not"
_ALL = "They add residues modulo every m"
_MODULI = (2, 3, 4, 5, 6, 7, 8, 12)


@claim(
    statement=(
        "Addition modulo m, for every m, is done by two layers of DeltaNet with beta in [0, 2]: "
        "the first alternates a sign, the second reflects the plane in a mirror that depends on "
        "the residue and on that sign."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 6 and Appendix D",),
    provenance=(
        "the theorem, its angles and its proof are read in print; that one layer is not enough is "
        "our own proof of a special case of their Theorem 2"
    ),
    tags=("construction", "groups", "depth"),
)
def modadd_two_layer_reflections() -> tuple[Row, ...]:
    """The rows: some moduli, and that one layer fails."""
    return (
        *(
            recognises(
                f"z{m}",
                _ADDS,
                f"m = {m}, all residues as letters",
                built("modadd-two-layer-reflections", f"z{m}"),
                f"z{m}",
                properties=("householder",),
                depth=2,
            )
            for m in _MODULI
        ),
        *(
            obstructed(
                f"one-layer-z{m}",
                _ONE_LAYER,
                f"m = {m}, one layer, one factor a head",
                "householder",
                "one-reflection-order-two",
                f"z{m}",
                depth=1,
            )
            for m in (3, 4, 7)
        ),
        open_row(
            "every-modulus",
            _ALL,
            "two layers, one reflection a letter",
            "exact",
            "the paper's identities between mirrors and vectors prove it for every m, in words; "
            "the certificates are about the m above",
        ),
    )
