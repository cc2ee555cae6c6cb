"""RetNet's multi-scale retention as flash-linear-attention 0.6.0 has it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import silu

from monoscan.models.released.attention import rotated
from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import MatrixSteps

_BASE = 10_000.0  # of the rotations


class Retention(Mixer):
    """S <- g S R + v k^T, with a decay g of each head and a rotation R that no token changes.

    As in the public code, R is moved into keys and queries: each is turned by its place. fla's
    network gives the layer no convolution, whatever its configuration says.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("feature_map", because="no maps of keys are known")
        width, self.heads = settings.whole("hidden_size"), settings.whole("num_heads", 8)
        few = settings.whole("num_kv_heads", self.heads)
        self.share = settings.split(self.heads, few, "query heads")
        keys = settings.multiple("hidden_size", settings.number("expand_k", 1.0))
        values = settings.multiple("hidden_size", settings.number("expand_v", 2.0))
        self.head_k = settings.split(keys, self.heads, "keys")
        self.head_v = settings.split(values, self.heads, "values")
        if self.head_k % 2:
            raise settings.wrong("num_heads", "heads of an even width, since places rotate pairs")
        sizes = (keys, few * self.head_k, few * self.head_v)
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, n, bias=False) for n in sizes)
        gated = settings.flag("use_output_gate", True)
        self.g_proj = nn.Linear(width, values, bias=False) if gated else None
        norm = RootMeanSquare(self.head_v, settings.number("norm_eps", 1e-6))
        self.norm_name = (
            "g_norm_swish_gate" if gated and settings.flag("fuse_norm", True) else "g_norm"
        )
        self.add_module(self.norm_name, norm)
        self.o_proj = nn.Linear(values, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """The same decay and the same rotation for every token."""
        past = int(memory["place"][0]) if memory else 0
        places = torch.arange(past, past + x.shape[1], device=x.device)
        q, k = (heads_of(y, self.head_k) for y in (self.q_proj(x), self.k_proj(x)))
        q, k = rotated(q, places, _BASE), rotated(k, places, _BASE)
        v = heads_of(self.v_proj(x), self.head_v)
        k, v = (y.repeat_interleave(self.share, 2) for y in (k, v))
        decay = 1 - 2.0 ** (-5 - torch.arange(self.heads, device=x.device, dtype=x.dtype))
        half = self.head_k // 2
        speeds = _BASE ** (-torch.arange(half, device=x.device) / half)
        steps = MatrixSteps(
            k,
            v,
            q * self.head_k**-0.5,
            decay.view(1, 1, -1, 1).expand(*k.shape[:3], 1),
            turns=speeds.expand(*k.shape[:3], half),
        )
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.get_submodule(self.norm_name)(read).flatten(-2)
        if self.g_proj is not None:
            out = out * silu(self.g_proj(x))
        place = torch.full((len(x),), past + x.shape[1], device=x.device)
        return Mixed(self.o_proj(out), {"state": state, "place": place}, steps)
