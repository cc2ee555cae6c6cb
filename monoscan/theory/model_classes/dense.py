"""Matrices that can send one basis vector anywhere: PD-SSM and dense transitions."""

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import UNIT_DISC
from monoscan.theory.model_classes.shapes import AnyMatrix, SparseColumns

register(
    ModelClass(
        "permutation-diagonal",
        "P diag(a), columns of P one-hot, |a| <= 1",
        "each column has at most one non-zero entry, of modulus at most 1",
        SparseColumns(UNIT_DISC),
        "Terzic et al., arXiv 2509.22284",
        ("dense",),
        place=240,
    )
)
register(
    ModelClass(
        "dense",
        "any matrix",
        "any square matrix",
        AnyMatrix(),
        "Merrill et al., arXiv 2404.08819 (IDS4); Terzic et al., arXiv 2412.19350 (SD-SSM)",
        place=250,
    )
)
