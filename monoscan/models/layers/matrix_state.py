"""Layers whose heads keep a matrix S, changed by S <- S (diag(w) + a b^T) + v k^T."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import torch
from torch import Tensor, nn

from monoscan.models.kernels import RankOneResult, rank_one
from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import (
    HeadNorm,
    LinearRNN,
    State,
    full_rank_state,
    split_heads,
)
from monoscan.models.layers.ranges import widened


@final
@dataclass(frozen=True, eq=False)
class Factors:
    """What the tokens do to the state: S <- S (diag(w) + a b^T) + (strength v) k^T.

    Attributes:
        w: [B, T n_h, H, K], or [B, T n_h, H, 1], or None for ones.
        a: [B, T n_h, H, K].
        b: [B, T n_h, H, K].
        k: [B, T n_h, H, K].
        strength: [B, T n_h, H, 1], the factor of what is written, or None for ones.
    """

    w: Tensor | None
    a: Tensor
    b: Tensor
    k: Tensor
    strength: Tensor | None = None


class MatrixState(LinearRNN, ABC):
    """A matrix state read by a query; subclasses say what a token does to it."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        width = config.width
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width * config.n_h, bias=False)
        self.has_input = config.additive_input or config.kind.needs_input
        self.value = nn.Linear(width, width * config.n_h, bias=False) if self.has_input else None
        self.initial = full_rank_state(config) if config.initial_state else None
        self.norm = HeadNorm(config)
        self.output = nn.Linear(width, width, bias=False)

    @abstractmethod
    def factors(self, x: Tensor) -> Factors:
        """What the tokens do to the state, for inputs [B, T, width]."""

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs, [B, T, width], and the state: S, [B, H, V, K]."""
        done = self.factors(x)
        query = widened(split_heads(self.query(x), self.config))
        query = nn.functional.normalize(query, dim=-1)
        read, final = self.read(x, done, query, None if state is None else state[0])
        result: Tensor = self.output(self.norm(read).to(x.dtype))
        return result, (final,)

    def read(
        self, x: Tensor, done: Factors, query: Tensor, start: Tensor | None = None
    ) -> RankOneResult:
        """What the queries read from the state, [B, T, H, V], and the last state, [B, H, V, K].

        Args:
            x: The inputs, [B, T, width].
            done: What they do to the state.
            query: [B, T, H, K].
            start: The state before; None for the initial one.
        """
        return self._run(done, self.values(x, done), query, start)

    def read_letters(
        self, x: Tensor, words: Tensor, query: Tensor, state: State | None = None
    ) -> tuple[Tensor, State]:
        """What one query reads after each letter of words, [B, T, width], and the state.

        What a letter does is computed once for all words, so that it is the same in all of them.

        Args:
            x: The input of each letter, [L, 1, width].
            words: int64 [B, T].
            query: [H, K].
            state: That before the words; None for the initial one.
        """

        def spread(part: Tensor | None) -> Tensor | None:
            return None if part is None else part[words].flatten(1, 2)

        known = self.factors(x)
        parts = (spread(part) for part in (known.w, known.a, known.b, known.k, known.strength))
        queries = query.expand(*words.shape, *query.shape)
        start = None if state is None else state[0]
        read, final = self._run(
            Factors(*parts),  # type: ignore[arg-type]
            spread(self.values(x, known)),
            queries,
            start,
        )
        return read.flatten(-2), (final,)

    def values(self, x: Tensor, done: Factors) -> Tensor | None:
        """What is written along the keys, [B, T n_h, H, V]; None if nothing is."""
        if self.value is None:
            return None
        values = self.substeps(self.value(x))
        return values if done.strength is None else values * done.strength

    def _run(
        self, done: Factors, values: Tensor | None, query: Tensor, start: Tensor | None
    ) -> RankOneResult:
        if start is None and self.initial is not None:
            start = self.initial.expand(len(query), *self.initial.shape)
        keys = None if values is None else done.k
        return rank_one(done.w, done.a, done.b, values, keys, query, start, self.config.n_h)

    def forget_output(self) -> None:
        """Drops what only `advance` needs, where `read_letters` is used in its place."""
        del self.query, self.norm, self.output

    def substeps(self, x: Tensor) -> Tensor:
        """[B, T n_h, H, K] for [B, T, n_h width]: the sub-steps of all tokens in a row."""
        batch, steps, _ = x.shape
        return split_heads(x.reshape(batch, steps * self.config.n_h, -1), self.config)

    def unit_keys(self, x: Tensor) -> Tensor:
        """A key of length 1 for every sub-step and head: [B, T n_h, H, K]."""
        return nn.functional.normalize(widened(self.substeps(self.key(x))), dim=-1)

    def transitions(self, x: Tensor) -> Tensor:
        """The transpose of what multiplies S from the right: S^T is a state of columns."""
        done = self.factors(x)
        diagonal = torch.ones_like(done.a) if done.w is None else done.w.expand_as(done.a)
        steps = torch.diag_embed(diagonal) + done.b.unsqueeze(-1) * done.a.unsqueeze(-2)
        n_h = self.config.n_h
        product = steps[:, ::n_h]
        for place in range(1, n_h):
            product = steps[:, place::n_h] @ product
        return product
