"""Diagonal and triangular transition matrices."""

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import UNIT_DISC, AllNumbers, Reals, closed
from monoscan.theory.model_classes.shapes import (
    DiagonalEntries,
    EachLayerOneOf,
    SameMatrix,
    SamePhase,
    UpperTriangular,
)

_NONNEGATIVE = DiagonalEntries(closed(0, 1))
_COMPLEX = DiagonalEntries(UNIT_DISC)
_TIME_INVARIANT = SameMatrix(_COMPLEX)

register(
    ModelClass(
        "time-invariant-nonnegative",
        "diag(a), a in [0, 1]^n, the same for every letter",
        "diagonal, entries in [0, 1], the same A for every input",
        SameMatrix(_NONNEGATIVE),
        "Peng et al., arXiv 2305.13048 (RWKV-4) and arXiv 2404.05892 (RWKV-5)",
        ("time-invariant-diagonal", "diagonal-nonnegative"),
        place=60,
    )
)
register(
    ModelClass(
        "time-invariant-diagonal",
        "diag(a), |a| <= 1, the same for every letter",
        "diagonal, complex entries of modulus at most 1, the same A for every input",
        _TIME_INVARIANT,
        "Gu et al., arXiv 2111.00396; Orvieto et al., arXiv 2303.06349",
        ("mixed-diagonal",),
        place=70,
    )
)
register(
    ModelClass(
        "diagonal-nonnegative",
        "diag(a), a in [0, 1]^n",
        "diagonal, entries in [0, 1]",
        _NONNEGATIVE,
        "Grazzi, Siems et al., arXiv 2411.12537, section 2; Sarrof et al., arXiv 2405.17394",
        ("diagonal-real", "mixed-diagonal", "householder-nonnegative", "householder-open"),
        note="No sublayer here sees the previous input: a short convolution adds a delay.",
        place=80,
    )
)
register(
    ModelClass(
        "mixed-diagonal",
        "layers diag(a), a in [0, 1]^n, or the same for every letter, |a| <= 1",
        "each layer is time-invariant-diagonal or diagonal-nonnegative",
        EachLayerOneOf((_TIME_INVARIANT, _NONNEGATIVE)),
        "Khavari et al., arXiv 2508.07395",
        ("diagonal-common-phase",),
        place=90,
    )
)
register(
    ModelClass(
        "diagonal-common-phase",
        "diag(g_j e^(i t_j)), g in [0, 1]^n, t the same for every letter",
        "diagonal, entries g e^(i t) with g in [0, 1] and an angle t that is the same for every "
        "input of a layer",
        SamePhase(_COMPLEX),
        "Qin et al., arXiv 2311.04823 (HGRN)",
        ("diagonal-complex",),
        place=100,
    )
)
register(
    ModelClass(
        "diagonal-real",
        "diag(a), a in [-1, 1]^n",
        "diagonal, entries in [-1, 1]",
        DiagonalEntries(closed(-1, 1)),
        "Grazzi, Siems et al., arXiv 2411.12537, section 4",
        ("diagonal-complex", "triangular-real", "householder", "scalar-plus-rank-one"),
        place=110,
    )
)
register(
    ModelClass(
        "triangular-real",
        "upper triangular, real",
        "upper triangular, real entries",
        UpperTriangular(Reals()),
        "Grazzi, Siems et al., arXiv 2411.12537, after Theorem 2",
        ("triangular-complex",),
        place=120,
    )
)
register(
    ModelClass(
        "diagonal-complex",
        "diag(a), a complex, |a| <= 1",
        "diagonal, complex entries of modulus at most 1",
        _COMPLEX,
        "Shakerinava et al., arXiv 2603.01959",
        ("triangular-complex", "permutation-diagonal"),
        place=130,
    )
)
register(
    ModelClass(
        "triangular-complex",
        "upper triangular, complex",
        "upper triangular, complex entries",
        UpperTriangular(AllNumbers()),
        "Shakerinava et al., arXiv 2603.01959; Grazzi, Siems et al., arXiv 2411.12537",
        ("dense",),
        place=140,
    )
)
