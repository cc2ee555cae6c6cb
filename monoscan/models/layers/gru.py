"""GRU, a reference that is no linear RNN."""

from __future__ import annotations

from typing import final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, State
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

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The hidden states, [B, T, width], and the last of them."""
        states, last = self.recurrence(x, None if state is None else state[0].unsqueeze(0))
        return states, (last[0],)
