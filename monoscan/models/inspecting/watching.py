"""Gathers what is seen of the heads of one layer, piece by piece of a text."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor

from monoscan.models.inspecting.eigenvalues import LONGEST, eigenvalues
from monoscan.models.inspecting.facts import HeadFacts, Products, Spread
from monoscan.models.inspecting.memories import Followed
from monoscan.models.released.steps import EntrySteps, MatrixSteps, Steps

# Of the size of a product: rounding makes numbers of this order of a zero.
_NOTHING: Final = 1e-5


@final
class _Numbers:
    """The least, the sum and the greatest of numbers of each head, and how many are above 1."""

    def __init__(self) -> None:
        self.least = self.greatest = self.total = self.above = torch.zeros(0)
        self.count = 0

    def add(self, x: Tensor) -> None:
        """Numbers of one text, [T, heads, ...]."""
        by_head = x.double().transpose(0, 1).flatten(1)
        found = by_head.amin(1), by_head.amax(1), by_head.sum(1), (by_head > 1).double().sum(1)
        if not self.count:
            self.least, self.greatest, self.total, self.above = found
        else:
            self.least = torch.minimum(self.least, found[0])
            self.greatest = torch.maximum(self.greatest, found[1])
            self.total, self.above = self.total + found[2], self.above + found[3]
        self.count += by_head.shape[1]

    def spread(self, head: int) -> Spread | None:
        """Those of one head."""
        if not self.count:
            return None
        total = float(self.total[head]) / self.count
        return Spread(float(self.least[head]), total, float(self.greatest[head]))

    def share_above(self, head: int) -> float:
        """The share above 1."""
        return float(self.above[head]) / self.count if self.count else 0.0


@final
class _Eigenvalues:
    """What is kept of the eigenvalues of products of one length, for each head."""

    def __init__(self, tokens: int) -> None:
        self.tokens, self.examined = tokens, 0
        self.real, self.modulus = _Numbers(), _Numbers()
        self.negative = self.complex = torch.zeros(1, dtype=torch.float64)

    def add(self, values: Tensor, sizes: Tensor) -> None:
        """[products, heads, eigenvalues] and [products, heads]."""
        nothing = (_NOTHING * sizes).unsqueeze(-1)
        is_real = values.imag.abs() <= nothing
        self.real.add(values.real)
        self.modulus.add(values.abs())
        below = (is_real & (values.real < -nothing)).any(-1).double().sum(0)
        self.negative = self.negative + below
        self.complex = self.complex + (~is_real).any(-1).double().sum(0)
        self.examined += len(values)

    def of_head(self, head: int) -> Products:
        """Those of one head."""
        return Products(
            self.tokens,
            self.examined,
            float(self.real.least[head]),
            float(self.real.greatest[head]),
            float(self.modulus.greatest[head]),
            float(self.negative[head]) / self.examined,
            float(self.complex[head]) / self.examined,
        )


@final
class Watcher:
    """Watches one layer read one text.

    Args:
        tokens: How many the text has.
    """

    def __init__(self, tokens: int) -> None:
        self.heads = 0
        self._beta, self._gate = _Numbers(), _Numbers()
        self._products = [_Eigenvalues(tokens) for tokens in range(1, LONGEST + 1)]
        self._followed = Followed(tokens)
        self._ranks: list[Tensor] = []
        self._rank_most = 0

    def read(self, steps: Steps, state: Tensor) -> None:
        """What the layer did with the next piece, and its state after it; the batch is 1.

        Args:
            steps: Of the piece.
            state: [1, heads, V, K], or [1, channels, entries].
        """
        if isinstance(steps, EntrySteps):
            self.heads, tokens = 1, steps.w.shape[1]
            self._gate.add(steps.w[0].flatten(1).unsqueeze(1))
        else:
            self.heads, tokens = steps.k.shape[2], steps.q.shape[1]
            self._add_matrix(steps)
        for products in self._products[:tokens]:
            products.add(*eigenvalues(steps, products.tokens))
        self._followed.read(steps)
        matrices = state if isinstance(steps, EntrySteps) else state[0]
        self._rank_most = min(matrices.shape[-2:])
        self._ranks.append(effective_rank(matrices))

    def _add_matrix(self, steps: MatrixSteps) -> None:
        if steps.beta is not None:
            self._beta.add(steps.beta[0])
        if steps.w is not None:
            # The gate of a token is that of its first sub-step; the others are open.
            self._gate.add(steps.w[0, :: steps.n_h])

    def facts(self, layer: int) -> list[HeadFacts]:
        """What was seen, for each head."""
        memories = self._followed.medians()
        ranks = torch.stack(self._ranks).mean(0).tolist()
        return [
            HeadFacts(
                layer,
                head + 1 if self.heads > 1 else 0,
                self._beta.spread(head),
                self._beta.share_above(head),
                self._gate.spread(head),
                tuple(p.of_head(head) for p in self._products if p.examined),
                ranks[head],
                self._rank_most,
                memories[head],
                self._followed.followed,
            )
            for head in range(self.heads)
        ]


def effective_rank(matrices: Tensor) -> Tensor:
    """The exponential of the entropy of singular values over their sum; 0 of a zero matrix.

    The measure is that of Roy and Vetterli, EUSIPCO 2007.

    Args:
        matrices: [heads, V, K].

    >>> effective_rank(torch.eye(3).unsqueeze(0)).round(decimals=3).tolist()
    [3.0]
    """
    values = torch.linalg.svdvals(matrices.double())
    total = values.sum(-1, keepdim=True)
    shares = values / total.clamp(min=torch.finfo(torch.float64).tiny)
    rank: Tensor = torch.special.entr(shares).sum(-1).exp() * (total.squeeze(-1) > 0)
    return rank
