"""A layer like mLSTM."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.kernels import RankOneResult, rank_one
from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.diagonal import diagonal_class
from monoscan.models.layers.matrix_state import Factors, MatrixState
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED, to_eigenvalue, widened
from monoscan.models.layers.registry import layer_kind

_CAP: Final = 15.0  # exp(15) is far from the largest float; the cap is that of arXiv:2503.13427


@layer_kind(
    "mlstm",
    statement="S <- f S + i v k^T, n <- f n + i k, o = S q / max(|n q|, 1)",
    source="Beck et al., arXiv:2405.04517; the range [-1,1] from arXiv:2411.12537",
    ranges=(NONNEGATIVE, SIGNED),
    model_class=diagonal_class,
    needs_input=True,
)
@final
class MatrixLSTM(MatrixState):
    """One forget gate f and one exponential input gate i a head, and a normaliser n."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.forget = nn.Linear(config.width, config.heads)
        self.write = nn.Linear(config.width, config.heads)

    def factors(self, x: Tensor) -> Factors:
        """The forget gate times the identity."""
        config = self.config
        f = to_eigenvalue(self.forget(x), config.range, config.parametrisation).unsqueeze(-1)
        i = torch.exp(_CAP * torch.tanh(widened(self.write(x)) / _CAP)).unsqueeze(-1)
        k = self.unit_keys(x)
        nothing = torch.zeros_like(k)
        return Factors(f, nothing, nothing, k, i)

    def read(
        self, x: Tensor, done: Factors, query: Tensor, start: Tensor | None = None
    ) -> RankOneResult:
        """The state read by the query, over the normaliser: one more row of the state."""
        assert self.value is not None  # the kind needs an input
        assert done.strength is not None
        written = nn.functional.pad(self.substeps(self.value(x)), (0, 1), value=1.0) * done.strength
        if start is None and self.initial is not None:
            start = nn.functional.pad(self.initial, (0, 0, 0, 1)).expand(len(x), -1, -1, -1)
        read, final = rank_one(done.w, done.a, done.b, written, done.k, query, start)
        return RankOneResult(read[..., :-1] / read[..., -1:].abs().clamp(min=1.0), final)
