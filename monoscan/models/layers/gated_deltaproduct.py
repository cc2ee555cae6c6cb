"""Gated DeltaProduct."""

from __future__ import annotations

from typing import ClassVar, final

from monoscan.models.layers.delta_rule import DeltaRule, gated_delta_rule_class
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "gated_deltaproduct",
    statement="g S, then S <- S (I - beta_i k_i k_i^T) + beta_i v_i k_i^T for i = 1, ..., n_h",
    source="Siems et al., arXiv:2502.10297",
    ranges=(SIGNED, NONNEGATIVE),
    model_class=gated_delta_rule_class,
    is_product=True,
)
@final
class GatedDeltaProduct(DeltaRule):
    """A product of n_h reflections a token, times a gate."""

    gated: ClassVar[bool] = True
