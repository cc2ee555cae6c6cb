"""A letter of order three or more needs two Householder factors in one layer."""

from __future__ import annotations

from monoscan.proofs_check.certificates.matrix_fact import RankOfGap
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, matrix_row, obstructed, open_row, recognises
from monoscan.theory.factor import permutation_matrix

_NEEDS = "A letter that moves three or more states in a cycle needs two factors in one layer"
_ENOUGH = "Two factors a letter are enough for these"
_DEEPER = "The layer matters: with two layers one factor a letter is enough"
_RANK = "The permutation matrix of a cycle of three is not one factor"
_ROUNDED = "The same holds when every operation is rounded"


@claim(
    statement=(
        "One layer of one generalised Householder factor a head (DeltaNet, gated or not) does not "
        "recognise a language one of whose letters moves three or more states in a cycle; two "
        "factors are needed."
    ),
    sources=(
        "Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 2 with one layer (cast-unrolled)",
        "unreviewed public notes on the least number of Householder factors (2026)",
    ),
    provenance="our own proof for exact arithmetic; the notes are unreviewed",
    tags=("impossibility", "groups", "one-layer"),
)
def order3_needs_two_gh() -> tuple[Row, ...]:
    """The rows: the lemma on some languages, that two are enough, and the two-layer network."""
    return (
        *(
            obstructed(
                f"one-factor-{name}",
                _NEEDS,
                f"{name}, one factor a head",
                "householder",
                "one-reflection-order-two",
                name,
                depth=1,
            )
            for name in ("count-mod-3", "s3", "a4", "count-mod-7")
        ),
        obstructed(
            "one-gated-factor-count-mod-3",
            _NEEDS,
            "count-mod-3, one factor a head, with a gate",
            "gated-householder",
            "one-reflection-order-two",
            "count-mod-3",
            depth=1,
        ),
        *(
            recognises(
                f"two-factors-{name}",
                _ENOUGH,
                f"{name}, one layer, two factors",
                built(construction, name),
                name,
                properties=("householder-product-2",),
                depth=1,
            )
            for name, construction in (
                ("count-mod-3", "cyclic-rotation-two-gh"),
                ("a4", "so3-groups-two-gh"),
                ("count-mod-7", "cyclic-rotation-two-gh"),
            )
        ),
        recognises(
            "two-layers-count-mod-3",
            _DEEPER,
            "count-mod-3, two layers, one factor",
            built("modadd-two-layer-reflections", "count-mod-3"),
            "count-mod-3",
            properties=("householder",),
            depth=2,
        ),
        matrix_row(
            "cycle-of-three",
            _RANK,
            "the permutation (1 2 3): rank(I - A) = 2",
            lambda: permutation_matrix((1, 2, 0)),
            RankOfGap(2),
        ),
        open_row(
            "rounded",
            _ROUNDED,
            "DeltaNet in a number format",
            "op-round",
            "no lemma: a DeltaNet with rounded operations is not a contraction, and parity is "
            "already possible there with all eigenvalues >= 0 (parity-needs-negative-eigs)",
        ),
    )
