"""RWKV-6 as flash-linear-attention 0.6.0 has it: time mixing and channel mixing."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import Centred, LowRank, difference_to_last, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import read_before_writing


class _Mixed(nn.Module):
    """A linear map of x mixed with the token before, by a mix that is given or learned."""

    def __init__(self, width: int, size: int, rank: int = 0, *, learned: bool) -> None:
        super().__init__()
        self.linear = (
            LowRank(width, rank, size, nn.Tanh()) if rank else nn.Linear(width, size, bias=False)
        )
        self.mu = nn.Parameter(torch.zeros(width)) if learned else None

    def forward(self, x: Tensor, delta: Tensor, mix: Tensor | None = None) -> Tensor:
        chosen = self.mu if mix is None else mix
        assert chosen is not None  # given where none is learned
        result: Tensor = self.linear(x + delta * chosen)
        return result


class TimeMixing6(Mixer):
    """S <- S diag(w) + v k^T, read before it is written, with a bonus for the token itself."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, heads = settings.whole("hidden_size"), settings.whole("num_heads", 4)
        keys = settings.multiple("hidden_size", settings.number("expand_k", 0.5))
        values = settings.multiple("hidden_size", settings.number("expand_v", 1.0))
        self.head_k = settings.split(keys, heads, "keys")
        self.head_v = settings.split(values, heads, "values")
        self.rank = settings.whole("proj_low_rank_dim", 32)
        self.x_proj = nn.Sequential(
            _Mixed(width, 5 * self.rank, learned=True),
            nn.Tanh(),
            nn.Linear(5 * self.rank, width, bias=False),
        )
        self.x_bias = nn.Parameter(torch.zeros(5, width))
        self.r_proj = _Mixed(width, keys, learned=False)
        decay_rank = settings.whole("gate_low_rank_dim", 64)
        self.w_proj = _Mixed(width, keys, decay_rank, learned=False)
        self.k_proj = _Mixed(width, keys, learned=False)
        self.v_proj = _Mixed(width, values, learned=False)
        self.g_proj = _Mixed(width, values, learned=False)
        self.bonus = nn.Parameter(torch.zeros(heads, self.head_k))
        self.g_norm = Centred(values, settings.number("norm_eps", 1e-5), groups=heads)
        self.o_proj = nn.Linear(values, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal in each head."""
        delta, last = difference_to_last(x, memory.get("shift"))
        low = heads_of(torch.tanh(self.x_proj[0](x, delta)), self.rank)
        up = heads_of(self.x_proj.get_parameter("2.weight"), self.rank)
        mixes = torch.einsum("btnr,hnr->btnh", low, up) + self.x_bias
        mix_r, mix_w, mix_k, mix_v, mix_g = mixes.unbind(-2)
        r = heads_of(self.r_proj(x, delta, mix_r), self.head_k)
        k = heads_of(self.k_proj(x, delta, mix_k), self.head_k)
        v = heads_of(self.v_proj(x, delta, mix_v), self.head_v)
        decay = torch.exp(-torch.exp(heads_of(self.w_proj(x, delta, mix_w), self.head_k)))
        steps, read, state = read_before_writing(
            r, k, v, decay, memory.get("state"), self.bonus, self.backend
        )
        out = self.g_norm(read.flatten(-2))
        out = self.o_proj(out * silu(self.g_proj(x, delta, mix_g)))
        return Mixed(out, {"shift": last, "state": state}, steps)


class ChannelMixing6(nn.Module):
    """sigmoid(receptance(x)) value(relu(key(x))^2), where x is mixed with the token before."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "sqrelu", because="no other channel mixing is known")
        width = settings.whole("hidden_size")
        hidden = int(width * settings.number("hidden_ratio", 3.5))
        hidden = settings.whole("intermediate_size", 32 * -(-hidden // 32))
        self.key = _Mixed(width, hidden, learned=True)
        self.value = nn.Linear(hidden, width, bias=False)
        self.receptance = _Mixed(width, width, learned=True)

    def advance(self, x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """The output, [B, T, width], and the last token."""
        delta, last = difference_to_last(x, past)
        value = self.value(self.key(x, delta).relu().square())
        return torch.sigmoid(self.receptance(x, delta)) * value, last
