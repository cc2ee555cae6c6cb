"""PD-SSM: a one-hot column matrix times a complex diagonal."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.ranges import COMPLEX, to_disc
from monoscan.models.layers.recurrent import Dictionary, RecurrentState
from monoscan.models.layers.registry import layer_kind

_DICTIONARY: Final = 8


@layer_kind(
    "pd_ssm",
    statement="h <- P(x) D(x) h + B(x), columns of P one-hot, D diagonal of modulus at most 1",
    source="Terzic et al., arXiv:2509.22284",
    ranges=(COMPLEX,),
    model_class=lambda config: "permutation-diagonal",
)
@final
class PDSSM(RecurrentState):
    """Moves each entry of the state to one place; entries that meet are added.

    The gradient passes P as if its columns were the softmax of the scores.
    """

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config, is_complex=True)
        self.places = Dictionary(config, _DICTIONARY)
        self.entry = nn.Linear(config.width, 2 * config.width)
        with torch.no_grad():
            # Begin near the unit circle: the real part is where a clamp projects from.
            self.entry.bias[: config.width] = 1.0 if config.parametrisation == "clamp" else 4.0

    def transitions(self, x: Tensor) -> Tensor:
        """P(x) D(x)."""
        scores = self.places(x)
        soft = scores.softmax(-2)
        hard = torch.zeros_like(soft).scatter_(-2, scores.argmax(-2, keepdim=True), 1.0)
        # Added to the hard matrix, so that its zeros stay exact: soft - soft is 0.
        columns = hard + (soft - soft.detach())
        real, imaginary = self.entry(x).chunk(2, -1)
        entries = to_disc(real, imaginary, self.config.parametrisation)
        diagonal = entries.reshape(*x.shape[:2], self.config.heads, 1, self.config.head_width)
        transitions: Tensor = columns * diagonal
        return transitions
