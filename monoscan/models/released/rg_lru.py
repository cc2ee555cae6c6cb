"""RG-LRU (Griffin, Hawk) as RecurrentGemma has it in transformers, and the layers around it."""

from __future__ import annotations

from typing import Any, Final, final

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, softplus

from monoscan.models.released.attention import rotated
from monoscan.models.released.blocks import Block
from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, ShortConvolution, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import EntrySteps

_SHARPEST: Final = 1000.0  # gradient of the square root that the public code lets through
_STRENGTH: Final = 8.0
_RECURRENT: Final = "recurrent"
_ATTENTION: Final = "attention"


class _Root(torch.autograd.Function):
    """The square root, whose gradient is bounded as in the public code."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x.sqrt()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        result: Tensor = gradients[0] / (4 * x).clamp(min=_SHARPEST**-2).sqrt()
        return result


@final
class RealGate(nn.Module):
    """The gates a and i of the recurrence, each from its own block of channels."""

    def __init__(self, width: int, blocks: int, size: int) -> None:
        super().__init__()
        self.recurrent_param = nn.Parameter(torch.zeros(width))
        self.input_gate_weight = nn.Parameter(torch.randn(blocks, size, size) / size**0.5)
        self.input_gate_bias = nn.Parameter(torch.zeros(blocks, size))
        self.recurrent_gate_weight = nn.Parameter(torch.randn(blocks, size, size) / size**0.5)
        self.recurrent_gate_bias = nn.Parameter(torch.zeros(blocks, size))

    def forward(self, x: Tensor, is_first: bool) -> tuple[Tensor, Tensor]:
        """What decays each channel and what is added to it, [B, T, width].

        Args:
            x: [B, T, width].
            is_first: Whether the first token is that of the text, which is not scaled.
        """
        blocks = heads_of(x, self.input_gate_bias.shape[-1])
        open_, decay = (
            (torch.einsum("bthi,hio->btho", blocks, weight) + bias).sigmoid().flatten(-2)
            for weight, bias in (
                (self.input_gate_weight, self.input_gate_bias),
                (self.recurrent_gate_weight, self.recurrent_gate_bias),
            )
        )
        log = -_STRENGTH * decay * softplus(self.recurrent_param)
        root: Tensor = _Root.apply(1 - (2 * log).exp())  # type: ignore[no-untyped-call]
        if is_first:
            root = torch.cat([torch.ones_like(root[:, :1]), root[:, 1:]], 1)
        return log.exp(), x * open_ * root


class RealGatedRecurrence(Mixer):
    """h <- a h + sqrt(1 - a^2) i x after a short convolution, gated by a second branch."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        _only_tanh(settings)
        width = settings.whole("hidden_size")
        channels = settings.whole("lru_width", width)
        blocks = settings.whole("num_attention_heads", 10)
        self.linear_y = nn.Linear(width, channels)
        self.linear_x = nn.Linear(width, channels)
        self.linear_out = nn.Linear(channels, width)
        size = settings.whole("conv1d_width", 4)
        self.conv_1d = ShortConvolution(channels, size, bias=True, activated=False)
        self.rg_lru = RealGate(channels, blocks, settings.split(channels, blocks, "channels"))

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal."""
        seen, kept = self.conv_1d.advance(self.linear_x(x), memory.get("convolution"))
        decay, added = self.rg_lru(seen, "state" not in memory)
        ones = torch.ones_like(decay[..., :1])
        steps = EntrySteps(decay.unsqueeze(-1), added.unsqueeze(-1), ones)
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.linear_out(read * gelu(self.linear_y(x), approximate="tanh"))
        return Mixed(out, {"convolution": kept, "state": state}, steps)


@final
class LocalAttention(Mixer):
    """Attention to the last tokens, whose positions rotate a part of each head."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, heads = settings.whole("hidden_size"), settings.whole("num_attention_heads", 10)
        few = settings.whole("num_key_value_heads", heads)
        self.head, self.share = (
            settings.split(width, heads, "queries"),
            settings.split(heads, few, "query heads"),
        )
        bias = settings.flag("attention_bias", False)
        self.q_proj = nn.Linear(width, width, bias=bias)
        self.k_proj = nn.Linear(width, few * self.head, bias=bias)
        self.v_proj = nn.Linear(width, few * self.head, bias=bias)
        self.o_proj = nn.Linear(width, width)
        self.window = settings.whole("attention_window_size", 2048)
        given = settings.values.get("rope_parameters") or {}
        if not isinstance(given, dict):
            raise settings.wrong("rope_parameters", "an object")
        own = Settings(given, f"{settings.source}, rope_parameters")
        own.refuse("rope_type", "default", because="no other positions are known")
        self.base = own.number("rope_theta", 10_000.0)
        self.turned = int(self.head * own.number("partial_rotary_factor", 0.5))
        if self.turned % 2 or not 0 < self.turned <= self.head:
            raise own.wrong("partial_rotary_factor", "a part of each head that is made of pairs")

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """All tokens read so far are kept."""
        past = memory["k"].shape[1] if memory else 0
        places = torch.arange(past, past + x.shape[1], device=x.device)
        q, k, v = (heads_of(y, self.head) for y in (self.q_proj(x), self.k_proj(x), self.v_proj(x)))
        q, k = (
            torch.cat(
                [rotated(y[..., : self.turned], places, self.base), y[..., self.turned :]], -1
            )
            for y in (q, k)
        )
        if memory:
            k, v = torch.cat([memory["k"], k], 1), torch.cat([memory["v"], v], 1)
        distance = places.unsqueeze(1) - torch.arange(past + x.shape[1], device=x.device)
        q, every_k, every_v = (
            y.repeat_interleave(times, 2).transpose(1, 2)
            for y, times in ((q, 1), (k, self.share), (v, self.share))
        )
        seen = (distance >= 0) & (distance < self.window)
        read = nn.functional.scaled_dot_product_attention(q, every_k, every_v, seen)
        return Mixed(self.o_proj(read.transpose(1, 2).flatten(-2)), {"k": k, "v": v})


@final
class _FeedForward(nn.Module):
    """down(gelu(gate(x)) up(x)), with biases."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.whole("hidden_size")
        hidden = settings.whole("intermediate_size", 3 * width) // 2
        self.gate_proj = nn.Linear(width, hidden)
        self.up_proj = nn.Linear(width, hidden)
        self.down_proj = nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        """The output, [B, T, width]."""
        gate = gelu(self.gate_proj(x), approximate="tanh")
        result: Tensor = self.down_proj(gate * self.up_proj(x))
        return result


@final
class GriffinBlock(Block):
    """x + temporal_block(norm(x)), then x + mlp_block(norm(x))."""

    def __init__(self, settings: Settings, index: int) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("rms_norm_eps", 1e-6)
        kinds = settings.values.get("block_types") or [_RECURRENT, _RECURRENT, _ATTENTION]
        known = (_RECURRENT, _ATTENTION)
        if not isinstance(kinds, list) or not all(kind in known for kind in kinds):
            raise settings.wrong("block_types", f"a list of {_RECURRENT} and {_ATTENTION}")
        is_recurrent = kinds[index % len(kinds)] == _RECURRENT
        self.temporal_pre_norm = RootMeanSquare(width, epsilon, above_one=True)
        self.temporal_block: Mixer = (
            RealGatedRecurrence(settings) if is_recurrent else LocalAttention(settings)
        )
        self.channel_pre_norm = RootMeanSquare(width, epsilon, above_one=True)
        self.mlp_block = _FeedForward(settings)

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.temporal_block

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        mixed = self.temporal_block.advance(self.temporal_pre_norm(x), memory)
        x = x + mixed.output
        out = x + self.mlp_block(self.channel_pre_norm(x))
        return Mixed(out, mixed.memory, mixed.steps)


def _only_tanh(settings: Settings) -> None:
    settings.refuse(
        "hidden_activation", "gelu_pytorch_tanh", because="no other activation is known"
    )
