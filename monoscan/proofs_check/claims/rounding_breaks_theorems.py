"""Does rounding break it? What theorems forbid in exact arithmetic, searched for where rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from typing import Any

from monoscan.proofs_check.certificates.region import Property
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.rows import obstructed, open_row, recognises
from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.readout import StateTable
from monoscan.theory.rounding_search import (
    Exhausted,
    Found,
    delta_rules,
    dense_steps,
    projection_pairs,
    scalar_steps,
    wide,
)
from monoscan.theory.semantics import OpRound, Semantics, SeqRound

_PARITY = "Parity needs an eigenvalue that is not >= 0 (exact): rounding breaks it here"
_MODULO_3 = (
    "Counting modulo 3 needs an eigenvalue that is not real (exact, one layer): rounding breaks it "
    "here"
)
_OPEN = (
    "With |a| < 1 a diagonal layer with finitely many states knows the last letter only "
    "(exact): rounding breaks it here"
)
_SPARED = "Rounding does not break these, at any depth, where formats saturate"
_NOTHING = "Searched without success; larger ranges are not decided"
_CONTRACTION = ("factors-in-0-1", "norm-at-most-one", "spectrum-nonnegative")
_BIT = FixedPoint.unsigned(1, overflow=Overflow.WRAP)
_NIBBLE = FixedPoint.signed(4, 2, overflow=Overflow.WRAP)
_HALVES = FixedPoint.signed(3, 1)
_LARGE, _BELOW_ONE = Fraction(10**6), Fraction(9, 10)


@dataclass(frozen=True)
class _Searched:
    """A row whose network a search finds.

    Attributes:
        key: of the row.
        statement: of the row.
        words: the network in words.
        search: finds it.
        semantics: under which it counts.
        language: what it recognises.
        properties: what is certified of its matrices.
    """

    key: str
    statement: str
    words: str
    search: Callable[[], Found]
    semantics: Semantics[Any]
    language: str
    properties: tuple[Property, ...]

    def row(self, of_one_letter: bool = False) -> Row:
        """The row."""
        network = partial(_network, self.search)
        if of_one_letter:
            network = partial(_of_one_letter, self.search)
        return recognises(
            self.key,
            self.statement,
            self.words,
            network,
            self.language,
            properties=self.properties,
            semantics=self.semantics,
            depth=1,
            traced="a" if of_one_letter else "1",
        )


@cache
def _network(search: Callable[[], Found]) -> LRNN:
    found = search()
    if isinstance(found, Exhausted):
        raise EvidenceMissingError(f"none of the {found.tried} networks of the range counts")
    return found.lrnn


def _of_one_letter(search: Callable[[], Found]) -> LRNN:
    """The network without the letter on which the state does not change."""
    layer = _network(search).last
    assert isinstance(layer.readout, StateTable)
    cases: dict[Symbol, Case] = {("a",): layer.cases["1",]}
    return LRNN(("a",), (Layer(layer.initial, cases, layer.readout),))


_BROKEN = (
    _Searched(
        "parity-dense",
        _PARITY,
        "dense 2 x 2, halves, eigenvalues > 0, one rounding a step",
        partial(dense_steps, 2, 2),
        SeqRound(wide(1)),
        "parity",
        ("spectrum-nonnegative",),
    ),
    _Searched(
        "parity-projections",
        _PARITY,
        "DeltaProduct, n_h = 2, beta(1) = 1, one rounding a step",
        partial(projection_pairs, 1, 2),
        SeqRound(wide(1)),
        "parity",
        _CONTRACTION,
    ),
    _Searched(
        "parity-delta",
        _PARITY,
        "DeltaNet, beta(1) = 1, four entries, fixed point with step 1/2",
        partial(delta_rules, 2, 4, unit=True),
        OpRound(wide(2)),
        "parity",
        (*_CONTRACTION, "symmetric"),
    ),
    _Searched(
        "parity-delta-plane",
        _PARITY,
        "DeltaNet, beta(1) = 3/5, two entries, fixed point with step 1/5",
        partial(delta_rules, 5, 2, unit=True),
        OpRound(wide(5)),
        "parity",
        (*_CONTRACTION, "symmetric"),
    ),
    _Searched(
        "parity-wrapping",
        _PARITY,
        "scalar, a = 1, one bit that wraps around",
        partial(scalar_steps, _BIT, Fraction(0), _LARGE),
        OpRound(_BIT),
        "parity",
        ("diagonal-nonnegative",),
    ),
    _Searched(
        "modulo-3-dense",
        _MODULO_3,
        "dense 2 x 2, halves, eigenvalues > 0, one rounding a step",
        partial(dense_steps, 2, 2, 3),
        SeqRound(wide(1)),
        "count-mod-3",
        ("spectrum-nonnegative",),
    ),
    _Searched(
        "modulo-3-projections",
        _MODULO_3,
        "DeltaProduct, n_h = 2, beta(1) = 1, one rounding a step",
        partial(projection_pairs, 5, 3, 3),
        SeqRound(wide(1)),
        "count-mod-3",
        _CONTRACTION,
    ),
    _Searched(
        "modulo-3-delta",
        _MODULO_3,
        "DeltaNet, beta(1) = 3/2, one factor, four entries, fixed point with step 1/2",
        partial(delta_rules, 2, 4, most=2, unit=True, period=3),
        OpRound(wide(2)),
        "count-mod-3",
        ("factors-in-0-2", "norm-at-most-one", "symmetric"),
    ),
    _Searched(
        "modulo-3-wrapping",
        _MODULO_3,
        "scalar, a = 1/4, four bits (Q2.2) that wrap around",
        partial(scalar_steps, _NIBBLE, Fraction(0), _LARGE, 3),
        OpRound(_NIBBLE),
        "count-mod-3",
        ("diagonal-nonnegative",),
    ),
)
_STABLE = _Searched(
    "even-length-open",
    _OPEN,
    "scalar, a = -1/2, fixed point with step 1/2: words of even length",
    partial(scalar_steps, _HALVES, -_BELOW_ONE, _BELOW_ONE),
    OpRound(_HALVES),
    "aa-star",
    ("diagonal-real-open",),
)


@claim(
    statement=(
        "Theorems that forbid one layer to count in exact arithmetic do not bind it where numbers "
        "are rounded: in fixed point with a few bits, networks of the forbidden kinds count modulo "
        "2 and 3 at all lengths. It does not break those about diagonal layers, and about "
        "symmetric ones with eigenvalues in [0, 1] and one rounding a step, where formats saturate."
    ),
    sources=(
        "Our own results. The theorems: Grazzi, Siems et al., arXiv 2411.12537v5, Theorems 1 and "
        "2; Sarrof, Veitsman, Hahn, arXiv 2405.17394; the claims parity-needs-negative-eigs, "
        "mod3-needs-complex-eigs, order3-needs-two-gh and the lemma strictly-stable-letters",
    ),
    provenance=(
        "our own: each network is the first one that a search over a range finds, and is proved by "
        "its certificate; the lemmas are proved on their pages"
    ),
    tags=("separation", "parity", "finite-precision", "one-layer"),
)
def rounding_breaks_theorems() -> tuple[Row, ...]:
    """The rows: what is broken, what is not, and where the search found nothing."""
    return (
        *(searched.row() for searched in _BROKEN),
        _STABLE.row(of_one_letter=True),
        *_spared(),
        *_nothing(),
    )


def _spared() -> tuple[Row, ...]:
    return tuple(
        obstructed(key, _SPARED, words, model_class, lemma, language, semantics=semantics)
        for key, words, model_class, lemma, language, semantics in (
            (
                "parity-diagonal",
                "diagonal, a >= 0, every operation rounded: parity",
                "diagonal-nonnegative",
                "monotone-rounding",
                "parity",
                "op-round",
            ),
            (
                "parity-symmetric",
                "symmetric, spectrum in [0, 1], one rounding a step: parity",
                "symmetric-spectrum-in-0-1",
                "psd-lemma",
                "parity",
                "seq-round",
            ),
            (
                "modulo-3-diagonal",
                "diagonal, real a, every operation rounded: counting modulo 3",
                "diagonal-real",
                "signed-rounding-two-groups",
                "count-mod-3",
                "op-round",
            ),
        )
    )


def _nothing() -> tuple[Row, ...]:
    return (
        open_row(
            "modulo-3-triangular",
            _NOTHING,
            "triangular 2 x 2, real, counting modulo 3",
            "seq-round",
            "no cycle of three states among 2,197 matrices of thirds up to 2, states up to 4",
        ),
        open_row(
            "modulo-3-one-factor",
            _NOTHING,
            "one factor I - beta v v^T, beta in (0, 2], counting modulo 3",
            "seq-round",
            "no cycle of three states among 128 factors (v up to 3, beta and B in quarters)",
        ),
        open_row(
            "modulo-3-one-projection",
            _NOTHING,
            "DeltaNet, beta in (0, 1], one factor, counting modulo 3",
            "op-round",
            "no cycle of three states for all unit keys of four entries in quarters, of three in "
            "ninths, of two in fifths, and B = 0",
        ),
    )
