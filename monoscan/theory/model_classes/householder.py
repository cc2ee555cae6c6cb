"""Products of generalised Householder matrices I - beta k k^T with a unit key k."""

from monoscan.theory.model_classes.model_class import (
    MAX_FACTORS,
    Family,
    ModelClass,
    register,
    register_family,
)

_DELTANET = "Yang et al., arXiv 2406.06484"
_GRAZZI = "Grazzi, Siems et al., arXiv 2411.12537"
_DELTAPRODUCT = "Siems et al., arXiv 2502.10297"

HOUSEHOLDER_NONNEGATIVE = register(
    ModelClass(
        "householder-nonnegative",
        "I - b k k^T, b in [0, 1]",
        "I - beta k k^T with beta in [0, 1]: eigenvalues in [0, 1]",
        _DELTANET,
        (
            "householder",
            "gated-householder-nonnegative",
            "householder-product-2-nonnegative",
        ),
    )
)
GATED_HOUSEHOLDER_NONNEGATIVE = register(
    ModelClass(
        "gated-householder-nonnegative",
        "g (I - b k k^T), g and b in [0, 1]",
        "g (I - beta k k^T) with beta in [0, 1] and a gate g in [0, 1]",
        "Yang et al., arXiv 2412.06464",
        (
            "gated-householder",
            "diagonal-householder-nonnegative",
            "gated-householder-product-2-nonnegative",
            "scalar-plus-rank-one",
        ),
    )
)
HOUSEHOLDER = register(
    ModelClass(
        "householder",
        "I - b k k^T, b in [0, 2]",
        "I - beta k k^T with beta in [0, 2]: eigenvalues in [-1, 1]",
        f"{_GRAZZI}, section 4",
        (
            "gated-householder",
            "householder-product-2",
        ),
    )
)
GATED_HOUSEHOLDER = register(
    ModelClass(
        "gated-householder",
        "g (I - b k k^T), g in [0, 1], b in [0, 2]",
        "g (I - beta k k^T) with beta in [0, 2] and a gate g in [0, 1]",
        "Yang et al., arXiv 2412.06464, with the range of arXiv 2411.12537",
        (
            "diagonal-householder",
            "diagonal-plus-rank-one",
            "diagonal-plus-rank-one-transposed",
            "gated-householder-product-2",
        ),
    )
)


def _product(n: int) -> ModelClass:
    larger = (f"householder-product-{n + 1}",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"householder-product-{n}",
        f"at most {n} factors I - b k k^T, b in [0, 2]",
        f"products of at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _DELTAPRODUCT,
        parents=(f"gated-householder-product-{n}", *larger, "dense"),
    )


def _nonnegative_product(n: int) -> ModelClass:
    larger = (f"householder-product-{n + 1}-nonnegative",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"householder-product-{n}-nonnegative",
        f"at most {n} factors I - b k k^T, b in [0, 1]",
        f"products of at most {n} matrices I - beta k k^T, beta in [0, 1]",
        _DELTAPRODUCT,
        parents=(
            f"householder-product-{n}",
            f"gated-householder-product-{n}-nonnegative",
            *larger,
        ),
    )


def _gated_nonnegative_product(n: int) -> ModelClass:
    larger = (f"gated-householder-product-{n + 1}-nonnegative",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"gated-householder-product-{n}-nonnegative",
        f"g times at most {n} factors I - b k k^T, g and b in [0, 1]",
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 1]",
        _DELTAPRODUCT,
        parents=(f"gated-householder-product-{n}", *larger),
    )


def _gated_product(n: int) -> ModelClass:
    larger = (f"gated-householder-product-{n + 1}",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"gated-householder-product-{n}",
        f"g times at most {n} factors I - b k k^T, g in [0, 1], b in [0, 2]",
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _DELTAPRODUCT,
        parents=(*larger, "dense"),
    )


HOUSEHOLDER_PRODUCT_NONNEGATIVE = register_family(
    Family("householder-product-N-nonnegative", 2, _nonnegative_product)
)
HOUSEHOLDER_PRODUCT = register_family(Family("householder-product-N", 2, _product))
GATED_HOUSEHOLDER_PRODUCT_NONNEGATIVE = register_family(
    Family("gated-householder-product-N-nonnegative", 2, _gated_nonnegative_product)
)
GATED_HOUSEHOLDER_PRODUCT = register_family(
    Family("gated-householder-product-N", 2, _gated_product)
)
