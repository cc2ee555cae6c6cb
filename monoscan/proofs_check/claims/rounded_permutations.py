"""Rounding gives permutations to products of projections, which have none in exact arithmetic."""

from __future__ import annotations

from functools import cache

from monoscan.automata import Automaton
from monoscan.automata.sources import group_word_problem
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import Target, built, obstructed, open_row, recognises
from monoscan.theory.constructions.rounded_swaps import FORMAT
from monoscan.theory.semantics import OpRound

_ROUNDED = "Rounded to quarters, projections permute up to four states for ever"
_EXACT = (
    "In exact arithmetic with finitely many states such layers recognise star-free languages only, "
    "at any depth"
)
_ALL = "Rounding gives such layers the permutations of any number of points"


@cache
def s4_by_neighbour_swaps() -> Automaton:
    """S4, each letter a swap of neighbours; the output is the product of the letters.

    >>> s4_by_neighbour_swaps().n_states
    24
    """
    return group_word_problem(["(1 2)", "(2 3)", "(3 4)"])


# What is tracked, in words, and the factors a letter.
_TRACKED: tuple[tuple[str, Target, str, int], ...] = (
    ("parity", "parity", "parity", 1),
    ("s4-swaps", s4_by_neighbour_swaps, "S4 by swaps of neighbours", 1),
    ("modulo-3", "count-mod-3", "modulo 3", 2),
    ("modulo-4", "count-mod-4", "modulo 4", 3),
    ("s3", "s3", "S3, all elements as letters", 3),
)


@claim(
    statement=(
        "Where every operation is rounded, one layer of projections I - k k^T, as DeltaNet and "
        "DeltaProduct with beta in [0, 1] have them, tracks groups of permutations of up to four "
        "points, for ever. In exact arithmetic with finitely many states no stack of such layers "
        "tracks any group but the trivial one."
    ),
    sources=("Our own results; the states and keys were found by search",),
    provenance=(
        "our own: each network is proved by its certificate, the lemma for exact arithmetic on its "
        "page"
    ),
    tags=("separation", "groups", "finite-precision", "one-layer"),
)
def rounded_permutations() -> tuple[Row, ...]:
    """The rows: five networks that round, what exact arithmetic forbids, and where we stop."""
    return (
        *(
            recognises(
                f"{key}-rounded",
                _ROUNDED,
                f"{words}: {_factors(factors)}, beta in {{0, 1}}",
                built("rounded-swaps", target),
                target,
                properties=(_class_of(factors),),
                semantics=OpRound(FORMAT),
                depth=1,
            )
            for key, target, words, factors in _TRACKED
        ),
        *(
            obstructed(
                f"{key}-exact",
                _EXACT,
                f"{words}: {_factors(factors)}, beta in [0, 1], any depth",
                _class_of(factors),
                "psd-products-aperiodic",
                target,
            )
            for key, target, words, factors in _TRACKED
        ),
        open_row(
            "five-points",
            _ALL,
            "products of projections, beta in [0, 1], any format that saturates",
            "op-round",
            "no keys of length 1 and states are known that permute five points, and no proof that "
            "there are none",
        ),
    )


def _factors(count: int) -> str:
    return "one factor a letter" if count == 1 else f"at most {count} factors a letter"


def _class_of(factors: int) -> str:
    product = "" if factors == 1 else f"product-{factors}-"
    return f"householder-{product}nonnegative"
