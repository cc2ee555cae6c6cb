"""Mamba-3 as flash-linear-attention 0.6.0 and mamba_ssm 2.3 have it, with one input and output."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import silu, softplus

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, first_of_each, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps


class Mamba3(Mixer):
    """S <- g (S + (1 - t) dt v' k'^T) R + t dt v k^T, with v' and k' of the token before.

    R is a rotation. As in the public code, it is moved into keys and queries: each is turned by all
    angles so far.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        if settings.flag("is_mimo", False):
            raise settings.wrong("is_mimo", "false: several inputs and outputs are not known here")
        width, self.n = settings.whole("hidden_size"), settings.whole("state_size", 128)
        self.channels = settings.multiple("hidden_size", settings.number("expand", 2))
        self.head = settings.whole("head_dim", 64)
        self.heads = settings.split(self.channels, self.head, "channels")
        self.groups = settings.whole("n_groups", 1)
        settings.split(self.heads, self.groups, "heads")
        part = settings.number("rope_fraction", 0.5)
        if part not in (0.5, 1.0):
            raise settings.wrong("rope_fraction", "0.5 or 1.0")
        self.pairs = int(self.n * part) // 2
        if not self.pairs:
            raise settings.wrong("state_size", "a number of which at least two channels turn")
        self.floor = settings.number("A_floor", 1e-4)
        bias, epsilon = settings.flag("use_bias", False), settings.number("norm_eps", 1e-5)
        size = 2 * self.channels + 2 * self.groups * self.n + 3 * self.heads + self.pairs
        self.in_proj = nn.Linear(width, size, bias=bias)
        self.dt_bias = nn.Parameter(torch.full((self.heads,), -4.0))
        self.B_bias = nn.Parameter(torch.ones(self.heads, 1, self.n))
        self.C_bias = nn.Parameter(torch.ones(self.heads, 1, self.n))
        self.B_norm = RootMeanSquare(self.n, epsilon)
        self.C_norm = RootMeanSquare(self.n, epsilon)
        self.D = nn.Parameter(torch.ones(self.heads))
        self.norm = (
            RootMeanSquare(self.channels, epsilon, self.heads)
            if settings.flag("is_outproj_norm", False)
            else None
        )
        self.out_proj = nn.Linear(self.channels, width, bias=bias)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A decay times a rotation, and two writes a token."""
        both, heads = self.groups * self.n, self.heads
        sizes = [self.channels, self.channels, both, both, heads, heads, heads, self.pairs]
        z, x, b, c, dt, free, trapezoid, turn = torch.split(self.in_proj(x), sizes, -1)
        dt = softplus(dt + self.dt_bias)
        decay = torch.exp(-softplus(free.float()).clamp(min=self.floor) * dt)
        now = trapezoid.sigmoid()
        turns = (torch.tanh(turn) * math.pi).unsqueeze(2) * dt.unsqueeze(-1)
        angles = turns.cumsum(1)
        if memory:
            angles = angles + memory["angle"].unsqueeze(1)
        share = heads // self.groups
        k, q = (
            _turned(norm(heads_of(y, self.n)).repeat_interleave(share, 2) + own.squeeze(1), angles)
            for y, norm, own in ((b, self.B_norm, self.B_bias), (c, self.C_norm, self.C_bias))
        )
        v = heads_of(x, self.head)
        earlier_k = torch.cat([memory["k"] if memory else torch.zeros_like(k[:, :1]), k[:, :-1]], 1)
        earlier_v = torch.cat([memory["v"] if memory else torch.zeros_like(v[:, :1]), v[:, :-1]], 1)
        before = ((1 - now) * dt * decay).unsqueeze(-1) * earlier_v
        steps = MatrixSteps(
            torch.stack([earlier_k, k], 2).flatten(1, 2),
            torch.stack([before, (now * dt).unsqueeze(-1) * v], 2).flatten(1, 2),
            q,
            first_of_each(decay, 2).unsqueeze(-1),
            n_h=2,
            turns=turns,
        )
        read, state = steps.run(memory.get("state"), self.backend)
        out = (read + self.D.unsqueeze(-1) * v).flatten(-2)
        out = (out if self.norm is None else self.norm(out)) * silu(z)
        angle = angles[:, -1].remainder(2 * math.pi)
        kept = {"angle": angle, "k": k[:, -1:], "v": v[:, -1:], "state": state}
        return Mixed(self.out_proj(out), kept, steps)


def _turned(x: Tensor, angles: Tensor) -> Tensor:
    """Vectors [B, T, H, N], the first pairs of neighbours turned by angles [B, T, H, pairs]."""
    size = 2 * angles.shape[-1]
    even, odd = x[..., :size:2], x[..., 1:size:2]
    cos, sin = angles.cos(), angles.sin()
    pairs = torch.stack([even * cos - odd * sin, even * sin + odd * cos], -1).flatten(-2)
    return torch.cat([pairs, x[..., size:]], -1)
