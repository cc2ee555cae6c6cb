"""LSTM, a reference that is no linear RNN."""

from __future__ import annotations

from typing import final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, State
from monoscan.models.layers.ranges import NO_RANGE, widened
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
        # Not in bfloat16: oneDNN has that step for some processors only.
        with torch.autocast(x.device.type, enabled=False):
            wide = widened(x)
            start = state or (wide.new_zeros(len(x), self.config.width),) * 2
            states, hidden, cell = torch.lstm(
                wide,
                [part.unsqueeze(0) for part in start],
                [widened(weight) for weight in self.recurrence.parameters()],
                has_biases=True,
                num_layers=1,
                dropout=0.0,
                train=self.training,
                bidirectional=False,
                batch_first=True,
            )
        return states.to(x.dtype), (hidden[0], cell[0])
