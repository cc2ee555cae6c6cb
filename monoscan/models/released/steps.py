"""What the tokens of a text do to the states of a layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final

import torch
from torch import Tensor

from monoscan.models.kernels import RankOneResult, diagonal_scan, rank_one
from monoscan.models.kernels.backend import Backend, RankOneBackend


@final
@dataclass(frozen=True, eq=False)
class MatrixSteps:
    """A matrix state in each head, read by a query after every n_h sub-steps.

    Each sub-step is S <- S diag(w) (I + a b^T) + v k^T, or S <- S (diag(w) + a b^T) + v k^T where
    `together` is true. What multiplies a column from the left is the transpose.

    Attributes:
        k: What is written to, [B, T n_h, H, K].
        v: What is written, [B, T n_h, H, V].
        q: What is read, [B, T, H, K].
        w: [B, T n_h, H, K], or [B, T n_h, H, 1] for one number a head, or None for ones.
        a: [B, T n_h, H, K], or None for zeros.
        b: As a.
        beta: The strength of the delta rule, [B, T n_h, H], where there is one.
        n_h: Sub-steps of a token.
        together: Which of the two recurrences it is.
        turns: Angles, [B, T, H, pairs], where each token also turns pairs of key channels: then
            all keys and queries are given in a frame that turns along.
    """

    k: Tensor
    v: Tensor
    q: Tensor
    w: Tensor | None = None
    a: Tensor | None = None
    b: Tensor | None = None
    beta: Tensor | None = None
    n_h: int = 1
    together: bool = False
    turns: Tensor | None = None

    @property
    def column(self) -> Tensor | None:
        """The a of S <- S (diag(w) + a b^T)."""
        return self.a if self.a is None or self.w is None or self.together else self.w * self.a

    def run(self, start: Tensor | None, backend: RankOneBackend = "auto") -> RankOneResult:
        """What the queries read, [B, T, H, V], and the state at the end, [B, H, V, K]."""
        column = self.column
        row = self.b
        if column is None or row is None:
            column = row = torch.zeros_like(self.k)
        return rank_one(
            self.w, column, row, self.v, self.k, self.q, start, self.n_h, backend=backend
        )

    def transitions(self) -> Tensor:
        """What multiplies a column from the left: [B, T, H, K, K], all factors of a token together.

        >>> k = torch.tensor([[[[0.6, 0.8]]]])
        >>> MatrixSteps(k, k, k, None, -2 * k, k).transitions().round(decimals=2).tolist()[0][0][0]
        [[0.2800000011920929, -0.9599999785423279], [-0.9599999785423279, -0.2800000011920929]]
        """
        diagonal = torch.ones_like(self.k) if self.w is None else self.w.expand_as(self.k)
        steps = torch.diag_embed(diagonal)
        column = self.column
        if column is not None and self.b is not None:
            steps = steps + self.b.unsqueeze(-1) * column.unsqueeze(-2)
        product = steps[:, :: self.n_h]
        for place in range(1, self.n_h):
            product = steps[:, place :: self.n_h] @ product
        return product


@final
@dataclass(frozen=True, eq=False)
class EntrySteps:
    """A state of which every entry has a factor of its own: h <- w h + added, y = h c.

    Attributes:
        w: [B, T, D, N].
        added: [B, T, D, N].
        c: What reads the entries of a channel, [B, T, N].
    """

    w: Tensor
    added: Tensor
    c: Tensor

    def run(self, start: Tensor | None, backend: Backend = "auto") -> tuple[Tensor, Tensor]:
        """What is read, [B, T, D], and the state at the end, [B, D, N]."""
        first = None if start is None else start.flatten(1)
        states = diagonal_scan(
            self.w.flatten(2), self.added.flatten(2), first, backend=backend
        ).states
        states = states.reshape(self.w.shape)
        return torch.einsum("btdn,btn->btd", states, self.c), states[:, -1]


Steps: TypeAlias = MatrixSteps | EntrySteps


def read_before_writing(
    r: Tensor,
    k: Tensor,
    v: Tensor,
    w: Tensor,
    before: Tensor | None,
    bonus: Tensor,
    backend: Backend = "auto",
) -> tuple[MatrixSteps, Tensor, Tensor]:
    """S <- S diag(w) + v k^T, where a token reads the state before it and itself with a bonus.

    Args:
        r: What reads, [B, T, H, K].
        k: What is written to, [B, T, H, K].
        v: What is written, [B, T, H, V].
        w: [B, T, H, K].
        before: The state at the beginning, [B, H, V, K], or None for zeros.
        bonus: What multiplies a token's own key, [H, K].
        backend: Of the kernel.

    Returns:
        The steps, what is read, [B, T, H, V], and the state at the end.
    """
    # The state is read before it is written: by the query of the next token.
    steps = MatrixSteps(k, v, torch.cat([r[:, 1:], torch.zeros_like(r[:, :1])], 1), w)
    read, state = steps.run(before, backend)
    if before is None:
        before = torch.zeros_like(state)
    first = torch.einsum("bhvk,bhk->bhv", before, r[:, 0]).unsqueeze(1)
    own = (r * bonus * k).sum(-1, keepdim=True) * v
    return steps, torch.cat([first, read[:, :-1]], 1) + own, state
