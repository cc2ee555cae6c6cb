"""Names of architectures and the model classes that they mean."""

from monoscan.theory.architectures.architecture import Architecture, Asked, Variant
from monoscan.theory.architectures.catalogue import ARCHITECTURES
from monoscan.theory.architectures.naming import (
    NamingError,
    UnknownNameError,
    asked_by,
    check_networks,
    find_architecture,
    known_names,
    names_of,
    the_one_asked_by,
)

__all__ = [
    "ARCHITECTURES",
    "Architecture",
    "Asked",
    "NamingError",
    "UnknownNameError",
    "Variant",
    "asked_by",
    "check_networks",
    "find_architecture",
    "known_names",
    "names_of",
    "the_one_asked_by",
]
