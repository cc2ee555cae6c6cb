"""How many Householder factors a token one layer needs to track a group: an interval."""

from monoscan.theory.householder_number.components import (
    Component,
    NotPermutationAutomatonError,
    components,
)
from monoscan.theory.householder_number.interval import (
    HouseholderNumber,
    LowerBound,
    householder_number,
)
from monoscan.theory.householder_number.search import Representation
from monoscan.theory.householder_number.tracker import tracker

__all__ = [
    "Component",
    "HouseholderNumber",
    "LowerBound",
    "NotPermutationAutomatonError",
    "Representation",
    "components",
    "householder_number",
    "tracker",
]
