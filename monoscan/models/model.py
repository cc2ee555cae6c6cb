"""Networks: an embedding, blocks of a layer and a feed-forward part, and a read-out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, final

import torch
from torch import Tensor, nn

from monoscan.models.errors import ConfigError
from monoscan.models.layers import Layer, LayerConfig

_MAX_DEPTH = 1000


@final
@dataclass(frozen=True)
class ModelConfig:
    """The configuration of a network.

    Attributes:
        n_letters: Number of different letters of its words.
        n_outputs: Number of different answers.
        layer: The layer of each block.
        depth: Number of blocks.
        mlp_factor: Hidden width of the feed-forward parts over the width; 0: none.
        convolution: Letters that a causal convolution before each layer sees; 0: none. With one,
            a layer also knows the letters before the last one, which its model class does not say.

    Raises:
        ConfigError: If a number is out of range.

    >>> ModelConfig(2, 2, LayerConfig("deltanet")).layer.model_class
    'householder'
    """

    n_letters: int
    n_outputs: int
    layer: LayerConfig
    depth: int = 1
    mlp_factor: int = 2
    convolution: int = 0

    def __post_init__(self) -> None:
        for name, value, least, most in (
            ("number of letters", self.n_letters, 1, 10**6),
            ("number of outputs", self.n_outputs, 2, 10**6),
            ("depth", self.depth, 1, _MAX_DEPTH),
            ("feed-forward factor", self.mlp_factor, 0, 64),
            ("width of the convolution", self.convolution, 0, 64),
        ):
            if not least <= value <= most:
                raise ConfigError(f"the {name} is {value}; expected {least} to {most}")


@final
class Block(nn.Module):
    """x + layer(norm(x)), then x + feed-forward(norm(x))."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width = config.layer.width
        self.layer_norm = nn.RMSNorm(width)
        self.convolution = (
            nn.Conv1d(width, width, config.convolution, groups=width)
            if config.convolution
            else None
        )
        self.layer: Layer = config.layer.kind.build(config.layer)
        self.mlp_norm = nn.RMSNorm(width)
        hidden = config.mlp_factor * width
        self.mlp = (
            nn.Sequential(nn.Linear(width, hidden), nn.SiLU(), nn.Linear(hidden, width))
            if hidden
            else None
        )

    def layer_input(self, x: Tensor) -> Tensor:
        """What the layer sees of the block's input [B, T, width]."""
        x = self.layer_norm(x)
        if self.convolution is None:
            return x
        past = nn.functional.pad(x.mT, (self.convolution.kernel_size[0] - 1, 0))
        return nn.functional.silu(self.convolution(past).mT)

    def forward(self, x: Tensor) -> Tensor:
        """The block's output, [B, T, width]."""
        x = x + self.layer(self.layer_input(x))
        if self.mlp is not None:
            x = x + self.mlp(self.mlp_norm(x))
        return x


@final
class SequenceModel(nn.Module):
    """Reads words and answers after each letter.

    The answer after a letter depends on that letter and those before it only, so padding at the
    end of a word changes nothing.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.n_letters, config.layer.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.depth))
        self.norm = nn.RMSNorm(config.layer.width)
        self.head = nn.Linear(config.layer.width, config.n_outputs)

    def forward(self, words: Tensor) -> Tensor:
        """Scores of the outputs after each letter: [B, T, n_outputs] for int64 words [B, T]."""
        x = self.embedding(words)
        for block in self.blocks:
            x = block(x)
        return cast(Tensor, self.head(self.norm(x)))

    def __call__(self, words: Tensor) -> Tensor:
        """`forward`, with its type."""
        return cast(Tensor, super().__call__(words))

    @property
    def n_parameters(self) -> int:
        """How many numbers are learned."""
        return sum(parameter.numel() for parameter in self.parameters())


def build_model(
    config: ModelConfig, seed: int, device: torch.device | str = "cpu"
) -> SequenceModel:
    """The network of a configuration, with parameters drawn from a seed.

    The parameters do not depend on the device, and torch's own random state stays as it was.

    >>> model = build_model(ModelConfig(2, 2, LayerConfig("diagonal", width=8, heads=2)), seed=0)
    >>> tuple(model(torch.zeros(3, 5, dtype=torch.long)).shape)
    (3, 5, 2)
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = SequenceModel(config)
    return model.to(device)
