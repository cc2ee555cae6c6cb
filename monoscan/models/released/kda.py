"""Kimi Delta Attention as flash-linear-attention 0.6.0 has it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.released.delta import Projected
from monoscan.models.released.mixer import Memory, Mixed
from monoscan.models.released.parts import heads_of, log_gate, unit_length
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps


class KimiDeltaAttention(Projected):
    """S <- S diag(a) (I - beta k k^T) + beta v k^T, one number of a for each key channel."""

    def __init__(self, settings: Settings) -> None:
        width, head = settings.whole("hidden_size"), settings.whole("head_dim", 128)
        heads = settings.whole("num_heads", 16)
        v_heads = settings.whole("num_v_heads", heads)
        settings.split(v_heads, heads, "value heads")
        head_v = settings.multiple("head_dim", settings.number("expand_v", 1.0))
        super().__init__(
            settings, (heads * head, heads * head, v_heads * head_v), head_v, gated=True
        )
        self.head_k, self.share = head, v_heads // heads
        self.negative = settings.flag("allow_neg_eigval", False)
        self.lower = settings.exponent("lower_bound")
        self.f_proj = nn.Sequential(
            nn.Linear(width, head_v, bias=False), nn.Linear(head_v, v_heads * head, bias=False)
        )
        self.b_proj = nn.Linear(width, v_heads, bias=False)
        self.A_log = nn.Parameter(torch.zeros(v_heads))
        self.dt_bias = nn.Parameter(torch.full((v_heads * head,), -4.0))
        self.g_proj = nn.Sequential(
            nn.Linear(width, head_v, bias=False), nn.Linear(head_v, v_heads * head_v)
        )
        self.o_proj = nn.Linear(v_heads * head_v, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal and one reflection a token."""
        q, k, v, kept = self.project(x, memory)
        q, k = (
            unit_length(heads_of(y, self.head_k)).repeat_interleave(self.share, 2) for y in (q, k)
        )
        beta = self.b_proj(x).sigmoid() * (2 if self.negative else 1)
        strength = beta.unsqueeze(-1)
        v = strength * heads_of(v, self.head_v)
        gate = self._log_gate(heads_of(self.f_proj(x), self.head_k)).exp()
        steps = MatrixSteps(k, v, q * self.head_k**-0.5, gate, -strength * k, k, beta)
        return self.finish(x, steps, memory, kept)

    def gate_of(self, x: Tensor) -> Tensor:
        """What multiplies the output."""
        return x.sigmoid()

    def _log_gate(self, free: Tensor) -> Tensor:
        a_log, bias = self.A_log.unsqueeze(-1), heads_of(self.dt_bias, self.head_k)
        if self.lower is None:
            return log_gate(free, a_log, bias)
        return self.lower * torch.sigmoid(a_log.exp() * (free + bias))
