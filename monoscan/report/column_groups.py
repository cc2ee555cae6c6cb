"""Model classes as columns: families that stand together, and short heads."""

from __future__ import annotations

import re
from typing import Final

from monoscan.theory.model_classes import ModelClass
from monoscan.theory.model_classes.shapes import (
    AnyMatrix,
    Factors,
    FactorTimesDiagonal,
    RankOneUpdate,
    SparseColumns,
)

REFERENCES, OPEN, PRODUCTS = "no linear RNNs (cited)", "open ranges", "products of delta rules"
DELTA, OTHERS = "delta rules", "rank-one, sparse and dense matrices"
LETTERS = "diagonal, with entries in [0, 1] or the same for every letter"
DIAGONAL = "diagonal and triangular, real or complex"
_REAL: Final = ("diagonal-real", "triangular-real", "diagonal-complex", "triangular-complex")
_HEADS: Final = {
    "diagonal-open": "(0,1)",
    "diagonal-real-open": "(-1,1)",
    "diagonal-complex-open": "|a| < 1",
    "householder-open": "delta (0,2)",
    "rwkv-7-released": "rwkv-7",
    "time-invariant-nonnegative": "fixed [0,1]",
    "time-invariant-diagonal": "fixed",
    "diagonal-nonnegative": "[0,1]",
    "mixed-diagonal": "mixed",
    "diagonal-common-phase": "phase",
    "diagonal-real": "[-1,1]",
    "triangular-real": "tri. real",
    "diagonal-complex": "complex",
    "triangular-complex": "tri. complex",
    "householder-nonnegative": "[0,1]",
    "gated-householder-nonnegative": "gated [0,1]",
    "householder": "[-1,1]",
    "gated-householder": "gated [-1,1]",
    "diagonal-householder-nonnegative": "kda [0,1]",
    "diagonal-householder": "kda [-1,1]",
    "scalar-plus-rank-one": "scalar",
    "diagonal-plus-rank-one": "rank one",
    "diagonal-plus-rank-one-transposed": "rwkv-7, c = 2",
    "permutation-diagonal": "pd",
    "nonlinear-rnn": "rnn",
}


def group_of(model_class: ModelClass) -> str:
    """The family of a class.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> group_of(get_model_class("householder-product-3"))
    'products of delta rules'
    """
    shape = model_class.shape
    if not model_class.has_exact_networks:
        return REFERENCES
    if model_class.is_open:
        return OPEN
    if isinstance(shape, Factors):
        return PRODUCTS if shape.at_most > 1 else DELTA
    if isinstance(shape, FactorTimesDiagonal):
        return DELTA
    if isinstance(shape, (RankOneUpdate, SparseColumns, AnyMatrix)):
        return OTHERS
    return DIAGONAL if model_class.id in _REAL else LETTERS


def head_of(model_class: ModelClass) -> str:
    """A few characters for a class, beside others of its family.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> head_of(get_model_class("gated-householder-product-3-nonnegative"))
    'gated 3, [0,1]'
    """
    pattern = r"(gated-)?householder-product-(\d+)(-nonnegative)?"
    product = re.fullmatch(pattern, model_class.id)
    if product is None:
        return _HEADS.get(model_class.id, model_class.id)
    gated, n, nonnegative = product.groups()
    return f"{'gated ' if gated else ''}{n}, {'[0,1]' if nonnegative else '[-1,1]'}"
