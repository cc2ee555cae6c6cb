"""Layers whose transitions fit neither kernel: a vector state in each head, one step at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import HeadNorm, LinearRNN, State, split_heads
from monoscan.models.layers.ranges import widened


class RecurrentState(LinearRNN, ABC):
    """h <- A(x) h + B(x) in each head; subclasses say what A(x) is."""

    def __init__(self, config: LayerConfig, *, is_complex: bool) -> None:
        super().__init__(config)
        width, parts = config.width, 2 if is_complex else 1
        self.is_complex = is_complex
        self.has_input = config.additive_input or config.kind.needs_input
        self.input = nn.Linear(width, parts * width) if self.has_input else None
        start = torch.randn(parts, width) / parts**0.5
        self.initial = nn.Parameter(start) if config.initial_state else None
        self.mix = nn.Linear(parts * width, width, bias=False)
        self.norm = HeadNorm(config)
        self.output = nn.Linear(width, width, bias=False)

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs, [B, T, width], and the state: h, [B, H, K]."""
        steps = self.transitions(x)
        added = None if self.input is None else self._states(self.input(x)).to(steps.dtype)
        h = self._start(steps) if state is None else state[0]
        states = []
        for place, step in enumerate(steps.unbind(1)):
            h = (step @ h.unsqueeze(-1)).squeeze(-1)
            if added is not None:
                h = h + added[:, place]
            states.append(h)
        read = torch.stack(states, 1).flatten(-2)
        if self.is_complex:
            read = torch.cat([read.real, read.imag], -1)
        mixed = split_heads(self.mix(read.to(x.dtype)), self.config)
        result: Tensor = self.output(self.norm(mixed))
        return result, (h,)

    def _start(self, steps: Tensor) -> Tensor:
        zero = steps.new_zeros(len(steps), self.config.heads, self.config.head_width)
        return zero if self.initial is None else zero + self._states(self.initial.flatten())

    def _states(self, x: Tensor) -> Tensor:
        """[..., H, K] for [..., width], or for real parts and imaginary parts side by side."""
        if not self.is_complex:
            return split_heads(x, self.config)
        real, imaginary = widened(x).chunk(2, -1)
        return split_heads(torch.complex(real, imaginary), self.config)

    @abstractmethod
    def transitions(self, x: Tensor) -> Tensor:
        """The transition matrices, [B, T, H, K, K]."""


class Dictionary(nn.Module):
    """Matrices of each head, mixed by weights that depend on the input and sum to one."""

    def __init__(self, config: LayerConfig, size: int) -> None:
        super().__init__()
        self.heads = config.heads
        self.weights = nn.Linear(config.width, config.heads * size)
        width = config.head_width
        self.matrices = nn.Parameter(torch.randn(config.heads, size, width, width))

    def forward(self, x: Tensor) -> Tensor:
        """The mixed matrices, [B, T, H, K, K], for inputs [B, T, width]."""
        # Not in bfloat16: where the largest entry counts, its rounding would choose another matrix.
        with torch.autocast(x.device.type, enabled=False):
            linear = self.weights
            scores = nn.functional.linear(widened(x), widened(linear.weight), widened(linear.bias))
            weights = scores.reshape(*x.shape[:2], self.heads, -1).softmax(-1)
            return torch.einsum("bths,hsij->bthij", weights, widened(self.matrices))
