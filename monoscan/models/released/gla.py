"""Gated linear attention as flash-linear-attention 0.6.0 has it."""

from __future__ import annotations

from typing import Final

from torch import Tensor, nn
from torch.nn.functional import logsigmoid, silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, ShortConvolution, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps

_LOW_RANK: Final = 16
_NORMALISER: Final = 16


class GatedLinearAttention(Mixer):
    """S <- S diag(a) + v k^T, a = sigmoid(..)^(1/16) for each key channel."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("feature_map", because="queries and keys without one are known only")
        width = settings.whole("hidden_size")
        keys = settings.multiple("hidden_size", settings.number("expand_k", 0.5))
        values = settings.multiple("hidden_size", settings.number("expand_v", 1.0))
        heads = settings.whole("num_heads", 4)
        self.share = settings.split(heads, settings.whole("num_kv_heads", heads), "query heads")
        self.head_k = settings.split(keys, heads, "keys")
        self.head_v = settings.split(values, heads, "values")
        few_keys, few_values = keys // self.share, values // self.share
        self.q_proj = nn.Linear(width, keys, bias=False)
        self.k_proj = nn.Linear(width, few_keys, bias=False)
        self.v_proj = nn.Linear(width, few_values, bias=False)
        self.gated = settings.flag("use_output_gate", True)
        if self.gated:
            self.g_proj = nn.Linear(width, values, bias=False)
        self.convolved = settings.flag("use_short_conv", False)
        if self.convolved:
            size = settings.whole("conv_size", 4)
            self.q_conv1d, self.k_conv1d, self.v_conv1d = (
                ShortConvolution(n, size) for n in (keys, few_keys, few_values)
            )
        self.gk_proj = nn.Sequential(
            nn.Linear(width, _LOW_RANK, bias=False), nn.Linear(_LOW_RANK, few_keys)
        )
        self.o_proj = nn.Linear(values, width, bias=False)
        if not settings.flag("elementwise_affine", True):
            raise settings.wrong("elementwise_affine", "true")
        norm = RootMeanSquare(self.head_v, settings.number("norm_eps", 1e-6))
        fused = self.gated and settings.flag("fuse_norm", True)
        self.norm_name = "g_norm_swish_gate" if fused else "g_norm"
        self.add_module(self.norm_name, norm)
        self.least = settings.exponent("clamp_min")

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal and nothing of rank one."""
        q, k, v = self.q_proj(x), self.k_proj(x), self.v_proj(x)
        kept: Memory = {}
        if self.convolved:
            q, kept["q"] = self.q_conv1d.advance(q, memory.get("q"))
            k, kept["k"] = self.k_conv1d.advance(k, memory.get("k"))
            v, kept["v"] = self.v_conv1d.advance(v, memory.get("v"))
        log = logsigmoid(self.gk_proj(x)) / _NORMALISER
        if self.least is not None:
            log = log.clamp(min=self.least)
        k, log = (heads_of(y, self.head_k).repeat_interleave(self.share, 2) for y in (k, log))
        v = heads_of(v, self.head_v).repeat_interleave(self.share, 2)
        q = heads_of(q, self.head_k) * self.head_k**-0.5
        steps = MatrixSteps(k, v, q, log.exp())
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.get_submodule(self.norm_name)(read).flatten(-2)
        if self.gated:
            out = out * silu(self.g_proj(x))
        return Mixed(self.o_proj(out), {**kept, "state": state}, steps)
