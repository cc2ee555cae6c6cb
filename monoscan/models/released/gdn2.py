"""Gated DeltaNet 2 as flash-linear-attention 0.6.0 has it: it erases and writes by channel."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.released.delta import Projected
from monoscan.models.released.mixer import Memory, Mixed
from monoscan.models.released.parts import heads_of, log_gate, unit_length
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps


class GatedDeltaNet2(Projected):
    """S <- S diag(g) (I - (b k) k^T) + (w v) k^T, where g, b and w have a number a channel."""

    def __init__(self, settings: Settings) -> None:
        width, head = settings.whole("hidden_size"), settings.whole("head_dim", 128)
        heads = settings.whole("num_heads", 16)
        v_heads = settings.whole("num_v_heads", heads)
        settings.split(v_heads, heads, "value heads")
        head_v = settings.multiple("head_dim", settings.number("expand_v", 1.0))
        keys, values = heads * head, v_heads * head_v
        super().__init__(settings, (keys, keys, values), head_v, gated=True)
        self.head_k, self.share = head, v_heads // heads
        self.negative = settings.flag("allow_neg_eigval", False)
        self.f_proj = nn.Sequential(
            nn.Linear(width, head_v, bias=False), nn.Linear(head_v, keys, bias=False)
        )
        self.b_proj = nn.Linear(width, keys, bias=False)
        self.w_proj = nn.Linear(width, values, bias=False)
        self.A_log = nn.Parameter(torch.zeros(heads))
        self.dt_bias = nn.Parameter(torch.full((keys,), -4.0))
        self.g_proj = nn.Sequential(nn.Linear(width, head_v, bias=False), nn.Linear(head_v, values))
        self.o_proj = nn.Linear(values, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal and one projection along a key a token."""
        q, k, v, kept = self.project(x, memory)
        erased = self.b_proj(x).sigmoid() * (2 if self.negative else 1)
        gate = log_gate(
            heads_of(self.f_proj(x), self.head_k),
            self.A_log.unsqueeze(-1),
            heads_of(self.dt_bias, self.head_k),
        ).exp()
        q, k = unit_length(heads_of(q, self.head_k)), unit_length(heads_of(k, self.head_k))
        q, k, gate, erased = (
            y.repeat_interleave(self.share, 2) for y in (q, k, gate, heads_of(erased, self.head_k))
        )
        v = heads_of(self.w_proj(x).sigmoid() * v, self.head_v)
        steps = MatrixSteps(k, v, q * self.head_k**-0.5, gate, -erased * k, k)
        return self.finish(x, steps, memory, kept)

    def gate_of(self, x: Tensor) -> Tensor:
        """What multiplies the output."""
        return x.sigmoid()
