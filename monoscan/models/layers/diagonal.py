"""The diagonal linear RNN: Mamba, GateLoop and others without their gates and convolutions."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.ranges import (
    COMPLEX,
    NONNEGATIVE,
    SIGMOID,
    SIGNED,
    to_disc,
    to_eigenvalue,
)
from monoscan.models.layers.registry import layer_kind
from monoscan.models.layers.vector_state import VectorState

_CLOSED: Final = {
    NONNEGATIVE: "diagonal-nonnegative",
    SIGNED: "diagonal-real",
    COMPLEX: "diagonal-complex",
}
_OPEN: Final = {
    NONNEGATIVE: "diagonal-open",
    SIGNED: "diagonal-real-open",
    COMPLEX: "diagonal-complex-open",
}


def diagonal_class(config: LayerConfig) -> str:
    """The class of diagonal matrices with entries in the range, without its ends for a sigmoid.

    >>> diagonal_class(LayerConfig("diagonal", "[-1,1]", "sigmoid"))
    'diagonal-real-open'
    """
    if config.parametrisation == SIGMOID:
        return _OPEN[config.range]
    return _CLOSED[config.range]


@layer_kind(
    "diagonal",
    statement="h <- a(x) * h + b(x), entry by entry",
    source="Gu and Dao, arXiv:2312.00752; the range [-1,1] from arXiv:2411.12537; complex: "
    "arXiv:2603.01959",
    ranges=(NONNEGATIVE, SIGNED, COMPLEX),
    model_class=diagonal_class,
)
@final
class DiagonalLayer(VectorState):
    """A number of its own for every channel and token."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        parts = 2 if self.is_complex else 1
        self.entry = nn.Linear(config.width, parts * config.width)
        with torch.no_grad():
            # Spread over the range, so that some channels begin at each of its parts.
            self.entry.bias.uniform_(-2.0, 2.0)

    def entries(self, x: Tensor) -> Tensor:
        """The diagonals, mapped into the range."""
        free, parametrisation = self.entry(x), self.config.parametrisation
        if self.is_complex:
            real, imaginary = free.chunk(2, -1)
            return to_disc(real, imaginary, parametrisation)
        return to_eigenvalue(free, self.config.range, parametrisation)
