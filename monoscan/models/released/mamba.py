"""Mamba (S6) and Mamba-2 (SSD) under the names of mamba_ssm, transformers and fla."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import silu, softplus

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, ShortConvolution, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import EntrySteps, MatrixSteps


class Mamba(Mixer):
    """h <- exp(-dt exp(A_log)) h + dt B x in each channel, read by C."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "silu", "swish", because="no other activation is known")
        width, self.n = settings.whole("hidden_size"), settings.whole("state_size", 16)
        channels = settings.multiple("hidden_size", settings.number("expand", 2))
        rank = settings.values.get("dt_rank", settings.values.get("time_step_rank", "auto"))
        self.rank = (
            math.ceil(width / 16)
            if rank in (None, "auto")
            else Settings({"dt_rank": rank}, settings.source).whole("dt_rank")
        )
        bias = settings.flag("use_bias", False)
        self.conv1d = ShortConvolution(
            channels, settings.whole("conv_kernel", 4), settings.flag("use_conv_bias", True)
        )
        self.in_proj = nn.Linear(width, 2 * channels, bias=bias)
        self.x_proj = nn.Linear(channels, self.rank + 2 * self.n, bias=False)
        self.dt_proj = nn.Linear(self.rank, channels)
        self.A_log = nn.Parameter(torch.arange(1.0, self.n + 1).log().repeat(channels, 1))
        self.D = nn.Parameter(torch.ones(channels))
        self.out_proj = nn.Linear(channels, width, bias=bias)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal that is different in every channel."""
        x, gate = self.in_proj(x).chunk(2, -1)
        x, kept = self.conv1d.advance(x, memory.get("convolution"))
        dt, b, c = torch.split(self.x_proj(x), [self.rank, self.n, self.n], -1)
        dt = softplus(self.dt_proj(dt)).unsqueeze(-1)
        steps = EntrySteps(
            torch.exp(-dt * self.A_log.float().exp()), dt * b.unsqueeze(2) * x.unsqueeze(-1), c
        )
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.out_proj((read + x * self.D) * silu(gate))
        return Mixed(out, {"convolution": kept, "state": state}, steps)


class Mamba2(Mixer):
    """S <- exp(-dt exp(A_log)) S + dt x B^T, one number a head; B and C are those of a group.

    Heads take the groups in order, as mamba_ssm's kernels do: the first heads have the first group.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "silu", "swish", because="no other activation is known")
        width, self.n = settings.whole("hidden_size"), settings.whole("state_size", 128)
        self.channels = settings.multiple("hidden_size", settings.number("expand", 2))
        self.head = settings.whole("head_dim", 64)
        self.heads = settings.split(self.channels, self.head, "channels")
        if settings.values.get("num_heads") not in (None, 0, self.heads):
            raise settings.wrong("num_heads", f"{self.heads}, which is expand x hidden / head_dim")
        self.groups = settings.whole("n_groups", 1)
        settings.split(self.heads, self.groups, "heads")
        bias, both = settings.flag("use_bias", False), 2 * self.groups * self.n
        self.conv1d = ShortConvolution(
            self.channels + both,
            settings.whole("conv_kernel", 4),
            settings.flag("use_conv_bias", True),
        )
        self.in_proj = nn.Linear(width, 2 * self.channels + both + self.heads, bias=bias)
        self.dt_bias = nn.Parameter(torch.full((self.heads,), -4.0))
        self.A_log = nn.Parameter(torch.zeros(self.heads))
        self.D = nn.Parameter(
            torch.ones(self.channels if settings.flag("D_has_hdim", False) else self.heads)
        )
        # fla and mamba_ssm norm each group alone; transformers norms all channels at once.
        groups = 1 if "layer_norm_epsilon" in settings else self.groups
        epsilon = settings.number("norm_eps", 1e-5)
        self.norm = (
            RootMeanSquare(self.channels, epsilon, groups)
            if settings.flag("rmsnorm", True)
            else None
        )
        self.norm_first = settings.flag("norm_before_gate", False)
        self.out_proj = nn.Linear(self.channels, width, bias=bias)
        self.dt_limit = _limits(settings)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A multiple of the identity in each head."""
        both = 2 * self.groups * self.n
        sizes = [self.channels, self.channels + both, self.heads]
        gate, x, dt = torch.split(self.in_proj(x), sizes, -1)
        x, kept = self.conv1d.advance(x, memory.get("convolution"))
        x, b, c = torch.split(x, [self.channels, both // 2, both // 2], -1)
        dt = softplus(dt + self.dt_bias).clamp(*self.dt_limit)
        b, c = (heads_of(y, self.n).repeat_interleave(self.heads // self.groups, 2) for y in (b, c))
        x = heads_of(x, self.head)
        decay = torch.exp(-dt * self.A_log.float().exp()).unsqueeze(-1)
        steps = MatrixSteps(b, dt.unsqueeze(-1) * x, c, decay)
        read, state = steps.run(memory.get("state"), self.backend)
        out = (read + x * self.D.view(self.heads, -1)).flatten(-2)
        return Mixed(
            self.out_proj(self._gated(out, gate)), {"convolution": kept, "state": state}, steps
        )

    def _gated(self, x: Tensor, gate: Tensor) -> Tensor:
        if self.norm is None:
            return x * silu(gate)
        gated: Tensor = self.norm(x) * silu(gate) if self.norm_first else self.norm(x * silu(gate))
        return gated


def _limits(settings: Settings) -> tuple[float, float]:
    """The least and the greatest dt; JSON files say infinity in several ways."""
    value = settings.values.get("dt_limit", settings.values.get("time_step_limit"))
    if value is None:
        return 0.0, math.inf
    if not isinstance(value, list) or len(value) != 2:
        raise settings.wrong("dt_limit", "two numbers")
    # transformers writes infinity as {"__float__": "Infinity"}.
    ends = [end.get("__float__", "") if isinstance(end, dict) else end for end in value]
    try:
        least, most = (float(end) for end in ends)
    except (TypeError, ValueError):
        raise settings.wrong("dt_limit", "two numbers") from None
    if not least <= most:
        raise settings.wrong("dt_limit", "two numbers, the smaller one first")
    return least, most
