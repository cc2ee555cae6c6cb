"""Star-free languages: cascades of reset levels, with one of the delays that need no sign.

In exact arithmetic with diagonal entries (or with products of at most two projections) a letter
that comes twice does what it does once, so only blocks of equal letters can be told apart. A delay
by one letter needs rounding, or the product of three projections.
"""

from __future__ import annotations

from fractions import Fraction

from monoscan.automata import Automaton
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.cascades.assemble import (
    cascade_network,
    group_orders,
    require_supported,
    show_orders,
)
from monoscan.theory.constructions.cascades.delays import (
    BlockRegisters,
    LeakyDelay,
    NilpotentDelay,
    WindowDelay,
    WrittenDelay,
)
from monoscan.theory.constructions.cascades.levels import Signals, reset_level
from monoscan.theory.constructions.cascades.wiring import WiredLevel, wired_cascade
from monoscan.theory.constructions.letter_kinds import letter_kinds
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.respelling import as_householders
from monoscan.theory.semantics import OpRound, Semantics, SeqRound


def aperiodic_obstacle(automaton: Automaton) -> str | None:
    """Why a language is not aperiodic (star-free), or None if it is.

    Raises:
        BudgetExceeded: if the cascade of the automaton is too large.

    >>> aperiodic_obstacle(Automaton("a", [[1], [0]], (True, False)))
    'the language is not aperiodic: its cascade has groups of order 2'
    """
    orders = group_orders(automaton)
    if not orders:
        return None
    return f"the language is not aperiodic: its cascade has groups of order {show_orders(orders)}"


def block_obstacle(automaton: Automaton) -> str | None:
    """Why a language is not aperiodic with letters that do the same once and twice, or None.

    >>> block_obstacle(Automaton("a", [[1], [2], [2]], (False, False, True)))
    "the letter 'a' twice does not lead where it leads once, from state 0 of the minimal automaton"
    """
    minimal = minimize(automaton)
    for letter, column in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True):
        for state, target in enumerate(column):
            if column[target] != target:
                return (
                    f"the letter {letter!r} twice does not lead where it leads once, from state "
                    f"{state} of the minimal automaton"
                )
    return aperiodic_obstacle(automaton)


@construction(
    "block-cascade",
    statement="An aperiodic language in which a letter twice does what it does once, by a cascade "
    "of flip-flops that moves once for each block of equal letters; all entries are 0 and 1",
    source="Krohn and Rhodes 1965 (cascade); Sarrof, Veitsman and Hahn, arXiv 2405.17394 "
    "(flip-flops as 0/1 gates); the registers by blocks are this project's",
    supports=block_obstacle,
)
def block_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1.

    Raises:
        UnsupportedError: if the language is not aperiodic, or some letter acts differently twice.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> no_bb = Automaton("ab", [[1, 2], [1, 3], [2, 2], [2, 3]], (False, False, False, True))
    >>> block_cascade(no_bb).output("aab"), block_cascade(no_bb).output("ba")
    (True, False)
    """
    require_supported(block_obstacle(automaton))
    kinds = letter_kinds(minimize(automaton))
    neutral = set(automaton.alphabet) - set(kinds)

    def encode(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        # A neutral letter belongs to no block: whatever it would do before the block is not done.
        return reset_level(builder, level.keeping(neutral), upstream)

    return cascade_network(
        automaton, lambda builder: (BlockRegisters(builder, kinds), encode), budget
    )


def leaky_format(automaton: Automaton) -> FixedPoint:
    """The fixed-point format in which `leaky_cascade` works: its step is a power of 1/2.

    Twice each delayed value is below 1 / step, and the numbers of all answers are values.

    >>> leaky_format(Automaton("ab", [[0, 1], [0, 1]], (False, True))).step
    Fraction(1, 4)
    """
    levels = wired_cascade(automaton).levels
    largest = max((level.n_states - 1 for level in levels), default=1)
    scale = 1 << (2 * largest).bit_length()
    bound = max(scale, 1 << len(set(automaton.outputs)).bit_length())
    return FixedPoint(Fraction(1, scale), Fraction(-bound), bound - Fraction(1, scale))


def _leaky_semantics(automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    number_format = leaky_format(automaton)
    return OpRound(number_format), SeqRound(number_format)


@construction(
    "delay-cascade",
    statement="An aperiodic (star-free) language by a cascade of flip-flops, whose old states the "
    "window of A and B hands on; all entries are 0 and 1",
    source="Krohn and Rhodes 1965 (cascade); Sarrof, Veitsman and Hahn, arXiv 2405.17394, "
    "Theorem 4 (flip-flops as 0/1 gates)",
    supports=aperiodic_obstacle,
)
def delay_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1 and delays of one letter.

    Raises:
        UnsupportedError: if the language is not aperiodic.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> delay_cascade(ends_in_ab).output("aab"), delay_cascade(ends_in_ab).depth
    (True, 2)
    """
    require_supported(aperiodic_obstacle(automaton))
    return cascade_network(automaton, lambda builder: (WindowDelay(builder), reset_level), budget)


@construction(
    "written-delay-cascade",
    statement="An aperiodic (star-free) language by a cascade of flip-flops, with layers between "
    "them whose B writes what its window hands on; A sees one letter, and all entries are 0 and 1",
    source="Krohn and Rhodes 1965 (cascade); Sarrof, Veitsman and Hahn, arXiv 2405.17394, "
    "Theorem 4 (flip-flops as 0/1 gates)",
    supports=aperiodic_obstacle,
)
def written_delay_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1 and delays of one letter that B reads.

    Raises:
        UnsupportedError: if the language is not aperiodic.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> written_delay_cascade(ends_in_ab).output("aab")
    True
    """
    require_supported(aperiodic_obstacle(automaton))
    return cascade_network(automaton, lambda builder: (WrittenDelay(builder), reset_level), budget)


@construction(
    "leaky-cascade",
    statement="An aperiodic (star-free) language by a cascade of flip-flops with leaky delays "
    "h <- h/K + e in fixed-point arithmetic with step 1/K, which rounds away all but two letters",
    source="Krohn and Rhodes 1965 (cascade); Sarrof, Veitsman and Hahn, arXiv 2405.17394, "
    "Theorem 4 (star-free languages by non-negative diagonal layers)",
    supports=aperiodic_obstacle,
    semantics=_leaky_semantics,
)
def leaky_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, for the arithmetics with the format `leaky_format`.

    Raises:
        UnsupportedError: if the language is not aperiodic.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> OpRound(leaky_format(ends_in_ab)).output(leaky_cascade(ends_in_ab), "aab")
    True
    """
    require_supported(aperiodic_obstacle(automaton))
    number_format = leaky_format(automaton)
    scale = number_format.step.denominator
    return cascade_network(
        automaton,
        lambda builder: (LeakyDelay(builder, scale), reset_level),
        budget,
        number_format,
    )


@construction(
    "nilpotent-cascade",
    statement="An aperiodic (star-free) language by a cascade of flip-flops with delays "
    "1/2 e1 e2^T, a product of three projections",
    source="Krohn and Rhodes 1965 (cascade); the delay by three projections is this project's",
    supports=aperiodic_obstacle,
)
def nilpotent_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with products of at most three factors, beta in {0, 1}.

    Raises:
        UnsupportedError: if the language is not aperiodic.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> nilpotent_cascade(ends_in_ab).output("aab"), nilpotent_cascade(ends_in_ab).output("abb")
    (True, False)
    """
    require_supported(aperiodic_obstacle(automaton))
    lrnn = cascade_network(
        automaton, lambda builder: (NilpotentDelay(builder), reset_level), budget
    )
    return as_householders(lrnn)
