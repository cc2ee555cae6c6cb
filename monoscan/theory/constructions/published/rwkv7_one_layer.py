"""Automata whose letters are swaps, copies or resets, in one layer of RWKV-7 matrices with c = 2.

Peng et al., arXiv 2503.14456, Theorem 2: one layer tracks the permutations of five points when
every letter is a swap. The same layer copies one state to another, and forgets everything by w = 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.rwkv7_four_layers import swap_or_copy
from monoscan.theory.constructions.published.wiring import LayerPlan, tabulate
from monoscan.theory.constructions.registry import NOT_DECIDED, UnsupportedError, construction
from monoscan.theory.factor.swap_copy import swaps_and_copies
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import DiagonalPlusRankOne

MAX_STATES = 128
"""The largest automaton that is written with one coordinate a state."""


def _letter_case(images: Sequence[int]) -> Case | None:
    """The letter on unit vectors: a constant map, the identity, one swap, one copy, or None."""
    n = len(images)
    nothing = Matrix.zeros(n, 1)
    if len(set(images)) == 1:
        written = Matrix.column([int(i == images[0]) for i in range(n)])
        return Case(_without_rank_one(n, keeps=False), written)
    moved = [point for point, image in enumerate(images) if image != point]
    if len(moved) > 2:
        return None
    factors = swaps_and_copies(images)
    if len(factors) > 1:
        return None
    matrix = swap_or_copy(factors[0]) if factors else _without_rank_one(n, keeps=True)
    return Case(matrix, nothing)


def _without_rank_one(n: int, *, keeps: bool) -> DiagonalPlusRankOne:
    """The identity or the zero matrix: w = 1 or w = 0, and c = 0."""
    ones = (ONE,) * n
    return DiagonalPlusRankOne(w=ones if keeps else (ZERO,) * n, k=ones, a=ones, c=ZERO)


def _cases(automaton: Automaton) -> dict[Symbol, Case] | str:
    """The case of every letter, or in words why there is none."""
    if automaton.n_states > MAX_STATES:
        return (
            f"{NOT_DECIDED}the automaton has {automaton.n_states} states; networks with one "
            f"coordinate a state are made up to {MAX_STATES}"
        )
    cases: dict[Symbol, Case] = {}
    for letter, images in zip(automaton.alphabet, automaton.table.T.tolist(), strict=True):
        case = _letter_case(images)
        if case is None:
            return (
                f"the letter {letter!r} is neither constant, nor the identity, nor one swap of two "
                "states, nor one copy of a state to another"
            )
        cases[letter,] = case
    return cases


def _supports(automaton: Automaton) -> str | None:
    cases = _cases(automaton)
    return cases if isinstance(cases, str) else None


@construction(
    "rwkv7-one-layer",
    statement="An automaton each of whose letters is constant, the identity, one swap of two "
    "states or one copy of a state to another, in one layer of RWKV-7 matrices (c = 2).",
    source="Peng et al., arXiv 2503.14456, Theorem 2 and Lemma 3",
    supports=_supports,
)
def rwkv7_one_layer(automaton: Automaton) -> LRNN:
    """The network on unit vectors, one coordinate a state.

    Raises:
        UnsupportedError: if a letter does something else, or there are more than 128 states.

    >>> rwkv7_one_layer(Automaton("ab", [[0, 1], [0, 1]], (False, True))).output("aab")
    True
    """
    cases = _cases(automaton)
    if isinstance(cases, str):
        raise UnsupportedError(cases)
    start = Matrix.column([1] + [0] * (automaton.n_states - 1))
    return tabulate(automaton, (LayerPlan(start, cases.__getitem__, None),))
