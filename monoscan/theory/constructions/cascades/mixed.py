"""Quasi-aperiodic languages: a counter of the letters, and cascades of 0/1 flip-flops above it.

A language is quasi-aperiodic if nothing counts among words of one length modulo some m. So beside
the length modulo m, which one root of unity counts whatever the letters are, its automaton is a
cascade of flip-flops. Layers that turn are the same for all letters, all other layers have entries
0 and 1; no layer does both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import final

from monoscan.automata import Automaton, BudgetExceeded, Output, canonical, format_word
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.quasi_aperiodic import QuasiAperiodic, is_quasi_aperiodic
from monoscan.theory.constructions.cascades.assemble import require_supported, stack_levels
from monoscan.theory.constructions.cascades.levels import Signals
from monoscan.theory.constructions.cascades.wiring import (
    WiredCascade,
    WiredLevel,
    action_kind,
    wired_cascade,
)
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.constructions.stack_builder import (
    Signal,
    StackBuilder,
    Values,
    constant_signal,
    whole,
)
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.lrnn import LRNN, Case, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, zeta
from monoscan.theory.transition import Diagonal

MAX_DEGREE = 32
"""The largest degree of a cyclotomic field in certificates."""


def quasi_aperiodic_obstacle(automaton: Automaton) -> str | None:
    """Why a language is not quasi-aperiodic with a small modulus, or None if it is.

    Raises:
        BudgetExceeded: if the syntactic monoid is too large to be listed.

    >>> quasi_aperiodic_obstacle(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    'the language is not quasi-aperiodic: 1 counts among the words of its length, beside 0'
    """
    answer = is_quasi_aperiodic(automaton)
    if not isinstance(answer, QuasiAperiodic):
        counting = format_word(answer.counting, automaton.alphabet)
        neutral = format_word(answer.neutral, automaton.alphabet)
        return (
            f"the language is not quasi-aperiodic: {counting} counts among the words of its "
            f"length, beside {neutral}"
        )
    period = _clock_period(answer.modulus)
    if totient(period) > MAX_DEGREE:
        return (
            f"roots of unity of order {period} are needed to count letters; "
            f"the fields of certificates have degree at most {MAX_DEGREE}"
        )
    return None


def _clock_period(modulus: int) -> int:
    """The registers need the parity of the length, the levels its residue modulo the modulus."""
    return modulus if modulus % 2 == 0 else 2 * modulus


@construction(
    "phase-cascade",
    statement="A quasi-aperiodic language by a root of unity that each letter turns alike, and a "
    "cascade of flip-flops with entries 0 and 1 that knows the length modulo its order",
    source="Mix Barrington, Compton, Straubing and Thérien 1992 (quasi-aperiodic languages); "
    "Khavari et al., arXiv 2508.07395 (mixtures); the registers are this project's",
    supports=quasi_aperiodic_obstacle,
)
def phase_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact: one layer turns, the others overwrite and keep.

    Raises:
        UnsupportedError: if the language is not quasi-aperiodic.
        BudgetExceeded: if the monoid, the cascade or the network is larger than the budget.

    >>> a_on_even_places = Automaton("ab", [[1, 2], [0, 0], [2, 2]], (True, True, False))
    >>> phase_cascade(a_on_even_places).output("abaa"), phase_cascade(a_on_even_places).output("ab")
    (True, True)
    """
    require_supported(quasi_aperiodic_obstacle(automaton))
    answer = is_quasi_aperiodic(automaton)
    assert isinstance(answer, QuasiAperiodic)
    cascade = _cascade_with_phases(automaton, answer.modulus, budget)
    builder = StackBuilder(automaton.alphabet, budget)
    clock = Phases(builder, _clock_period(answer.modulus))
    phase = clock.phase if answer.modulus > 1 else constant_signal(0)

    def encode(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        return _phase_level(builder, level, (phase, *upstream), answer.modulus)

    stack_levels(builder, cascade, clock, encode)
    return builder.build()


def with_phases(automaton: Automaton, modulus: int) -> Automaton:
    """The automaton that reads each letter with the length before it modulo a number.

    Letters with a wrong length lead to a trap state. So what a word of this automaton does, if it
    does not end in the trap, is what words of one length modulo the number do.

    Args:
        automaton: minimal or not.
        modulus: the number; 1 changes nothing but the names of the letters.

    >>> with_phases(Automaton("a", [[1], [0]], (True, False)), 2).alphabet
    ('0:a', '1:a')
    """
    letters = [f"{phase}:{a}" for phase in range(modulus) for a in automaton.alphabet]
    trap = automaton.n_states * modulus
    table = [[trap] * len(letters) for _ in range(trap + 1)]
    outputs: list[Output] = [automaton.outputs[0]] * (trap + 1)
    for state, row in enumerate(automaton.table.tolist()):
        for phase in range(modulus):
            here, following = state * modulus + phase, (phase + 1) % modulus
            outputs[here] = automaton.outputs[state]
            for number, target in enumerate(row):
                table[here][phase * len(row) + number] = target * modulus + following
    return canonical(letters, table, outputs)


@lru_cache(maxsize=8)
def _cascade_with_phases(automaton: Automaton, modulus: int, budget: int) -> WiredCascade:
    lifted = with_phases(minimize(automaton), modulus)
    if lifted.n_states > budget:
        raise BudgetExceeded("states with a phase", budget, lifted.n_states)
    return wired_cascade(lifted, max(budget, DEFAULT_JOINT_STATES))


@final
class Phases:
    """A root of unity that each letter turns, and registers of two slots that its phase opens.

    Other than in `TwoSlotRegisters`, a register has no sign of its own: which slot is the old one
    is read off the clock.

    Args:
        builder: the stack.
        period: the order of the root, an even number.
    """

    def __init__(self, builder: StackBuilder, period: int) -> None:
        self._builder = builder
        self._period = period
        self._phase: Signal | None = None

    @property
    def phase(self) -> Signal:
        """The length modulo the period."""
        if self._phase is None:
            powers = {Matrix(((zeta(self._period, k),),)): k for k in range(self._period)}
            turn = Case(Diagonal((zeta(self._period),)), Matrix.of([[0]]))
            self._phase = self._builder.add_signal(
                Matrix.of([[1]]), (), lambda letter, values: turn, lambda state: powers[state]
            )
        return self._phase

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter."""
        clock = self.phase
        layer = self._builder.add(
            Matrix.column([initial, initial]),
            (clock, signal),
            _write_open_slot,
            lambda state: f"{whole(state)},{whole(state, 1)}",
        )

        def old(outputs: tuple[Value, ...]) -> int:
            slots = str(outputs[-1]).split(",")
            return int(slots[1 - clock.value(outputs[:-1]) % 2])

        return Signal((*clock.layers, layer), old)


def _write_open_slot(_letter: str, values: Values) -> Case:
    phase, value = values
    if phase % 2 == 0:
        return Case(Diagonal((ZERO, ONE)), Matrix.column([value, 0]))
    return Case(Diagonal((ONE, ZERO)), Matrix.column([0, value]))


def _phase_level(builder: StackBuilder, level: WiredLevel, inputs: Signals, modulus: int) -> Signal:
    """A level without permutations whose letters carry the phase before them."""

    def step(letter: str, values: Values) -> Case:
        action = level.action(f"{(values[0] - 1) % modulus}:{letter}", values[1:])
        if action_kind(action) == "keep":
            return Case(Diagonal((ONE,)), Matrix.of([[0]]))
        return Case(Diagonal((ZERO,)), Matrix.of([[action[0]]]))

    return builder.add_signal(Matrix.of([[level.initial]]), inputs, step, whole)
