"""State-transition matrices A(x) of linear RNNs, as the papers parametrise them.

Transitions are data (`kinds`); what can be asked of them is asked through functions: `dimension`,
`transition_matrix`, `heads`, `factors`, and the queries of `spectrum`.
"""

from monoscan.theory.transition.kinds import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Factor,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    RankOne,
    Transition,
    dimension,
)
from monoscan.theory.transition.queries import factors, heads, parameters, transition_matrix

__all__ = [
    "Blocks",
    "DeltaRule",
    "Dense",
    "Diagonal",
    "DiagonalPlusRankOne",
    "Factor",
    "Gated",
    "Householder",
    "HouseholderDiagonal",
    "HouseholderProduct",
    "RankOne",
    "Transition",
    "dimension",
    "factors",
    "heads",
    "parameters",
    "transition_matrix",
]
