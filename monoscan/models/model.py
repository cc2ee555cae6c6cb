"""Networks: an embedding, blocks of a layer and a feed-forward part, and a read-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast, final

import torch
from torch import Tensor, nn

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types
from monoscan.models.layers import Layer, LayerConfig, State
from monoscan.models.layers.delta_rule import DeltaRule
from monoscan.models.layers.diagonal import DiagonalLayer
from monoscan.models.layers.ranges import COMPLEX
from monoscan.models.memory import network_memory_watched

_MAX_DEPTH = 1000
READOUTS: Final = ("full", "linear")


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
            A and B of a layer see as many letters, see `window`.
        readout: ``full``: norms, a feed-forward part and a query that depends on the letter;
            ``linear``: scores are linear functions of the state of the one layer, and nothing
            else, so that bounds on the state bound the scores, and what a letter does is computed
            once for all words (deltanet, deltaproduct, their gated forms, diagonal).

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
    readout: str = "full"

    def __post_init__(self) -> None:
        check_types(self)
        for name, value, least, most in (
            ("number of letters", self.n_letters, 1, 10**6),
            ("number of outputs", self.n_outputs, 2, 10**6),
            ("depth", self.depth, 1, _MAX_DEPTH),
            ("feed-forward factor", self.mlp_factor, 0, 64),
            ("width of the convolution", self.convolution, 0, 64),
        ):
            if not least <= value <= most:
                raise ConfigError(f"the {name} is {value}; expected {least} to {most}")
        if self.readout not in READOUTS:
            raise ConfigError(f"unknown readout {self.readout!r}; expected {' or '.join(READOUTS)}")

    @property
    def window(self) -> int:
        """How many letters A and B of a layer see, the present one included.

        >>> ModelConfig(2, 2, LayerConfig("deltanet"), convolution=4).window
        4
        """
        return max(1, self.convolution)


@final
@dataclass(frozen=True, eq=False)
class BlockState:
    """What a block keeps of the tokens read so far.

    Attributes:
        layer: The state of its layer.
        past: What its convolution still sees, [B, width, letters - 1]; None without one.
    """

    layer: State
    past: Tensor | None


@final
@dataclass(frozen=True, eq=False)
class ModelState:
    """What a network keeps of the words read so far: all that further letters need.

    Attributes:
        blocks: The state of each block.
    """

    blocks: tuple[BlockState, ...]

    @property
    def n_words(self) -> int:
        """How many words are being read."""
        return len(self.blocks[0].layer[0])

    def rows(self, chosen: Tensor) -> ModelState:
        """The states of some of the words, each as often as it is named in int64 [rows]."""
        return ModelState(
            tuple(
                BlockState(
                    tuple(part[chosen] for part in block.layer),
                    None if block.past is None else block.past[chosen],
                )
                for block in self.blocks
            )
        )

    def parts(self) -> list[Tensor]:
        """The tensors of all layers, bottom to top; the first dimension of each is the batch."""
        return [part for block in self.blocks for part in block.layer]

    def vectors(self) -> Tensor:
        """The states of all layers as one real vector a word, [B, D]."""
        return real_vectors(self.parts())

    @classmethod
    def joined(cls, states: Sequence[ModelState]) -> ModelState:
        """The states of several batches of words as those of one, without convolutions."""
        blocks = zip(*(state.blocks for state in states), strict=True)
        return cls(
            tuple(
                BlockState(
                    tuple(
                        torch.cat(same)
                        for same in zip(*(block.layer for block in several), strict=True)
                    ),
                    None,
                )
                for several in blocks
            )
        )


def real_vectors(parts: Sequence[Tensor]) -> Tensor:
    """Tensors [B, ...] side by side as real vectors [B, D].

    >>> real_vectors([torch.zeros(2, 3), torch.zeros(2, 2, 2, dtype=torch.complex64)]).shape
    torch.Size([2, 11])
    """
    reals = (torch.view_as_real(part) if part.is_complex() else part for part in parts)
    return torch.cat([part.float().flatten(1) for part in reals], 1)


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
        return self._layer_input(x, None)[0]

    def advance(self, x: Tensor, state: BlockState | None = None) -> tuple[Tensor, BlockState]:
        """The block's output for the next tokens, [B, T, width], and its state after them."""
        seen, past = self._layer_input(x, None if state is None else state.past)
        output, after = self.layer.advance(seen, None if state is None else state.layer)
        return self._with_mlp(x + output), BlockState(after, past)

    def forward(self, x: Tensor) -> Tensor:
        """The block's output, [B, T, width]."""
        return self._with_mlp(x + self.layer(self.layer_input(x)))

    def _layer_input(self, x: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor | None]:
        x = self.layer_norm(x)
        if self.convolution is None:
            return x, None
        before = self.convolution.kernel_size[0] - 1
        if past is None:
            past = x.new_zeros(len(x), x.shape[-1], before)
        seen = torch.cat([past, x.mT], -1)
        return nn.functional.silu(self.convolution(seen).mT), seen[..., seen.shape[-1] - before :]

    def _with_mlp(self, x: Tensor) -> Tensor:
        return x if self.mlp is None else x + self.mlp(self.mlp_norm(x))


@final
class LinearReadout(nn.Module):
    """Scores that are linear functions of the state of the one layer.

    Raises:
        ConfigError: If that layer has no such read-out.
    """

    def __init__(self, config: ModelConfig, block: Block) -> None:
        super().__init__()
        layer = block.layer
        if (
            not isinstance(layer, DeltaRule | DiagonalLayer)
            or config.depth > 1
            or config.convolution
        ):
            raise ConfigError(
                f"a network of {config.depth} layers {config.layer.layer} with a convolution over "
                f"{config.window} letters has no linear read-out; expected one layer deltanet, "
                "deltaproduct, gated_deltanet, gated_deltaproduct or diagonal, without a "
                "convolution (--depth 1 --convolution 0)"
            )
        layer.forget_output()
        block.mlp = None
        size = config.layer.heads, config.layer.head_width
        is_matrix = isinstance(layer, DeltaRule)
        self.query = nn.Parameter(torch.randn(size) / size[1] ** 0.5) if is_matrix else None
        parts = 2 if config.layer.range == COMPLEX else 1
        self.head = nn.Linear(parts * config.layer.width, config.n_outputs)

    def advance(
        self, block: Block, letters: Tensor, words: Tensor, state: ModelState | None
    ) -> tuple[Tensor, ModelState]:
        """As `SequenceModel.advance`; letters are the rows [L, width] of the embedding."""
        seen = block.layer_input(letters.unsqueeze(1))
        before = None if state is None else state.blocks[0].layer
        if self.query is None:
            read, after = cast(DiagonalLayer, block.layer).read_letters(seen, words, before)
        else:
            layer = cast(DeltaRule, block.layer)
            read, after = layer.read_letters(seen, words, self.query, before)
        return cast(Tensor, self.head(read)), ModelState((BlockState(after, None),))


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
        self.readout: LinearReadout | None = None
        if config.readout == "linear":
            self.readout = LinearReadout(config, cast(Block, self.blocks[-1]))
        else:
            self.norm = nn.RMSNorm(config.layer.width)
            self.head = nn.Linear(config.layer.width, config.n_outputs)

    def forward(self, words: Tensor) -> Tensor:
        """Scores of the outputs after each letter: [B, T, n_outputs] for int64 words [B, T]."""
        if self.readout is not None:
            return self.advance(words)[0]
        x = self.embedding(words)
        for block in self.blocks:
            x = block(x)
        return cast(Tensor, self.head(self.norm(x)))

    def __call__(self, words: Tensor) -> Tensor:
        """`forward`, with its type."""
        return cast(Tensor, super().__call__(words))

    def advance(self, words: Tensor, state: ModelState | None = None) -> tuple[Tensor, ModelState]:
        """Reads the next letters of words, and gives the scores that the whole words would have.

        The memory it takes depends on the length of the piece only, except for the transformer,
        which keeps a key and a value for every letter.

        Args:
            words: The next letters, int64 [B, T] with T at least 1.
            state: What reading the letters before gave; None at the beginning of the words.

        Returns:
            Scores of the outputs after each letter, [B, T, n_outputs], and the state for the
            letters that follow.

        Raises:
            ConfigError: If there are no letters, or the state is one of other words or of another
                network.

        >>> model = build_model(ModelConfig(2, 2, LayerConfig("diagonal", width=8, heads=2)), 0)
        >>> words = torch.tensor([[0, 1, 1, 0, 1]])
        >>> first, state = model.advance(words[:, :2])
        >>> rest, state = model.advance(words[:, 2:], state)
        >>> bool((torch.cat([first, rest], 1) - model(words)).abs().max() < 1e-6)
        True
        """
        self._check_piece(words, state)
        if self.readout is not None:
            only = cast(Block, self.blocks[0])
            return self.readout.advance(only, self.embedding.weight, words, state)
        before = [None] * self.config.depth if state is None else state.blocks
        x = self.embedding(words)
        after: list[BlockState] = []
        for block, own in zip(self.blocks, before, strict=True):
            x, kept = cast(Block, block).advance(x, own)
            after.append(kept)
        return cast(Tensor, self.head(self.norm(x))), ModelState(tuple(after))

    def _check_piece(self, words: Tensor, state: ModelState | None) -> None:
        if words.shape[1] == 0:
            raise ConfigError("the piece of the words has no letters; expected at least one")
        if state is None:
            return
        if len(state.blocks) != self.config.depth:
            raise ConfigError(
                f"the state is that of a network of depth {len(state.blocks)}, and this one has "
                f"depth {self.config.depth}; give the state that this network returned"
            )
        if state.n_words != len(words):
            raise ConfigError(
                f"the number of words in the state is {state.n_words}, and that of the pieces is "
                f"{len(words)}; give a piece of each word, in the same order"
            )

    @property
    def n_parameters(self) -> int:
        """How many numbers are learned."""
        return sum(parameter.numel() for parameter in self.parameters())


def build_model(
    config: ModelConfig, seed: int, device: torch.device | str = "cpu"
) -> SequenceModel:
    """The network of a configuration, with parameters drawn from a seed.

    The parameters do not depend on the device, and torch's own random state stays as it was.

    Raises:
        ConfigError: If the seed is not one of torch.
        OutOfMemory: If the parameters do not fit.

    >>> model = build_model(ModelConfig(2, 2, LayerConfig("diagonal", width=8, heads=2)), seed=0)
    >>> tuple(model(torch.zeros(3, 5, dtype=torch.long)).shape)
    (3, 5, 2)
    """
    if not 0 <= seed < 2**64:
        raise ConfigError(f"the seed is {seed}; expected 0 to 2^64 - 1")
    size = config.layer.width, config.depth
    with torch.random.fork_rng(devices=[]), network_memory_watched(*size):
        torch.manual_seed(seed)
        return SequenceModel(config).to(device)
