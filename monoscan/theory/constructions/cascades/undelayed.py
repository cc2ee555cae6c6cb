"""The published wiring of a cascade, without delays: it fails, and this module shows where.

In Theorem 4 of Grazzi, Siems et al. (arXiv 2411.12537) the levels of a cascade are stacked so that
each reads what the levels below report *after* the letter, while the cascade product is defined
with their states *before* the letter. For permutations the old state can be recovered, for resets
it is lost: the words that end in ab need to know, at the letter b, whether the letter before was
an a, and a level that was just reset by b no longer tells.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.cascades.levels import Signals, erased_level, reset_level
from monoscan.theory.constructions.cascades.permutations import zero_by_projections
from monoscan.theory.constructions.cascades.wiring import Values, WiredLevel, wired_cascade
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder
from monoscan.theory.lrnn import LRNN
from monoscan.theory.respelling import as_householders


def undelayed_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network of the published wiring; it is no construction, since it can be wrong.

    Where the wrong wiring leads to states of levels that never occur together in the cascade, the
    levels keep their states and the answer is that to the empty word.

    Raises:
        BudgetExceeded: if the cascade or the network is larger than the budget.

    Source: Grazzi, Siems et al., arXiv 2411.12537v5, Theorem 4 and Appendix C.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> undelayed_cascade(ends_in_ab).output("ab")
    False
    """
    cascade = wired_cascade(automaton, budget)
    builder = StackBuilder(cascade.alphabet, budget)
    new: dict[int, Signal] = {}
    for level in cascade.levels:
        upstream = tuple(new[number] for number in level.upstream)
        new[level.number] = _encode(builder, level, upstream)

    def answer(values: Values) -> bool | str:
        return cascade.answers.get(values, cascade.initial_answer)

    inputs = tuple(new[number] for number in cascade.answer_levels)
    builder.answer(inputs, answer, cascade.initial_answer)
    return as_householders(builder.build())


def _encode(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
    if level.group_order == 1:
        return reset_level(builder, level, upstream)
    return erased_level(builder, level, upstream, zero_by_projections)
