"""Symmetric groups in four layers of one reflection a token."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import Target, built, open_row, recognises

_TRACKS = "Four layers of one reflection a letter track the group: these languages"
_ALL = "Four layers of one reflection a letter track S_n for every n"


@claim(
    statement=(
        "The word problem of the symmetric group S_n is solved by four layers of DeltaNet with "
        "beta in [0, 2]: two give the time modulo 2m, m = n - 1, the third keeps the last 2m "
        "tokens, and the last applies the product of the previous block, one reflection a token."
    ),
    sources=("Siems et al., arXiv 2502.10297, Theorem 3 (iii), Lemmas 2 and 3",),
    provenance="the theorem and its proof are read in print; the networks are checked",
    tags=("construction", "groups", "depth"),
)
def sn_four_layer_lookup() -> tuple[Row, ...]:
    """The rows: small groups and alphabets; larger ones have too many states to list."""
    return (
        _tracks("parity", "S2", "parity"),
        _tracks("count-mod-3", "Z3 as even permutations of three points", "count-mod-3"),
        _tracks("s3", "S3 by the letters (1 2 3) and (1 2)", _three_points),
        _tracks("s3-two-swaps", "S3 by the letters (1 2) and (2 3)", _two_swaps),
        _tracks(
            "s4-rotations", "S4 by (1 2 3 4) and (1 2), on R^3", _four_points, "so3-four-layer"
        ),
        open_row(
            "every-n",
            _ALL,
            "DeltaNet, one factor a head, four layers",
            "exact",
            "the number of joint states grows like 2m |letters|^(2m) n!; S4 with all its elements "
            "as letters has more than 10^9. The general proof is the paper's",
        ),
    )


def _three_points() -> Automaton:
    return group_word_problem({"a": "(1,2,3)", "b": "(1,2)"})


def _two_swaps() -> Automaton:
    return group_word_problem({"a": "(1,2)", "b": "(2,3)"})


def _four_points() -> Automaton:
    return group_word_problem({"a": "(1,2,3,4)", "b": "(1,2)"})


def _tracks(key: str, words: str, target: Target, construction: str = "sn-four-layer") -> Row:
    return recognises(
        key,
        _TRACKS,
        words,
        built(f"{construction}-lookup", target),
        target,
        properties=("householder",),
        depth=4,
    )
