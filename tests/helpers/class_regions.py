"""The regions of all model classes once more, written down from their definitions in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.numbers import Number, conjugate
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    dimension,
    heads,
    transition_matrix,
)

Test = Callable[[Transition], bool]


def is_member(lrnn: LRNN, model_class: str) -> bool:
    """Whether a network, as it is written, lies in the class of that id."""
    return all(_is_layer_of(layer, model_class) for layer in lrnn.recurrent.values())


def heads_of(lrnn: LRNN) -> list[Transition]:
    """All heads of all matrices of a network."""
    return [head for transition in lrnn.transitions() for head in heads(transition)]


def most_reflections(lrnn: LRNN) -> int:
    """The largest number of factors with beta other than 0 in one head: n_h."""
    return max(sum(factor.beta != 0 for factor in _factors(head)) for head in heads_of(lrnn))


def _is_layer_of(layer: Layer, model_class: str) -> bool:
    transitions = [case.transition for case in layer.cases.values()]
    if model_class == "mixed-diagonal":
        either = ("time-invariant-diagonal", "diagonal-nonnegative")
        return any(_is_layer_of(layer, name) for name in either)
    if model_class.startswith("time-invariant"):
        is_same = len(set(map(transition_matrix, transitions))) == 1
        is_decay = model_class == "time-invariant-nonnegative"
        name = "diagonal-nonnegative" if is_decay else "diagonal-complex"
        return is_same and _is_layer_of(layer, name)
    if model_class == "diagonal-common-phase":
        return _is_layer_of(layer, "diagonal-complex") and _has_common_phase(transitions)
    if model_class in _MATRICES:
        return all(map(_MATRICES[model_class], transitions))
    test = _HEADS.get(model_class) or _factored(model_class)
    return _have_the_same_heads(transitions) and all(
        test(head) for transition in transitions for head in heads(transition)
    )


def _have_the_same_heads(transitions: list[Transition]) -> bool:
    """Whether no row is in two different heads; a diagonal matrix is cut as one likes."""
    for one in transitions:
        for other in transitions:
            for a in _spans(one):
                for b in _spans(other):
                    if a != b and set(a) & set(b):
                        return False
    return True


def _spans(transition: Transition) -> list[range]:
    spans, start = [], 0
    for head in heads(transition):
        if not isinstance(head, Diagonal):
            spans.append(range(start, start + dimension(head)))
        start += dimension(head)
    return spans


def _has_common_phase(transitions: list[Transition]) -> bool:
    rows = zip(*[_diagonal(transition) for transition in transitions], strict=True)
    for entries in rows:
        turned = [entry for entry in entries if entry != 0]
        for one, other in pairwise(turned):
            ratio = one * conjugate(other)
            if not isinstance(ratio, Fraction) or ratio <= 0:
                return False
    return True


def _diagonal(transition: Transition) -> list[Number]:
    return [row[i] for i, row in enumerate(transition_matrix(transition).rows)]


def _off_diagonal(transition: Transition, *, below_only: bool = False) -> list[Number]:
    rows = transition_matrix(transition).rows
    return [
        entry
        for i, row in enumerate(rows)
        for j, entry in enumerate(row)
        if i > j or (i < j and not below_only)
    ]


def _is_diagonal_with(test: Callable[[Number], bool]) -> Test:
    return lambda transition: (
        not any(_off_diagonal(transition)) and all(map(test, _diagonal(transition)))
    )


def _within(low: Fraction | int, high: int, *, is_open: bool = False) -> Callable[[Number], bool]:
    def test(entry: Number) -> bool:
        if not isinstance(entry, Fraction):
            return False
        return low < entry < high if is_open else low <= entry <= high

    return test


def _squared(entry: Number) -> Fraction:
    """The square of the modulus; more than 1 if it is irrational."""
    square = entry * conjugate(entry)
    return square if isinstance(square, Fraction) else Fraction(2)


def _is_column_sparse(transition: Transition) -> bool:
    return all(
        sum(entry != 0 for entry in column) <= 1 and all(_squared(entry) <= 1 for entry in column)
        for column in transition_matrix(transition).transpose().rows
    )


def _are_real(entries: tuple[Number, ...]) -> bool:
    return all(entry == conjugate(entry) for entry in entries)


_MATRICES: dict[str, Test] = {
    "diagonal-nonnegative": _is_diagonal_with(_within(0, 1)),
    "diagonal-real": _is_diagonal_with(_within(-1, 1)),
    "diagonal-complex": _is_diagonal_with(lambda entry: _squared(entry) <= 1),
    "diagonal-open": _is_diagonal_with(_within(0, 1, is_open=True)),
    "diagonal-real-open": _is_diagonal_with(_within(-1, 1, is_open=True)),
    "diagonal-complex-open": _is_diagonal_with(lambda entry: _squared(entry) < 1),
    "triangular-real": lambda t: (
        not any(_off_diagonal(t, below_only=True)) and _are_real(transition_matrix(t).entries())
    ),
    "triangular-complex": lambda t: not any(_off_diagonal(t, below_only=True)),
    "permutation-diagonal": _is_column_sparse,
    "dense": lambda transition: True,
}


def _factors(head: Transition) -> tuple[Householder | DeltaRule, ...]:
    found = head.factors if isinstance(head, HouseholderProduct) else (head,)
    return tuple(factor for factor in found if isinstance(factor, Householder | DeltaRule))


def _strength(factor: Householder | DeltaRule) -> Number:
    if isinstance(factor, Householder):
        return factor.beta
    return factor.beta * sum((entry * entry for entry in factor.k), Fraction(0))


def _direction(factor: Householder | DeltaRule) -> tuple[Number, ...]:
    return factor.v if isinstance(factor, Householder) else factor.k


def _is_factor(head: Transition, strength: Callable[[Number], bool]) -> bool:
    return (
        isinstance(head, Householder | DeltaRule)
        and _are_real(_direction(head))
        and strength(_strength(head))
    )


def _factored(model_class: str) -> Test:
    """Heads of at most N factors, maybe with a gate; the numbers are in the name."""
    found = re.fullmatch(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative)?", model_class)
    assert found, model_class
    strength = _within(0, 1 if found[3] else 2)

    def test(head: Transition) -> bool:
        if isinstance(head, Gated):
            if not found[1] or not _within(0, 1)(head.gate):
                return False
            head = head.factor
        parts = head.factors if isinstance(head, HouseholderProduct) else (head,)
        return len(parts) <= int(found[2] or 1) and all(_is_factor(p, strength) for p in parts)

    return test


def _is_open_factor(head: Transition) -> bool:
    parts = head.factors if isinstance(head, HouseholderProduct) else (head,)
    return len(parts) == 1 and _is_factor(parts[0], _within(0, 2, is_open=True))


def _factor_after_diagonal(most: int) -> Test:
    def test(head: Transition) -> bool:
        if isinstance(head, Diagonal):
            return all(map(_within(1 - most, 1), head.entries))
        if isinstance(head, HouseholderDiagonal):
            return (
                _are_real(head.v)
                and _within(0, most)(head.beta)
                and all(map(_within(1 - most, 1), head.entries))
            )
        return _is_factor(head, _within(0, most))

    return test


def _is_rank_one(head: Transition) -> bool:
    return (
        isinstance(head, DiagonalPlusRankOne)
        and all(map(_within(0, 1), (*head.w, *head.a)))
        and _within(0, 2)(head.c)
        and _are_real(head.k)
    )


def _is_scalar_plus_rank_one(head: Transition) -> bool:
    return (
        isinstance(head, DiagonalPlusRankOne)
        and _is_rank_one(head)
        and len(set(head.w)) == len(set(head.a)) == 1
        and _within(0, 1)(head.c * head.a[0])
    )


def _is_symmetric_rank_one(head: Transition) -> bool:
    matrix = transition_matrix(head)
    return _is_rank_one(head) and matrix == matrix.transpose()


def _is_released(head: Transition) -> bool:
    return (
        isinstance(head, DiagonalPlusRankOne)
        and _is_symmetric_rank_one(head)
        and head.c == 1
        and all(map(_within(Fraction("0.545"), 1, is_open=True), head.w))
        and all(map(_within(0, 1, is_open=True), head.a))
    )


_HEADS: dict[str, Test] = {
    "householder-open": _is_open_factor,
    "diagonal-householder": _factor_after_diagonal(2),
    "diagonal-householder-nonnegative": _factor_after_diagonal(1),
    "diagonal-plus-rank-one": _is_rank_one,
    "diagonal-plus-rank-one-transposed": _is_symmetric_rank_one,
    "scalar-plus-rank-one": _is_scalar_plus_rank_one,
    "rwkv-7-released": _is_released,
}
