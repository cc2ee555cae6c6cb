"""The attention layers of hybrids, as flash-linear-attention 0.6.0 has them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import heads_of
from monoscan.models.released.settings import Settings


class Attention(Mixer):
    """Causal softmax attention with rotary positions, perhaps to the last tokens only.

    Args:
        settings: The configuration of the network.
        own: That of its attention layers.
    """

    def __init__(self, settings: Settings, own: Settings) -> None:
        super().__init__()
        width, heads = settings.whole("hidden_size"), own.whole("num_heads")
        self.head = settings.split(width, heads, "queries")
        few = own.whole("num_kv_heads", heads)
        self.share = settings.split(heads, few, "query heads")
        if self.head % 2:
            raise own.wrong("num_heads", "heads of an even width, since positions rotate pairs")
        bias = own.flag("qkv_bias", False)
        self.q_proj = nn.Linear(width, width, bias=bias)
        self.k_proj = nn.Linear(width, few * self.head, bias=bias)
        self.v_proj = nn.Linear(width, few * self.head, bias=bias)
        self.o_proj = nn.Linear(width, width, bias=False)
        self.window = own.whole("window_size") if "window_size" in own else None
        self.base = own.number("rope_theta", 10_000.0)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """All tokens read so far are kept."""
        past = memory["k"].shape[1] if memory else 0
        places = torch.arange(past, past + x.shape[1], device=x.device)
        q, k, v = (heads_of(y, self.head) for y in (self.q_proj(x), self.k_proj(x), self.v_proj(x)))
        q, k = rotated(q, places, self.base), rotated(k, places, self.base)
        if memory:
            k, v = torch.cat([memory["k"], k], 1), torch.cat([memory["v"], v], 1)
        distance = places.unsqueeze(1) - torch.arange(past + x.shape[1], device=x.device)
        seen = distance >= 0
        if self.window is not None:
            seen = seen & (distance < self.window)
        q, every_k, every_v = (
            y.repeat_interleave(times, 2).transpose(1, 2)
            for y, times in ((q, 1), (k, self.share), (v, self.share))
        )
        read = nn.functional.scaled_dot_product_attention(q, every_k, every_v, seen)
        return Mixed(self.o_proj(read.transpose(1, 2).flatten(-2)), {"k": k, "v": v})


def rotated(x: Tensor, places: Tensor, base: float) -> Tensor:
    """Vectors [B, T, H, size] turned by their places in the text, halves as pairs.

    >>> x = torch.ones(1, 2, 1, 2)
    >>> bool((rotated(x, torch.arange(2), 10.0)[0, 0] == x[0, 0]).all())
    True
    """
    half = x.shape[-1] // 2
    speeds = base ** (-torch.arange(half, device=x.device) / half)
    angles = (places.unsqueeze(-1) * speeds).unsqueeze(1)
    first, second = x.chunk(2, -1)
    turned = first * angles.cos() - second * angles.sin()
    return torch.cat([turned, first * angles.sin() + second * angles.cos()], -1)
