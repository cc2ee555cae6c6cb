"""A whole network of public code: embedding, layers, norm and read-out, in plain torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, final

import torch
from torch import Tensor, nn

from monoscan.models.errors import ConfigError
from monoscan.models.kernels import Backend
from monoscan.models.released.blocks import Block
from monoscan.models.released.hgrn import BOUNDS
from monoscan.models.released.layouts import layout_of
from monoscan.models.released.mixer import Memory
from monoscan.models.released.settings import Settings


@final
class _Trunk(nn.Module):
    """Everything but the read-out; the names of its parameters begin with that of the layout."""

    def __init__(self, settings: Settings, norm: str) -> None:
        super().__init__()
        layout = layout_of(settings)
        width = settings.whole("hidden_size")
        # Drawn here: on the device meta torch would load its compiler to draw nothing.
        vocabulary = settings.whole("vocab_size", 32_000)
        rows = torch.empty(vocabulary, width)
        if not rows.is_meta:
            nn.init.normal_(rows)
        self.add_module(layout.embedding, nn.Embedding(vocabulary, width, _weight=rows))
        self.layers = nn.ModuleList(
            layout.block(settings, index) for index in range(layout.n_layers(settings))
        )
        bounds = layout.bounds(settings)
        self.lower_bounds = None if bounds is None else nn.Parameter(torch.zeros(bounds))
        self.add_module(norm, layout.last_norm(settings))


@final
class ReleasedNetwork(nn.Module):
    """A network with the parameters and outputs of flash-linear-attention 0.6.0.

    Its state dict has the names of the public code, so that it is loaded and saved as it is. It is
    differentiable, reads text in pieces, and can be trained.

    Args:
        settings: The configuration, as `config.json` has it.
        backend: Of the kernels.

    Raises:
        CheckpointError: If the configuration describes no network of a known layout.

    >>> small = {"model_type": "delta_net", "hidden_size": 8, "num_heads": 2}
    >>> small |= {"num_hidden_layers": 1, "vocab_size": 5, "intermediate_size": 8}
    >>> tuple(ReleasedNetwork(Settings(small), "chunked")(torch.zeros(2, 3, dtype=int)).shape)
    (2, 3, 5)
    """

    def __init__(self, settings: Settings, backend: Backend = "auto") -> None:
        super().__init__()
        self.settings, self.layout = settings, layout_of(settings)
        self.add_module(self.layout.prefix, _Trunk(settings, self.layout.norm))
        self.is_tied = settings.flag("tie_word_embeddings", False)
        width = settings.whole("hidden_size")
        vocabulary = settings.whole("vocab_size", 32_000)
        self.lm_head = None if self.is_tied else nn.Linear(width, vocabulary, bias=False)
        for block in self.blocks:
            block.mixing.backend = backend

    @property
    def trunk(self) -> _Trunk:
        """Everything but the read-out."""
        return cast(_Trunk, self.get_submodule(self.layout.prefix))

    @property
    def embedding(self) -> nn.Embedding:
        """The embedding of tokens."""
        return cast(nn.Embedding, self.trunk.get_submodule(self.layout.embedding))

    @property
    def blocks(self) -> Sequence[Block]:
        """The layers, bottom to top."""
        return [cast(Block, block) for block in self.trunk.layers]

    def forward(self, ids: Tensor) -> Tensor:
        """Scores of the next token after each token: [B, T, vocabulary] for int64 ids [B, T]."""
        return self.advance(ids)[0]

    def __call__(self, ids: Tensor) -> Tensor:
        """`forward`, with its type."""
        return cast(Tensor, super().__call__(ids))

    def advance(
        self, ids: Tensor, memory: Sequence[Memory] | None = None
    ) -> tuple[Tensor, list[Memory]]:
        """Reads the next tokens.

        Args:
            ids: int64 [B, T] with T at least 1.
            memory: What reading the tokens before gave; None at the beginning.

        Returns:
            Scores, [B, T, vocabulary], and what the next tokens need. Texts in pieces have the
            scores of the whole ones.

        Raises:
            ConfigError: If an id is none of the vocabulary, or there are none.
        """
        check_ids(ids, self.embedding.num_embeddings)
        x = self.embedding(ids) * self.layout.scale(self.settings)
        told: Memory = {} if self.trunk.lower_bounds is None else {BOUNDS: self.trunk.lower_bounds}
        after: list[Memory] = []
        for index, block in enumerate(self.blocks):
            before = {} if memory is None else memory[index]
            mixed = block.advance(x, {**before, **told})
            x, told = mixed.output, {**told, **mixed.told}
            after.append(mixed.memory)
        x = self.trunk.get_submodule(self.layout.norm)(x)
        weight = self.embedding.weight if self.lm_head is None else self.lm_head.weight
        scores = nn.functional.linear(x, weight)
        most = self.layout.most(self.settings)
        return scores if most is None else (scores / most).tanh() * most, after


def check_ids(ids: Tensor, vocabulary: int) -> None:
    """Refuses ids that are none of a vocabulary.

    Raises:
        ConfigError: If there is one, or there are none at all.

    >>> check_ids(torch.tensor([[7]]), 5)
    Traceback (most recent call last):
    monoscan.models.errors.ConfigError: the token 7 is none of the vocabulary; expected 0 to 4
    """
    if ids.numel() == 0:
        raise ConfigError("there are no tokens; expected at least one")
    for wrong in (int(ids.min()), int(ids.max())):
        if not 0 <= wrong < vocabulary:
            raise ConfigError(
                f"the token {wrong} is none of the vocabulary; expected 0 to {vocabulary - 1}"
            )
