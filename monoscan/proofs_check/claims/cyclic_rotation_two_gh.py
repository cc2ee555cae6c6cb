"""A cyclic group in one layer of rotations of the plane: two generalised Householder factors."""

from __future__ import annotations

from functools import partial

from monoscan.automata import get_language
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import built, fails, obstructed, open_row, recognises
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.formats import get_format
from monoscan.theory.lrnn import LRNN
from monoscan.theory.orders import computed
from monoscan.theory.semantics import OpRound

_ROTATES = "One layer in R^2 adds residues modulo m, two reflections a letter"
_NEEDS = "One factor a letter is not enough in one layer"
_COUNTS = "With every operation rounded to these formats it goes on counting, at all lengths"
_DRIFTS = "In this format its errors add up, and it is wrong on a word"
_WRONG = (5, "bf16")
_ALL = "It adds residues modulo every m"
_MODULI = (2, 3, 4, 5, 6, 7, 8, 12)


@claim(
    statement=(
        "Addition modulo m is done by one layer whose matrices are rotations of the plane by "
        "multiples of 2 pi/m, each a product of two reflections (Householder matrices, beta = 2)."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 3",),
    provenance=(
        "the theorem and its proof are read in print; that one factor is not enough in one layer "
        "is our own proof of a special case of their Theorem 2"
    ),
    tags=("construction", "groups", "one-layer"),
)
def cyclic_rotation_two_gh() -> tuple[Row, ...]:
    """The rows: some moduli, exactly; that one factor fails; and what rounding makes of it."""
    return (
        *(
            recognises(
                f"z{m}",
                _ROTATES,
                f"m = {m}, all residues as letters",
                built("cyclic-rotation-two-gh", f"z{m}"),
                f"z{m}",
                properties=("householder-product-2",),
                depth=1,
            )
            for m in _MODULI
        ),
        *(
            obstructed(
                f"one-factor-z{m}",
                _NEEDS,
                f"m = {m}, one layer, one factor a head",
                "householder",
                "one-reflection-order-two",
                f"z{m}",
                depth=1,
            )
            for m in (3, 5, 12)
        ),
        open_row(
            "every-modulus",
            _ALL,
            "one layer in R^2, two reflections a letter",
            "exact",
            "rotations add their angles, in words; the certificates are about the m above",
        ),
        *(_rounded(3, name) for name in ("e4m3", "bf16", "fp16")),
        *(_rounded(5, name) for name in ("fp16", "bf16")),
    )


def _network(m: int, name: str) -> LRNN:
    """The construction with all numbers rounded."""
    target = get_language(f"count-mod-{m}").build()
    exact = get_construction("cyclic-rotation-two-gh").build(target)
    return computed(exact, get_format(name), "operations")[0]


def _rounded(m: int, name: str) -> Row:
    key, words = f"rounded-{m}-{name}", f"m = {m}, {name}"
    network, semantics = partial(_network, m, name), OpRound(get_format(name))
    if (m, name) == _WRONG:
        return fails(
            key,
            _DRIFTS,
            words,
            network,
            f"count-mod-{m}",
            semantics=semantics,
            direction=Direction.FOR,
        )
    return recognises(key, _COUNTS, words, network, f"count-mod-{m}", semantics=semantics)
