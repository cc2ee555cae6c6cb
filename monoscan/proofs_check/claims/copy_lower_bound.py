"""A memory of b bits gives back at most 2^b of the words that it has read."""

from __future__ import annotations

from monoscan.proofs_check.certificates.identity import (
    Equal,
    IsNonNegative,
    Square,
    constant,
    identity,
)
from monoscan.proofs_check.certificates.identity import variables as named
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.short_products import exhaustive_copy
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_rows import identities, instances

# Letters, length of the words, states of the memory.
_SMALL = ((2, 2, 1), (2, 2, 2), (2, 2, 3), (2, 2, 4), (2, 3, 2), (2, 3, 3), (3, 2, 2))
# Letters, length, bits, and the factor by which the words outnumber the states.
_NUMBERS = ((2, 10, 8, 4), (2, 16, 10, 64), (4, 8, 10, 64), (16, 4, 15, 2))


@claim(
    statement=(
        "A model whose state has b bits copies at most 2^b words of a given length: drawn "
        "uniformly from the |S|^L words of length L, a word is copied wrongly with probability at "
        "least 1 - 2^b / |S|^L."
    ),
    sources=("Jelassi et al., Repeat After Me, arXiv 2402.01032",),
    provenance="second hand; the counting is our own",
    tags=("impossibility", "counting", "finite-precision"),
)
def copy_lower_bound() -> tuple[Row, ...]:
    """The rows: all tiny memories, the numbers of a few larger ones, and the general bound."""
    return (
        instances(
            "tiny-memories",
            "However the words are stored and read back, at most as many are copied as there are "
            "states",
            "letters, length, states: " + ", ".join(f"({a}, {n}, {s})" for a, n, s in _SMALL),
            lambda: {f"case-{a}-{n}-{s}": exhaustive_copy(a, n, s) for a, n, s in _SMALL},
            len(_SMALL),
            "every encoder, with its best decoder",
            kind="exhaustive-copy",
        ),
        identities(
            "numbers",
            "2 letters, length 10, 8 bits: 4 times as many words as states; 2, 16, 10: 64 times; "
            "4, 8, 10: 64 times; 16, 4, 15: twice",
            "numbers of words and of states",
            _ratios,
            "integers compared",
        ),
        identities(
            "general",
            "A share of at least 1 - 2^b / |S|^L of all words is copied wrongly",
            "every deterministic model with 2^b states",
            _share,
            "the share, given that at most 2^b words are copied; pigeonhole-copy",
            lemma="pigeonhole-copy",
        ),
    )


def _ratios() -> Certificate:
    steps = [
        Equal(constant(letters) ** length, factor * constant(2) ** bits)
        for letters, length, bits, factor in _NUMBERS
    ]
    return identity([], steps)


def _share() -> Certificate:
    words, states, copied = named("words", "states", "copied")
    wrong = words - copied
    steps = [IsNonNegative(wrong - (words - states), (Square(constant(1), (0,)),))]
    return identity(
        [words, states, copied],
        steps,
        nonnegative=[states - copied],
        lemma="pigeonhole-copy",
    )
