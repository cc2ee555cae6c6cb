"""Every regular language by a cascade of permutation-reset levels, with delays between them."""

from __future__ import annotations

from functools import partial

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    about_network,
    built,
    fails,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.cascades.undelayed import undelayed_cascade
from monoscan.theory.lrnn import LRNN

_DELAYED = "With a delay after each level the cascade recognises the language"
_PRINTED = "Wired as printed, each level reading the new outputs of the levels below, it does so"
_GATED = "With one gate 0 in place of the product of projections, delayed"
_ALL = "For every regular language the delayed cascade recognises it"
_LANGUAGES = (
    ("ends-with-ab", "householder"),
    ("ab-star", "householder"),
    ("flip-flop", "householder"),
    ("starts-with-a", "householder"),
    ("even-pairs", "householder"),
    ("tomita-3", "householder"),
    ("tomita-7", "householder"),
    ("count-mod-3", "householder-product-2"),
    ("s3-swaps", "householder-product-2"),
    ("cerny-4", "householder-product-3"),
)


@claim(
    statement=(
        "Every regular language is recognised by a stack of layers whose matrices are products of "
        "generalised Householder matrices with beta in [0, 2]: a cascade of permutation-reset "
        "automata (Krohn and Rhodes), a level implemented by permutation matrices, and by the "
        "matrix 0 for resets."
    ),
    sources=(
        "Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 4 and Appendix C",
        "K. Krohn, J. Rhodes, Algebraic theory of machines I (1965)",
    ),
    provenance=(
        "the theorem and its proof are read in print; that its wiring fails, and the repair by a "
        "clock and registers of two slots, are ours"
    ),
    tags=("construction", "correction", "regular"),
    errata=(
        "The written proof composes the levels by their states *before* the letter, but a layer "
        "sees what the layers below answer *after* it. For permutations the old state can be "
        "recovered, for resets it is lost: on the words that end in ab, the shortest word that "
        "the printed wiring gets wrong is ab. The theorem survives with a delay after each level",
    ),
)
def regular_kr_cascade() -> tuple[Row, ...]:
    """The rows: languages with delays, the printed wiring, and what is left."""
    return (
        *(
            recognises(
                name,
                _DELAYED,
                f"{name}, {_factors(model_class)}",
                built("erased-cascade", name),
                name,
                properties=(model_class,),
            )
            for name, model_class in _LANGUAGES
        ),
        *(
            recognises(
                f"gated-{name}",
                _GATED,
                f"{name}, gated products of {n} factors",
                built("gated-cascade", name),
                name,
                properties=(f"gated-householder-product-{n}",),
            )
            for name, n in (("s3-swaps", 2), ("cerny-4", 3))
        ),
        *(_printed(name) for name in ("ends-with-ab", "ab-star", "starts-with-a")),
        open_row(
            "all-languages",
            _ALL,
            "products of generalised Householder matrices",
            "exact",
            "the cascade exists by Krohn and Rhodes (cited); that the delayed wiring is right for "
            "every cascade is an argument in words. The certificates are about the languages above",
        ),
    )


def _factors(model_class: str) -> str:
    n = model_class.removeprefix("householder").removeprefix("-product-")
    return f"{n} factors a head at most" if n else "one factor a head"


def _printed(name: str) -> Row:
    make = partial(_undelayed, name)
    row = fails(
        f"undelayed-{name}",
        _PRINTED,
        f"{name}, the same cascade, one factor a head",
        make,
        name,
        properties=("householder",),
    )
    return about_network(row, make)


def _undelayed(name: str) -> LRNN:
    return undelayed_cascade(target_automaton(name))
