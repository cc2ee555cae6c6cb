"""The two kinds of layers: any map of sequences, and linear RNNs, whose transitions can be seen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeAlias, cast

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig

State: TypeAlias = tuple[Tensor, ...]
"""What a layer keeps of the tokens read so far; the first dimension of each tensor is the batch."""


class Layer(nn.Module, ABC):
    """A causal map from input sequences to output sequences of the same width."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__()
        self.config = config

    @abstractmethod
    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs for the next tokens of sequences, and the state after the last of them.

        Args:
            x: The next tokens, [B, T, width] with T at least 1.
            state: What an earlier call returned; None at the beginning.

        Returns:
            Outputs, [B, T, width], and the state. Sequences that are given in pieces have the
            outputs of the whole ones.
        """

    def forward(self, x: Tensor) -> Tensor:
        """The outputs: [B, T, width] for inputs of that shape."""
        return self.advance(x)[0]

    def __call__(self, x: Tensor) -> Tensor:
        """`forward`, with its type."""
        return cast(Tensor, super().__call__(x))


class LinearRNN(Layer, ABC):
    """A layer whose state is a linear function of its previous state."""

    @abstractmethod
    def transitions(self, x: Tensor) -> Tensor:
        """The transition matrices A(x) of each head, which multiply a state from the left.

        Args:
            x: [B, T, width].

        Returns:
            [B, T, H, K, K], real or complex; one matrix a token, also if it has several factors.
        """


class HeadNorm(nn.Module):
    """Each head's output divided by its root mean square, then one factor a channel."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(config.heads, config.head_width))

    def forward(self, x: Tensor) -> Tensor:
        """The normalised heads, side by side: [B, T, width] for [B, T, H, V]."""
        size = torch.sqrt(x.square().mean(-1, keepdim=True) + 1e-6)
        result: Tensor = (x / size * self.scale).flatten(-2)
        return result


def split_heads(x: Tensor, config: LayerConfig) -> Tensor:
    """The heads of vectors of the layer's width: [..., H, K] for [..., width].

    >>> tuple(split_heads(torch.zeros(5, 8), LayerConfig(width=8, heads=2)).shape)
    (5, 2, 4)
    """
    return x.reshape(*x.shape[:-1], config.heads, config.head_width)


def full_rank_state(config: LayerConfig) -> nn.Parameter:
    """A learned initial state [H, V, K], a rotation in each head to begin with.

    A state of rank one would let a single number a head reach the read-out.

    >>> torch.linalg.matrix_rank(full_rank_state(LayerConfig(width=8, heads=2))).tolist()
    [4, 4]
    """
    states = torch.empty(config.heads, config.head_width, config.head_width)
    for state in states:
        nn.init.orthogonal_(state)
    return nn.Parameter(states)
