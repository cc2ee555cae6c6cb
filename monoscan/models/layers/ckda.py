"""KDA and CKDA: a delta rule with a decay for each channel, possibly negative."""

from __future__ import annotations

from typing import Final, final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.matrix_state import Factors, MatrixState
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED, to_beta, to_eigenvalue
from monoscan.models.layers.registry import layer_kind

_MOST: Final = 1.75  # biases up to here keep a clamp from being flat


def ckda_class(config: LayerConfig) -> str:
    """The class of (I - beta k k^T) diag(a).

    >>> ckda_class(LayerConfig("ckda", "[0,1]"))
    'diagonal-householder-nonnegative'
    """
    return "diagonal-householder" + ("-nonnegative" if config.range == NONNEGATIVE else "")


@layer_kind(
    "ckda",
    statement="S^T <- (I - beta k k^T) diag(a) S^T + beta k v^T",
    source="Siems et al., arXiv:2609.24797; the range [0,1] is KDA, arXiv:2510.26692",
    ranges=(SIGNED, NONNEGATIVE),
    model_class=ckda_class,
)
@final
class CKDA(MatrixState):
    """One reflection a token after a diagonal."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config)
        self.beta = nn.Linear(config.width, config.heads)
        self.entry = nn.Linear(config.width, config.width)
        nn.init.uniform_(self.entry.bias, -_MOST if config.range == SIGNED else 0.0, _MOST)

    def factors(self, x: Tensor) -> Factors:
        """The diagonal first, then the reflection."""
        config = self.config
        free = self.substeps(self.entry(x))
        entries = to_eigenvalue(free, config.range, config.parametrisation)
        beta = to_beta(self.beta(x), config.range, config.parametrisation).unsqueeze(-1)
        k = self.unit_keys(x)
        return Factors(entries, -beta * entries * k, k, k, beta)
