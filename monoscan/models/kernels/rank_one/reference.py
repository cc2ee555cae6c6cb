"""The recurrence as its definition says it, a loop in double precision: the oracle."""

from __future__ import annotations

import torch
from torch import Tensor


def reference_rank_one(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor]:
    """S <- S (diag(w) + a b^T) + v k^T, then o = S q after every n_h sub-steps, in float64.

    Args:
        w: Diagonal, (B, T n_h, H, K), or None for ones.
        a: Column of the rank-one term, (B, T n_h, H, K).
        b: Row of the rank-one term, (B, T n_h, H, K).
        v: Values, (B, T n_h, H, V).
        k: Keys, (B, T n_h, H, K).
        q: Queries, (B, T, H, K).
        S0: State before the first sub-step, (B, H, V, K).
        n_h: Sub-steps of a token.

    Returns:
        Outputs (B, T, H, V) and the last state (B, H, V, K), in float64. Autograd's gradients
        through this loop are the oracle of the gradients.

    A reflection of the plane along the first axis:

    >>> k = torch.tensor([1.0, 0.0]).view(1, 1, 1, 2)
    >>> v, q, S0 = torch.zeros(1, 1, 1, 1), torch.ones(1, 1, 1, 2), torch.ones(1, 1, 1, 2)
    >>> reference_rank_one(None, -2 * k, k, v, k, q, S0, 1)[1].flatten().tolist()
    [-1.0, 1.0]
    """
    state = S0.double()
    outputs = []
    # unbind, not a[:, t]: autograd would allocate a full-size zero tensor for each slice.
    columns, rows, keys = (x.double().unsqueeze(-1).unbind(1) for x in (a, b, k))
    values = v.double().unsqueeze(-1).unbind(1)
    gates = None if w is None else w.double().unsqueeze(-2).unbind(1)
    for token, query in enumerate(q.double().unsqueeze(-1).unbind(1)):
        for step in range(token * n_h, token * n_h + n_h):
            kept = state if gates is None else state * gates[step]
            erased = (state @ columns[step]) @ rows[step].mT
            state = kept + erased + values[step] @ keys[step].mT
        outputs.append((state @ query).squeeze(-1))
    return torch.stack(outputs, 1), state
