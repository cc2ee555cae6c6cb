"""The flip-flop task by two layers of gates 0 and 1."""

from __future__ import annotations

from typing import Any

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import obstructed, recognises
from monoscan.theory.constructions.published.flip_flop import (
    flip_flop_tokens,
    flip_flop_two_layers,
)
from monoscan.theory.formats import get_format
from monoscan.theory.semantics import OpRound, Semantics, SeqRound

_STORES = "Two diagonal layers with entries 0 and 1 keep the bit that was last written"
_FIXED = "With the same matrix for all letters it cannot be kept, at any depth"
_ONE = "One diagonal layer does not keep it"


@claim(
    statement=(
        "Flip-flop (letters w, r, i, 0, 1; a bit is stored if the last instruction before it was "
        "w) is solved at all lengths by two layers of non-negative diagonal matrices; not by one "
        "diagonal layer, and not by matrices that do not depend on the input."
    ),
    sources=(
        "Sarrof, Veitsman, Hahn, arXiv 2405.17394 (flip-flop in two layers)",
        "B. Liu et al., arXiv 2306.00946 (the task)",
    ),
    provenance=(
        "the first paper is known second hand; the network and the proofs of what is not possible "
        "are our own"
    ),
    tags=("construction", "star-free", "finite-precision", "depth"),
)
def flipflop_two_layer() -> tuple[Row, ...]:
    """The rows: exact and in formats, fixed matrices, and one layer."""
    rounded: tuple[tuple[str, Semantics[Any]], ...] = tuple(
        (name, OpRound(get_format(name))) for name in ("e2m1", "e4m3", "bfloat16", "int4")
    )
    return (
        _stores("exact", "entries 0 and 1", None),
        *(
            _stores(f"op-round-{name}", f"entries 0 and 1, {name}", found)
            for name, found in rounded
        ),
        _stores("seq-round", "entries 0 and 1, bfloat16", SeqRound(get_format("bfloat16"))),
        obstructed(
            "time-invariant",
            _FIXED,
            "the same diagonal matrix for all letters (S4, LRU), any depth",
            "time-invariant-diagonal",
            "time-invariant-length-only",
            flip_flop_tokens,
        ),
        obstructed(
            "one-layer",
            _ONE,
            "diagonal, entries in [0, 1], one layer",
            "diagonal-nonnegative",
            "one-layer-right-regular-band",
            flip_flop_tokens,
            depth=1,
        ),
        obstructed(
            "one-complex-layer",
            _ONE,
            "diagonal, complex entries, one layer",
            "diagonal-complex",
            "one-layer-diagonal-complex",
            flip_flop_tokens,
            depth=1,
        ),
    )


def _stores(key: str, words: str, semantics: Semantics[Any] | None) -> Row:
    return recognises(
        key,
        _STORES,
        words,
        flip_flop_two_layers,
        flip_flop_tokens,
        properties=("diagonal-nonnegative",),
        semantics=semantics,
        depth=2,
    )
