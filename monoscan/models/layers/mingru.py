"""minGRU."""

from __future__ import annotations

from typing import final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.diagonal import diagonal_class
from monoscan.models.layers.ranges import NONNEGATIVE, to_unit
from monoscan.models.layers.registry import layer_kind
from monoscan.models.layers.vector_state import VectorState


@layer_kind(
    "mingru",
    statement="h <- a(x) * h + (1 - a(x)) * b(x), entry by entry",
    source="Feng et al., arXiv:2410.01201",
    ranges=(NONNEGATIVE,),
    model_class=diagonal_class,
    needs_input=True,
)
@final
class MinGRU(VectorState):
    """Keeps or replaces each entry, or something between."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.keep = nn.Linear(config.width, config.width)

    def entries(self, x: Tensor) -> Tensor:
        """How much of each entry is kept."""
        return to_unit(self.keep(x), self.config.parametrisation)

    def inputs(self, x: Tensor, entries: Tensor) -> Tensor:
        """The candidate, weighted by what is not kept."""
        return (1 - entries) * super().inputs(x, entries)
