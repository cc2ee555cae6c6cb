"""A small transformer, a reference that is no RNN."""

from __future__ import annotations

from typing import final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, split_heads
from monoscan.models.layers.ranges import NO_RANGE
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "transformer",
    statement="causal softmax attention with rotary positions",
    source="Vaswani et al., arXiv:1706.03762; positions: Su et al., arXiv:2104.09864",
    ranges=(NO_RANGE,),
    model_class=lambda config: "transformer",
    needs_input=True,
)
@final
class Attention(Layer):
    """Attention to all positions up to the present one."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.projections = nn.Linear(config.width, 3 * config.width, bias=False)
        self.output = nn.Linear(config.width, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """The outputs, [B, T, width]."""
        q, k, v = (
            split_heads(part, self.config).transpose(1, 2)
            for part in self.projections(x).chunk(3, -1)
        )
        q, k = _rotated(q), _rotated(k)
        read = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        output: Tensor = self.output(read.transpose(1, 2).flatten(-2))
        return output


def _rotated(x: Tensor) -> Tensor:
    """Pairs of channels of [..., T, K] turned by angles in proportion to the position."""
    steps, width = x.shape[-2:]
    half = width // 2
    slowness = 10_000.0 ** (-torch.arange(half, device=x.device) / max(half, 1))
    angles = torch.arange(steps, device=x.device).unsqueeze(-1) * slowness
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    first, second, rest = x.tensor_split((half, 2 * half), -1)
    return torch.cat([first * cos - second * sin, first * sin + second * cos, rest], -1)
