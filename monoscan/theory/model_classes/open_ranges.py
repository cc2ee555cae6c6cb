"""Open parameter ranges: what a sigmoid or a softplus can reach, never 0, 1 or -1."""

from monoscan.theory.model_classes.model_class import ModelClass, register

_NOTE = (
    "No exact network is made for an open range: {}. No group is tracked exactly, so a trained "
    "network has a finite horizon."
)

DIAGONAL_OPEN = register(
    ModelClass(
        "diagonal-open",
        "diagonal, entries in the open interval (0, 1)",
        "Gu and Dao, arXiv 2312.00752, with the ranges that its parametrisation reaches",
        ("mamba-sigmoid", "gla-sigmoid", "mingru-sigmoid"),
        ("diagonal-nonnegative", "diagonal-real-open"),
        has_exact_networks=False,
        note=_NOTE.format("the entries 0 (overwrite) and 1 (keep) lie outside it"),
        closure_contains="diagonal-nonnegative",
    )
)
DIAGONAL_REAL_OPEN = register(
    ModelClass(
        "diagonal-real-open",
        "diagonal, entries in the open interval (-1, 1)",
        "Grazzi, Siems et al., arXiv 2411.12537, section 4, with entries 2 sigmoid - 1",
        ("mamba-negative-sigmoid", "gla-negative-sigmoid"),
        ("diagonal-real", "diagonal-complex-open"),
        has_exact_networks=False,
        note=_NOTE.format("the entries 1 (keep) and -1 (change the sign) lie outside it"),
        closure_contains="diagonal-real",
    )
)
DIAGONAL_COMPLEX_OPEN = register(
    ModelClass(
        "diagonal-complex-open",
        "diagonal, complex entries of modulus below 1",
        "Katsch, arXiv 2311.01927, where the modulus is a sigmoid",
        ("gateloop-sigmoid",),
        ("diagonal-complex",),
        has_exact_networks=False,
        note=_NOTE.format("the entries of modulus 1 (keep, turn) lie outside it"),
        closure_contains="diagonal-complex",
    )
)
HOUSEHOLDER_OPEN = register(
    ModelClass(
        "householder-open",
        "I - beta k k^T with a unit key k and beta in the open interval (0, 2)",
        "Grazzi, Siems et al., arXiv 2411.12537, with beta = 2 sigmoid",
        ("deltanet-sigmoid",),
        ("householder",),
        has_exact_networks=False,
        note=_NOTE.format("beta = 0 (keep) and beta = 2 (reflect) lie outside it"),
        closure_contains="householder",
    )
)
RWKV_7_RELEASED = register(
    ModelClass(
        "rwkv-7-released",
        "diag(w) - (k o a) k^T with a unit key k, w in (0.545, 1)^n and a in (0, 1)^n",
        "Peng et al., arXiv 2503.14456",
        ("rwkv-7-c1",),
        ("diagonal-plus-rank-one-transposed",),
        has_exact_networks=False,
        note="Not every matrix of this region is a contraction, so the argument for open ranges "
        "does not apply to it.",
        closure_contains="householder-nonnegative",
    )
)
