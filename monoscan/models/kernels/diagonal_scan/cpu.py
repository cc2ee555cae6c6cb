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
    a, b, h0 = a.contiguous(), b.contiguous(), h0.contiguous()
    batch, _, width = a.shape
    states = torch.empty_like(a)
    arrays = [x.detach().resolve_conj().numpy() for x in (a, b, h0, states)]
    pieces = -(-width // PIECE)
    loop = _forward_loop()
    spread(lambda first, last: loop(*arrays, PIECE, first, last), batch * pieces, a.numel())
    return states


def backward(a: Tensor, h0: Tensor, states: Tensor, d_states: Tensor) -> tuple[Tensor, ...]:
    """Gradients of a, b and h0."""
    a, h0, states, d_states = (x.contiguous() for x in (a, h0, states, d_states))
    batch, _, width = a.shape
    d_a, d_b = torch.empty_like(a), torch.empty_like(a)
    arrays = [x.detach().resolve_conj().numpy() for x in (a, h0, states, d_states, d_a, d_b)]
    pieces = -(-width // PIECE)
    loop = _backward_loop()
    spread(lambda first, last: loop(*arrays, PIECE, first, last), batch * pieces, 2 * a.numel())
    return d_a, d_b, a[:, 0].conj() * d_b[:, 0]


@cache
def _forward_loop() -> Callable[..., None]:
    @compile_loop
    def loop(
        a: Array, b: Array, h0: Array, states: Array, piece: int, first: int, last: int
    ) -> None:
        steps, width = a.shape[1], a.shape[2]
        pieces = -(-width // piece)
        for item in range(first, last):
            n, low = item // pieces, item % pieces * piece
            high = min(width, low + piece)
            for t in range(steps):
                factor, entry, state = a[n, t, low:high], b[n, t, low:high], states[n, t, low:high]
                before = h0[n, low:high] if t == 0 else states[n, t - 1, low:high]
                for j in range(high - low):
                    state[j] = factor[j] * before[j] + entry[j]

    return loop


@cache
def _backward_loop() -> Callable[..., None]:
    @compile_loop
    def loop(
        a: Array,
        h0: Array,
        states: Array,
        d_states: Array,
        d_a: Array,
        d_b: Array,
        piece: int,
        first: int,
        last: int,
    ) -> None:
        steps, width = a.shape[1], a.shape[2]
        pieces = -(-width // piece)
        for item in range(first, last):
            n, low = item // pieces, item % pieces * piece
            high = min(width, low + piece)
            for t in range(steps - 1, -1, -1):
                above, into_b, into_a = (
                    d_states[n, t, low:high],
                    d_b[n, t, low:high],
                    d_a[n, t, low:high],
                )
                before = h0[n, low:high] if t == 0 else states[n, t - 1, low:high]
                if t == steps - 1:
                    for j in range(high - low):
                        into_b[j] = above[j]
                        into_a[j] = above[j] * np.conj(before[j])
                else:
                    factor, later = a[n, t + 1, low:high], d_b[n, t + 1, low:high]
                    for j in range(high - low):
                        into_b[j] = above[j] + np.conj(factor[j]) * later[j]
                        into_a[j] = into_b[j] * np.conj(before[j])

    return loop
