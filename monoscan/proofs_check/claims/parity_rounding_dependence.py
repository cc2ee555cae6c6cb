"""Whether non-negative spectra compute parity depends on where numbers are rounded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from monoscan.automata import Automaton
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import about_network, algebra, fails, obstructed, recognises
from monoscan.theory.lrnn import LRNN
from monoscan.theory.rounding_parity import (
    RoundingCounterexample,
    alternating_projections,
    deltanet_rounded_operations,
    expansive_rounded_steps,
    reachable_automaton,
    two_projections_count_to_three,
    two_projections_rounded_steps,
    with_threshold,
)
from monoscan.theory.semantics import Exact, Semantics, SeqRound

_ROUNDED = "Rounded as stated, these networks with spectra in [0, inf) recognise parity"
_ELSEWHERE = "Rounded elsewhere or not at all, the same matrices and inputs fail on a short word"
_MODULO_3 = "Rounded once a step, two projections a letter count modulo 3 as well"
_SETTLES = "Where one letter is read again and again, such networks do not recognise parity"
_WORDS = "One rounding a step and projections only, yet the language (next row) is not star-free"
_CONTRACTION = ("factors-in-0-1", "norm-at-most-one", "spectrum-nonnegative")

_EXAMPLES: tuple[
    tuple[str, str, Callable[[], RoundingCounterexample], tuple[str, ...], tuple[int, ...], str],
    ...,
] = (
    (
        "expansive",
        "dense 2 x 2, eigenvalues 0.009 and 1.74",
        expansive_rounded_steps,
        ("spectrum-nonnegative",),
        (-1, -1),
        "-1",
    ),
    (
        "projections",
        "DeltaProduct, n_h = 2, beta(1) = 1, spectrum {0, 9/25}",
        two_projections_rounded_steps,
        _CONTRACTION,
        (0, 1),
        "3/2",
    ),
    (
        "deltanet",
        "DeltaNet, beta(1) = 3/4, spectrum {1, 1/4}",
        deltanet_rounded_operations,
        (*_CONTRACTION, "symmetric"),
        (1, 1, 1, 1),
        "0",
    ),
)


@claim(
    statement=(
        "Whether a linear RNN whose matrices have eigenvalues in [0, inf) only can recognise "
        "parity depends on where its numbers are rounded. A DeltaNet with beta < 1 does so in "
        "fixed point when every operation is rounded; with symmetric matrices and one rounding a "
        "step no network does; in exact arithmetic none does."
    ),
    sources=(
        "Our own results; compare Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 1, which is "
        "about unrolled sums that are cast",
    ),
    provenance=(
        "our own: the examples were found by random search, each is proved by its certificate; the "
        "lemmas are proved on their pages, by no program"
    ),
    tags=("separation", "parity", "finite-precision"),
)
def parity_rounding_dependence() -> tuple[Row, ...]:
    """The rows: rounded, rounded elsewhere, what the lemmas say, and where they stop."""
    return (
        *(_recognised(*example) for example in _EXAMPLES),
        *(_fails(Exact(), "exact", *example) for example in _EXAMPLES),
        _deltanet_rounded_once(),
        _modulo_3(),
        *_lemmas(),
        *_two_letters(),
    )


def _recognised(
    key: str,
    words: str,
    make: Callable[[], RoundingCounterexample],
    properties: tuple[str, ...],
    weights: tuple[int, ...],
    bound: str,
) -> Row:
    network = partial(_observed, make, weights, bound)
    row = recognises(
        f"{key}-rounded",
        _ROUNDED,
        words,
        network,
        "parity",
        properties=properties,
        semantics=make().semantics,
    )
    return about_network(row, network)


def _fails(
    semantics: Semantics[Any],
    name: str,
    key: str,
    words: str,
    make: Callable[[], RoundingCounterexample],
    properties: tuple[str, ...],
    weights: tuple[int, ...],
    bound: str,
) -> Row:
    network = partial(_observed, make, weights, bound)
    row = fails(
        f"{key}-{name}",
        _ELSEWHERE,
        words,
        network,
        "parity",
        properties=properties,
        semantics=semantics,
        direction=Direction.FOR,
    )
    return about_network(row, network)


def _observed(
    make: Callable[[], RoundingCounterexample], weights: tuple[int, ...], bound: str
) -> LRNN:
    """With a read-out that has an answer in every state, so that it can be wrong in all of them."""
    return with_threshold(make().lrnn, weights, bound)


def _deltanet_rounded_once() -> Row:
    return _fails(
        SeqRound(deltanet_rounded_operations().semantics.format), "rounded-once", *_EXAMPLES[2]
    )


def _modulo_3() -> Row:
    example = two_projections_count_to_three()
    return recognises(
        "projections-modulo-3",
        _MODULO_3,
        "DeltaProduct, n_h = 2, beta(1) = 1",
        lambda: two_projections_count_to_three().lrnn,
        "count-mod-3",
        properties=_CONTRACTION,
        semantics=example.semantics,
    )


def _lemmas() -> tuple[Row, ...]:
    return (
        obstructed(
            "exact-lemma",
            _SETTLES,
            "spectrum in [0, inf), any depth",
            "spectrum-nonnegative",
            "sign-lemma",
            "parity",
        ),
        obstructed(
            "rounded-once-lemma",
            _SETTLES,
            "symmetric, spectrum in [0, 1], any depth, saturating",
            "symmetric-spectrum-in-0-1",
            "psd-lemma",
            "parity",
            semantics="seq-round",
        ),
    )


@cache
def _language() -> Automaton:
    """What the alternating projections recognise: the words that lead back to the first state."""
    example = alternating_projections()
    return reachable_automaton(example.lrnn, example.semantics)


def _two_letters() -> tuple[Row, ...]:
    example = alternating_projections()
    return (
        recognises(
            "two-letters",
            _WORDS,
            "DeltaNet, beta = 1 on both letters",
            lambda: alternating_projections().lrnn,
            _language,
            properties=("factors-in-0-1", "symmetric", "spectrum-in-0-1"),
            semantics=example.semantics,
        ),
        algebra(
            "two-letters-language",
            "The language of that network with two letters is not star-free",
            "the words after which it is in its first state",
            "not-aperiodic",
            _language,
        ),
    )
