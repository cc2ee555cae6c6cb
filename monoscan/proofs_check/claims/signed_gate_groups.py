"""CKDA: one reflection and a diagonal matrix with signs track groups of rotations of space."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, open_row, recognises

_CLASS = "diagonal-householder"
_TRACKS = "One layer of (I - beta k k^T) diag(a), beta in [0, 2], a in [-1, 1]^n, tracks the group"
_UNSIGNED = "With beta in [0, 1] and a in [0, 1]^n no network does, at any depth"
_PLAIN = "Without the diagonal matrix one layer of one factor a head does not"
_S5 = "One layer does not track S5, however many heads it has"
_A5 = "One head of size 4 tracks A5, and none of size 3 does"
_GROUPS = (
    ("count-mod-5", "modulo 5, heads of size 2"),
    ("d5", "the dihedral group of 10 elements"),
    ("a4", "A4"),
    ("s4", "S4, all elements as letters"),
)


@claim(
    statement=(
        "With signs allowed in the decay, one layer of Kimi Delta Attention, "
        "(I - beta k k^T) diag(a), tracks cyclic and dihedral groups, A4 and S4. In exact "
        "arithmetic with finitely many states no stack does so without signs, and S5 is out of "
        "reach of one layer."
    ),
    sources=("Siems et al., arXiv 2609.24797",),
    provenance=(
        "the theorems are known second hand; the networks are proved by their certificates, the "
        "lemmas on their pages"
    ),
    tags=("groups", "one-layer", "construction", "separation"),
)
def signed_gate_groups() -> tuple[Row, ...]:
    """The rows: four groups, what goes without signs, S5, and A5 as cited."""
    return (
        *(
            recognises(
                name,
                _TRACKS,
                words,
                built("signed-householder-one-layer", name),
                name,
                properties=(_CLASS,),
                depth=1,
            )
            for name, words in _GROUPS
        ),
        *(
            obstructed(
                f"{name}-unsigned",
                _UNSIGNED,
                f"(I - beta k k^T) diag(a), beta in [0, 1], a in [0, 1]^n: {words}",
                "diagonal-householder-nonnegative",
                "psd-products-aperiodic",
                name,
            )
            for name, words in _GROUPS
        ),
        *(
            obstructed(
                f"{name}-plain",
                _PLAIN,
                f"I - beta k k^T, beta in [0, 2], one layer: {words}",
                "householder",
                "one-reflection-order-two",
                name,
                depth=1,
            )
            for name, words in _GROUPS
        ),
        obstructed(
            "s5",
            _S5,
            "(I - beta k k^T) diag(a), beta in [0, 2], a in [-1, 1]^n, one layer: S5",
            _CLASS,
            "s5-four-householders",
            "s5",
            depth=1,
        ),
        open_row(
            "a5",
            _A5,
            "(I - beta k k^T) diag(a), beta in [0, 2], a in [-1, 1]^n, one layer: A5",
            "exact",
            "cited (Siems et al.), not checked: representations of groups of up to 24 elements are "
            "searched here",
        ),
    )
