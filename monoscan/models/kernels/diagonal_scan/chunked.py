"""The scan in plain torch: doubling within chunks, one step from chunk to chunk."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad


def chunked_scan(a: Tensor, b: Tensor, h0: Tensor, chunk: int = 16) -> tuple[Tensor, Tensor]:
    """The scan with log2(chunk) passes over all steps and a loop over T / chunk chunks.

    Nothing is divided and no logarithm is taken, so factors may be zero or of any sign.

    Args:
        a: Factors, (B, T, D).
        b: Inputs, (B, T, D).
        h0: State before the first step, (B, D).
        chunk: Steps in a chunk.

    Returns:
        All states (B, T, D) and the last one (B, D).

    >>> a, b = torch.tensor([[[2.0], [-1.0]]]), torch.tensor([[[1.0], [5.0]]])
    >>> chunked_scan(a, b, torch.zeros(1, 1))[0].flatten().tolist()
    [1.0, 4.0]
    """
    batch, steps, width = a.shape
    chunk = min(chunk, steps)
    missing = -steps % chunk
    factor = pad(a, (0, 0, 0, missing), value=1.0).view(batch, -1, chunk, width)
    state = pad(b, (0, 0, 0, missing)).view(batch, -1, chunk, width)
    reach = 1
    while reach < chunk:
        # (factor, state) at t covers steps t-reach+1..t; join what ends reach steps earlier.
        state = torch.cat(
            [
                state[:, :, :reach],
                state[:, :, reach:] + factor[:, :, reach:] * state[:, :, :-reach],
            ],
            2,
        )
        factor = torch.cat([factor[:, :, :reach], factor[:, :, reach:] * factor[:, :, :-reach]], 2)
        reach *= 2
    carry = h0
    states = []
    for chunk_factor, chunk_state in zip(factor.unbind(1), state.unbind(1), strict=True):
        block = chunk_state + chunk_factor * carry.unsqueeze(1)
        carry = block[:, -1]
        states.append(block)
    joined = torch.cat(states, 1)
    return joined[:, :steps], carry
