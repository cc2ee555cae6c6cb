"""Gated linear attention."""

from __future__ import annotations

from typing import final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.diagonal import diagonal_class
from monoscan.models.layers.matrix_state import Factors, MatrixState
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED, to_eigenvalue
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "gla",
    statement="S <- S diag(a) + v k^T",
    source="Yang et al., arXiv:2312.06635; the range [-1,1] from arXiv:2411.12537",
    ranges=(NONNEGATIVE, SIGNED),
    model_class=diagonal_class,
)
@final
class GatedLinearAttention(MatrixState):
    """One number for each key channel."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.entry = nn.Linear(config.width, config.width)
        nn.init.uniform_(self.entry.bias, -2.0, 2.0)

    def factors(self, x: Tensor) -> Factors:
        """A diagonal and nothing of rank one."""
        w = to_eigenvalue(self.entry(x), self.config.range, self.config.parametrisation)
        k = self.unit_keys(x)
        nothing = torch.zeros_like(k)
        return Factors(self.substeps(w), nothing, nothing, k)
