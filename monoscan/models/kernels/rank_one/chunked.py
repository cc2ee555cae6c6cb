"""The recurrence in plain torch, many sub-steps at a time: the WY form with any diagonal.

With D(i, j) the product of the diagonals after sub-step j up to i, and u_i = S_(i-1) a_i,

    S_i = S_0 diag(D(i, 0)) + sum over j <= i of (u_j b_j^T + v_j k_j^T) diag(D(i, j)),

so that the u of one chunk solve a unit lower triangular system. It is solved by forward
substitution: the usual doubling of the inverse explodes for beta in (1, 2] with repeated keys. The
D(i, j) are products, never quotients, so that diagonals may be zero or of any sign.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import pad


def chunked_rank_one(
    w: Tensor | None,
    a: Tensor,
    b: Tensor,
    v: Tensor,
    k: Tensor,
    q: Tensor,
    S0: Tensor,
    n_h: int,
    chunk: int | None = None,
) -> tuple[Tensor, Tensor]:
    """The recurrence of `reference_rank_one` with matrix products over chunks of sub-steps.

    Args:
        w: Diagonal, (B, T n_h, H, K), or (B, T n_h, H, 1) for one number a head, or None for ones.
        a: Column of the rank-one term, (B, T n_h, H, K).
        b: Row of the rank-one term, (B, T n_h, H, K).
        v: Values, (B, T n_h, H, V).
        k: Keys, (B, T n_h, H, K).
        q: Queries, (B, T, H, K).
        S0: State before the first sub-step, (B, H, V, K).
        n_h: Sub-steps of a token.
        chunk: Tokens in a chunk; by default those of `default_chunk`, and 8 sub-steps if w is not
            one number a head: the D(i, j) then take chunk times the memory of the keys.

    Returns:
        Outputs (B, T, H, V) and the last state (B, H, V, K).

    >>> k = torch.tensor([1.0, 0.0]).view(1, 1, 1, 2)
    >>> v, q, S0 = torch.zeros(1, 1, 1, 1), torch.ones(1, 1, 1, 2), torch.ones(1, 1, 1, 2)
    >>> chunked_rank_one(None, -2 * k, k, v, k, q, S0, 1)[1].flatten().tolist()
    [-1.0, 1.0]
    """
    tokens = q.shape[1]
    vector_gate = w is not None and w.shape[-1] > 1
    chunk = min(tokens, chunk or default_chunk(8 if vector_gate else tokens, n_h))
    columns, rows, values, keys = (_blocks(x, chunk * n_h, 0.0) for x in (a, b, v, k))
    gates = None if w is None else _blocks(w, chunk * n_h, 1.0)
    parts = _prepare(gates, columns, rows, values, keys, _blocks(q, chunk, 0.0), n_h)
    state, outputs = S0, []
    for part in parts.by_chunk():
        u = part.solved_values + part.solved_columns @ state.mT
        outputs.append(part.readout @ state.mT + part.erased @ u + part.written)
        state = state * part.decay + u.mT @ part.rows + part.added
    return torch.cat(outputs, 2)[:, :, :tokens].transpose(1, 2), state


def default_chunk(tokens: int, n_h: int) -> int:
    """Tokens in a chunk: 8 to 32 sub-steps, growing with the length.

    >>> default_chunk(40, 1), default_chunk(256, 1), default_chunk(2048, 1), default_chunk(256, 4)
    (8, 16, 32, 4)
    """
    steps = 8 if tokens <= 64 else 16 if tokens <= 512 else 32
    return max(1, steps // n_h)


@dataclass(frozen=True)
class _Parts:
    """Everything about the chunks that does not depend on the state; dimension 2 counts chunks.

    With C sub-steps and c tokens in a chunk, the shapes after (B, H, N) are:

    Attributes:
        solved_columns: (C, K); u = solved_columns S^T + solved_values.
        solved_values: (C, V).
        readout: (c, K); what a token reads of the state before the chunk.
        erased: (c, C); what it reads of each u.
        written: (c, V); what it reads of the values of the chunk.
        decay: (1, K) or (1, 1); D(C, 0).
        rows: (C, K); b_j * D(C, j).
        added: (V, K); the values of the chunk as they are in the state after it.
    """

    solved_columns: Tensor
    solved_values: Tensor
    readout: Tensor
    erased: Tensor
    written: Tensor
    decay: Tensor
    rows: Tensor
    added: Tensor

    def by_chunk(self) -> list[_Parts]:
        """The same for each chunk, without the dimension that counts them."""
        columns = [getattr(self, name).unbind(2) for name in self.__dataclass_fields__]
        return [_Parts(*chunk) for chunk in zip(*columns, strict=True)]


def _blocks(x: Tensor, size: int, filler: float) -> Tensor:
    """(B, T, H, X) as (B, H, N, size, X), the last chunk filled up with steps that do nothing."""
    filled = pad(x, (0, 0, 0, 0, 0, -x.shape[1] % size), value=filler)
    batch, steps, heads, width = filled.shape
    return filled.transpose(1, 2).reshape(batch, heads, steps // size, size, width)


def _prepare(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, n_h: int
) -> _Parts:
    size = a.shape[3]
    reached, before = _decays(w, size, a)
    at_reads = reached[..., n_h - 1 :: n_h, :, :]
    to_end = reached[..., -1, 1:, :]
    earlier = torch.ones(size, size, dtype=torch.bool, device=a.device).tril(-1)
    until = torch.ones(size, size, dtype=torch.bool, device=a.device).tril()[n_h - 1 :: n_h]
    system = torch.eye(size, dtype=a.dtype, device=a.device) - _pairs(a, b, before) * earlier
    columns = a * before[..., 0, :]
    values = (_pairs(a, k, before) * earlier) @ v
    solved = torch.linalg.solve_triangular(
        system, torch.cat([columns, values], -1), upper=False, unitriangular=True
    )
    solved_columns, solved_values = solved.split([columns.shape[-1], values.shape[-1]], -1)
    return _Parts(
        solved_columns=solved_columns,
        solved_values=solved_values,
        readout=q * at_reads[..., 0, :],
        erased=_pairs(q, b, at_reads) * until,
        written=(_pairs(q, k, at_reads) * until) @ v,
        decay=reached[..., -1, :1, :],
        rows=b * to_end,
        added=v.mT @ (k * to_end),
    )


def _decays(w: Tensor | None, size: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """D(i, j) and D(i - 1, j) for i = 1..C (dimension -3) and j = 0..C (dimension -2).

    Where j is beyond i the value is 1 and never used.
    """
    if w is None:
        ones = like.new_ones(*like.shape[:3], 1, 1, 1).expand(*like.shape[:3], size, size + 1, 1)
        return ones, ones
    after = torch.ones(size, size + 1, dtype=torch.bool, device=w.device).tril().unsqueeze(-1)
    reached = torch.where(after, w.unsqueeze(-2), w.new_ones(())).cumprod(-3)
    before = torch.cat([torch.ones_like(reached[..., :1, :, :]), reached[..., :-1, :, :]], -3)
    return reached, before


def _pairs(x: Tensor, y: Tensor, decays: Tensor) -> Tensor:
    """Sum over K of x_i D(i, j) y_j, for rows i of x, rows j >= 1 of y."""
    decay = decays[..., 1:, :]
    if decay.shape[-1] == 1:
        return (x @ y.mT) * decay.squeeze(-1)
    return ((x.unsqueeze(-2) * decay) * y.unsqueeze(-3)).sum(-1)
