"""The delta rule with or without a gate, one or several times a token."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

import torch
from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.matrix_state import Factors, MatrixState
from monoscan.models.layers.ranges import NONNEGATIVE, SIGMOID, to_beta, to_unit

# Where a gate begins: nearly open, and not where the clamp is flat.
_GATE_BIAS = {"sigmoid": 4.0, "clamp": 1.75}


class DeltaRule(MatrixState, ABC):
    """S <- g S (I - beta k k^T) + beta v k^T with a unit key k, n_h times a token, g once."""

    gated: ClassVar[bool]

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.beta = nn.Linear(config.width, config.heads * config.n_h)
        self.gate = nn.Linear(config.width, config.heads) if self.gated else None
        if self.gate is not None:
            nn.init.constant_(self.gate.bias, _GATE_BIAS[config.parametrisation])

    def factors(self, x: Tensor) -> Factors:
        """Reflections, with the gate at the first sub-step of a token."""
        config = self.config
        k = self.unit_keys(x)
        free = self.beta(x).reshape(len(x), -1, config.heads)
        beta = to_beta(free, config.range, config.parametrisation).unsqueeze(-1)
        if self.gate is None:
            return Factors(None, -beta * k, k, k, beta)
        gate = to_unit(self.gate(x), config.parametrisation)
        others = gate.new_ones(*gate.shape[:2], config.n_h - 1, config.heads)
        gates = torch.cat([gate.unsqueeze(2), others], 2).flatten(1, 2).unsqueeze(-1)
        return Factors(gates, -gates * beta * k, k, k, beta)


def delta_rule_class(config: LayerConfig) -> str:
    """The class of reflections without a gate.

    >>> delta_rule_class(LayerConfig("deltaproduct", "[0,1]", n_h=3))
    'householder-product-3-nonnegative'
    """
    suffix = "-nonnegative" if config.range == NONNEGATIVE else ""
    if config.n_h > 1:
        return f"householder-product-{config.n_h}{suffix}"
    if config.parametrisation == SIGMOID and not suffix:
        return "householder-open"
    return f"householder{suffix}"


def gated_delta_rule_class(config: LayerConfig) -> str:
    """The class of reflections with a gate.

    >>> gated_delta_rule_class(LayerConfig("gated_deltanet"))
    'gated-householder'
    """
    suffix = "-nonnegative" if config.range == NONNEGATIVE else ""
    product = f"-product-{config.n_h}" if config.n_h > 1 else ""
    return f"gated-householder{product}{suffix}"
