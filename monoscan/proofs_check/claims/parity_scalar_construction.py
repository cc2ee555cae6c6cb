"""Parity by one scalar that is multiplied by -1, in exact arithmetic and in number formats."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import obstructed, open_row, recognises
from monoscan.theory.constructions.parity import delta_rule_parity, scalar_parity
from monoscan.theory.formats import get_format
from monoscan.theory.semantics import CastUnrolled, OpRound, SeqRound

_EXACT = "The scalar recurrence h <- -h + 1 on the letter 1 computes parity at all lengths"
_OPERATIONS = "It does so when every operation is rounded, in these formats"
_STEPS = "It does so when every step is rounded once, and with unrolled sums that are cast"
_ALL = "It does so in every format that holds -1, 0 and 1"
_OPEN_RANGE = "With entries of modulus below 1, as a sigmoid or tanh gives them, it does not"
_FORMATS = ("e2m1", "e4m3", "e5m2", "binary16", "bfloat16", "binary32", "q4.4", "int4", "int8")


@claim(
    statement=(
        "One layer with the scalar state h, multiplied by a(1) = -1 with b(1) = 1 and a(0) = 1 "
        "with b(0) = 0, computes parity of binary words of every length, in exact arithmetic and "
        "in every number format that holds -1, 0 and 1."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, section 4.1",),
    provenance="read in print; the formats are checked one by one",
    tags=("construction", "parity", "finite-precision", "one-layer"),
)
def parity_scalar_construction() -> tuple[Row, ...]:
    """The rows: exact, nine formats, the other semantics, and the open range."""
    return (
        recognises(
            "exact",
            _EXACT,
            "scalar, a(1) = -1",
            scalar_parity,
            "parity",
            properties=("diagonal-real", "norm-at-most-one"),
            depth=1,
        ),
        *(
            recognises(
                f"op-round-{name}",
                _OPERATIONS,
                f"scalar, a(1) = -1, {name}",
                scalar_parity,
                "parity",
                properties=("diagonal-real",),
                semantics=OpRound(get_format(name)),
                depth=1,
            )
            for name in _FORMATS
        ),
        recognises(
            "delta-rule-binary16",
            _OPERATIONS,
            "DeltaNet of width 1, k = 1, beta(1) = 2, binary16",
            delta_rule_parity,
            "parity",
            properties=("householder",),
            semantics=OpRound(get_format("binary16")),
            depth=1,
        ),
        recognises(
            "seq-round",
            _STEPS,
            "scalar, a(1) = -1, bfloat16",
            scalar_parity,
            "parity",
            properties=("diagonal-real",),
            semantics=SeqRound(get_format("bfloat16")),
            depth=1,
        ),
        recognises(
            "cast-unrolled",
            _STEPS,
            "scalar, a(1) = -1, bfloat16",
            scalar_parity,
            "parity",
            properties=("diagonal-real",),
            semantics=CastUnrolled(get_format("bfloat16")),
            depth=1,
        ),
        open_row(
            "every-format",
            _ALL,
            "scalar, a(1) = -1",
            "op-round",
            "nothing is rounded where -1, 0 and 1 are values, in words; the certificates are about "
            "the formats above",
        ),
        obstructed(
            "open-range",
            _OPEN_RANGE,
            "diagonal, entries of modulus below 1, any depth",
            "diagonal-complex-open",
            "strictly-stable-letters",
            "parity",
        ),
    )
