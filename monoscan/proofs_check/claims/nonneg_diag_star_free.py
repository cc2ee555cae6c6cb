"""Non-negative diagonal networks and star-free languages: what is true in which semantics."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    algebra,
    built,
    enclosed,
    obstructed,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.cascades.aperiodic import leaky_format
from monoscan.theory.semantics import OpRound

_ROUNDED = (
    "With every operation rounded, diagonal layers in [0, 1] recognise these star-free languages"
)
_COUNT = "These languages, which are not star-free, are not recognised"
_STAR_FREE = (
    "The syntactic monoids of these languages are aperiodic (so, by Schützenberger, star-free)"
)
_THRESHOLDS = (
    "With infinitely many states, read through thresholds, exact arithmetic recognises these"
)
_EXACT_FAILS = "In exact arithmetic with finitely many states these layers do not recognise these"
_EXACT_WORKS = "In exact arithmetic they recognise these, in which each letter acts like its square"
_THREE = "With products of three factors, beta in {0, 1}, exact arithmetic recognises them again"
_ALL = "The equivalence for every language, at once"
_DELAYED = ("ends-with-ab", "ab-star", "tomita-2", "no-two-consecutive-ones")
_STAR_FREE_LANGUAGES = (*_DELAYED, "tomita-4", "tomita-7", "dyck-1-2", "starts-with-a-ends-with-b")
_IDEMPOTENT = ("flip-flop", "even-pairs", "subword-ab", "starts-with-a")


@claim(
    statement=(
        "Stacks of diagonal layers with entries in [0, 1] recognise a regular language, in a "
        "number format with rounding or in exact arithmetic with read-outs by thresholds, exactly "
        "if it is star-free. In exact arithmetic with finitely many states, and no layer that sees "
        "the previous input, they recognise fewer: only languages in which, moreover, every letter "
        "acts like its square."
    ),
    sources=(
        "Sarrof, Veitsman, Hahn, arXiv 2405.17394, Theorem 4",
        "Nowak, Cotterell, Boumasmoud, arXiv 2606.01765",
        "M.-P. Schützenberger, On finite monoids having only trivial subgroups (1965)",
    ),
    provenance=(
        "the papers are known second hand; the rows with finitely many states, the delay by "
        "rounding and the proofs on the pages are our own"
    ),
    tags=("iff", "star-free", "finite-precision", "impossibility"),
)
def nonneg_diag_star_free() -> tuple[Row, ...]:
    """The rows: rounded, exact, and with three factors."""
    return (
        *(_rounded(name) for name in _STAR_FREE_LANGUAGES),
        *(_enclosed(name) for name in _STAR_FREE_LANGUAGES),
        *(_no_counting(name) for name in ("parity", "count-mod-3", "abab-star")),
        *(_no_thresholds(name) for name in ("parity", "count-mod-3", "abab-star")),
        *_exact_no_counting(),
        *(
            algebra(f"aperiodic-{name}", _STAR_FREE, name, "aperiodic", name)
            for name in _STAR_FREE_LANGUAGES
        ),
        *(_not_exact(name) for name in _DELAYED),
        obstructed(
            "exact-two-factors-ends-with-ab",
            _EXACT_FAILS,
            "ends-with-ab, products of two factors with beta in [0, 1], any depth",
            "householder-product-2-nonnegative",
            "idempotent-letters",
            "ends-with-ab",
        ),
        *(_exact(name) for name in _IDEMPOTENT),
        *(_three_factors(name) for name in _STAR_FREE_LANGUAGES),
        open_row(
            "every-language-rounded",
            _ALL,
            "diagonal, entries in [0, 1], any depth, some fixed-point format",
            "op-round",
            "that no other language is recognised is proved on the lemma's page; that every "
            "star-free language is, follows from the cascade of Krohn and Rhodes (cited) and an "
            "argument in words. The certificates are about the languages above",
        ),
        open_row(
            "every-language-thresholds",
            _ALL,
            "diagonal, entries in [0, 1], any depth, infinitely many states, threshold read-outs",
            "threshold",
            "that no other language is recognised is proved on the lemma's page; that every "
            "star-free language is, follows from the cascade of Krohn and Rhodes (cited) and an "
            "argument in words. The certificates are about the languages above",
        ),
    )


def _rounded(name: str) -> Row:
    number_format = leaky_format(target_automaton(name))
    return recognises(
        f"rounded-{name}",
        _ROUNDED,
        f"{name}; fixed point with step {number_format.step}",
        built("leaky-cascade", name),
        name,
        properties=("diagonal-nonnegative",),
        semantics=OpRound(number_format),
    )


def _enclosed(name: str) -> Row:
    construction = "last-letters-leak" if name == "ends-with-ab" else "leak-cascade"
    return enclosed(
        f"thresholds-{name}",
        _THRESHOLDS,
        f"{name}; leaks, entries in [0, 1]",
        built(construction, name),
        name,
        properties=("diagonal-nonnegative",),
    )


def _no_thresholds(name: str) -> Row:
    return obstructed(
        f"thresholds-not-{name}",
        _COUNT,
        f"{name}; diagonal, entries in [0, 1], any depth, threshold read-outs",
        "diagonal-nonnegative",
        "threshold-star-free",
        name,
        semantics="threshold",
    )


def _no_counting(name: str) -> Row:
    return obstructed(
        f"rounded-not-{name}",
        _COUNT,
        f"{name}; diagonal, entries in [0, 1], any depth, saturating",
        "diagonal-nonnegative",
        "monotone-rounding-aperiodic",
        name,
        semantics="op-round",
    )


def _exact_no_counting() -> tuple[Row, ...]:
    return tuple(
        obstructed(
            f"exact-not-parity-{key}",
            _COUNT,
            f"parity; {words}, any depth",
            model_class,
            "psd-products-aperiodic",
            "parity",
        )
        for key, words, model_class in (
            ("diagonal", "diagonal, entries in [0, 1]", "diagonal-nonnegative"),
            (
                "three-factors",
                "products of three factors with beta in [0, 1]",
                "householder-product-3-nonnegative",
            ),
        )
    )


def _not_exact(name: str) -> Row:
    return obstructed(
        f"exact-not-{name}",
        _EXACT_FAILS,
        f"{name}; diagonal, entries in [0, 1], any depth",
        "diagonal-nonnegative",
        "idempotent-letters",
        name,
    )


def _exact(name: str) -> Row:
    return recognises(
        f"exact-{name}",
        _EXACT_WORKS,
        f"{name}; entries 0 and 1",
        built("block-cascade", name),
        name,
        properties=("diagonal-nonnegative",),
    )


def _three_factors(name: str) -> Row:
    return recognises(
        f"three-factors-{name}",
        _THREE,
        f"{name}; at most three factors a head",
        built("nilpotent-cascade", name),
        name,
        properties=("householder-product-3-nonnegative",),
    )
