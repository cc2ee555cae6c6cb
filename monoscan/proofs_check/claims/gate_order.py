"""Whether the gate multiplies what is erased: g I - b k k^T against g (I - b k k^T)."""

from __future__ import annotations

from fractions import Fraction

from monoscan.proofs_check.certificates.identity import (
    Equal,
    IsNonNegative,
    IsZero,
    Square,
    Step,
    constant,
    dot,
    identity,
    variables,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import vector
from monoscan.proofs_check.matrix_rows import identities
from monoscan.proofs_check.rows import about_network, built, enclosed, obstructed, recognises
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import DiagonalPlusRankOne

_CLASS = "scalar-plus-rank-one"
_IN = "With the gate on the kept part only, one layer recognises parity"
_OPEN = (
    "Gates strictly inside (0, 1) are enough for that, if thresholds read the state: its sign is "
    "the parity"
)
_OUT = "With the gate on the whole, no network recognises parity, at any depth"
_ORDER = "With the gate on the kept part one layer still counts modulo no number above 2"


@claim(
    statement=(
        "In exact arithmetic it matters what the gate of a delta rule multiplies: one layer of "
        "g I - b k k^T (Comba) with g and b in [0, 1] recognises parity, and no stack of "
        "g (I - b k k^T) (Gated DeltaNet) with g and b in [0, 1] does."
    ),
    sources=(
        "Our own results; the layers are those of Hu et al., arXiv 2506.02475 (Comba), and Yang "
        "et al., arXiv 2412.06464 (Gated DeltaNet)",
    ),
    provenance="our own; the two lemmas are proved on their pages",
    tags=("parity", "separation", "spectrum"),
)
def gate_order() -> tuple[Row, ...]:
    """The rows: the eigenvalues, one layer that does it, and what is forbidden."""
    return (
        identities(
            "kept-part",
            "The key k is an eigenvector of g I - b k k^T, and its eigenvalue is g - b",
            "all g, b and unit keys k of the plane; g - b reaches -1 for g = 0 and b = 1",
            lambda: _eigenvalue(gates_all=False),
            "the matrix times k, entry by entry",
        ),
        identities(
            "whole",
            "The key k is an eigenvector of g (I - b k k^T), and its eigenvalue g (1 - b) is not "
            "negative",
            "all g and b in [0, 1] and unit keys k of the plane",
            lambda: _eigenvalue(gates_all=True),
            "the matrix times k, entry by entry, and a product of what is >= 0",
        ),
        recognises(
            "parity",
            _IN,
            "g I - b k k^T, g and b in [0, 1]",
            built("abelian-one-layer", "parity", _CLASS),
            "parity",
            properties=(_CLASS,),
            depth=1,
        ),
        about_network(
            enclosed(
                "parity-open",
                _OPEN,
                "g - b = 1/4 - 3/4 on the letter 1 and 3/4 - 1/4 on the letter 0",
                fading_sign,
                "parity",
                properties=(_CLASS,),
            ),
            fading_sign,
        ),
        obstructed(
            "parity-whole",
            _OUT,
            "g (I - b k k^T), g and b in [0, 1], any depth",
            "gated-householder-nonnegative",
            "psd-products-aperiodic",
            "parity",
        ),
        obstructed(
            "parity-whole-threshold",
            _OUT,
            "g (I - b k k^T), g and b in [0, 1], any depth",
            "gated-householder-nonnegative",
            "threshold-letters-settle",
            "parity",
            semantics="threshold",
        ),
        *(
            obstructed(
                f"modulo-{m}",
                _ORDER,
                f"g I - b k k^T, g and b in [0, 1], one layer: modulo {m}",
                _CLASS,
                "one-reflection-order-two",
                f"count-mod-{m}",
                depth=1,
            )
            for m in (3, 4)
        ),
    )


def _eigenvalue(*, gates_all: bool) -> Certificate:
    g, b = variables("g", "b")
    k = vector("k", 2)
    erased = g * b if gates_all else b
    steps: list[Step] = [
        # (g I - erased k k^T) k, less the eigenvalue times k, where k.k = 1.
        IsZero(
            g * entry - erased * entry * dot(k, k) - (g - erased) * entry,
            ((0, -(erased * entry)),),
        )
        for entry in k
    ]
    if gates_all:
        steps.append(IsNonNegative(g - erased, (Square(constant(1), (0, 1)),)))
    else:
        steps.append(Equal(g - erased + 1, g + (1 - b)))
    return identity([g, b, *k], steps, zero=[dot(k, k) - 1], nonnegative=[g, 1 - b])


def fading_sign() -> LRNN:
    """A scalar that is halved with each letter and changes its sign with each 1.

    >>> fading_sign().output("0110"), fading_sign().output("010")
    (True, False)
    """
    one, nothing = Matrix.of([[1]]), Matrix.of([[0]])
    cases: dict[Symbol, Case] = {
        ("0",): Case(_scalar(Fraction(3, 4), Fraction(1, 4)), nothing),
        ("1",): Case(_scalar(Fraction(1, 4), Fraction(3, 4)), nothing),
    }
    is_positive = Threshold((Functional(one, ">", Fraction(0)),), {"1": True, "0": False})
    return LRNN(("0", "1"), (Layer(one, cases, is_positive),))


def _scalar(gate: Fraction, erased: Fraction) -> DiagonalPlusRankOne:
    return DiagonalPlusRankOne(w=(gate,), k=(ONE,), a=(erased,), c=ONE)
