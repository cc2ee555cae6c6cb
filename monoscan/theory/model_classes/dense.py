"""Matrices that can send one basis vector anywhere: PD-SSM and dense transitions."""

from monoscan.theory.model_classes.model_class import ModelClass, register

PERMUTATION_DIAGONAL = register(
    ModelClass(
        "permutation-diagonal",
        "P diag(a), columns of P one-hot, |a| <= 1",
        "each column has at most one non-zero entry, of modulus at most 1",
        "Terzic et al., arXiv 2509.22284",
        ("dense",),
    )
)
DENSE = register(
    ModelClass(
        "dense",
        "any matrix",
        "any square matrix",
        "Merrill et al., arXiv 2404.08819 (IDS4); Terzic et al., arXiv 2412.19350 (SD-SSM)",
    )
)
