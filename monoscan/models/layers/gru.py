"""GRU, a reference that is no linear RNN."""

from __future__ import annotations

from typing import final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer
from monoscan.models.layers.ranges import NO_RANGE
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "gru",
    statement="the gated recurrent unit of torch",
    source="Cho et al., arXiv:1406.1078",
    ranges=(NO_RANGE,),
    model_class=lambda config: "nonlinear-rnn",
    needs_input=True,
)
@final
class GRULayer(Layer):
    """torch.nn.GRU, one layer."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.recurrence = nn.GRU(config.width, config.width, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        """The hidden states, [B, T, width]."""
        states: Tensor = self.recurrence(x)[0]
        return states
