"""Parity needs one layer that is both input-dependent and not non-negative."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import algebra, built, obstructed, open_row, recognises

_MIXED = "Mixing layers of the two kinds does not recognise parity, at any depth"
_ALGEBRA = "The algebraic reason: the syntactic monoid of parity is not quasi-aperiodic"
_UNIFIED = "One layer that is both does"
_LENGTH = "Layers of the two kinds do recognise languages that count positions only"
_ROUNDED = "The same with every operation rounded"


@claim(
    statement=(
        "A stack of diagonal layers, each of which either has the same matrix for all letters "
        "(any eigenvalues of modulus at most 1) or entries in [0, 1] that depend on the letter, "
        "does not recognise parity; one layer with entries in [-1, 1] that depend on the letter "
        "does."
    ),
    sources=(
        "Khavari et al., arXiv 2508.07395",
        "Alsmann, Noori, Lange, arXiv 2601.19467 (quasi-aperiodic, AC0)",
    ),
    provenance="the papers are known second hand; the proof on the lemma's page is our own",
    tags=("impossibility", "parity", "depth"),
)
def parity_unified_layer() -> tuple[Row, ...]:
    """The rows: the mixture, each kind alone, the unified layer, and what mixtures can do."""
    return (
        obstructed(
            "mixed",
            _MIXED,
            "each layer time-invariant diagonal or diagonal with entries in [0, 1]",
            "mixed-diagonal",
            "mixed-quasi-aperiodic",
            "parity",
        ),
        obstructed(
            "time-invariant",
            _MIXED,
            "only time-invariant layers",
            "time-invariant-diagonal",
            "time-invariant-length-only",
            "parity",
        ),
        obstructed(
            "nonnegative",
            _MIXED,
            "only layers with entries in [0, 1]",
            "diagonal-nonnegative",
            "psd-products-aperiodic",
            "parity",
        ),
        algebra("algebra", _ALGEBRA, "parity", "not-quasi-aperiodic", "parity"),
        recognises(
            "unified",
            _UNIFIED,
            "diagonal, a(1) = -1 and a(0) = 1",
            built("scalar-parity", "parity"),
            "parity",
            properties=("diagonal-real",),
            depth=1,
        ),
        recognises(
            "even-length",
            _LENGTH,
            "(11)*, one time-invariant layer with the entry -1",
            built("length-and-last-letter", "ones-even"),
            "ones-even",
            properties=("time-invariant-diagonal",),
            depth=1,
        ),
        recognises(
            "abab",
            _LENGTH,
            "(abab)*, a mixture of both kinds",
            built("phase-cascade", "abab-star"),
            "abab-star",
            properties=("mixed-diagonal",),
        ),
        open_row(
            "rounded",
            _ROUNDED,
            "the same mixture in a number format",
            "op-round",
            "the lemma is for exact arithmetic with finitely many states; for layers of entries "
            ">= 0 alone see nonneg-diag-star-free",
        ),
    )
