"""Obstructions: why no network of a class recognises a language. One argument a file."""

from monoscan.theory.obstructions.obstruction import MAX_DEPTH, Depth, DepthError, Obstruction
from monoscan.theory.obstructions.registry import find, find_by, forbids_of, lemmas
from monoscan.theory.obstructions.witness import (
    Cycle,
    Group,
    Inequivalent,
    LeftEquivalent,
    Overwritten,
    Repeat,
    SameLengthCycle,
    SymmetricFive,
    Transient,
    Unsettled,
    Witness,
)

__all__ = [
    "MAX_DEPTH",
    "Cycle",
    "Depth",
    "DepthError",
    "Group",
    "Inequivalent",
    "LeftEquivalent",
    "Obstruction",
    "Overwritten",
    "Repeat",
    "SameLengthCycle",
    "SymmetricFive",
    "Transient",
    "Unsettled",
    "Witness",
    "find",
    "find_by",
    "forbids_of",
    "lemmas",
]
