"""Comba as flash-linear-attention 0.6.0 has it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.released.delta import Projected
from monoscan.models.released.mixer import Memory, Mixed
from monoscan.models.released.parts import heads_of, log_gate, unit_length
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps


class Comba(Projected):
    """S <- S (g I - beta p k^T) + beta v k^T; the query is corrected by p = s k.

    fla norms p to the length 1 as it does k, so that s changes queries only. The model gives the
    layer no other options than those that are read here, whatever its configuration says.
    """

    def __init__(self, settings: Settings) -> None:
        width, head = settings.whole("hidden_size"), settings.whole("head_dim", 256)
        heads = settings.whole("num_heads", 6)
        if settings.values.get("num_v_heads") not in (None, heads):
            raise settings.wrong("num_v_heads", f"{heads}, the number of heads, or null")
        head_v = settings.multiple("head_dim", settings.number("expand_v", 2.0))
        super().__init__(
            settings,
            (heads * head, heads * head, heads * head_v),
            head_v,
            gated=settings.flag("use_output_gate", True),
        )
        self.head_k = head
        self.a_proj = nn.Linear(width, heads, bias=False)
        self.b_proj = nn.Linear(width, heads, bias=False)
        self.decay = nn.Parameter(torch.ones(heads))
        self.D = nn.Parameter(torch.ones(heads))
        self.A_log = nn.Parameter(torch.zeros(heads))
        self.dt_bias = nn.Parameter(torch.full((heads,), -4.0))
        if self.gated:
            self.g_proj = nn.Linear(width, heads * head_v, bias=False)
        self.o_proj = nn.Linear(heads * head_v, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One gate and one reflection a token."""
        q, k, v, kept = self.project(x, memory)
        q, k = heads_of(q, self.head_k), heads_of(k, self.head_k)
        p = k * self.decay.sigmoid().unsqueeze(-1)
        q = q - self.D.unsqueeze(-1) * p
        q, k, p = unit_length(q), unit_length(k), unit_length(p)
        beta = self.b_proj(x).sigmoid()
        gate = log_gate(self.a_proj(x), self.A_log, self.dt_bias).exp().unsqueeze(-1)
        strength = beta.unsqueeze(-1)
        v = strength * heads_of(v, self.head_v)
        scaled = q * self.head_k**-0.5
        steps = MatrixSteps(k, v, scaled, gate, -strength * p, k, beta, together=True)
        return self.finish(x, steps, memory, kept)

    def gate_of(self, x: Tensor) -> Tensor:
        """What multiplies the output."""
        return x.sigmoid()
