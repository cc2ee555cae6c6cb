"""Real triangular matrices in L layers count modulo m exactly if m divides 2^L."""

from __future__ import annotations

from functools import partial

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import obstructed, open_row, recognises, target_automaton
from monoscan.theory.constructions.published.binary_counter import binary_counter
from monoscan.theory.lrnn import LRNN

_COUNTS = "L layers of scalars 1 and -1 add residues modulo 2^L"
_TOO_SHALLOW = "With fewer layers real triangular matrices do not count modulo 2^L"
_NO_POWER = "At no depth do they count modulo these, which are no powers of 2"
_ROUNDED = "Nor do they with every operation rounded, if they are diagonal"
_ALL = "The same for every m and L"


@claim(
    statement=(
        "A stack of L layers with real upper triangular (for instance diagonal) matrices counts "
        "modulo m exactly if m divides 2^L."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 2 and its corollary",),
    provenance=(
        "the corollary (m must be a power of two) is read in print; the dependence on the number "
        "of layers and the network of bits are our own"
    ),
    tags=("iff", "groups", "counting", "depth"),
)
def triangular_counts_only_2powers() -> tuple[Row, ...]:
    """The rows: counters of 1 to 4 bits, and what the lemma forbids."""
    return (
        *(
            recognises(
                f"bits-{layers}",
                _COUNTS,
                f"L = {layers}, m = {2**layers}, all residues as letters",
                partial(_network, f"z{2**layers}"),
                f"z{2**layers}",
                properties=("diagonal-real", "triangular-real"),
                depth=layers,
            )
            for layers in (1, 2, 3, 4)
        ),
        *(
            obstructed(
                f"shallow-{2**layers}",
                _TOO_SHALLOW,
                f"m = {2**layers}, {layers - 1} {'layer' if layers == 2 else 'layers'}",
                "triangular-real",
                "real-spectrum-two-groups",
                f"z{2**layers}",
                depth=layers - 1,
            )
            for layers in (2, 3, 4)
        ),
        *(
            obstructed(
                f"any-depth-{m}",
                _NO_POWER,
                f"m = {m}, any depth",
                "triangular-real",
                "real-spectrum-two-groups",
                f"z{m}",
            )
            for m in (3, 6, 12)
        ),
        *(
            obstructed(
                f"rounded-{m}",
                _ROUNDED,
                f"m = {m}, diagonal, entries in [-1, 1], any depth, saturating",
                "diagonal-real",
                "signed-rounding-two-groups",
                f"z{m}",
                semantics="op-round",
            )
            for m in (3, 6)
        ),
        open_row(
            "all-moduli",
            _ALL,
            "real upper triangular, L layers",
            "exact",
            "the lemma's page proves the bound for every m and L; that the counters of bits work "
            "for every L is an argument in words. The certificates are about the m above",
        ),
    )


def _network(name: str) -> LRNN:
    return binary_counter(target_automaton(name))
