"""Olmo Hybrid as transformers has it: GatedDeltaNet layers and attention layers in turn."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from monoscan.models.released.attention import rotated
from monoscan.models.released.blocks import Block
from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import (
    GatedFeedForward,
    RootMeanSquare,
    ShortConvolution,
    heads_of,
    log_gate,
    unit_length,
)
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps

LINEAR: Final = "linear_attention"
_FULL: Final = "full_attention"
_EPSILON: Final = 1e-5  # of the norm of what is read, whatever the configuration says


@final
class OlmoDeltaNet(Mixer):
    """S <- g S (I - beta k k^T) + beta v k^T, with gates as fla's GatedDeltaNet has them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "silu", "swish", because="no other activation is known")
        width, heads = settings.whole("hidden_size"), settings.whole("num_attention_heads")
        k_heads = settings.whole("linear_num_key_heads", heads)
        v_heads = settings.whole("linear_num_value_heads", heads)
        self.share = settings.split(v_heads, k_heads, "value heads")
        self.head_k = settings.whole("linear_key_head_dim", int(0.75 * width / k_heads))
        self.head_v = settings.whole("linear_value_head_dim", 2 * self.head_k)
        self.keys, self.values = k_heads * self.head_k, v_heads * self.head_v
        self.negative = settings.flag("linear_allow_neg_eigval", True)
        self.q_proj = nn.Linear(width, self.keys, bias=False)
        self.k_proj = nn.Linear(width, self.keys, bias=False)
        self.v_proj = nn.Linear(width, self.values, bias=False)
        self.a_proj = nn.Linear(width, v_heads, bias=False)
        self.b_proj = nn.Linear(width, v_heads, bias=False)
        self.g_proj = nn.Linear(width, self.values, bias=False)
        self.o_proj = nn.Linear(self.values, width, bias=False)
        size = settings.whole("linear_conv_kernel_dim", 4)
        self.q_conv1d, self.k_conv1d, self.v_conv1d = (
            ShortConvolution(n, size) for n in (self.keys, self.keys, self.values)
        )
        self.A_log = nn.Parameter(torch.zeros(v_heads))
        self.dt_bias = nn.Parameter(torch.full((v_heads,), -4.0))
        self.o_norm = RootMeanSquare(self.head_v, _EPSILON)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One gate and one reflection a token."""
        q, kept_q = self.q_conv1d.advance(self.q_proj(x), memory.get("q"))
        k, kept_k = self.k_conv1d.advance(self.k_proj(x), memory.get("k"))
        v, kept_v = self.v_conv1d.advance(self.v_proj(x), memory.get("v"))
        q, k = (
            unit_length(heads_of(y, self.head_k)).repeat_interleave(self.share, 2) for y in (q, k)
        )
        beta = self.b_proj(x).sigmoid() * (2 if self.negative else 1)
        gate = log_gate(self.a_proj(x), self.A_log, self.dt_bias).exp().unsqueeze(-1)
        strength = beta.unsqueeze(-1)
        v = strength * heads_of(v, self.head_v)
        steps = MatrixSteps(k, v, q * self.head_k**-0.5, gate, -strength * k, k, beta)
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.o_norm(read).flatten(-2) * silu(self.g_proj(x))
        kept = {"q": kept_q, "k": kept_k, "v": kept_v, "state": state}
        return Mixed(self.o_proj(out), kept, steps)


@final
class OlmoAttention(Mixer):
    """Causal attention, perhaps with rotary positions; queries and keys are normed together."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, heads = settings.whole("hidden_size"), settings.whole("num_attention_heads")
        few = settings.whole("num_key_value_heads", heads)
        self.share = settings.split(heads, few, "query heads")
        self.head = settings.whole("head_dim", settings.split(width, heads, "queries"))
        bias = settings.flag("attention_bias", False)
        epsilon = settings.number("rms_norm_eps", 1e-6)
        self.base = _rotation(settings)
        self.q_proj = nn.Linear(width, heads * self.head, bias=bias)
        self.k_proj = nn.Linear(width, few * self.head, bias=bias)
        self.v_proj = nn.Linear(width, few * self.head, bias=bias)
        self.o_proj = nn.Linear(heads * self.head, width, bias=bias)
        self.q_norm = RootMeanSquare(heads * self.head, epsilon)
        self.k_norm = RootMeanSquare(few * self.head, epsilon)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """All tokens read so far are kept."""
        q, k = self.q_norm(self.q_proj(x)), self.k_norm(self.k_proj(x))
        q, k, v = (heads_of(y, self.head) for y in (q, k, self.v_proj(x)))
        before = memory["k"].shape[1] if memory else 0
        places = torch.arange(before + x.shape[1], device=x.device)
        if self.base is not None:
            q, k = rotated(q, places[before:], self.base), rotated(k, places[before:], self.base)
        if memory:
            k, v = torch.cat([memory["k"], k], 1), torch.cat([memory["v"], v], 1)
        seen = places[before:].unsqueeze(1) >= places
        q, every_k, every_v = (
            y.repeat_interleave(times, 2).transpose(1, 2)
            for y, times in ((q, 1), (k, self.share), (v, self.share))
        )
        read = nn.functional.scaled_dot_product_attention(q, every_k, every_v, seen)
        return Mixed(self.o_proj(read.transpose(1, 2).flatten(-2)), {"k": k, "v": v})


@final
class OlmoLinearBlock(Block):
    """x + linear_attn(norm(x)), then x + mlp(norm(x))."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("rms_norm_eps", 1e-6)
        self.input_layernorm = RootMeanSquare(width, epsilon)
        self.linear_attn = OlmoDeltaNet(settings)
        self.post_attention_layernorm = RootMeanSquare(width, epsilon)
        self.mlp = GatedFeedForward(settings)

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.linear_attn

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        mixed = self.linear_attn.advance(self.input_layernorm(x), memory)
        x = x + mixed.output
        return Mixed(x + self.mlp(self.post_attention_layernorm(x)), mixed.memory, mixed.steps)


@final
class OlmoAttentionBlock(Block):
    """x + norm(self_attn(x)), then x + norm(mlp(x))."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("rms_norm_eps", 1e-6)
        self.self_attn = OlmoAttention(settings)
        self.mlp = GatedFeedForward(settings)
        self.post_attention_layernorm = RootMeanSquare(width, epsilon)
        self.post_feedforward_layernorm = RootMeanSquare(width, epsilon)

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.self_attn

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        mixed = self.self_attn.advance(x, memory)
        x = x + self.post_attention_layernorm(mixed.output)
        return Mixed(x + self.post_feedforward_layernorm(self.mlp(x)), mixed.memory)


def _rotation(settings: Settings) -> float | None:
    """The base of rotary positions; None where there are none, as in the released network."""
    given = settings.values.get("rope_parameters")
    if given is None:
        return None
    if not isinstance(given, dict) or given.get("rope_type", "default") != "default":
        raise settings.wrong("rope_parameters", "null, or the rope_type default")
    own = Settings(given, f"{settings.source}, rope_parameters")
    return own.number("rope_theta", 0.0) if "rope_theta" in own else None


def name_in_transformers(saved: str) -> str:
    """What transformers calls a tensor that it saves by another name.

    >>> name_in_transformers("model.layers.0.attention_layer_norm.weight")
    'model.layers.0.input_layernorm.weight'
    """
    saved = saved.replace("attention_layer_norm", "input_layernorm")
    return saved.replace("feedforward_layer_norm", "post_attention_layernorm")


def olmo_block(settings: Settings, index: int) -> Block:
    """The layer of a number, by the configuration's list of their types.

    Raises:
        CheckpointError: If the list does not say what it is.
    """
    types = settings.values.get("layer_types")
    depth = settings.whole("num_hidden_layers")
    if (
        not isinstance(types, list)
        or len(types) != depth
        or any(t not in (LINEAR, _FULL) for t in types)
    ):
        raise settings.wrong("layer_types", f"{depth} times {LINEAR} or {_FULL}")
    return OlmoLinearBlock(settings) if types[index] == LINEAR else OlmoAttentionBlock(settings)
