"""The catalogue of model classes: one family of regions a file."""

# ruff: noqa: I001 (importing a file registers its classes: the order is that of the catalogue)
from monoscan.theory.model_classes.model_class import (
    FactorsOutOfRangeError,
    Family,
    ModelClass,
    UnknownModelClassError,
    all_model_classes,
    compact,
    containing,
    families,
    get_model_class,
    is_inside,
    is_inside_as_written,
    nearest,
    number_in,
)
from monoscan.theory.model_classes import (
    open_ranges as open_ranges,
    diagonal as diagonal,
    householder as householder,
    rank_one as rank_one,
    dense as dense,
    reference as reference,
)

__all__ = [
    "FactorsOutOfRangeError",
    "Family",
    "ModelClass",
    "UnknownModelClassError",
    "all_model_classes",
    "compact",
    "containing",
    "families",
    "get_model_class",
    "is_inside",
    "is_inside_as_written",
    "nearest",
    "number_in",
]
