"""Cascades of permutation-reset automata that do what an automaton does (Krohn and Rhodes)."""

from monoscan.automata.cascade.cascade import Cascade, CascadeError, Coordinates, Level
from monoscan.automata.cascade.holonomy import DEFAULT_CASCADE_BUDGET, holonomy_cascade
from monoscan.automata.cascade.verify import (
    DEFAULT_GROUP_BUDGET,
    Fault,
    Verified,
    verify_cascade,
)

__all__ = [
    "DEFAULT_CASCADE_BUDGET",
    "DEFAULT_GROUP_BUDGET",
    "Cascade",
    "CascadeError",
    "Coordinates",
    "Fault",
    "Level",
    "Verified",
    "holonomy_cascade",
    "verify_cascade",
]
