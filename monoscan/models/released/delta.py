"""DeltaNet, GatedDeltaNet and GatedDeltaProduct as flash-linear-attention 0.6.0 has them."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import elu, silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import (
    RootMeanSquare,
    ShortConvolution,
    first_of_each,
    heads_of,
    log_gate,
    unit_length,
)
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps


class Projected(Mixer):
    """Queries, keys and values, each through a short convolution; an output norm and gate.

    Args:
        settings: The configuration.
        sizes: Numbers of channels of queries, keys and values.
        head_v: Channels of one head's value.
        activated: Whether queries and keys have silu.
        gated: Whether the output has a gate.
    """

    g_proj: nn.Module
    o_proj: nn.Linear

    def __init__(
        self,
        settings: Settings,
        sizes: tuple[int, int, int],
        head_v: int,
        *,
        activated: bool = True,
        gated: bool,
    ) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        self.head_v, self.activated = head_v, activated
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, n, bias=False) for n in sizes)
        self.convolved = settings.flag("use_short_conv", True)
        if self.convolved:
            size = settings.whole("conv_size", 4)
            self.q_conv1d, self.k_conv1d, self.v_conv1d = (
                ShortConvolution(n, size, activated=is_activated)
                for n, is_activated in zip(sizes, (activated, activated, True), strict=True)
            )
        self.o_norm = RootMeanSquare(head_v, settings.number("norm_eps", 1e-6))
        self.gated = gated

    def project(self, x: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor, Memory]:
        """Queries, keys, values [B, T, channels], and what the convolutions keep."""
        q, k, v = self.q_proj(x), self.k_proj(x), self.v_proj(x)
        if not self.convolved:
            return silu(q) if self.activated else q, silu(k) if self.activated else k, silu(v), {}
        q, kept_q = self.q_conv1d.advance(q, memory.get("q"))
        k, kept_k = self.k_conv1d.advance(k, memory.get("k"))
        v, kept_v = self.v_conv1d.advance(v, memory.get("v"))
        return q, k, v, {"q": kept_q, "k": kept_k, "v": kept_v}

    def finish(self, x: Tensor, steps: MatrixSteps, memory: Memory, kept: Memory) -> Mixed:
        """Runs the recurrence, and norms, gates and projects what is read."""
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.o_norm(read)
        if self.gated:
            out = out * self.gate_of(heads_of(self.g_proj(x), self.head_v))
        return Mixed(self.o_proj(out.flatten(-2)), {**kept, "state": state}, steps)

    def gate_of(self, x: Tensor) -> Tensor:
        """What multiplies the output."""
        return silu(x)


class DeltaNet(Projected):
    """S <- S (I - beta k k^T) + beta v k^T."""

    def __init__(self, settings: Settings) -> None:
        width = settings.whole("hidden_size")
        keys = settings.multiple("hidden_size", settings.number("expand_k", 1.0))
        values = settings.multiple("hidden_size", settings.number("expand_v", 1.0))
        heads = settings.whole("num_heads", 16)
        self.activation = settings.choice(
            "qk_activation", ("silu", "relu", "elu", "identity"), "silu"
        )
        head_v = settings.split(values, heads, "values")
        super().__init__(
            settings,
            (keys, keys, values),
            head_v,
            activated=self.activation == "silu",
            gated=settings.flag("use_gate", False),
        )
        self.head_k = settings.split(keys, heads, "keys")
        self.norm = settings.choice("qk_norm", ("l2", "sum"), "l2")
        self.negative = settings.flag("allow_neg_eigval", False)
        self.b_proj = (
            nn.Linear(width, heads, bias=False) if settings.flag("use_beta", True) else None
        )
        if self.gated:
            self.g_proj = nn.Linear(width, values, bias=False)
        self.o_proj = nn.Linear(values, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One reflection a token."""
        q, k, v, kept = self.project(x, memory)
        q, k = (self._normal(heads_of(y, self.head_k)) for y in (q, k))
        beta = torch.ones_like(q[..., 0]) if self.b_proj is None else self.b_proj(x).sigmoid()
        beta = 2 * beta if self.negative else beta
        strength = beta.unsqueeze(-1)
        v = strength * heads_of(v, self.head_v)
        steps = MatrixSteps(k, v, q * self.head_k**-0.5, None, -strength * k, k, beta)
        return self.finish(x, steps, memory, kept)

    def _normal(self, x: Tensor) -> Tensor:
        if self.activation == "relu":
            x = x.relu()
        elif self.activation == "elu":
            x = elu(x) + 1
        return unit_length(x) if self.norm == "l2" else x / x.sum(-1, keepdim=True)


class GatedDeltaNet(Projected):
    """S <- g S (I - beta k k^T) + beta v k^T, one number g a head."""

    def __init__(self, settings: Settings) -> None:
        width, head = settings.whole("hidden_size"), settings.whole("head_dim", 256)
        heads = settings.whole("num_heads", 6)
        v_heads = settings.whole("num_v_heads", heads)
        settings.split(v_heads, heads, "value heads")
        head_v = settings.multiple("head_dim", settings.number("expand_v", 2.0))
        self.sigmoid = settings.choice(
            "output_gate_activation", ("swish", "silu", "sigmoid"), "swish"
        )
        super().__init__(
            settings,
            (heads * head, heads * head, v_heads * head_v),
            head_v,
            gated=settings.flag("use_gate", True),
        )
        self.head_k, self.share = head, v_heads // heads
        self.negative = settings.flag("allow_neg_eigval", False)
        self.a_proj = nn.Linear(width, v_heads, bias=False)
        self.b_proj = nn.Linear(width, v_heads, bias=False)
        self.A_log = nn.Parameter(torch.zeros(v_heads))
        self.dt_bias = nn.Parameter(torch.full((v_heads,), -4.0))
        if self.gated:
            self.g_proj = nn.Linear(width, v_heads * head_v, bias=False)
        self.o_proj = nn.Linear(v_heads * head_v, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One gate and one reflection a token."""
        q, k, v, kept = self.project(x, memory)
        q, k = (
            unit_length(heads_of(y, self.head_k)).repeat_interleave(self.share, 2) for y in (q, k)
        )
        beta = self.b_proj(x).sigmoid() * (2 if self.negative else 1)
        gate = log_gate(self.a_proj(x), self.A_log, self.dt_bias).exp().unsqueeze(-1)
        strength = beta.unsqueeze(-1)
        v = strength * heads_of(v, self.head_v)
        steps = MatrixSteps(k, v, q * self.head_k**-0.5, gate, -strength * k, k, beta)
        return self.finish(x, steps, memory, kept)

    def gate_of(self, x: Tensor) -> Tensor:
        """What multiplies the output."""
        return x.sigmoid() if self.sigmoid == "sigmoid" else silu(x)


class GatedDeltaProduct(Projected):
    """Several reflections a token, after one gate a head where there is one."""

    def __init__(self, settings: Settings) -> None:
        width, head = settings.whole("hidden_size"), settings.whole("head_dim", 256)
        heads, self.n_h = settings.whole("num_heads", 6), settings.whole("num_householder", 1)
        head_v = settings.multiple("head_dim", settings.number("expand_v", 2.0))
        super().__init__(
            settings,
            (heads * head, heads * head * self.n_h, heads * head_v * self.n_h),
            head_v,
            gated=settings.flag("use_output_gate", True),
        )
        self.head_k = head
        self.negative = settings.flag("allow_neg_eigval", False)
        self.b_proj = nn.Linear(width, heads * self.n_h, bias=False)
        self.forgets = settings.flag("use_forget_gate", False)
        if self.forgets:
            self.a_proj = nn.Linear(width, heads, bias=False)
            self.A_log = nn.Parameter(torch.zeros(heads))
            self.dt_bias = nn.Parameter(torch.full((heads,), -4.0))
        if self.gated:
            self.g_proj = nn.Linear(width, heads * head_v, bias=False)
        self.o_proj = nn.Linear(heads * head_v, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """n_h reflections a token."""
        q, k, v, kept = self.project(x, memory)
        q, k, v = heads_of(q, self.head_k), self._substeps(k, self.head_k), self._substeps(v)
        q, k = unit_length(q), unit_length(k)
        beta = self.b_proj(x).sigmoid() * (2 if self.negative else 1)
        beta = beta.reshape(len(x), x.shape[1] * self.n_h, -1)
        strength = beta.unsqueeze(-1)
        gate = None
        if self.forgets:
            gate = log_gate(self.a_proj(x), self.A_log, self.dt_bias).exp()
            gate = first_of_each(gate, self.n_h).unsqueeze(-1)
        column = -strength * k
        scaled = q * self.head_k**-0.5
        steps = MatrixSteps(k, strength * v, scaled, gate, column, k, beta, self.n_h)
        return self.finish(x, steps, memory, kept)

    def _substeps(self, x: Tensor, size: int = 0) -> Tensor:
        """[B, T n_h, H, size] for [B, T, n_h H size]."""
        batch, tokens, _ = x.shape
        return x.reshape(batch, tokens * self.n_h, -1, size or self.head_v)
