"""S5 in one layer: four Householder factors, and no fewer."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.proofs_check.certificates.matrix_fact import RankOfGap
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, matrix_row, obstructed, open_row, recognises
from monoscan.theory.factor import permutation_matrix

_FOUR = "Four factors a letter track S5 in one layer"
_THREE = "Three factors a letter do not, not even for the two letters (1 2 3 4 5) and (1 2)"
_RANK = "The permutation matrix of a cycle of five is no product of fewer than four factors"
_EASIER = "With fewer letters fewer factors are enough"
_ROUNDED = "The same holds when states are rounded to a finite format"


@claim(
    statement=(
        "One layer of DeltaProduct tracks the symmetric group S5, with all its elements as "
        "letters, with four factors a letter and not with three; nor does one layer of "
        "(I - beta k k^T) diag(a) heads."
    ),
    sources=(
        "Siems, Grazzi et al., arXiv 2609.24797, Theorem 22 (the statement of the impossibility)",
        "Siems et al., arXiv 2502.10297, Theorem 3 (i) (n - 1 factors for S_n)",
    ),
    provenance=(
        "the construction is read in print and checked; the impossibility is proved on the "
        "lemma's page, by our own proof, whose steps are tested exactly"
    ),
    tags=("impossibility", "construction", "groups", "one-layer"),
)
def s5_needs_four_gh() -> tuple[Row, ...]:
    """The rows: four factors, the lower bound, and smaller alphabets."""
    return (
        _enough("s5", _FOUR, "S5, all 120 elements, four factors", "householder-product-4"),
        _too_few("three-factors", "at most three factors a head", "householder-product-3"),
        _too_few(
            "gated-three-factors",
            "at most three factors and a gate a head",
            "gated-householder-product-3",
        ),
        _too_few("diagonal-householder", "(I - beta k k^T) diag(a) a head", "diagonal-householder"),
        matrix_row(
            "cycle-of-five",
            _RANK,
            "the permutation (1 2 3 4 5): rank(I - A) = 4",
            lambda: permutation_matrix((1, 2, 3, 4, 0)),
            RankOfGap(4),
        ),
        _enough("s5-swaps", _EASIER, "S5 by its swaps, one factor", "householder"),
        _enough(
            "s5-three-points",
            _EASIER,
            "S5 by permutations of at most three points, two factors",
            "householder-product-2",
        ),
        open_row(
            "rounded",
            _ROUNDED,
            "one layer, at most three factors a head",
            "op-round",
            "the lemma is about exact arithmetic with finitely many states; it does not cover "
            "rounding, and nothing else here does",
        ),
    )


def _enough(name: str, statement: str, words: str, model_class: str) -> Row:
    return recognises(
        name,
        statement,
        words,
        built("sn-one-layer", name),
        name,
        properties=(model_class,),
        depth=1,
    )


def _too_few(key: str, words: str, model_class: str) -> Row:
    return obstructed(
        key,
        _THREE,
        f"S5 by two letters, one layer, {words}",
        model_class,
        "s5-four-householders",
        five_cycle_and_swap,
        depth=1,
    )


def five_cycle_and_swap() -> Automaton:
    """S5 with two letters, c = (1 2 3 4 5) and t = (1 2).

    >>> five_cycle_and_swap().n_states
    120
    """
    return group_word_problem({"c": "(1,2,3,4,5)", "t": "(1,2)"})
