"""Permutation automata in one layer of permutation matrices; a printed number of factors fails."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.matrix_fact import RankOfGap
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    about_network,
    built,
    fails,
    matrix_row,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.published.six_points import on_totals, theorem3_as_printed
from monoscan.theory.factor import permutation_matrix
from monoscan.theory.lrnn import LRNN

_TRACKS = "One layer of permutation matrices tracks a permutation automaton of n states"
_FEWER = "On as few points as the group acts on, one layer needs fewer factors"
_PRINTED = "k - 1 factors are enough in every representation of least degree, as the proof uses it"
_SWAP = "In that representation a swap needs more"
_ALL = "It tracks every permutation automaton"
_STATES = (
    ("s3-swaps", 3),
    ("s3", 4),
    ("cycle-navigation-5", 4),
    ("q8", 6),
    ("d4", 6),
    ("a4", 8),
)
_POINTS = (("s4", 3, 4), ("s5-swaps", 1, 5), ("s5-three-points", 2, 5), ("a4", 2, 4))


@claim(
    statement=(
        "An automaton whose letters permute its states is implemented by one layer without input, "
        "H_0 = (1, ..., n) and A(x) the permutation matrix of x: a product of n minus the number "
        "of cycles reflections."
    ),
    sources=("Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 3",),
    provenance="the theorem and its proof are read in print; the gap is ours",
    tags=("construction", "correction", "groups", "one-layer"),
    errata=(
        "The theorem claims k - 1 factors a letter, k the largest number of *states* that a "
        "letter moves, in the representation of *least degree*. The two actions can differ: S6 by "
        "its swaps has k = 2 on six points, but in its other action on six points a swap "
        "exchanges three pairs and needs 3 factors. Either take the action on the states, or "
        "count k in the representation that is used",
    ),
)
def group_one_layer() -> tuple[Row, ...]:
    """The rows: on the states, on fewer points, and the printed number of factors."""
    return (
        *(_on_states(name, n) for name, n in _STATES),
        *(_on_points(name, n, degree) for name, n, degree in _POINTS),
        about_network(
            fails(
                "printed-count-s6",
                _PRINTED,
                "S6 by neighbour swaps, on six synthematic totals, 1 factor a letter",
                _printed,
                six_points_by_swaps,
                properties=("householder",),
            ),
            _printed,
        ),
        matrix_row(
            "swap-on-totals",
            _SWAP,
            "a swap of two of six points, on the six totals: rank(I - A) = 3",
            lambda: permutation_matrix(on_totals((1, 0, 2, 3, 4, 5))),
            RankOfGap(3),
        ),
        open_row(
            "every-automaton",
            _ALL,
            "one layer of permutation matrices",
            "exact",
            "permutation matrices multiply like permutations, in words; the certificates are about "
            "the automata above",
        ),
    )


def six_points_by_swaps() -> Automaton:
    """S6 on six points, its letters the five swaps of neighbours.

    >>> six_points_by_swaps().output("ab")
    '2'
    """
    points = range(6)
    swapped = [{letter: letter + 1, letter + 1: letter} for letter in range(5)]
    table = [[swap.get(point, point) for swap in swapped] for point in points]
    return Automaton("abcde", table, "012345")


def _printed() -> LRNN:
    return theorem3_as_printed(target_automaton(six_points_by_swaps))


def _factors(n: int) -> str:
    return "householder" if n == 1 else f"householder-product-{n}"


def _on_states(name: str, n_factors: int) -> Row:
    return recognises(
        f"states-{name}",
        _TRACKS,
        f"{name} on its states, at most {n_factors} factors",
        built("group-one-layer", name),
        name,
        properties=(_factors(n_factors),),
        depth=1,
    )


def _on_points(name: str, n_factors: int, degree: int) -> Row:
    plural = "factor" if n_factors == 1 else "factors"
    return recognises(
        f"points-{name}",
        _FEWER,
        f"{name} on {degree} points, at most {n_factors} {plural}",
        built("sn-one-layer", name),
        name,
        properties=(_factors(n_factors),),
        depth=1,
    )
