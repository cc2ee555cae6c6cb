"""Counting modulo 3 needs a non-real eigenvalue, but of a product, not of a single matrix."""

from __future__ import annotations

from monoscan.proofs_check.certificates.matrix_fact import HasSpectrum
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import (
    matrix_row,
    obstructed,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.published.mirror_counter import mirror_counter, two_mirrors

_TRIANGULAR = "Real upper triangular matrices do not count modulo m unless m is a power of 2"
_ROUNDED = "Nor do real diagonal matrices with every operation rounded"
_ONE_LAYER = "One layer of single Householder factors, which have real spectra, does not count"
_SINGLE = "Some single matrix A(x) must have a non-real eigenvalue, whatever the number of layers"
_PRODUCTS = "In that network a product of two matrices has non-real eigenvalues"
_PRINTED = "Without non-real eigenvalues in products of 2^(i-1) matrices of layer i, none counts"


@claim(
    statement=(
        "A linear RNN counts modulo m, m no power of two, only if for some i a product of "
        "2^(i-1) transition matrices of layer i has a non-real eigenvalue. For one layer: only "
        "if a single matrix has one."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 2 (cast-unrolled)",),
    provenance=(
        "Theorem 2 and its proof are read in print, version 5; earlier versions only in their "
        "abstracts. The rows in exact arithmetic rest on our own proof"
    ),
    tags=("impossibility", "correction", "groups", "counting"),
    errata=(
        "The short form 'complex eigenvalues are needed to count modulo 3', as in the abstract of "
        "version 2, is false when it is read of the single matrices A(x): two layers of "
        "reflections count modulo every m, and each single matrix has the eigenvalues 1 and -1 "
        "only. Theorem 2 in version 5 speaks of products and is not affected",
    ),
)
def mod3_needs_complex_eigs() -> tuple[Row, ...]:
    """The rows: the lemmas, the refuted reading, and what is not covered."""
    return (
        *(_triangular(m) for m in (3, 5, 6, 7)),
        *(_rounded_diagonal(m) for m in (3, 5)),
        *(_one_layer(m) for m in (3, 5)),
        *(_real_single_matrices(m) for m in (3, 5, 7)),
        *(_product(m) for m in (3, 5)),
        open_row(
            "printed",
            _PRINTED,
            "all networks, any depth",
            "cast-unrolled",
            "Theorem 2 as printed. Coq has proved it (grazzi_theorem2_cast in docs/formal.md), but "
            "no certificate states it: our lemma is for exact arithmetic and for classes all of "
            "whose products have real spectra",
        ),
        open_row(
            "rounded",
            _PRINTED,
            "matrices that are not diagonal, in a number format",
            "op-round",
            "no lemma: with every operation rounded a DeltaNet with eigenvalues >= 0 already "
            "computes parity (parity-rounding-dependence)",
        ),
    )


def _triangular(m: int) -> Row:
    return obstructed(
        f"triangular-{m}",
        _TRIANGULAR,
        f"m = {m}, real upper triangular, any depth",
        "triangular-real",
        "real-spectrum-two-groups",
        f"count-mod-{m}",
    )


def _rounded_diagonal(m: int) -> Row:
    return obstructed(
        f"rounded-diagonal-{m}",
        _ROUNDED,
        f"m = {m}, diagonal, entries in [-1, 1], any depth, saturating",
        "diagonal-real",
        "signed-rounding-two-groups",
        f"count-mod-{m}",
        semantics="op-round",
    )


def _one_layer(m: int) -> Row:
    return obstructed(
        f"one-layer-{m}",
        _ONE_LAYER,
        f"m = {m}, one Householder factor a head, beta in [0, 2]",
        "householder",
        "one-reflection-order-two",
        f"count-mod-{m}",
        depth=1,
    )


def _real_single_matrices(m: int) -> Row:
    return recognises(
        f"real-single-matrices-{m}",
        _SINGLE,
        f"m = {m}, two layers, every A(x) symmetric",
        lambda: mirror_counter(target_automaton(f"count-mod-{m}")),
        f"count-mod-{m}",
        properties=("spectrum-real", "symmetric", "norm-at-most-one"),
        direction=Direction.AGAINST,
        depth=2,
    )


def _product(m: int) -> Row:
    return matrix_row(
        f"product-{m}",
        _PRODUCTS,
        f"m = {m}, the product of two steps that each add 1",
        lambda: two_mirrors(m),
        HasSpectrum("spectrum-real", holds=False),
    )
