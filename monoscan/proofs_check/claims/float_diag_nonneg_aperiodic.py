"""Rounded non-negative diagonal layers cannot count: only star-free languages."""

from __future__ import annotations

from functools import partial

from monoscan.automata import get_language
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import built, composed_maps, obstructed, recognises
from monoscan.theory.constructions.cascades.aperiodic import leaky_format
from monoscan.theory.formats import FixedPoint, Minifloat, NumberFormat, RoundingMode
from monoscan.theory.numbers import number
from monoscan.theory.rounding_parity import wrapping_counter, written_as_delta_rule
from monoscan.theory.semantics import OpRound

_FORBIDDEN = "With diagonal entries in [0, 1] a language with a counting word is not recognised"
_COMPOSED = "In this whole format, no composition of maps h -> r(r(a h) + b), a >= 0, has a period"
_STAR_FREE = "These star-free languages are recognised with diagonal entries in [0, 1]"
_HYPOTHESES = "Without one of the hypotheses, diagonal matrices with entries 0 and 1 do count"
_WORDS = "diagonal, a in [0, 1], any depth, saturating"


def tiny_formats() -> tuple[tuple[str, str, NumberFormat], ...]:
    """Formats small enough to list all compositions: key, words, format."""
    half, two = number("1/2"), number(2)
    return (
        ("fixed", "3-bit fixed point, step 1/2", FixedPoint(half, -two, 3 * half)),
        (
            "fixed-toward-zero",
            "the same, rounded toward zero",
            FixedPoint(half, -two, 3 * half, RoundingMode.TOWARD_ZERO),
        ),
        (
            "fixed-up",
            "the same, rounded up",
            FixedPoint(half, -two, 3 * half, RoundingMode.UP),
        ),
        ("float", "float with the values 0, +-1/2, +-1, +-2", Minifloat(1, -1, two)),
    )


@claim(
    statement=(
        "A stack of diagonal layers with non-negative entries, computed letter by letter with "
        "every operation rounded by a non-decreasing saturating rounding (floating point, "
        "saturating fixed point), recognises star-free languages only, at any depth."
    ),
    sources=(
        "Sarrof, Veitsman, Hahn, arXiv 2405.17394, Theorem 4 (finite precision)",
        "Nowak, Cotterell, Boumasmoud, arXiv 2606.01765 (floating point)",
    ),
    provenance=(
        "our own proof (page of the lemma); the papers are cited second hand, from abstracts and "
        "secondary texts"
    ),
    tags=("impossibility", "finite-precision", "star-free"),
)
def float_diag_nonneg_aperiodic() -> tuple[Row, ...]:
    """The rows: the lemma, whole tiny formats, star-free languages, and the hypotheses."""
    return (*_theorem(), *_whole_formats(), *_star_free(), *_without_hypotheses())


def _theorem() -> tuple[Row, ...]:
    return tuple(
        obstructed(
            f"{language}-{semantics}",
            _FORBIDDEN,
            f"{_WORDS}: {language}",
            "diagonal-nonnegative",
            "monotone-rounding-aperiodic",
            language,
            semantics=semantics,
        )
        for language, semantics in (
            ("parity", "op-round"),
            ("count-mod-3", "op-round"),
            ("abab-star", "op-round"),
            ("parity", "seq-round"),
        )
    )


def _whole_formats() -> tuple[Row, ...]:
    return tuple(
        composed_maps(
            f"all-{key}", _COMPOSED, f"scalar, a >= 0, {words}", form, nonnegative=True, largest=1
        )
        for key, words, form in tiny_formats()
    )


def _star_free() -> tuple[Row, ...]:
    return tuple(
        recognises(
            f"star-free-{language}",
            _STAR_FREE,
            f"diagonal, entries in [0, 1]: {language}",
            built("leaky-cascade", language),
            language,
            properties=("diagonal-nonnegative",),
            semantics=OpRound(leaky_format(get_language(language).build())),
        )
        for language in ("ends-with-ab", "no-two-consecutive-ones", "flip-flop")
    )


def _without_hypotheses() -> tuple[Row, ...]:
    examples = (
        (
            "wrap",
            "diagonal, a = 1, integers that wrap around",
            wrapping_counter,
            ("diagonal-nonnegative",),
        ),
        (
            "delta",
            "1 x 1, entries 0 and 1, written as I - beta k k^T",
            written_as_delta_rule,
            ("diagonal", "spectrum-in-0-1"),
        ),
    )
    return tuple(
        recognises(
            f"without-{key}",
            _HYPOTHESES,
            words,
            partial(lambda make: make().lrnn, make),
            "parity",
            properties=properties,
            semantics=make().semantics,
            direction=Direction.AGAINST,
        )
        for key, words, make, properties in examples
    )
