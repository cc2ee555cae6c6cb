"""A diagonal matrix changed by a matrix of rank one: CKDA and RWKV-7."""

from dataclasses import replace

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import closed
from monoscan.theory.model_classes.shapes import FactorTimesDiagonal, RankOneUpdate

_UPDATE = RankOneUpdate(w=closed(0, 1), a=closed(0, 1), c=closed(0, 2))

register(
    ModelClass(
        "diagonal-householder-nonnegative",
        "(I - b k k^T) diag(a), b in [0, 1], a in [0, 1]^n",
        "(I - beta k k^T) diag(a) with a unit key k, beta in [0, 1] and a in [0, 1]^n",
        FactorTimesDiagonal(beta=closed(0, 1), entries=closed(0, 1)),
        "Kimi Team, arXiv 2510.26692",
        ("diagonal-householder",),
        place=190,
    )
)
register(
    ModelClass(
        "diagonal-householder",
        "(I - b k k^T) diag(a), b in [0, 2], a in [-1, 1]^n",
        "(I - beta k k^T) diag(a) with a unit key k, beta in [0, 2] and a in [-1, 1]^n",
        FactorTimesDiagonal(beta=closed(0, 2), entries=closed(-1, 1)),
        "Siems et al., arXiv 2609.24797",
        ("dense",),
        place=200,
    )
)
register(
    ModelClass(
        "scalar-plus-rank-one",
        "g I - b k k^T, g and b in [0, 1]",
        "g I - b k k^T with a unit key k, a gate g in [0, 1] and b in [0, 1]: eigenvalues g and "
        "g - b",
        replace(_UPDATE, erased=closed(0, 1)),
        "Hu et al., arXiv 2506.02475 (Comba), where p = s k",
        ("diagonal-plus-rank-one", "diagonal-plus-rank-one-transposed"),
        note="The gate does not multiply the erased part, so g - b reaches -1; in g (I - b k k^T) "
        "with g and b in [0, 1] no eigenvalue is negative.",
        place=210,
    )
)
register(
    ModelClass(
        "diagonal-plus-rank-one",
        "diag(w) - c k (k o a)^T, w and a in [0, 1]^n, c in [0, 2]",
        "diag(w) - c k (k o a)^T with a unit key k, w and a in [0, 1]^n, c in [0, 2]",
        _UPDATE,
        "Peng et al., arXiv 2503.14456, appendix D, with c = 2, for states that are columns",
        ("dense",),
        note="A multiplies a column from the left; then such a matrix can send the unit vector of "
        "one state to that of another. RWKV-7 multiplies rows from the right, see "
        "diagonal-plus-rank-one-transposed; symmetric matrices of this form lie in both classes.",
        place=220,
    )
)
register(
    ModelClass(
        "diagonal-plus-rank-one-transposed",
        "diag(w) - c (k o a) k^T, w and a in [0, 1]^n, c in [0, 2]",
        "diag(w) - c (k o a) k^T with a unit key k, w and a in [0, 1]^n, c in [0, 2]",
        replace(_UPDATE, is_symmetric=True),
        "Peng et al., arXiv 2503.14456, the recurrence of the state, with c = 2",
        ("dense",),
        note="RWKV-7 multiplies the rows of its state from the right by diag(w) - c k (k o a)^T, "
        "so a column is multiplied from the left by the transpose. Exact networks are made of the "
        "symmetric ones of these matrices.",
        place=230,
    )
)
