"""Networks with non-negative spectra that compute parity because of rounding.

Each is a counterexample to "parity needs a negative eigenvalue" under one semantics. In exact
arithmetic none of them recognises parity.
"""

from __future__ import annotations

from dataclasses import dataclass

from monoscan.theory.constructions.parity import parity_network
from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.semantics import OpRound, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
)


@dataclass(frozen=True)
class RoundingCounterexample:
    """A network, the rounded semantics under which it computes parity, and where it is from.

    Attributes:
        key: short name.
        lrnn: the network; every matrix has a real non-negative spectrum.
        semantics: where it recognises parity.
    """

    key: str
    lrnn: LRNN
    semantics: SeqRound | OpRound


def expansive_rounded_steps() -> RoundingCounterexample:
    """Counterexample A: eigenvalues 0.0086 and 1.7414, states rounded to integers."""
    return RoundingCounterexample(
        "A",
        parity_network(
            on_zero=Dense(Matrix.identity(2)),
            on_one=Dense(Matrix.of([["-7/20", "1/4"], ["-3", "21/10"]])),
            even=Matrix.column([0, 0]),
            odd=Matrix.column([1, 1]),
            input_on_one=Matrix.column(["11/20", "13/10"]),
        ),
        SeqRound(_integers(-8, 7)),
    )


def two_projections_rounded_steps() -> RoundingCounterexample:
    """Counterexample B: DeltaProduct, two factors with beta = 1, eigenvalues 0 and 9/25.

    The product of the projections along (1, -2) and (1, 2) is not symmetric but has norm < 1.
    """
    first, second = (number(1), number(-2)), (number(1), number(2))

    def product(beta: int) -> HouseholderProduct:
        return HouseholderProduct(
            (Householder(first, number(beta)), Householder(second, number(beta)))
        )

    return RoundingCounterexample(
        "B",
        parity_network(
            on_zero=product(0),
            on_one=product(1),
            even=Matrix.column([-1, 2]),
            odd=Matrix.column([-1, 1]),
            input_on_one=Matrix.column(["-1/4", "15/8"]),
        ),
        SeqRound(_integers(-8, 7)),
    )


def deltanet_rounded_operations() -> RoundingCounterexample:
    """Counterexample C: a DeltaNet with beta = 3/4, eigenvalues 1 and 53/128, step 1/8.

    Every product and sum of x <- x - (beta (k . x)) k is rounded to a multiple of 1/8, and the
    last digit never settles.
    """
    key = (number("5/8"), number("5/8"))
    return RoundingCounterexample(
        "C",
        parity_network(
            on_zero=DeltaRule(key, number(0)),
            on_one=DeltaRule(key, number("3/4")),
            even=Matrix.column(["-13/8", "14/8"]),
            odd=Matrix.column(["-14/8", "13/8"]),
        ),
        OpRound(FixedPoint(number("1/8"), number(-16), number("127/8"))),
    )


def wrapping_counter() -> RoundingCounterexample:
    """Counterexample W: a = 1, b = 128 in unsigned 8-bit integers that wrap around.

    Source: the mechanism of Nowak et al., arXiv 2606.01765: wrap-around arithmetic counts.
    """
    one = Diagonal((number(1),))
    return RoundingCounterexample(
        "W",
        parity_network(
            on_zero=one,
            on_one=one,
            even=Matrix.of([[0]]),
            odd=Matrix.of([[128]]),
            input_on_one=Matrix.of([[128]]),
        ),
        OpRound(FixedPoint.unsigned(8, overflow=Overflow.WRAP)),
    )


def _integers(low: int, high: int) -> FixedPoint:
    return FixedPoint(number(1), number(low), number(high))
