"""Diagonal and triangular transition matrices."""

from monoscan.theory.model_classes.model_class import ModelClass, register

TIME_INVARIANT_DIAGONAL = register(
    ModelClass(
        "time-invariant-diagonal",
        "diagonal, complex entries of modulus at most 1, the same A for every input",
        "Gu et al., arXiv 2111.00396; Orvieto et al., arXiv 2303.06349",
        ("s4", "s4d", "s5-ssm", "lru", "retnet"),
        ("mixed-diagonal",),
    )
)
DIAGONAL_NONNEGATIVE = register(
    ModelClass(
        "diagonal-nonnegative",
        "diagonal, entries in [0, 1]",
        "Grazzi, Siems et al., arXiv 2411.12537, section 2; Sarrof et al., arXiv 2405.17394",
        (
            *("mamba", "mamba2", "s6", "gla", "mlstm", "mingru", "minlstm", "hgrn", "hgrn2"),
            *("rwkv-4", "rwkv-5", "rwkv-6", "griffin", "rg-lru"),
        ),
        ("diagonal-real", "mixed-diagonal", "householder-nonnegative", "householder-open"),
        note="No sublayer here sees the previous input: a short convolution adds a delay.",
    )
)
MIXED_DIAGONAL = register(
    ModelClass(
        "mixed-diagonal",
        "each layer is time-invariant-diagonal or diagonal-nonnegative",
        "Khavari et al., arXiv 2508.07395",
        ("s4-mamba", "s4-s6"),
        ("diagonal-complex",),
    )
)
DIAGONAL_REAL = register(
    ModelClass(
        "diagonal-real",
        "diagonal, entries in [-1, 1]",
        "Grazzi, Siems et al., arXiv 2411.12537, section 4",
        ("mamba-negative", "gla-negative"),
        ("diagonal-complex", "triangular-real", "householder"),
    )
)
TRIANGULAR_REAL = register(
    ModelClass(
        "triangular-real",
        "upper triangular, real entries",
        "Grazzi, Siems et al., arXiv 2411.12537, after Theorem 2",
        (),
        ("triangular-complex",),
    )
)
DIAGONAL_COMPLEX = register(
    ModelClass(
        "diagonal-complex",
        "diagonal, complex entries of modulus at most 1",
        "Shakerinava et al., arXiv 2603.01959",
        ("gateloop", "dcd", "mamba-3", "aussm"),
        ("triangular-complex", "permutation-diagonal"),
    )
)
TRIANGULAR_COMPLEX = register(
    ModelClass(
        "triangular-complex",
        "upper triangular, complex entries",
        "Shakerinava et al., arXiv 2603.01959; Grazzi, Siems et al., arXiv 2411.12537",
        (),
        ("dense",),
    )
)
