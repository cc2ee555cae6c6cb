"""How a certificate says that a network lies in a class: by a name, or by its region as data."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import Any, TypeAlias

from monoscan.theory.model_classes import ModelClass
from monoscan.theory.model_classes.number_sets import (
    AllNumbers,
    Interval,
    Moduli,
    NumberSet,
    Reals,
)
from monoscan.theory.model_classes.shapes import (
    AnyMatrix,
    DiagonalEntries,
    EachLayerOneOf,
    Factors,
    FactorTimesDiagonal,
    RankOneUpdate,
    SameMatrix,
    SamePhase,
    Shape,
    SparseColumns,
    UpperTriangular,
)

Property: TypeAlias = str | dict[str, Any]

NAMES = (
    *("diagonal-nonnegative", "diagonal-real", "diagonal-complex"),
    *("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
    *("time-invariant-nonnegative", "time-invariant-diagonal"),
    *("mixed-diagonal", "diagonal-common-phase", "triangular-real", "triangular-complex"),
    *("householder-open", "diagonal-householder", "diagonal-householder-nonnegative"),
    *("scalar-plus-rank-one", "diagonal-plus-rank-one", "diagonal-plus-rank-one-transposed"),
    *("rwkv-7-released", "permutation-diagonal", "dense"),
)
"""The classes that the format knows by name, besides those of `FAMILY_NAMES`."""

FAMILY_NAMES = re.compile(
    "(gated-)?householder(-product-([2-9]|[1-5][0-9]|6[0-4]))?(-nonnegative)?"
)


def property_of(model_class: ModelClass) -> Property:
    """What stands for a class among the properties of a certificate.

    Args:
        model_class: a class with exact networks.

    Raises:
        ValueError: if the format has no word for its region.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> property_of(get_model_class("diagonal-real"))
    'diagonal-real'
    """
    if model_class.id in NAMES or FAMILY_NAMES.fullmatch(model_class.id):
        return model_class.id
    if model_class.shape is None:
        raise ValueError(f"{model_class.id} has no exact networks: {model_class.note}")
    return region_to_json(model_class.shape)


@singledispatch
def region_to_json(shape: Shape) -> dict[str, Any]:
    """A region as the format states it.

    Raises:
        ValueError: for a shape that the format does not know.

    >>> from monoscan.theory.model_classes.number_sets import closed
    >>> region_to_json(DiagonalEntries(closed(0, 1)))["entries"]
    {'rational': [{'from': '0', 'to': '1', 'ends': '[]'}]}
    """
    raise ValueError(
        f"certificates have no word for the shape {type(shape).__name__}; "
        "expected one of monoscan.theory.model_classes.shapes"
    )


@region_to_json.register
def _(_shape: AnyMatrix) -> dict[str, Any]:
    return {"shape": "any"}


@region_to_json.register
def _(shape: DiagonalEntries) -> dict[str, Any]:
    return {"shape": "diagonal", "entries": _numbers(shape.entries)}


@region_to_json.register
def _(shape: UpperTriangular) -> dict[str, Any]:
    return {"shape": "upper-triangular", "entries": _numbers(shape.entries)}


@region_to_json.register
def _(shape: SparseColumns) -> dict[str, Any]:
    return {"shape": "sparse-columns", "entries": _numbers(shape.entries)}


@region_to_json.register
def _(shape: SameMatrix) -> dict[str, Any]:
    return {"shape": "same-matrix", "of": region_to_json(shape.shape)}


@region_to_json.register
def _(shape: SamePhase) -> dict[str, Any]:
    return {"shape": "same-phase", "of": region_to_json(shape.shape)}


@region_to_json.register
def _(shape: EachLayerOneOf) -> dict[str, Any]:
    return {"shape": "one-of", "regions": [region_to_json(one) for one in shape.shapes]}


@region_to_json.register
def _(shape: Factors) -> dict[str, Any]:
    return {
        "shape": "factors",
        "at-most": str(shape.at_most),
        "beta": _numbers(shape.beta),
        "gate": _numbers_or_none(shape.gate),
    }


@region_to_json.register
def _(shape: FactorTimesDiagonal) -> dict[str, Any]:
    return {
        "shape": "factor-times-diagonal",
        "beta": _numbers(shape.beta),
        "entries": _numbers(shape.entries),
    }


@region_to_json.register
def _(shape: RankOneUpdate) -> dict[str, Any]:
    return {
        "shape": "rank-one-update",
        "w": _numbers(shape.w),
        "a": _numbers(shape.a),
        "c": _numbers(shape.c),
        "erased": _numbers_or_none(shape.erased),
        "symmetric": "yes" if shape.is_symmetric else "no",
    }


def _numbers_or_none(numbers: NumberSet | None) -> str | dict[str, Any]:
    return "none" if numbers is None else _numbers(numbers)


def _numbers(numbers: NumberSet) -> str | dict[str, Any]:
    if isinstance(numbers, AllNumbers):
        return "any"
    if isinstance(numbers, Reals):
        return "real"
    key = "modulus" if isinstance(numbers, Moduli) else "rational"
    return {key: [_interval(interval) for interval in numbers.intervals]}


def _interval(interval: Interval) -> dict[str, str]:
    return {"from": str(interval.low), "to": str(interval.high), "ends": interval.ends}
