"""S4, A4 and A5 as rotations of space: two factors a letter, keys of size 3."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, recognises

_TRACKS = "One layer in R^3 with two reflections a letter tracks the group"
_NEEDS = "One factor a letter is not enough in one layer"
_GROUPS = (
    ("a4", "A4, as rotations of the cube"),
    ("s4", "S4, as the rotations of the cube"),
    ("a5", "A5, as the rotations of the icosahedron, over Q(sqrt 5)"),
)


@claim(
    statement=(
        "S4, A4 and A5, with all their elements as letters, are tracked by one layer of "
        "DeltaProduct with n_h = 2 and keys of size 3: they are groups of rotations of space."
    ),
    sources=("Siems et al., arXiv 2502.10297, Theorem 4",),
    provenance=(
        "the theorem is read in print; that one factor is not enough in one layer is our own proof"
    ),
    tags=("construction", "groups", "one-layer"),
)
def so3_groups_two_gh() -> tuple[Row, ...]:
    """The rows: three groups, and that one factor fails."""
    return (
        *(
            recognises(
                name,
                _TRACKS,
                words,
                built("so3-groups-two-gh", name),
                name,
                properties=("householder-product-2",),
                depth=1,
            )
            for name, words in _GROUPS
        ),
        *(
            obstructed(
                f"one-factor-{name}",
                _NEEDS,
                f"{words.partition(',')[0]}, one layer, one factor a head",
                "householder",
                "one-reflection-order-two",
                name,
                depth=1,
            )
            for name, words in _GROUPS
        ),
    )
