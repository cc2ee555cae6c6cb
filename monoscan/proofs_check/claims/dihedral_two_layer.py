"""Dihedral groups in two layers of one reflection; the printed labels fail."""

from __future__ import annotations

from functools import partial

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    about_network,
    fails,
    obstructed,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.published.dihedral import (
    dihedral_as_printed,
    dihedral_two_layers,
    dihedral_word_problem,
)
from monoscan.theory.lrnn import LRNN

_TRACKS = "Two layers of one reflection a letter multiply in a dihedral group, labels exchanged"
_LABELS = "With the labels as printed they do so"
_ORDER = "With the labels exchanged they do so in the printed order of the product"
_ALL = "They do so for every dihedral group"
_ONE_LAYER = "One layer of one reflection a letter does not do it"


@claim(
    statement=(
        "The dihedral group of order 2m is tracked by two layers of DeltaNet with beta in [0, 2]: "
        "the first holds the parities of the numbers of rotations and of reflections, the second "
        "reflects the plane."
    ),
    sources=("Siems et al., arXiv 2502.10297, Theorem 7",),
    provenance=(
        "the theorem and its proof are read in print; the two mistakes and their repair are ours"
    ),
    tags=("construction", "correction", "groups", "depth"),
    errata=(
        "The two angles of a reflection s_j stand at the wrong parities: already for m = 2 the "
        "network as printed answers s1 to the word s0. With the two exchanged it is right",
        "The product is defined as x_t ... x_1, newest token on the left, but the case analysis "
        "is for x_1 ... x_t: for m = 3 the repaired network fails on r1 s0 in the printed order",
    ),
)
def dihedral_two_layer() -> tuple[Row, ...]:
    """The rows: the repaired network, the printed ones, and that one layer fails."""
    return (
        *(_repaired(m) for m in (2, 3, 4, 5, 6)),
        *(_printed(m) for m in (2, 3, 4)),
        *(_printed_order(m) for m in (3, 4)),
        *(_one_layer(m) for m in (3, 4)),
        open_row(
            "every-order",
            _ALL,
            "two layers, one reflection a letter, labels exchanged",
            "exact",
            "the case analysis of the paper, with the labels exchanged, proves it for every m, in "
            "words; the certificates are about the m above",
        ),
    )


def _repaired(m: int) -> Row:
    problem = partial(dihedral_word_problem, m)
    return recognises(
        f"d{m}",
        _TRACKS,
        f"order {2 * m}, all elements as letters",
        lambda: dihedral_two_layers(target_automaton(problem)),
        problem,
        properties=("householder",),
        depth=2,
    )


def _printed(m: int) -> Row:
    problem = partial(dihedral_word_problem, m)

    def network() -> LRNN:
        return dihedral_as_printed(target_automaton(problem))

    row = fails(
        f"labels-d{m}",
        _LABELS,
        f"order {2 * m}",
        network,
        problem,
        properties=("householder",),
    )
    return about_network(row, network)


def _printed_order(m: int) -> Row:
    def network() -> LRNN:
        return dihedral_two_layers(dihedral_word_problem(m))

    row = fails(
        f"order-d{m}",
        _ORDER,
        f"order {2 * m}, newest token on the left",
        network,
        partial(dihedral_word_problem, m, newest="left"),
        properties=("householder",),
    )
    return about_network(row, network)


def _one_layer(m: int) -> Row:
    return obstructed(
        f"one-layer-d{m}",
        _ONE_LAYER,
        f"order {2 * m}, one layer, one factor a head",
        "householder",
        "one-reflection-order-two",
        partial(dihedral_word_problem, m),
        depth=1,
    )
