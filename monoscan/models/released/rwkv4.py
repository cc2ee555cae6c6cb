"""RWKV-4 and RWKV-5, whose decays are parameters: the same for every token."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import group_norm, silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import difference_to_last, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import EntrySteps, read_before_writing

_EPSILON_5 = 64e-5  # of the norm of heads in RWKV-LM, whatever their width is


class TimeMixing4(Mixer):
    """Averages of values, weighted by exp(k) and decayed by exp(-exp(time_decay)), as transformers.

    Numerators and denominators are kept over exp(m), where m is the largest exponent so far: so
    nothing overflows. What a token does to them is the same for every m.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        channels = settings.whole("attention_hidden_size", width)
        self.time_decay = nn.Parameter(torch.zeros(channels))
        self.time_first = nn.Parameter(torch.zeros(channels))
        for name in ("key", "value", "receptance"):
            self.register_parameter(f"time_mix_{name}", nn.Parameter(torch.ones(1, 1, width)))
        self.key = nn.Linear(width, channels, bias=False)
        self.value = nn.Linear(width, channels, bias=False)
        self.receptance = nn.Linear(width, channels, bias=False)
        self.output = nn.Linear(channels, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """The same diagonal for every token."""
        delta, last = difference_to_last(x, memory.get("shift"))
        k, v, r = (
            getattr(self, name)(x + delta * (1 - self.get_parameter(f"time_mix_{name}")))
            for name in ("key", "value", "receptance")
        )
        decay = -self.time_decay.exp()
        nothing = torch.zeros_like(k[:, 0])
        # The least exponent there is, so that the first token decides.
        state = memory.get("state", torch.stack([nothing, nothing], -1))
        largest = memory.get("largest", torch.full_like(nothing, -1e38))
        read = []
        for token in range(x.shape[1]):
            now, value = k[:, token], v[:, token]
            top = torch.maximum(largest, now + self.time_first)
            old, own = (largest - top).exp(), (now + self.time_first - top).exp()
            read.append((old * state[..., 0] + own * value) / (old * state[..., 1] + own))
            top = torch.maximum(largest + decay, now)
            old, own = (largest + decay - top).exp(), (now - top).exp()
            written = torch.stack([own * value, own], -1)
            state, largest = old.unsqueeze(-1) * state + written, top
        out = self.output(r.sigmoid() * torch.stack(read, 1))
        weight = (k - k.amax((1, 2), keepdim=True)).exp()
        added = torch.stack([weight * v, weight], -1)
        kept = decay.exp().view(1, 1, -1, 1).expand_as(added)
        steps = EntrySteps(kept, added, torch.ones_like(added[:, :, 0]))
        return Mixed(out, {"shift": last, "state": state, "largest": largest}, steps)


class ChannelMixing4(nn.Module):
    """sigmoid(receptance(x)) value(relu(key(x))^2), where x is mixed with the token before."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        hidden = settings.whole("intermediate_size", 4 * width)
        self.time_mix_key = nn.Parameter(torch.ones(1, 1, width))
        self.time_mix_receptance = nn.Parameter(torch.ones(1, 1, width))
        self.key = nn.Linear(width, hidden, bias=False)
        self.receptance = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(hidden, width, bias=False)

    def advance(self, x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """The output, [B, T, width], and the last token."""
        delta, last = difference_to_last(x, past)
        value = self.value(self.key(x + delta * (1 - self.time_mix_key)).relu().square())
        gate = self.receptance(x + delta * (1 - self.time_mix_receptance)).sigmoid()
        return gate * value, last


class TimeMixing5(Mixer):
    """S <- S diag(w) + v k^T, read with a bonus for the token itself, as RWKV-LM 5.2 has it.

    Names of parameters are those of RWKV-LM (`att.time_decay` and so on). The package rwkv keeps
    exp(-exp(time_decay)) where training has time_decay.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        self.head = settings.whole("head_dim", 64)
        self.heads = settings.split(width, self.head, "keys")
        for name in "kvrg":
            self.register_parameter(f"time_mix_{name}", nn.Parameter(torch.ones(1, 1, width)))
        self.time_decay = nn.Parameter(torch.zeros(self.heads, self.head))
        self.time_faaaa = nn.Parameter(torch.zeros(self.heads, self.head))
        self.receptance = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.ln_x = nn.GroupNorm(self.heads, width)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """The same diagonal for every token."""
        delta, last = difference_to_last(x, memory.get("shift"))
        k, v, r, g = (
            layer(x + delta * (1 - self.get_parameter(f"time_mix_{name}")))
            for name, layer in zip(
                "kvrg", (self.key, self.value, self.receptance, self.gate), strict=True
            )
        )
        k, v, r = (heads_of(y, self.head) for y in (k, v, r))
        decay = (-self.time_decay.exp()).exp().expand_as(k)
        steps, read, state = read_before_writing(
            r, k, v, decay, memory.get("state"), self.time_faaaa, self.backend
        )
        flat = read.flatten(0, 1).flatten(1)
        normal = group_norm(flat, self.heads, self.ln_x.weight, self.ln_x.bias, _EPSILON_5)
        out = self.output(normal.view_as(x) * silu(g))
        return Mixed(out, {"shift": last, "state": state}, steps)
