"""A diagonal matrix changed by a matrix of rank one: CKDA and RWKV-7."""

from monoscan.theory.model_classes.model_class import ModelClass, register

DIAGONAL_HOUSEHOLDER_NONNEGATIVE = register(
    ModelClass(
        "diagonal-householder-nonnegative",
        "(I - beta k k^T) diag(a) with a unit key k, beta in [0, 1] and a in [0, 1]^n",
        "Kimi Team, arXiv 2510.26692",
        ("kda", "kimi-linear"),
        ("diagonal-householder",),
    )
)
DIAGONAL_HOUSEHOLDER = register(
    ModelClass(
        "diagonal-householder",
        "(I - beta k k^T) diag(a) with a unit key k, beta in [0, 2] and a in [-1, 1]^n",
        "Siems et al., arXiv 2609.24797",
        ("ckda",),
        ("dense",),
    )
)
DIAGONAL_PLUS_RANK_ONE = register(
    ModelClass(
        "diagonal-plus-rank-one",
        "diag(w) - c k (k o a)^T with a unit key k, w and a in [0, 1]^n, c in [0, 2]",
        "Peng et al., arXiv 2503.14456, appendix D, with c = 2",
        ("rwkv-7", "rwkv-7-c2"),
        ("dense",),
        note="A multiplies the state from the left here. Code that multiplies it from the right "
        "by the same matrix has the transposed transition: then swaps and gates are the same and "
        "copies of one state to another are not, so answers for one layer may differ.",
    )
)
