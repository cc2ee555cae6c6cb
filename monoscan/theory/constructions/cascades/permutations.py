"""Cascades for every regular language: groups as products of reflections.

A level with a group of permutations of n points acts by permutation matrices, each a product of n
minus the number of cycles reflections. A reset needs the zero matrix: a gate 0, or the product of
the n projections along the axes. Where neither is at hand, the level is never erased, and a scalar
stores where the last reset would have come from; then any faithful representation of the group
will do, and some need fewer reflections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monoscan.automata import Automaton
from monoscan.theory.constructions.cascades.assemble import (
    Scheme,
    cascade_network,
    require_supported,
)
from monoscan.theory.constructions.cascades.delays import Clock, TwoSlotRegisters
from monoscan.theory.constructions.cascades.levels import (
    Encode,
    Signals,
    erased_level,
    level_representation,
    point_code,
    reset_level,
    root_level,
    tracked_level,
)
from monoscan.theory.constructions.cascades.wiring import WiredLevel, wired_cascade
from monoscan.theory.constructions.matrices import mirrors
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.lrnn import LRNN
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.respelling import as_householders
from monoscan.theory.transition import Gated, Householder, HouseholderProduct, Transition

MAX_FACTORS = 64
_SOURCE = (
    "Grazzi, Siems et al., arXiv 2411.12537, Theorem 4, with registers between the levels: as "
    "printed, the levels see new states instead of old ones"
)


def factors_needed(automaton: Automaton) -> int:
    """The largest number of factors of a permutation in the codes of the levels.

    Raises:
        BudgetExceeded: if the cascade of the automaton is too large.

    >>> factors_needed(Automaton("a", [[1], [2], [0]], (True, False, False)))
    2
    """
    return max((point_code(level).n_factors for level in _large_levels(automaton)), default=1)


def tracked_factors_needed(automaton: Automaton) -> int:
    """The same for levels that are never erased, each in the best representation that is known.

    Raises:
        BudgetExceeded: if the cascade of the automaton, or a group in it, is too large.

    >>> tracked_factors_needed(Automaton("a", [[1], [2], [3], [4], [0]], "01234"))
    2
    """
    levels = _large_levels(automaton)
    return max((level_representation(level).n_factors for level in levels), default=1)


def erased_factors_needed(automaton: Automaton) -> int:
    """The same if resets are products of projections: at least the size of a code that is reset.

    Raises:
        BudgetExceeded: if the cascade of the automaton is too large.

    >>> erased_factors_needed(Automaton("ab", [[1, 0], [2, 0], [0, 0]], (True, False, False)))
    3
    """
    sizes = [point_code(level).dimension for level in _large_levels(automaton) if level.has_resets]
    return max([factors_needed(automaton), *sizes])


def _large_levels(automaton: Automaton) -> Iterator[WiredLevel]:
    """The levels whose groups do not fit into one sign."""
    return (level for level in wired_cascade(automaton).levels if level.group_order > 2)


def _too_many_factors(count: Callable[[Automaton], int]) -> Callable[[Automaton], str | None]:
    def supports(automaton: Automaton) -> str | None:
        needed = count(automaton)
        if needed <= MAX_FACTORS:
            return None
        return (
            f"a level of the cascade needs products of {needed} Householder factors; "
            f"at most {MAX_FACTORS} are allowed"
        )

    return supports


def _scheme(large: Encode) -> Scheme:
    """Signs for groups of order 2, the given way for larger ones."""

    def encode(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        chosen = {1: reset_level, 2: root_level}.get(level.group_order, large)
        return chosen(builder, level, upstream)

    return lambda builder: (TwoSlotRegisters(builder, Clock(builder)), encode)


def zero_by_gate(size: int) -> Transition:
    """The zero matrix as a gate 0 times the identity."""
    return Gated(ZERO, Householder(_axis(size, 0), ZERO))


def zero_by_projections(size: int) -> Transition:
    """The zero matrix as the product of the projections along all axes.

    >>> len(zero_by_projections(4).factors)
    4
    """
    return HouseholderProduct(tuple(Householder(_axis(size, i), ONE) for i in range(size)))


def _axis(size: int, place: int) -> tuple[Number, ...]:
    return tuple(ONE if i == place else ZERO for i in range(size))


@construction(
    "tracked-cascade",
    statement="Any regular language by a cascade whose group levels are never erased and track "
    "products of permutations, in a representation that needs few reflections",
    source=_SOURCE + "; Siems et al., arXiv 2502.10297, Theorem 4 (rotations by two reflections); "
    "the stored origin is this project's",
    matrices=lambda automaton: mirrors(tracked_factors_needed(automaton)),
    supports=_too_many_factors(tracked_factors_needed),
)
def tracked_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, in householder-product-N with N = `tracked_factors_needed`.

    Raises:
        UnsupportedError: if more than 64 factors are needed.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_3 = Automaton("ab", [[1, 0], [2, 0], [0, 0]], (True, False, False))
    >>> tracked_cascade(mod_3).output("abaaa"), tracked_cascade(mod_3).output("aab")
    (True, True)
    """
    require_supported(_too_many_factors(tracked_factors_needed)(automaton))
    return as_householders(cascade_network(automaton, _scheme(tracked_level), budget))


@construction(
    "gated-cascade",
    statement="Any regular language by a cascade whose group levels are erased by a gate 0",
    source=_SOURCE,
    matrices=lambda automaton: mirrors(factors_needed(automaton), gated=True),
    supports=_too_many_factors(factors_needed),
)
def gated_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, in gated-householder-product-N with N = `factors_needed`.

    Raises:
        UnsupportedError: if more than 64 factors are needed.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_3 = Automaton("ab", [[1, 0], [2, 0], [0, 0]], (True, False, False))
    >>> gated_cascade(mod_3).output("abaaa"), gated_cascade(mod_3).output("aaba")
    (True, False)
    """
    require_supported(_too_many_factors(factors_needed)(automaton))
    return _erased(automaton, zero_by_gate, budget)


@construction(
    "erased-cascade",
    statement="Any regular language by a cascade whose group levels are erased by the product of "
    "the projections along all axes",
    source=_SOURCE,
    matrices=lambda automaton: mirrors(erased_factors_needed(automaton)),
    supports=_too_many_factors(erased_factors_needed),
)
def erased_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, in householder-product-N with N = `erased_factors_needed`.

    Raises:
        UnsupportedError: if more than 64 factors are needed.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_3 = Automaton("ab", [[1, 0], [2, 0], [0, 0]], (True, False, False))
    >>> erased_cascade(mod_3).output("abaaa"), erased_cascade(mod_3).output("aaba")
    (True, False)
    """
    require_supported(_too_many_factors(erased_factors_needed)(automaton))
    return _erased(automaton, zero_by_projections, budget)


def _erased(automaton: Automaton, zero: Callable[[int], Transition], budget: int) -> LRNN:
    def large(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        return erased_level(builder, level, upstream, zero)

    return as_householders(cascade_network(automaton, _scheme(large), budget))
