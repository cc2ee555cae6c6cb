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
    register,
    register_family,
)
from monoscan.theory.model_classes.model_class import (
    ModelClass,
    number_in,
)

__all__ = [
    "CatalogueError",
    "ModelClass",
    "all_model_classes",
    "containing",
    "families",
    "get_model_class",
    "is_inside",
    "number_in",
    "register",
    "register_family",
]
