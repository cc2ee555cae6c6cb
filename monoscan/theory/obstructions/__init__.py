"""Obstructions: why no network of a class recognises a language. One argument a file."""

from monoscan.theory.obstructions.obstruction import MAX_DEPTH, Depth, DepthError, Obstruction
from monoscan.theory.obstructions.registry import find, forbids_of, lemmas
from monoscan.theory.obstructions.witness import (
    Cycle,
    Group,
    Repeat,
    SameLength,
    SameLengthCycle,
    SymmetricFive,
    Unsettled,
    Witness,
)

__all__ = [
    "MAX_DEPTH",
    "Cycle",
    "Depth",
    "DepthError",
    "Group",
    "Obstruction",
    "Repeat",
    "SameLength",
    "SameLengthCycle",
    "SymmetricFive",
    "Unsettled",
    "Witness",
    "find",
    "forbids_of",
    "lemmas",
]
