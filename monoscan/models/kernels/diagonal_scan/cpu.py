"""The scan as machine code for a processor: one pass over memory forward, one backward."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from monoscan.models.kernels.compiled import compile_loop, spread

Array: TypeAlias = NDArray[np.inexact[Any]]

# Entries of one piece of work: a row of this many stays in the first-level cache.
PIECE = 512


def forward(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
    """All states (B, T, D); one type for all three, 32 or 64 bits, real or complex."""
    states = torch.empty_like(a, memory_format=torch.contiguous_format)
    arrays = _flat(a, b, h0, states)
    _spread(_forward_loop(), arrays, a, a.numel())
    return states


def backward(a: Tensor, h0: Tensor, states: Tensor, d_states: Tensor) -> tuple[Tensor, ...]:
    """Gradients of a, b and h0."""
    d_a, d_b = (torch.empty_like(a, memory_format=torch.contiguous_format) for _ in range(2))
    arrays = _flat(a, h0, states, d_states, d_a, d_b)
    _spread(_backward_loop(), arrays, a, 2 * a.numel())
    return d_a, d_b, a[:, 0].conj() * d_b[:, 0]


def _flat(*tensors: Tensor) -> list[Array]:
    return [x.detach().resolve_conj().contiguous().view(-1).numpy() for x in tensors]


def _spread(loop: Callable[..., None], arrays: list[Array], like: Tensor, work: int) -> None:
    batch, steps, width = like.shape
    items = batch * -(-width // PIECE)
    spread(lambda first, last: loop(*arrays, steps, width, PIECE, first, last), items, work)


# In the loops, arrays are rows of one step. Each statement has few enough of them for LLVM to look
# whether they overlap, and to vectorise if they do not.


@cache
def _forward_loop() -> Callable[..., None]:
    @compile_loop
    def loop(
        a: Array, b: Array, h0: Array, states: Array,
        steps: int, width: int, piece: int, first: int, last: int,
    ) -> None:  # fmt: skip
        pieces = -(-width // piece)
        for item in range(first, last):
            n, low = item // pieces, item % pieces * piece
            size = min(piece, width - low)
            before = h0[n * width + low :]
            for t in range(steps):
                at = (n * steps + t) * width + low
                factor, entry, state = a[at:], b[at:], states[at:]
                for j in range(size):
                    state[j] = factor[j] * before[j] + entry[j]
                before = state

    return loop


@cache
def _backward_loop() -> Callable[..., None]:
    @compile_loop
    def loop(
        a: Array, h0: Array, states: Array, d_states: Array, d_a: Array, d_b: Array,
        steps: int, width: int, piece: int, first: int, last: int,
    ) -> None:  # fmt: skip
        pieces = -(-width // piece)
        for item in range(first, last):
            n, low = item // pieces, item % pieces * piece
            size = min(piece, width - low)
            for t in range(steps - 1, -1, -1):
                at = (n * steps + t) * width + low
                above, into_a, into_b = d_states[at:], d_a[at:], d_b[at:]
                if t == steps - 1:
                    for j in range(size):
                        into_b[j] = above[j]
                else:
                    factor, later = a[at + width :], d_b[at + width :]
                    for j in range(size):
                        into_b[j] = above[j] + np.conj(factor[j]) * later[j]
                before = h0[n * width + low :] if t == 0 else states[at - width :]
                for j in range(size):
                    into_a[j] = into_b[j] * np.conj(before[j])

    return loop
