"""Rounded real diagonal layers count modulo powers of 2 only."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.claims.float_diag_nonneg_aperiodic import tiny_formats
from monoscan.proofs_check.rows import built, composed_maps, obstructed, recognises
from monoscan.theory.formats import get_format
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.semantics import OpRound

_COMPOSED = (
    "In this whole format, no group of compositions of maps h -> r(r(a h) + b) exceeds order 2"
)
_FORBIDDEN = "With real diagonal entries, so many layers do not make a cycle of this length"
_POWERS = "With entries 0, 1 and -1 these counters are computed without any rounding error"


@claim(
    statement=(
        "One coordinate of a real diagonal layer, computed letter by letter with every operation "
        "rounded by a non-decreasing saturating rounding, is moved by words through groups of "
        "order at most 2. So k such layers count modulo m only if m divides 2^k."
    ),
    sources=("Our own result; compare Nowak, Cotterell, Boumasmoud, arXiv 2606.01765",),
    provenance=(
        "our own proof (page of the lemma); the paper is cited second hand, from its abstract"
    ),
    tags=("impossibility", "finite-precision", "structure"),
)
def float_diag_real_2groups() -> tuple[Row, ...]:
    """The rows: whole tiny formats, the lemma for stacks, and counters that exist."""
    return (*_whole_formats(), *_theorem(), *_counters())


def _whole_formats() -> tuple[Row, ...]:
    return tuple(
        composed_maps(
            f"all-{key}", _COMPOSED, f"scalar, any a, {words}", form, nonnegative=False, largest=2
        )
        for key, words, form in tiny_formats()
        if key != "fixed-up"
    )


def _theorem() -> tuple[Row, ...]:
    cases: tuple[tuple[str, Depth, str], ...] = (
        ("count-mod-3", "any", "op-round"),
        ("count-mod-6", "any", "op-round"),
        ("s3", "any", "op-round"),
        ("count-mod-4", 1, "op-round"),
        ("count-mod-3", "any", "seq-round"),
    )
    return tuple(
        obstructed(
            f"{language}-{semantics}",
            _FORBIDDEN,
            f"diagonal, entries in [-1, 1], {_depth(depth)}, saturating: {language}",
            "diagonal-real",
            "signed-rounding-two-groups",
            language,
            semantics=semantics,
            depth=depth,
        )
        for language, depth, semantics in cases
    )


def _depth(depth: Depth) -> str:
    return "any depth" if depth == "any" else f"depth {depth}"


def _counters() -> tuple[Row, ...]:
    return tuple(
        recognises(
            f"counter-{language}",
            _POWERS,
            f"diagonal, entries in [-1, 1], E4M3: {language}",
            built("sign-cascade", language),
            language,
            properties=("diagonal-real",),
            semantics=OpRound(get_format("e4m3")),
        )
        for language in ("parity", "count-mod-4", "tomita-5")
    )
