"""GateLoop as the package gateloop-transformer 0.2 has it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import heads_of
from monoscan.models.released.settings import Settings


class GateLoop(Mixer):
    """S <- a S + k v^T, where a is a complex number of modulus below 1, and the real part is read.

    The modulus is a sigmoid of the modulus of what the network gives, from 1/2 on. The public code
    lets a part of the gradient through to it, which is a setting.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.whole("dim")
        inner = settings.whole("dim_inner", width)
        self.heads = settings.whole("heads", inner)
        self.head = settings.split(inner, self.heads, "channels")
        self.share = settings.number("frac_gradient_state_transition", 0.9)
        self.to_qkv = nn.Linear(width, 3 * inner, bias=False)
        self.to_a = nn.Sequential(nn.Linear(width, 2 * self.heads))
        self.maybe_sub_ln = nn.LayerNorm(inner) if settings.flag("sub_ln", False) else nn.Identity()
        gated = settings.flag("add_swish_gating", True)
        self.to_gates = (
            nn.Sequential(nn.Linear(width, inner, bias=False), nn.SiLU()) if gated else None
        )
        self.to_out = (
            nn.Linear(inner, width, bias=False) if gated or inner != width else nn.Identity()
        )

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One complex number a head."""
        q, k, v = (heads_of(y, self.head) for y in self.to_qkv(x).chunk(3, -1))
        free = self.to_a(x)
        free = free * self.share + free.detach() * (1 - self.share)
        given = torch.view_as_complex(free.unflatten(-1, (self.heads, 2)))
        gate = torch.polar(given.abs().sigmoid(), given.angle())
        state = memory.get("state")
        read = []
        for token in range(x.shape[1]):
            written = k[:, token].unsqueeze(-1) * v[:, token].unsqueeze(-2) + 0j
            if state is not None:
                written = gate[:, token, :, None, None] * state + written
            state = written
            read.append((q[:, token].unsqueeze(-1) * state.real).sum(-2))
        assert state is not None
        out = self.maybe_sub_ln(torch.stack(read, 1).flatten(-2))
        if self.to_gates is not None:
            out = self.to_gates(x) * out
        return Mixed(self.to_out(out), {"state": state})
