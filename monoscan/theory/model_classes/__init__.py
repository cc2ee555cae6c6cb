"""Model classes: which networks a class has, and which class contains which.

To add one, write a file in this package that registers it.
"""

from monoscan.theory.model_classes.catalogue import (
    CatalogueError,
    all_model_classes,
    containing,
    families,
    get_model_class,
    is_inside,
    nearest,
    register,
    register_family,
)
from monoscan.theory.model_classes.model_class import (
    FactorsOutOfRangeError,
    Family,
    ModelClass,
    UnknownModelClassError,
    compact,
    number_in,
)

__all__ = [
    "CatalogueError",
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
    "nearest",
    "number_in",
    "register",
    "register_family",
]
