"""RWKV-7."""

from __future__ import annotations

import math
from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.matrix_state import Factors, MatrixState
from monoscan.models.layers.ranges import NONNEGATIVE, SIGMOID, SIGNED, to_unit
from monoscan.models.layers.registry import layer_kind

_LEAST_LOG_DECAY: Final = -math.exp(-0.5)  # w > exp(-exp(-1/2)) = 0.545 in the released model


def rwkv7_class(config: LayerConfig) -> str:
    """The released model has c = 1 and sigmoids; everything else lies in the closed class.

    >>> rwkv7_class(LayerConfig("rwkv7", "[0,1]", "sigmoid"))
    'rwkv-7-released'
    """
    if config.range == NONNEGATIVE and config.parametrisation == SIGMOID:
        return "rwkv-7-released"
    return "diagonal-plus-rank-one-transposed"


@layer_kind(
    "rwkv7",
    statement="S <- S (diag(w) - c k (k * a)^T) + v k~^T, c = 1 for the range [0,1], 2 for [-1,1]",
    source="Peng et al., arXiv:2503.14456",
    ranges=(NONNEGATIVE, SIGNED),
    model_class=rwkv7_class,
    is_bounded=False,
)
@final
class RWKV7(MatrixState):
    """A decay for each channel, and the removal of a key with a learning rate for each channel.

    The matrix diag(w) - c k (k * a)^T multiplies S from the right, as in the paper and in the
    released code, so its transpose diag(w) - c (k * a) k^T is what multiplies a column from the
    left, and what the model class is about. Its eigenvalues may lie outside the range, which says
    what c is: for w = 0 and a = 1 one of them is -c.
    """

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.decay = nn.Linear(config.width, config.width)
        self.rate = nn.Linear(config.width, config.width)
        nn.init.constant_(self.decay.bias, -4.0 if config.parametrisation == SIGMOID else 1.75)

    def factors(self, x: Tensor) -> Factors:
        """Decay and removal."""
        config = self.config
        free = self.substeps(self.decay(x))
        if config.parametrisation == SIGMOID:
            w = torch.exp(_LEAST_LOG_DECAY * torch.sigmoid(free))
        else:
            w = to_unit(free, config.parametrisation)
        rate = to_unit(self.substeps(self.rate(x)), config.parametrisation)
        c = 2.0 if config.range == SIGNED else 1.0
        k = self.unit_keys(x)
        return Factors(w, -c * k, k * rate, k)
