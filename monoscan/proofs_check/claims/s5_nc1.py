"""The word problem of S5 is complete for NC1: only the algebra of it can be checked."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import algebra, built, open_row, recognises

_NOT_SOLVABLE = "The syntactic monoid of this language contains a group that is not solvable"
_ONE_LAYER = "One layer recognises this language"
_COMPLETE = (
    "A regular language whose syntactic monoid contains a non-solvable group is NC1-complete"
)
_ALL = "Every regular language is in NC1"


@claim(
    statement=(
        "The word problems of S5 and A5 are complete for NC1 under AC0 reductions, and single "
        "linear recurrent layers that are not diagonal solve them."
    ),
    sources=(
        "D. A. Mix Barrington, Bounded-width polynomial-size branching programs recognize exactly "
        "those languages in NC1, 1989",
        "Merrill, Petty, Sabharwal, arXiv 2404.08819, Theorem 5.2 (one layer)",
    ),
    provenance=(
        "completeness is cited, not checked: complexity classes are not checkable by this tool; "
        "the layers and the algebra are proved by their certificates"
    ),
    tags=("complexity", "construction", "groups"),
)
def s5_nc1() -> tuple[Row, ...]:
    """The rows: two open ones about complexity, the algebra, and layers that do it."""
    return (
        open_row(
            "complete",
            _COMPLETE,
            "regular languages",
            "exact",
            "cited (Barrington 1989), not checked: a statement about circuits, for which there is "
            "no certificate; the rows below prove its algebraic hypothesis",
        ),
        open_row(
            "in-nc1",
            _ALL,
            "regular languages",
            "exact",
            "cited, not checked: a statement about circuits",
        ),
        *(
            algebra(f"not-solvable-{name}", _NOT_SOLVABLE, name, "not-solvable", name)
            for name in ("s5-swaps", "a5-involutions")
        ),
        recognises(
            "s5-swaps-one-layer",
            _ONE_LAYER,
            "DeltaNet, one reflection a letter, 5 x 5: s5-swaps",
            built("sn-one-layer", "s5-swaps"),
            "s5-swaps",
            properties=("householder",),
        ),
        recognises(
            "a5-involutions-one-layer",
            _ONE_LAYER,
            "DeltaNet, one reflection a letter, 3 x 3: a5-involutions",
            built("a5-involutions-one-reflection", "a5-involutions"),
            "a5-involutions",
        ),
    )
