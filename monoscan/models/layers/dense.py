"""SD-SSM: any matrix, with columns of norm one."""

from __future__ import annotations

from typing import Final, final

from torch import Tensor, nn

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.ranges import COMPLEX, widened
from monoscan.models.layers.recurrent import Dictionary, RecurrentState
from monoscan.models.layers.registry import layer_kind

_DICTIONARY: Final = 8
_NORM: Final = 1.2  # the norm that the paper takes for stability


@layer_kind(
    "dense",
    statement="h <- A(x) h + B(x), A(x) a mixture of learned matrices with normalised columns",
    source="Terzic et al., arXiv:2412.19350",
    ranges=(COMPLEX,),
    model_class=lambda config: "dense",
    is_bounded=False,
)
@final
class DenseLayer(RecurrentState):
    """A full real matrix; its eigenvalues may be complex, and a little larger than 1."""

    def __init__(self, config: LayerConfig) -> None:
        super().__init__(config, is_complex=False)
        self.matrices = Dictionary(config, _DICTIONARY)

    def transitions(self, x: Tensor) -> Tensor:
        """The mixtures, each column divided by its 1.2-norm."""
        return nn.functional.normalize(widened(self.matrices(x)), p=_NORM, dim=-2)
