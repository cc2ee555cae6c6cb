"""Diagonal layers compute in TC0: only the algebra of it can be checked."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import algebra, built, obstructed, open_row, recognises

_NOT_SOLVABLE = "The syntactic monoid of this language contains a group that is not solvable"
_EXACT = (
    "In exact arithmetic with finitely many states no diagonal stack recognises it, at any depth"
)
_SOLVABLE = "A diagonal stack recognises this language, whose groups are solvable"
_CLASS = "Diagonal stacks of constant depth with O(log n) bits compute functions in uniform TC0"
_HENCE = "So no such stack solves the word problem of S5, unless TC0 = NC1"


@claim(
    statement=(
        "State-space models with diagonal, input-dependent transition matrices, constant depth and "
        "logarithmic precision lie in uniform TC0; so they do not solve the word problem of S5, "
        "unless TC0 = NC1."
    ),
    sources=(
        "Merrill, Petty, Sabharwal, arXiv 2404.08819, Theorem 4.4",
        "D. A. Mix Barrington 1989 (the word problem of S5 is complete for NC1)",
    ),
    provenance=(
        "cited second hand, not checked; complexity classes are not checkable by this tool, and "
        "whether TC0 = NC1 is an open problem"
    ),
    tags=("impossibility", "complexity", "diagonal"),
)
def idssm_tc0() -> tuple[Row, ...]:
    """The rows: two open ones about complexity, and the algebra that is decided."""
    return (
        open_row(
            "in-tc0",
            _CLASS,
            "diagonal, constant depth",
            "log-precision",
            "cited, not checked: a statement about circuits, for which there is no certificate",
        ),
        open_row(
            "s5",
            _HENCE,
            "diagonal, constant depth",
            "log-precision",
            "rests on TC0 != NC1, an open problem; the rows below say what is known without it",
        ),
        *(
            algebra(f"not-solvable-{name}", _NOT_SOLVABLE, name, "not-solvable", name)
            for name in ("s5-swaps", "a5-involutions")
        ),
        *(
            obstructed(
                f"exact-{name}",
                _EXACT,
                f"diagonal, complex entries of modulus at most 1, any depth: {name}",
                "diagonal-complex",
                "diagonal-derived-length",
                name,
            )
            for name in ("s5-swaps", "a5-involutions")
        ),
        recognises(
            "solvable-s3",
            _SOLVABLE,
            "diagonal, complex entries: s3-swaps",
            built("root-cascade", "s3-swaps"),
            "s3-swaps",
            properties=("diagonal-complex",),
        ),
    )
