"""Properties of regular languages, each decided with evidence that can be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from monoscan.automata.automaton import Automaton
from monoscan.automata.properties.aperiodic import Aperiodic, NotAperiodic, is_aperiodic
from monoscan.automata.properties.commutative import Commutative, NotCommutative, is_commutative
from monoscan.automata.properties.definite import Definite, NotDefinite, is_definite
from monoscan.automata.properties.finite import Finite, NotFinite, is_finite
from monoscan.automata.properties.generalised_definite import (
    GeneralisedDefinite,
    NotGeneralisedDefinite,
    is_generalised_definite,
)
from monoscan.automata.properties.group import Group, NotGroup, is_group
from monoscan.automata.properties.j_trivial import JTrivial, NotJTrivial, is_j_trivial
from monoscan.automata.properties.l_trivial import LTrivial, NotLTrivial, is_l_trivial
from monoscan.automata.properties.locally_testable import (
    LocallyTestable,
    NotLocallyTestable,
    is_locally_testable,
)
from monoscan.automata.properties.quasi_aperiodic import (
    NotQuasiAperiodic,
    QuasiAperiodic,
    is_quasi_aperiodic,
)
from monoscan.automata.properties.r_trivial import NotRTrivial, RTrivial, is_r_trivial
from monoscan.automata.properties.reverse_definite import (
    NotReverseDefinite,
    ReverseDefinite,
    is_reverse_definite,
)
from monoscan.automata.properties.right_regular_band import (
    NotRightRegularBand,
    RightRegularBand,
    is_right_regular_band,
)
from monoscan.automata.properties.solvable import NotSolvable, Solvable, is_solvable
from monoscan.automata.properties.two_groups import NotTwoGroups, TwoGroups, has_only_two_groups
from monoscan.automata.properties.witness import Witness

PROPERTIES: Mapping[str, Callable[[Automaton, int], Witness]] = MappingProxyType(
    {
        "finite": lambda automaton, budget: is_finite(automaton),
        "definite": lambda automaton, budget: is_definite(automaton),
        "reverse-definite": lambda automaton, budget: is_reverse_definite(automaton),
        "generalised-definite": lambda automaton, budget: is_generalised_definite(automaton),
        "locally-testable": is_locally_testable,
        "j-trivial": lambda automaton, budget: is_j_trivial(automaton),
        "r-trivial": lambda automaton, budget: is_r_trivial(automaton),
        "l-trivial": is_l_trivial,
        "right-regular-band": lambda automaton, budget: is_right_regular_band(automaton),
        "aperiodic": is_aperiodic,
        "quasi-aperiodic": is_quasi_aperiodic,
        "commutative": lambda automaton, budget: is_commutative(automaton),
        "group": lambda automaton, budget: is_group(automaton),
        "2-groups-only": has_only_two_groups,
        "solvable": is_solvable,
    }
)
"""Each property by its name: a function of an automaton and a budget on the monoid's size.

Those that list the elements of the monoid raise `BudgetExceeded` above the budget; the others do
not need it. `finite` raises `AutomatonError` for outputs that are not Boolean.
"""

__all__ = [
    "PROPERTIES",
    "Aperiodic",
    "Commutative",
    "Definite",
    "Finite",
    "GeneralisedDefinite",
    "Group",
    "JTrivial",
    "LTrivial",
    "LocallyTestable",
    "NotAperiodic",
    "NotCommutative",
    "NotDefinite",
    "NotFinite",
    "NotGeneralisedDefinite",
    "NotGroup",
    "NotJTrivial",
    "NotLTrivial",
    "NotLocallyTestable",
    "NotQuasiAperiodic",
    "NotRTrivial",
    "NotReverseDefinite",
    "NotRightRegularBand",
    "NotSolvable",
    "NotTwoGroups",
    "QuasiAperiodic",
    "RTrivial",
    "ReverseDefinite",
    "RightRegularBand",
    "Solvable",
    "TwoGroups",
    "Witness",
    "has_only_two_groups",
    "is_aperiodic",
    "is_commutative",
    "is_definite",
    "is_finite",
    "is_generalised_definite",
    "is_group",
    "is_j_trivial",
    "is_l_trivial",
    "is_locally_testable",
    "is_quasi_aperiodic",
    "is_r_trivial",
    "is_reverse_definite",
    "is_right_regular_band",
    "is_solvable",
]
