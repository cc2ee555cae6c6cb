"""Layers whose state is a vector, each entry multiplied by a number of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from monoscan.models.kernels import diagonal_scan
from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import HeadNorm, LinearRNN, State, split_heads
from monoscan.models.layers.ranges import COMPLEX, widened


class VectorState(LinearRNN, ABC):
    """h <- a(x) * h + b(x), read out through a norm and a matrix."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        width = config.width
        self.is_complex = config.range == COMPLEX
        parts = 2 if self.is_complex else 1
        self.has_input = config.additive_input or config.kind.needs_input
        self.input = nn.Linear(width, parts * width) if self.has_input else None
        start = torch.randn(parts, width) / parts**0.5
        self.initial = nn.Parameter(start) if config.initial_state else None
        self.mix = nn.Linear(parts * width, width, bias=False)
        self.norm = HeadNorm(config)
        self.output = nn.Linear(width, width, bias=False)

    @abstractmethod
    def entries(self, x: Tensor) -> Tensor:
        """The diagonals a(x): [B, T, width], real or complex."""

    def inputs(self, x: Tensor, entries: Tensor) -> Tensor:
        """What is added to the state, b(x): [B, T, width]."""
        if self.input is None:
            return torch.zeros_like(entries)
        return self._joined(self.input(x))

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs, [B, T, width], and the state: h, [B, width]."""
        entries = self.entries(x)
        states, after = self._run(entries, self.inputs(x, entries), state)
        mixed = split_heads(self.mix(states.to(x.dtype)), self.config)
        result: Tensor = self.output(self.norm(mixed))
        return result, after

    def read_letters(
        self, x: Tensor, words: Tensor, state: State | None = None
    ) -> tuple[Tensor, State]:
        """The state after each letter of words, [B, T, parts width], and after the last one.

        What a letter does is computed once for all words, so that it is the same in all of them.

        Args:
            x: The input of each letter, [L, 1, width].
            words: int64 [B, T].
            state: That before the words; None for the initial one.
        """
        entries = self.entries(x)
        inputs = self.inputs(x, entries)
        return self._run(entries[words].squeeze(2), inputs[words].squeeze(2), state)

    def _run(self, entries: Tensor, inputs: Tensor, state: State | None) -> tuple[Tensor, State]:
        start = None if state is None else state[0]
        if start is None and self.initial is not None:
            start = self._joined(self.initial.flatten()).expand(len(entries), -1)
        states, final = diagonal_scan(entries, inputs, start)
        if self.is_complex:
            states = torch.cat([states.real, states.imag], -1)
        return states, (final,)

    def forget_output(self) -> None:
        """Drops what only `advance` needs, where `read_letters` is used in its place."""
        del self.mix, self.norm, self.output

    def _joined(self, x: Tensor) -> Tensor:
        """Complex numbers from real parts followed by imaginary parts, if the state is complex."""
        if not self.is_complex:
            return x
        real, imaginary = widened(x).chunk(2, -1)
        return torch.complex(real, imaginary)

    def transitions(self, x: Tensor) -> Tensor:
        """Diagonal matrices; a head is the block of its channels."""
        return torch.diag_embed(split_heads(self.entries(x), self.config))
