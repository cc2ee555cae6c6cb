"""The scan as its definition says it, a loop in double precision: the oracle of all other forms."""

from __future__ import annotations

import torch
from torch import Tensor


def reference_scan(a: Tensor, b: Tensor, h0: Tensor) -> tuple[Tensor, Tensor]:
    """h_t = a_t * h_(t-1) + b_t, one step after another, in float64 or complex128.

    Args:
        a: Factors, (B, T, D).
        b: Inputs, (B, T, D).
        h0: State before the first step, (B, D).

    Returns:
        All states (B, T, D) and the last one (B, D), in double precision. Autograd's gradients
        through this loop are the oracle of the gradients.

    >>> a, b = torch.tensor([[[2.0], [-1.0]]]), torch.tensor([[[1.0], [5.0]]])
    >>> reference_scan(a, b, torch.zeros(1, 1))[0].flatten().tolist()
    [1.0, 4.0]
    """
    double = torch.complex128 if a.is_complex() or b.is_complex() else torch.float64
    state = h0.to(double)
    states = []
    # unbind, not a[:, t]: autograd would allocate a full-size zero tensor for each slice.
    for factor, entry in zip(a.to(double).unbind(1), b.to(double).unbind(1), strict=True):
        state = factor * state + entry
        states.append(state)
    return torch.stack(states, 1), state
