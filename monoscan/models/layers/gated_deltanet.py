"""Gated DeltaNet."""

from __future__ import annotations

from typing import ClassVar, final

from monoscan.models.layers.delta_rule import DeltaRule, gated_delta_rule_class
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "gated_deltanet",
    statement="S <- g S (I - beta k k^T) + beta v k^T with a gate g in [0,1]",
    source="Yang et al., arXiv:2412.06464; the range [-1,1] from arXiv:2411.12537",
    ranges=(NONNEGATIVE, SIGNED),
    model_class=gated_delta_rule_class,
    product="gated_deltaproduct",
)
@final
class GatedDeltaNet(DeltaRule):
    """One reflection a token, times a gate."""

    gated: ClassVar[bool] = True
