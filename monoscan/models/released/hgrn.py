"""HGRN and HGRN-2 as flash-linear-attention 0.6.0 has them."""

from __future__ import annotations

from abc import ABC
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import RootMeanSquare, ShortConvolution, heads_of
from monoscan.models.released.settings import Settings
from monoscan.models.released.steps import EntrySteps, MatrixSteps

BOUNDS: Final = "lower_bounds"
_EPSILON: Final = 1e-5  # of HGRN-2's norm, whatever its configuration says


class _Forgetting(Mixer, ABC):
    """Gates above a bound that rises from layer to layer, learned for all layers together."""

    def __init__(self, settings: Settings, index: int, sizes: dict[str, int]) -> None:
        super().__init__()
        if not settings.flag("elementwise_affine", True):
            raise settings.wrong("elementwise_affine", "true")
        width = settings.whole("hidden_size")
        self.index, self.names = index, tuple(sizes)
        self.convolved = settings.flag("use_short_conv", False)
        for name, size in sizes.items():
            self.add_module(f"{name}_proj", nn.Linear(width, size, bias=False))
            if self.convolved:
                short = ShortConvolution(size, settings.whole("conv_size", 4), activated=False)
                self.add_module(f"{name}_conv1d", short)

    def project(self, x: Tensor, memory: Memory) -> tuple[dict[str, Tensor], Memory]:
        """The projections by name, and what the convolutions keep."""
        found: dict[str, Tensor] = {}
        kept: Memory = {}
        for name in self.names:
            found[name] = self.get_submodule(f"{name}_proj")(x)
            if self.convolved:
                short = self.get_submodule(f"{name}_conv1d")
                assert isinstance(short, ShortConvolution)
                found[name], kept[name] = short.advance(found[name], memory.get(name))
        return found, kept

    def gate(self, free: Tensor, memory: Memory) -> Tensor:
        """A gate in (0, 1), above the bound of the layer."""
        gate = logsigmoid(free).exp()
        if BOUNDS not in memory or self.index == 0:
            return gate
        shares = memory[BOUNDS].softmax(0)
        bound = shares.cumsum(0)[self.index] - shares[0]
        return bound + (1 - bound) * gate


class HGRN(_Forgetting):
    """h <- f h + (1 - f) silu(i), entry by entry."""

    def __init__(self, settings: Settings, index: int) -> None:
        size = settings.multiple("hidden_size", settings.number("expand_ratio", 1))
        super().__init__(settings, index, dict.fromkeys(("i", "f"), size))
        width = settings.whole("hidden_size")
        self.g_proj = nn.Linear(width, size, bias=False)
        self.g_norm = RootMeanSquare(size, settings.number("norm_eps", 1e-6))
        self.o_proj = nn.Linear(size, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal."""
        found, kept = self.project(x, memory)
        gate = self.gate(found["f"], memory)
        added = silu(found["i"]) * (1 - gate)
        ones = torch.ones_like(gate[..., :1])
        steps = EntrySteps(gate.unsqueeze(-1), added.unsqueeze(-1), ones)
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.o_proj(self.g_norm(read) * silu(self.g_proj(x)))
        return Mixed(out, {**kept, "state": state}, steps)


class HGRN2(_Forgetting):
    """S <- S diag(f) + v (1 - f)^T."""

    def __init__(self, settings: Settings, index: int) -> None:
        width = settings.whole("hidden_size")
        if "expand_ratio" in settings or "num_heads" not in settings:
            self.head_k = settings.whole("expand_ratio", 128)
        else:
            self.head_k = settings.split(width, settings.whole("num_heads"), "keys")
        heads = width // self.head_k
        if heads < 1:
            raise settings.wrong("expand_ratio", f"a number of at most {width}, the width")
        self.head_v = settings.split(width, heads, "values")
        keys = heads * self.head_k
        super().__init__(settings, index, {"q": keys, "f": keys, "i": width})
        self.g_norm = RootMeanSquare(width, _EPSILON)
        self.o_proj = nn.Linear(width, width, bias=False)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """A diagonal in each head."""
        found, kept = self.project(x, memory)
        gate = heads_of(self.gate(found["f"], memory), self.head_k)
        q = heads_of(silu(found["q"]), self.head_k) * self.head_k**-0.5
        steps = MatrixSteps(1 - gate, heads_of(found["i"], self.head_v), q, gate)
        read, state = steps.run(memory.get("state"), self.backend)
        out = self.o_proj(self.g_norm(read.flatten(-2)))
        return Mixed(out, {**kept, "state": state}, steps)
