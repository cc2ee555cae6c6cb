"""sLSTM, a reference that is no linear RNN."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import HeadNorm, Layer, State, split_heads
from monoscan.models.layers.ranges import NO_RANGE, widened
from monoscan.models.layers.registry import layer_kind

_GATES: Final = 4  # candidate, input gate, forget gate, output gate
_NOTHING_YET: Final = -1e30  # the logarithm of the scale of a state to which nothing was added


@layer_kind(
    "slstm",
    statement="c <- f c + i z, n <- f n + i, h = o c / n, all gates see h of the same head",
    source="Beck et al., arXiv:2405.04517",
    ranges=(NO_RANGE,),
    model_class=lambda config: "nonlinear-rnn",
    needs_input=True,
)
@final
class ScalarLSTM(Layer):
    """An exponential input gate, and a normaliser that keeps the outputs between -1 and 1."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        width, head = config.width, config.head_width
        self.input = nn.Linear(width, _GATES * width)
        self.recurrence = nn.Parameter(torch.randn(config.heads, head, _GATES * head) / head**0.5)
        self.norm = HeadNorm(config)
        self.output = nn.Linear(width, width, bias=False)
        with torch.no_grad():
            self.input.bias.view(_GATES, width)[2] = 3.0  # begin with remembering

    def advance(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """The outputs, [B, T, width], and the state: h, c, n and the scale, [B, H, K] each."""
        config = self.config
        seen = widened(self.input(x)).reshape(*x.shape[:2], _GATES, config.width)
        if state is None:
            zero = seen.new_zeros(len(x), config.heads, config.head_width)
            state = (zero, zero, zero, torch.full_like(zero, _NOTHING_YET))
        hidden, cell, count, scale = state
        recurrence = widened(self.recurrence)
        states = []
        for step in split_heads(seen, config).unbind(1):
            back = torch.einsum("bhi,hij->bhj", hidden, recurrence)
            own = back.reshape(*hidden.shape[:2], _GATES, -1).transpose(1, 2)
            z, i, f, o = (step + own).unbind(1)
            kept = nn.functional.logsigmoid(f) + scale
            # i and f are kept as logarithms under a common scale, so that no exp overflows.
            scale = torch.maximum(kept, i)
            fresh, old = torch.exp(i - scale), torch.exp(kept - scale)
            cell = old * cell + fresh * torch.tanh(z)
            count = old * count + fresh
            hidden = torch.sigmoid(o) * cell / count
            states.append(hidden)
        read = self.norm(torch.stack(states, 1)).to(x.dtype)
        result: Tensor = self.output(read)
        return result, (hidden, cell, count, scale)
