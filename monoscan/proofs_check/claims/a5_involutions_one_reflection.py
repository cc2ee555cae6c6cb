"""A5 by its involutions: one reflection a letter, in the Coxeter group H3."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import algebra, built, obstructed, recognises

_TRACKS = "One layer with one reflection a letter tracks A5 by its fifteen involutions"
_HARD = "A5 is not solvable"
_ALL = "With all elements of A5 as letters one reflection is not enough"


@claim(
    statement=(
        "One layer of DeltaNet with beta in [0, 2] tracks the alternating group A5 when the "
        "letters are its fifteen elements of order two: minus a half-turn of the icosahedron is a "
        "reflection, and the reflections generate H3 = A5 x Z2."
    ),
    sources=(
        "unreviewed public notes on the least number of Householder factors (2026)",
        "H. S. M. Coxeter, Regular Polytopes (the group H3)",
    ),
    provenance="the notes are unreviewed; their proof was redone by us, and the network is checked",
    tags=("construction", "groups", "one-layer"),
)
def a5_involutions_one_reflection() -> tuple[Row, ...]:
    """The rows: the network, and what makes it remarkable."""
    return (
        recognises(
            "a5-involutions",
            _TRACKS,
            "DeltaNet, beta = 2, R^3 over Q(sqrt 5)",
            built("a5-involutions-one-reflection", "a5-involutions"),
            "a5-involutions",
            properties=("householder",),
            depth=1,
        ),
        algebra("not-solvable", _HARD, "A5 by its involutions", "not-solvable", "a5-involutions"),
        obstructed(
            "all-elements",
            _ALL,
            "A5 with all elements, one layer, one factor a head",
            "householder",
            "one-reflection-order-two",
            "a5",
            depth=1,
        ),
    )
