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
        "I - beta k k^T with beta in [0, 1]: eigenvalues in [0, 1]",
        _DELTANET,
        ("deltanet-nonnegative", "deltanet-0-1"),
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
        "g (I - beta k k^T) with beta in [0, 1] and a gate g in [0, 1]",
        "Yang et al., arXiv 2412.06464",
        ("gated-deltanet-nonnegative", "gated-deltanet-0-1"),
        (
            "gated-householder",
            "diagonal-householder-nonnegative",
            "gated-householder-product-2-nonnegative",
        ),
    )
)
HOUSEHOLDER = register(
    ModelClass(
        "householder",
        "I - beta k k^T with beta in [0, 2]: eigenvalues in [-1, 1]",
        f"{_GRAZZI}, section 4",
        ("deltanet", "deltanet-negative"),
        (
            "gated-householder",
            "householder-product-2",
        ),
    )
)
GATED_HOUSEHOLDER = register(
    ModelClass(
        "gated-householder",
        "g (I - beta k k^T) with beta in [0, 2] and a gate g in [0, 1]",
        "Yang et al., arXiv 2412.06464, with the range of arXiv 2411.12537",
        ("gated-deltanet",),
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
        f"products of at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _DELTAPRODUCT,
        parents=(f"gated-householder-product-{n}", *larger, "dense"),
    )


def _nonnegative_product(n: int) -> ModelClass:
    larger = (f"householder-product-{n + 1}-nonnegative",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"householder-product-{n}-nonnegative",
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
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 1]",
        _DELTAPRODUCT,
        parents=(f"gated-householder-product-{n}", *larger),
    )


def _gated_product(n: int) -> ModelClass:
    larger = (f"gated-householder-product-{n + 1}",) if n < MAX_FACTORS else ()
    return ModelClass(
        f"gated-householder-product-{n}",
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _DELTAPRODUCT,
        parents=(*larger, "dense"),
    )


HOUSEHOLDER_PRODUCT_NONNEGATIVE = register_family(
    Family(
        "householder-product-N-nonnegative",
        2,
        _nonnegative_product,
        ("deltaproduct-N-nonnegative", "deltaproduct-N-0-1"),
    )
)
HOUSEHOLDER_PRODUCT = register_family(
    Family("householder-product-N", 2, _product, ("deltaproduct-N",))
)
GATED_HOUSEHOLDER_PRODUCT_NONNEGATIVE = register_family(
    Family(
        "gated-householder-product-N-nonnegative",
        2,
        _gated_nonnegative_product,
        ("gated-deltaproduct-N-nonnegative", "gated-deltaproduct-N-0-1"),
    )
)
GATED_HOUSEHOLDER_PRODUCT = register_family(
    Family("gated-householder-product-N", 2, _gated_product, ("gated-deltaproduct-N",))
)
