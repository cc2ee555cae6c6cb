"""A small transformer, a reference that is no RNN."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, State, split_heads
from monoscan.models.layers.ranges import NO_RANGE
from monoscan.models.layers.registry import layer_kind

_MASK: Final = 2**24  # entries of a mask at once


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

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs, [B, T, width], and the state: all keys and all values, [B, H, T, K]."""
        q, k, v = (
            split_heads(part, self.config).transpose(1, 2)
            for part in self.projections(x).chunk(3, -1)
        )
        past = 0 if state is None else state[0].shape[-2]
        q, k = _rotated(q, past), _rotated(k, past)
        if state is not None:
            k, v = torch.cat([state[0], k], -2), torch.cat([state[1], v], -2)
        output: Tensor = self.output(_attended(q, k, v).transpose(1, 2).flatten(-2))
        return output, (k, v)


def _attended(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """What the queries, which are the last positions, see of the values up to their own."""
    attention = nn.functional.scaled_dot_product_attention
    n_queries, n_keys = q.shape[-2], k.shape[-2]
    if n_queries == n_keys:
        return attention(q, k, v, is_causal=True)
    places = torch.arange(n_keys, device=q.device)
    seen = places[-n_queries:].unsqueeze(-1)
    # Only some queries at once: with all of them the mask would be of quadratic size.
    parts = torch.arange(n_queries).tensor_split(-(-n_queries * n_keys // _MASK))
    read = [attention(q[..., p, :], k, v, attn_mask=places <= seen[p]) for p in parts]
    return torch.cat(read, -2)


def _rotated(x: Tensor, past: int) -> Tensor:
    """Pairs of channels of [..., T, K] turned by angles in proportion to the position.

    The first of the positions has so many before it.
    """
    steps, width = x.shape[-2:]
    half = width // 2
    slowness = 10_000.0 ** (-torch.arange(half, device=x.device) / max(half, 1))
    angles = torch.arange(past, past + steps, device=x.device).unsqueeze(-1) * slowness
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    first, second, rest = x.tensor_split((half, 2 * half), -1)
    return torch.cat([first * cos - second * sin, first * sin + second * cos, rest], -1)
