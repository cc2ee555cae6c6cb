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
        "Peng et al., arXiv 2503.14456, appendix D, with c = 2, for states that are columns",
        (),
        ("dense",),
        note="A multiplies a column from the left; then such a matrix can send the unit vector of "
        "one state to that of another. RWKV-7 multiplies rows from the right, see "
        "diagonal-plus-rank-one-transposed; symmetric matrices of this form lie in both classes.",
    )
)
DIAGONAL_PLUS_RANK_ONE_TRANSPOSED = register(
    ModelClass(
        "diagonal-plus-rank-one-transposed",
        "diag(w) - c (k o a) k^T with a unit key k, w and a in [0, 1]^n, c in [0, 2]",
        "Peng et al., arXiv 2503.14456, the recurrence of the state, with c = 2",
        ("rwkv-7", "rwkv-7-c2"),
        ("dense",),
        note="RWKV-7 multiplies the rows of its state from the right by diag(w) - c k (k o a)^T, "
        "so a column is multiplied from the left by the transpose. Exact networks are made of the "
        "symmetric ones of these matrices.",
    )
)
