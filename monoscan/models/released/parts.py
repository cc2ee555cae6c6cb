"""Norms, convolutions, shifts and feed-forward parts as the public code computes them."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, pad, silu, softplus

from monoscan.models.released.settings import Settings

_LENGTH_EPSILON: Final = 1e-6  # of fla's l2norm


@final
class RootMeanSquare(nn.Module):
    """x over its root mean square, times a weight; Gemma keeps the weight less 1."""

    def __init__(
        self, width: int, epsilon: float, groups: int = 1, *, above_one: bool = False
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width) if above_one else torch.ones(width))
        self.epsilon, self.groups, self.above_one = epsilon, groups, above_one

    def forward(self, x: Tensor) -> Tensor:
        """The normalised x, group by group of its last dimension."""
        parts = heads_of(x, x.shape[-1] // self.groups)
        size = torch.rsqrt(parts.square().mean(-1, keepdim=True) + self.epsilon)
        weight = 1 + self.weight if self.above_one else self.weight
        result: Tensor = (parts * size).flatten(-2) * weight
        return result


@final
class Centred(nn.Module):
    """A layer norm with a weight and perhaps a bias, in groups if there are several."""

    def __init__(self, width: int, epsilon: float, bias: bool = True, groups: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None
        self.epsilon, self.groups = epsilon, groups

    def forward(self, x: Tensor) -> Tensor:
        """The normalised x."""
        parts = heads_of(x, x.shape[-1] // self.groups)
        normal = layer_norm(parts, parts.shape[-1:], eps=self.epsilon).flatten(-2) * self.weight
        return normal if self.bias is None else normal + self.bias


@final
class ShortConvolution(nn.Module):
    """A causal convolution of each channel, then perhaps silu."""

    def __init__(self, width: int, size: int, bias: bool = False, activated: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(width, 1, size) / size**0.5)
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None
        self.size, self.activated = size, activated

    def advance(self, x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """The outputs for the next tokens, [B, T, width], and the last inputs."""
        if past is None:
            past = x.new_zeros(len(x), self.size - 1, x.shape[-1])
        seen = torch.cat([past, x], 1)
        found = nn.functional.conv1d(seen.mT, self.weight, self.bias, groups=x.shape[-1]).mT
        return silu(found) if self.activated else found, seen[:, seen.shape[1] - self.size + 1 :]


@final
class GatedFeedForward(nn.Module):
    """down(silu(gate(x)) * up(x))."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        settings.refuse("hidden_act", "swish", "silu", because="no other feed-forward is known")
        width = settings.whole("hidden_size")
        hidden = width * settings.whole("hidden_ratio", 4) * 2 // 3
        hidden = settings.whole("intermediate_size", 256 * -(-hidden // 256))
        self.gate_proj = nn.Linear(width, hidden, bias=False)
        self.up_proj = nn.Linear(width, hidden, bias=False)
        self.down_proj = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """The output, [B, T, width]."""
        result: Tensor = self.down_proj(silu(self.gate_proj(x)) * self.up_proj(x))
        return result


@final
class LowRank(nn.Module):
    """up(activation(down(x))), with the names `lora.0` and `lora.2`."""

    def __init__(
        self, width: int, rank: int, size: int, activation: nn.Module, bias: bool = True
    ) -> None:
        super().__init__()
        self.lora = nn.Sequential(
            nn.Linear(width, rank, bias=False), activation, nn.Linear(rank, size, bias=bias)
        )

    def forward(self, x: Tensor) -> Tensor:
        """The output."""
        result: Tensor = self.lora(x)
        return result


def unit_length(x: Tensor) -> Tensor:
    """Vectors over their length, as fla computes it.

    >>> unit_length(torch.tensor([3.0, 4.0])).round(decimals=3).tolist()
    [0.6000000238418579, 0.800000011920929]
    """
    return x * torch.rsqrt(x.square().sum(-1, keepdim=True) + _LENGTH_EPSILON)


def heads_of(x: Tensor, size: int) -> Tensor:
    """[..., H, size] for [..., H size].

    >>> tuple(heads_of(torch.zeros(5, 8), 4).shape)
    (5, 2, 4)
    """
    return x.reshape(*x.shape[:-1], -1, size)


def difference_to_last(x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
    """What the token before was less than this one, [B, T, width], and the last token.

    >>> difference_to_last(torch.tensor([[[1.0], [3.0]]]), None)[0].flatten().tolist()
    [-1.0, -2.0]
    """
    before = torch.zeros_like(x[:, :1]) if past is None else past
    return torch.cat([before, x[:, :-1]], 1) - x, x[:, -1:]


def log_gate(free: Tensor, a_log: Tensor, bias: Tensor) -> Tensor:
    """The logarithm of a gate in (0, 1) as Mamba has it: - exp(A_log) softplus(free + bias).

    >>> bool(log_gate(torch.zeros(1), torch.zeros(1), torch.zeros(1)) < 0)
    True
    """
    return -a_log.float().exp() * softplus(free.float() + bias)


def first_of_each(x: Tensor, n_h: int) -> Tensor:
    """Gates of tokens as gates of their sub-steps: the first has it and the others are open.

    >>> first_of_each(torch.tensor([0.5]).view(1, 1, 1), 2).flatten().tolist()
    [0.5, 1.0]
    """
    return pad(x.unsqueeze(2), (0, 0, 0, n_h - 1), value=1.0).flatten(1, 2)
