"""DeltaNet."""

from __future__ import annotations

from typing import ClassVar, final

from monoscan.models.layers.delta_rule import DeltaRule, delta_rule_class
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "deltanet",
    statement="S <- S (I - beta k k^T) + beta v k^T",
    source="Yang et al., arXiv:2406.06484; the range [-1,1] from arXiv:2411.12537",
    ranges=(NONNEGATIVE, SIGNED),
    model_class=delta_rule_class,
    product="deltaproduct",
)
@final
class DeltaNet(DeltaRule):
    """One reflection a token."""

    gated: ClassVar[bool] = False
