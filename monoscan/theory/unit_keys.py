"""Householder factors whose vector has length 1, as delta rules."""

from __future__ import annotations

from dataclasses import replace

from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
)


def with_delta_rules(lrnn: LRNN) -> LRNN:
    """The same network with I - beta v v^T / (v^T v) as I - beta v v^T wherever v^T v = 1.

    No matrix changes. But the operations of a delta rule can be rounded one by one; those of a
    Householder factor divide by v^T v, which no network does.

    >>> from monoscan.theory.constructions.parity import householder_parity, scalar_parity
    >>> with_delta_rules(scalar_parity()) == scalar_parity()
    True
    """
    return lrnn.map_layers(_layer)


def _layer(layer: Layer) -> Layer:
    cases = {
        symbol: replace(case, transition=_transition(case.transition))
        for symbol, case in layer.cases.items()
    }
    return replace(layer, cases=cases)


def _transition(transition: Transition) -> Transition:
    if isinstance(transition, Blocks):
        return Blocks(tuple(map(_transition, transition.blocks)))
    if isinstance(transition, HouseholderProduct):
        return HouseholderProduct(tuple(map(_factor, transition.factors)))
    if isinstance(transition, Gated):
        factor = transition.factor
        if isinstance(factor, HouseholderProduct):
            return replace(
                transition, factor=HouseholderProduct(tuple(map(_factor, factor.factors)))
            )
        return replace(transition, factor=_factor(factor))
    return _factor(transition) if isinstance(transition, Householder) else transition


def _factor(factor: Householder | DeltaRule) -> Householder | DeltaRule:
    if isinstance(factor, Householder) and sum((x * x for x in factor.v), ZERO) == ONE:
        return DeltaRule(factor.v, factor.beta)
    return factor
