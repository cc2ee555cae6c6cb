"""From a cascade to a network: levels as layers, with delays between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from monoscan.automata import Automaton
from monoscan.theory.constructions.cascades.delays import Delay
from monoscan.theory.constructions.cascades.levels import Encode
from monoscan.theory.constructions.cascades.wiring import WiredCascade, wired_cascade
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, UnsupportedError
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN

Scheme: TypeAlias = Callable[[StackBuilder], tuple[Delay, Encode]]


def cascade_network(
    automaton: Automaton, scheme: Scheme, budget: int, rounding: NumberFormat | None = None
) -> LRNN:
    """The network that moves like the holonomy cascade of the minimal automaton.

    Each level has layers for its state, which read the letter and the old states of the levels
    above from delays; the answer is read off the new states of all levels that matter.

    Args:
        automaton: minimal or not.
        scheme: how to delay signals and how to encode levels, for a stack.
        budget: largest number of joint states of the network.
        rounding: the format that states are rounded to; None: exact arithmetic.

    Raises:
        BudgetExceeded: if there are more, or the cascade has too many coordinates.

    Source: Grazzi, Siems et al., arXiv 2411.12537, Theorem 4, where the levels read new states;
        the delays are what makes the wiring right for resets.
    """
    # The cascade is the same for all constructions, and of what it has only a part is needed.
    cascade = wired_cascade(automaton, max(budget, DEFAULT_JOINT_STATES))
    builder = StackBuilder(cascade.alphabet, budget, rounding)
    delay, encode = scheme(builder)
    stack_levels(builder, cascade, delay, encode)
    return builder.build()


def stack_levels(
    builder: StackBuilder, cascade: WiredCascade, delay: Delay, encode: Encode
) -> None:
    """Adds the layers of all levels of a cascade, with delays where needed, and the answer.

    Args:
        builder: the stack.
        cascade: the cascade.
        delay: how to report old states of levels.
        encode: how to write a level.
    """
    initial = {level.number: level.initial for level in cascade.levels}
    new: dict[int, Signal] = {}
    old: dict[int, Signal] = {}
    for level in cascade.levels:
        for number in level.upstream:
            if number not in old:
                old[number] = delay.of(new[number], initial[number])
        upstream = tuple(old[number] for number in level.upstream)
        new[level.number] = encode(builder, level, upstream)
    builder.answer(
        tuple(new[number] for number in cascade.answer_levels),
        lambda values: cascade.answers[values],
        cascade.initial_answer,
    )


def require_supported(reason: str | None) -> None:
    """Raises `UnsupportedError` if there is a reason.

    >>> require_supported(None)
    """
    if reason:
        raise UnsupportedError(reason)


def group_orders(automaton: Automaton) -> tuple[int, ...]:
    """The orders of the simple groups in the holonomy cascade of the minimal automaton.

    Raises:
        BudgetExceeded: if the cascade is too large to be made.

    >>> group_orders(Automaton("a", [[1], [2], [3], [4], [5], [0]], "012345"))
    (2, 3)
    """
    return tuple(
        level.group_order for level in wired_cascade(automaton).levels if level.group_order > 1
    )


def show_orders(orders: tuple[int, ...]) -> str:
    """Orders of groups for people, each once, smallest first.

    >>> show_orders((3, 2, 3))
    '2, 3'
    """
    return ", ".join(str(order) for order in sorted(set(orders)))
