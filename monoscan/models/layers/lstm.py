"""LSTM, a reference that is no linear RNN."""

from __future__ import annotations

from typing import final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, State
from monoscan.models.layers.ranges import NO_RANGE
from monoscan.models.layers.registry import layer_kind


@layer_kind(
    "lstm",
    statement="the long short-term memory of torch",
    source="Hochreiter and Schmidhuber, Neural Computation 9 (1997)",
    ranges=(NO_RANGE,),
    model_class=lambda config: "nonlinear-rnn",
    needs_input=True,
)
@final
class LSTMLayer(Layer):
    """torch.nn.LSTM, one layer."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.recurrence = nn.LSTM(config.width, config.width, batch_first=True)

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The hidden states, [B, T, width], and the last hidden and cell state."""
        start = None if state is None else (state[0].unsqueeze(0), state[1].unsqueeze(0))
        states, (hidden, cell) = self.recurrence(x, start)
        return states, (hidden[0], cell[0])
