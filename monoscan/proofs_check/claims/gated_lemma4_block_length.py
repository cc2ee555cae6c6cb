"""Lemma 4 of DeltaProduct prints a block length that is too short; its Theorem 3 does not."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.matrix_fact import IsProduct, RankOfGap, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.short_products import short_products
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.claims.perm_n_minus_1_reflections import all_swaps
from monoscan.proofs_check.matrix_rows import instances
from monoscan.proofs_check.rows import fails, recognises
from monoscan.theory.constructions.published.symmetric_group import (
    lemma4_as_printed,
    sn_four_layers,
)
from monoscan.theory.factor import permutation_matrix, reflections
from monoscan.theory.transition import Dense

_PRINTED = (
    "A product of m = ceil((k - 1)/n_h) letters that move at most k points each is a product of "
    "m n_h reflections"
)
_FIRST, _SECOND = (1, 2, 0, 3, 4, 5), (0, 1, 2, 4, 5, 3)


@claim(
    statement=(
        "Blocks of m = ceil((k - 1)/n_h) tokens, k the largest number of points that a letter "
        "moves, are too short for the four-layer construction with permutation letters; blocks of "
        "ceil((n - 1)/n_h) tokens are long enough for permutations of n points."
    ),
    sources=("Siems et al., arXiv 2502.10297, Lemma 4 (the gap) and Theorem 3 (the right length)",),
    provenance="the lemma and its proof are read in print; the gap and its witness are our own",
    tags=("correction", "matrix-fact", "groups", "depth"),
    errata=(
        "Lemma 4 (ii) and (iii) take m = ceil((k - 1)/n_h) and say that the product of a block "
        "moves at most k points. With n_h = 1 and the letters (1 2 3) and (4 5 6), so k = 3 and "
        "m = 2, the product of both moves 6 points and needs 4 reflections, not 2",
    ),
)
def gated_lemma4_block_length() -> tuple[Row, ...]:
    """The rows: the witness, a network that fails, and the length that is enough."""
    return (
        instances(
            "printed-length",
            _PRINTED,
            "n = 6, n_h = 1, letters (1 2 3) and (4 5 6), k = 3, m = 2",
            _witness,
            3,
            "each letter needs 2 reflections, their product 4: rank(I - A) = 4",
            direction=Direction.AGAINST,
        ),
        fails(
            "printed-network",
            "Four layers with blocks of the printed length, the last m factors of each block "
            "executed, track the automaton",
            "S4 on 4 points by (1 2 3) and (3 4), n_h = 1, m = 2",
            lambda: lemma4_as_printed(three_cycle_and_swap()),
            three_cycle_and_swap,
            properties=("householder",),
        ),
        instances(
            "length-n-minus-1",
            "Every permutation of n points is a product of n - 1 swaps",
            "n = 2 to 6",
            lambda: {
                f"degree-{n}": short_products(all_swaps(n), "permutations", "factors-in-0-2")
                for n in range(2, 7)
            },
            5,
            "all products listed",
            kind="short-products",
        ),
        recognises(
            "network-of-length-n-minus-1",
            "Four layers with blocks of n - 1 tokens track the automaton",
            "S3 on 3 points by (1 2) and (1 2 3), n_h = 1, m = 2",
            lambda: sn_four_layers(symmetric_three()),
            symmetric_three,
            properties=("householder",),
            depth=4,
        ),
    )


def three_cycle_and_swap() -> Automaton:
    """The permutations of four points, by (1 2 3) and (3 4); the state is where 1 goes.

    >>> three_cycle_and_swap().n_states
    4
    """
    return Automaton("ab", [[1, 0], [2, 1], [0, 3], [3, 2]], "0123")


def symmetric_three() -> Automaton:
    """The permutations of three points, by (1 2) and (1 2 3); the state is where 1 goes.

    >>> symmetric_three().n_states
    3
    """
    return Automaton("ab", [[1, 1], [0, 2], [2, 0]], "012")


def _witness() -> dict[str, Certificate]:
    first, second = permutation_matrix(_FIRST), permutation_matrix(_SECOND)
    block = second @ first
    letters = IsProduct((Dense(second), Dense(first)))
    return {
        "first": matrix_fact(first, [IsProduct(reflections(first)), RankOfGap(2)]),
        "second": matrix_fact(second, [IsProduct(reflections(second)), RankOfGap(2)]),
        "block": matrix_fact(block, [letters, IsProduct(reflections(block)), RankOfGap(4)]),
    }
