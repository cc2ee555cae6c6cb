"""Products of generalised Householder matrices I - beta k k^T with a unit key k."""

from __future__ import annotations

from monoscan.theory.model_classes.catalogue import register, register_family
from monoscan.theory.model_classes.model_class import MAX_FACTORS, ModelClass
from monoscan.theory.model_classes.number_sets import closed
from monoscan.theory.model_classes.shapes import Factors

_DELTANET = "Yang et al., arXiv 2406.06484"
_GATED_DELTANET = "Yang et al., arXiv 2412.06464"
_GRAZZI = "Grazzi, Siems et al., arXiv 2411.12537"
_DELTAPRODUCT = "Siems et al., arXiv 2502.10297"


def _shape(at_most: int, most: int, *, gated: bool = False) -> Factors:
    return Factors(at_most, beta=closed(0, most), gate=closed(0, 1) if gated else None)


register(
    ModelClass(
        "householder-nonnegative",
        "I - b k k^T, b in [0, 1]",
        "I - beta k k^T with beta in [0, 1]: eigenvalues in [0, 1]",
        _shape(1, 1),
        _DELTANET,
        ("householder", "gated-householder-nonnegative", "householder-product-2-nonnegative"),
        place=150,
    )
)
register(
    ModelClass(
        "gated-householder-nonnegative",
        "g (I - b k k^T), g and b in [0, 1]",
        "g (I - beta k k^T) with beta in [0, 1] and a gate g in [0, 1]",
        _shape(1, 1, gated=True),
        _GATED_DELTANET,
        (
            "gated-householder",
            "diagonal-householder-nonnegative",
            "gated-householder-product-2-nonnegative",
            "scalar-plus-rank-one",
        ),
        place=160,
    )
)
register(
    ModelClass(
        "householder",
        "I - b k k^T, b in [0, 2]",
        "I - beta k k^T with beta in [0, 2]: eigenvalues in [-1, 1]",
        _shape(1, 2),
        f"{_GRAZZI}, section 4",
        ("gated-householder", "householder-product-2"),
        place=170,
    )
)
register(
    ModelClass(
        "gated-householder",
        "g (I - b k k^T), g in [0, 1], b in [0, 2]",
        "g (I - beta k k^T) with beta in [0, 2] and a gate g in [0, 1]",
        _shape(1, 2, gated=True),
        f"{_GATED_DELTANET}, with the range of arXiv 2411.12537",
        (
            "diagonal-householder",
            "diagonal-plus-rank-one",
            "diagonal-plus-rank-one-transposed",
            "gated-householder-product-2",
        ),
        place=180,
    )
)


def _larger(pattern: str, n: int) -> tuple[str, ...]:
    return (pattern.replace("N", str(n + 1)),) if n < MAX_FACTORS else ()


def _product(n: int) -> ModelClass:
    return ModelClass(
        f"householder-product-{n}",
        f"at most {n} factors I - b k k^T, b in [0, 2]",
        f"products of at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _shape(n, 2),
        _DELTAPRODUCT,
        (f"gated-householder-product-{n}", *_larger("householder-product-N", n), "dense"),
    )


def _nonnegative_product(n: int) -> ModelClass:
    return ModelClass(
        f"householder-product-{n}-nonnegative",
        f"at most {n} factors I - b k k^T, b in [0, 1]",
        f"products of at most {n} matrices I - beta k k^T, beta in [0, 1]",
        _shape(n, 1),
        _DELTAPRODUCT,
        (
            f"householder-product-{n}",
            f"gated-householder-product-{n}-nonnegative",
            *_larger("householder-product-N-nonnegative", n),
        ),
    )


def _gated_nonnegative_product(n: int) -> ModelClass:
    return ModelClass(
        f"gated-householder-product-{n}-nonnegative",
        f"g times at most {n} factors I - b k k^T, g and b in [0, 1]",
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 1]",
        _shape(n, 1, gated=True),
        _DELTAPRODUCT,
        (
            f"gated-householder-product-{n}",
            *_larger("gated-householder-product-N-nonnegative", n),
        ),
    )


def _gated_product(n: int) -> ModelClass:
    return ModelClass(
        f"gated-householder-product-{n}",
        f"g times at most {n} factors I - b k k^T, g in [0, 1], b in [0, 2]",
        f"a gate in [0, 1] times at most {n} matrices I - beta k k^T, beta in [0, 2]",
        _shape(n, 2, gated=True),
        _DELTAPRODUCT,
        (*_larger("gated-householder-product-N", n), "dense"),
    )


register_family("householder-product-N-nonnegative", 2, _nonnegative_product)
register_family("householder-product-N", 2, _product)
register_family("gated-householder-product-N-nonnegative", 2, _gated_nonnegative_product)
register_family("gated-householder-product-N", 2, _gated_product)
