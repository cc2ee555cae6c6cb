"""Membership of a network in a model class, written down from the definitions of the regions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from monoscan.theory.lrnn import LRNN
from monoscan.theory.numbers import Number, conjugate
from monoscan.theory.transition import (
    Diagonal,
    DiagonalPlusRankOne,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    dimension,
    heads,
    transition_matrix,
)


def in_region(lrnn: LRNN, model_class: str) -> bool:
    """Whether each head of each matrix of the network is in the region of the class."""
    if "householder" in model_class or "rank-one" in model_class:
        for layer in lrnn.layers:
            heads_of_cases = [heads(case.transition) for case in layer.cases.values()]
            if len({tuple(map(dimension, found)) for found in heads_of_cases}) > 1:
                return False
    if model_class.startswith("householder"):
        n_h = int(model_class.removeprefix("householder-product-").replace("householder", "1"))
        return all(len(reflections_of(head)) <= n_h for head in heads_of(lrnn))
    return all(_REGIONS[model_class](head) for head in heads_of(lrnn))


def heads_of(lrnn: LRNN) -> list[Transition]:
    """All heads of all matrices of a network."""
    return [head for transition in lrnn.transitions() for head in heads(transition)]


def reflections_of(head: Transition) -> tuple[Householder, ...]:
    """The generalised Householder factors of a head, checked to be real with beta in [0, 2]."""
    factors = head.factors if isinstance(head, HouseholderProduct) else (head,)
    found = []
    for factor in factors:
        assert isinstance(factor, Householder), head
        assert all(entry == conjugate(entry) for entry in factor.v), head
        assert isinstance(factor.beta, Fraction), head
        assert 0 <= factor.beta <= 2, head
        found.append(factor)
    return tuple(found)


def most_reflections(lrnn: LRNN) -> int:
    """The largest number of factors with beta other than 0 in one head: n_h."""
    return max(sum(f.beta != 0 for f in reflections_of(head)) for head in heads_of(lrnn))


def _is_diagonal_within(low: int) -> Callable[[Transition], bool]:
    def check(head: Transition) -> bool:
        return isinstance(head, Diagonal) and all(
            isinstance(entry, Fraction) and low <= entry <= 1 for entry in head.entries
        )

    return check


def _is_complex_diagonal(head: Transition) -> bool:
    return isinstance(head, Diagonal) and all(map(_has_modulus_at_most_one, head.entries))


def _has_modulus_at_most_one(entry: Number) -> bool:
    square = entry * conjugate(entry)
    return isinstance(square, Fraction) and square <= 1


def _is_column_sparse(head: Transition) -> bool:
    return all(
        sum(entry != 0 for entry in column) <= 1 and all(map(_has_modulus_at_most_one, column))
        for column in transition_matrix(head).transpose().rows
    )


def _is_signed_householder(head: Transition) -> bool:
    return isinstance(head, HouseholderDiagonal) and (
        all(-1 <= entry <= 1 for entry in head.entries)
        and 0 <= head.beta <= 2
        and all(entry == conjugate(entry) for entry in head.v)
    )


def _is_rank_one(head: Transition) -> bool:
    return isinstance(head, DiagonalPlusRankOne) and (
        all(0 <= entry <= 1 for entry in (*head.w, *head.a))
        and 0 <= head.c <= 2
        and all(entry == conjugate(entry) for entry in head.k)
    )


_REGIONS: dict[str, Callable[[Transition], bool]] = {
    "diagonal-nonnegative": _is_diagonal_within(0),
    "diagonal-real": _is_diagonal_within(-1),
    "diagonal-complex": _is_complex_diagonal,
    "permutation-diagonal": _is_column_sparse,
    "diagonal-householder": _is_signed_householder,
    "diagonal-plus-rank-one": _is_rank_one,
    "dense": lambda head: True,
}
