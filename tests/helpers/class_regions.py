"""The regions of the model classes that cascades use, by matrices and by factors."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeGuard

from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.numbers import conjugate
from monoscan.theory.transition import (
    DeltaRule,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
    dimension,
    heads,
    transition_matrix,
)


def is_member(lrnn: LRNN, model_class: str) -> bool:
    """Whether every transition of a network lies in the region of a class."""
    if model_class == "mixed-diagonal":
        return all(
            _is_time_invariant(layer) or _all_in(layer, "diagonal-nonnegative")
            for layer in lrnn.layers
        )
    if model_class == "time-invariant-nonnegative":
        return is_member(lrnn, "time-invariant-diagonal") and is_member(
            lrnn, "diagonal-nonnegative"
        )
    if model_class == "time-invariant-diagonal":
        return all(map(_is_time_invariant, lrnn.layers))
    if any(word in model_class for word in ("householder", "rank-one", "rwkv")):
        sizes = ({tuple(map(dimension, heads(t))) for t in _of(layer)} for layer in lrnn.layers)
        if any(len(found) > 1 for found in sizes):
            return False
    return all(_is_in(transition, model_class) for transition in set(lrnn.transitions()))


def _of(layer: Layer) -> list[Transition]:
    return [case.transition for case in layer.cases.values()]


def _all_in(layer: Layer, model_class: str) -> bool:
    return all(_is_in(transition, model_class) for transition in _of(layer))


def _is_time_invariant(layer: Layer) -> bool:
    matrices = set(map(transition_matrix, _of(layer)))
    return len(matrices) == 1 and _all_in(layer, "diagonal-complex")


def _is_in(transition: Transition, model_class: str) -> bool:
    if model_class.startswith("diagonal-") and model_class != "diagonal-plus-rank-one":
        return _is_diagonal_in(transition, model_class)
    blocks = heads(transition)
    if model_class == "diagonal-plus-rank-one":
        return all(_is_rank_one(block) for block in blocks)
    if model_class == "rwkv-7-released":
        return all(_is_rank_one(block) and _is_released(block) for block in blocks)
    gated = model_class.startswith("gated-")
    name = model_class.removeprefix("gated-")
    most = 1 if name.endswith("nonnegative") else 2
    name = name.removesuffix("-nonnegative")
    assert name.startswith("householder")
    n_h = int(name.removeprefix("householder-product-")) if name != "householder" else 1
    return all(_has_factors(block, n_h, most, gated) for block in blocks)


def _is_diagonal_in(transition: Transition, model_class: str) -> bool:
    rows = transition_matrix(transition).rows
    if any(entry != 0 for i, row in enumerate(rows) for j, entry in enumerate(row) if i != j):
        return False
    entries = [row[i] for i, row in enumerate(rows)]
    if model_class == "diagonal-complex":
        return all((entry * conjugate(entry)) <= 1 for entry in entries)
    low = 0 if model_class in ("diagonal-nonnegative", "diagonal-open") else -1
    if any(not isinstance(entry, Fraction) for entry in entries):
        return False
    if model_class.endswith("-open"):
        return all(low < entry < 1 for entry in entries)
    return all(low <= entry <= 1 for entry in entries)


def _has_factors(block: Transition, n_h: int, most: int, gated: bool) -> bool:
    if isinstance(block, Gated):
        if not gated or not 0 <= block.gate <= 1:
            return False
        block = block.factor
    factors = block.factors if isinstance(block, HouseholderProduct) else (block,)
    return len(factors) <= n_h and all(_is_factor_in(factor, most) for factor in factors)


def _is_factor_in(factor: Transition, most: int) -> bool:
    if isinstance(factor, DeltaRule):
        strength = factor.beta * sum(entry * entry for entry in factor.k)
        return isinstance(strength, Fraction) and 0 <= strength <= most
    return (
        isinstance(factor, Householder)
        and all(entry == conjugate(entry) for entry in factor.v)
        and 0 <= factor.beta <= most
    )


def _is_rank_one(block: Transition) -> TypeGuard[DiagonalPlusRankOne]:
    return (
        isinstance(block, DiagonalPlusRankOne)
        and all(0 <= entry <= 1 for entry in (*block.w, *block.a))
        and 0 <= block.c <= 2
        and all(entry == conjugate(entry) for entry in block.k)
    )


def _is_released(block: DiagonalPlusRankOne) -> bool:
    matrix = transition_matrix(block)
    return (
        matrix == matrix.transpose()
        and block.c == 1
        and all(Fraction("0.545") < w < 1 for w in block.w)
        and all(0 < a < 1 for a in block.a)
    )
