"""Cascades with solvable groups: counters modulo primes, and flip-flops, with a clock.

All three constructions delay by a clock (a scalar -1 at each letter) and registers of two slots.
They differ in how a level with a group of prime order p turns: by -1, by a root of unity, or by
two reflections in two steps.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.cascades.assemble import (
    cascade_network,
    group_orders,
    require_supported,
    show_orders,
)
from monoscan.theory.constructions.cascades.cyclic import MAX_REFLECTED, is_prime
from monoscan.theory.constructions.cascades.delays import Clock, Delay, TwoSlotRegisters
from monoscan.theory.constructions.cascades.levels import (
    Encode,
    Signals,
    reflected_level,
    reset_level,
    root_level,
)
from monoscan.theory.constructions.cascades.wiring import WiredLevel
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.lrnn import LRNN
from monoscan.theory.respelling import as_householders

MAX_ROOT = 31
"""The largest prime p such that Q(zeta_p) has a degree of at most 32, as certificates allow."""


def two_group_obstacle(automaton: Automaton) -> str | None:
    """Why not all groups in the syntactic monoid are 2-groups, or None if they are.

    Raises:
        BudgetExceeded: if the cascade of the automaton is too large.

    >>> two_group_obstacle(Automaton("a", [[1], [2], [0]], (True, False, False)))
    'not all groups of the language are 2-groups: its cascade has groups of order 3'
    """
    others = tuple(order for order in group_orders(automaton) if order != 2)
    if not others:
        return None
    return (
        "not all groups of the language are 2-groups: its cascade has groups of order "
        f"{show_orders(others)}"
    )


def solvable_obstacle(automaton: Automaton, largest: int) -> str | None:
    """Why not all groups in the syntactic monoid are solvable with small primes, or None.

    Args:
        automaton: minimal or not.
        largest: the largest prime for which there is a field.

    Raises:
        BudgetExceeded: if the cascade of the automaton is too large.

    >>> solvable_obstacle(Automaton("a", [[1], [2], [0]], (True, False, False)), 2)
    'groups of prime order 3 need roots of unity beyond the fields of certificates (p <= 2)'
    """
    orders = group_orders(automaton)
    simple = tuple(order for order in orders if not is_prime(order))
    if simple:
        return (
            "not all groups of the language are solvable: its cascade has simple groups of order "
            f"{show_orders(simple)}"
        )
    large = tuple(order for order in orders if order > largest)
    if large:
        return (
            f"groups of prime order {show_orders(large)} need roots of unity beyond the fields of "
            f"certificates (p <= {largest})"
        )
    return None


def _clocked(builder: StackBuilder) -> tuple[Delay, Encode]:
    return TwoSlotRegisters(builder, Clock(builder)), _root_or_reset


def _root_or_reset(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
    return (reset_level if level.group_order == 1 else root_level)(builder, level, upstream)


@construction(
    "sign-cascade",
    statement="A language all of whose groups are 2-groups, by a cascade of flip-flops and of "
    "counters modulo 2, with a clock and two-slot registers; all entries are 0, 1 and -1",
    source="Grazzi, Siems et al., arXiv 2411.12537, section 4.1 (the sign) and Theorem 4 "
    "(cascade); the clock and the registers are this project's",
    supports=two_group_obstacle,
)
def sign_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0, 1 and -1.

    Raises:
        UnsupportedError: if some group is no 2-group.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_4 = Automaton("a", [[1], [2], [3], [0]], (True, False, False, False))
    >>> [sign_cascade(mod_4).output("a" * n) for n in (4, 6, 8)]
    [True, False, True]
    """
    require_supported(two_group_obstacle(automaton))
    return cascade_network(automaton, _clocked, budget)


def _root_obstacle(automaton: Automaton) -> str | None:
    return solvable_obstacle(automaton, MAX_ROOT)


@construction(
    "root-cascade",
    statement="A language all of whose groups are solvable, by a cascade of flip-flops and of "
    "counters modulo primes as roots of unity, with a clock and two-slot registers",
    source="Shakerinava et al., arXiv 2603.01959 (groups); Krohn and Rhodes 1965 (cascade)",
    supports=_root_obstacle,
)
def root_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0, -1 and roots of unity of prime order.

    Raises:
        UnsupportedError: if some group is not solvable, or a prime is over 31.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_3 = Automaton("a", [[1], [2], [0]], (True, False, False))
    >>> [root_cascade(mod_3).output("a" * n) for n in (3, 5, 6)]
    [True, False, True]
    """
    require_supported(_root_obstacle(automaton))
    return cascade_network(automaton, _clocked, budget)


def _reflected(builder: StackBuilder) -> tuple[Delay, Encode]:
    clock = Clock(builder)

    def encode(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        if level.group_order > 2:
            return reflected_level(builder, level, upstream, clock)
        return _root_or_reset(builder, level, upstream)

    return TwoSlotRegisters(builder, clock), encode


def _reflection_obstacle(automaton: Automaton) -> str | None:
    return solvable_obstacle(automaton, MAX_REFLECTED)


_REFLECTION_STATEMENT = (
    "A language all of whose groups are solvable, with one reflection a letter: counters modulo "
    "odd primes turn by two reflections in two steps and are never erased, a scalar stores where "
    "the last reset would have come from"
)
_REFLECTION_SOURCE = (
    "Grazzi, Siems et al., arXiv 2411.12537, Theorem 6 (counters by reflections) and Theorem 4 "
    "(cascade); the stored origin is this project's"
)


@construction(
    "reflection-cascade",
    statement=_REFLECTION_STATEMENT,
    source=_REFLECTION_SOURCE,
    supports=_reflection_obstacle,
)
def reflection_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with one Householder factor a head, beta in {0, 1, 2}.

    Raises:
        UnsupportedError: if some group is not solvable, or a prime is over 17.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> mod_3 = Automaton("a", [[1], [2], [0]], (True, False, False))
    >>> [reflection_cascade(mod_3).output("a" * n) for n in (3, 5, 6)]
    [True, False, True]
    """
    require_supported(_reflection_obstacle(automaton))
    return as_householders(cascade_network(automaton, _reflected, budget))
