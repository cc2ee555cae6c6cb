"""RWKV-7 as flash-linear-attention 0.6.0 has it: time mixing and channel mixing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from monoscan.models.errors import CheckpointError
from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import (
    Centred,
    LowRank,
    difference_to_last,
    heads_of,
    unit_length,
)
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps

_FIRST: Final = "first value"  # of layer 0, which all layers mix into theirs
LEAST_LOG_DECAY: Final = -0.6065306597126334  # -exp(-1/2)


class TimeMixing(Mixer):
    """S <- S (diag(w) - k (a k)^T) + v k~^T with a unit removal key k."""

    def __init__(self, settings: Settings, index: int) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        self.index = index
        self.head_k = (
            settings.whole("head_dim")
            if "head_dim" in settings or "num_heads" not in settings
            else settings.split(width, settings.whole("num_heads"), "keys")
        )
        heads = settings.split(width, self.head_k, "keys")
        values = _value_size(settings, index)
        self.head_v = settings.split(values, heads, "values")
        for name in "rwkvag":
            self.register_parameter(f"x_{name}", nn.Parameter(torch.zeros(1, 1, width)))
        self.k_k = nn.Parameter(torch.ones(width))
        self.k_a = nn.Parameter(torch.ones(width))
        self.r_k = nn.Parameter(torch.zeros(heads, self.head_k))
        self.r_proj = nn.Linear(width, width, bias=False)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, values, bias=False)
        self.o_proj = nn.Linear(values, width, bias=False)
        rank = settings.whole
        self.w_lora = LowRank(width, rank("decay_low_rank_dim", 64), width, nn.Tanh())
        if index:
            self.v_lora = LowRank(width, rank("v_low_rank_dim", 16), values, nn.Identity())
        self.a_lora = LowRank(width, rank("a_low_rank_dim", 64), width, nn.Identity())
        self.g_lora = LowRank(
            width, rank("gate_low_rank_dim", 128), values, nn.Sigmoid(), bias=False
        )
        epsilon = self.head_k * settings.number("norm_eps", 1e-5)
        self.g_norm = Centred(values, epsilon, groups=heads)
        self.length: Callable[[Tensor], Tensor] = (
            unit_length if settings.flag("fuse_norm", True) else _unit_length_of_torch
        )

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Decay and removal."""
        delta, last = difference_to_last(x, memory.get("shift"))
        r, w, k, v, a, g = (x + delta * self.get_parameter(f"x_{name}") for name in "rwkvag")
        r, k, value = self.r_proj(r), self.k_proj(k), self.v_proj(v)
        decay = torch.exp(LEAST_LOG_DECAY * torch.sigmoid(self.w_lora(w)))
        first = value if self.index == 0 else memory.get(_FIRST)
        if first is None:
            raise CheckpointError(
                "layer 0 is not of RWKV-7, and the layers above it mix its values into theirs; "
                "expected a network whose layer 0 is recurrent"
            )
        if self.index:
            value = torch.lerp(value, first, torch.sigmoid(self.v_lora(v)))
        rate = torch.sigmoid(self.a_lora(a))
        removal = self.length(heads_of(k * self.k_k, self.head_k))
        k = k + k * (rate - 1) * self.k_a
        r, decay, k, rate = (heads_of(y, self.head_k) for y in (r, decay, k, rate))
        value = heads_of(value, self.head_v)
        steps = MatrixSteps(k, value, r, decay, -removal, removal * rate, together=True)
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.g_norm(read.flatten(-2))
        out = out + ((r * k * self.r_k).sum(-1, keepdim=True) * value).flatten(-2)
        kept = {"shift": last, "state": state}
        return Mixed(self.o_proj(out * self.g_lora(g)), kept, steps, {_FIRST: first})


class ChannelMixing(nn.Module):
    """value(relu(key(x))^2), where x is mixed with the token before."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "sqrelu", because="no other channel mixing is known")
        width = settings.whole("hidden_size")
        hidden = settings.multiple("hidden_size", settings.number("hidden_ratio", 4))
        hidden = settings.whole("intermediate_size", 32 * -(-hidden // 32))
        self.x_k = nn.Parameter(torch.zeros(width))
        self.key = nn.Linear(width, hidden, bias=False)
        self.value = nn.Linear(hidden, width, bias=False)

    def advance(self, x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """The output, [B, T, width], and the last token."""
        delta, last = difference_to_last(x, past)
        return self.value(self.key(x + delta * self.x_k).relu().square()), last


def _value_size(settings: Settings, index: int) -> int:
    sizes = settings.values.get("value_dim")
    if sizes is None:
        return settings.whole("hidden_size")
    if isinstance(sizes, list):
        if index >= len(sizes):
            raise settings.wrong("value_dim", "a number for each layer")
        sizes = sizes[index]
    return Settings({"value_dim": sizes}, settings.source).whole("value_dim")


def _unit_length_of_torch(x: Tensor) -> Tensor:
    return normalize(x, dim=-1)
