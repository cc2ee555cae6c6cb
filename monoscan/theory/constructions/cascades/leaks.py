"""Star-free languages by a cascade of leaks, one layer a level, for the semantics `threshold`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, final

from monoscan.automata import Automaton, BudgetExceeded, Output
from monoscan.theory.constructions.cascades.aperiodic import aperiodic_obstacle
from monoscan.theory.constructions.cascades.assemble import require_supported
from monoscan.theory.constructions.cascades.wiring import (
    Values,
    WiredCascade,
    WiredLevel,
    action_kind,
    wired_cascade,
)
from monoscan.theory.constructions.last_letters_leak import at_least, base_for, thresholds
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.readout import Threshold
from monoscan.theory.transition import Diagonal

Digits: TypeAlias = tuple[int, int]
"""The state of a level, and its state before it was last reset."""


def _ranks(cascade: WiredCascade) -> dict[int, int]:
    """In which layer each level is, from 0: above all levels whose states it needs."""
    ranks: dict[int, int] = {}
    for level in cascade.levels:
        ranks[level.number] = 1 + max((ranks[number] for number in level.upstream), default=-1)
    return ranks


def _depth(automaton: Automaton) -> int:
    return 1 + max(_ranks(wired_cascade(automaton)).values(), default=0)


@construction(
    "leak-cascade",
    statement="An aperiodic (star-free) language by a cascade of flip-flops, each of which is the "
    "first digit of a leak and keeps its past in the second one",
    source="Krohn and Rhodes 1965 (cascade); Sarrof, Veitsman and Hahn, arXiv 2405.17394, "
    "Theorem 4 (star-free languages by non-negative diagonal layers)",
    supports=aperiodic_obstacle,
    depth=_depth,
    semantics=thresholds,
)
def leak_cascade(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, for the semantics `threshold`; levels that do not need each other share a layer.

    Raises:
        UnsupportedError: if the language is not aperiodic.
        BudgetExceeded: if the cascade or the network is larger than the budget.

    >>> no_bb = Automaton("ab", [[0, 1], [0, 2], [2, 2]], (False, False, True))
    >>> leak_cascade(no_bb).output("babba"), leak_cascade(no_bb).output("baba")
    (True, False)
    """
    require_supported(aperiodic_obstacle(automaton))
    cascade = wired_cascade(automaton, max(budget, DEFAULT_JOINT_STATES))
    return _Stack(cascade, budget).build()


@final
class _Stack:
    """The layers of a cascade while all reachable digits are listed.

    Args:
        cascade: the cascade, reset levels only.
        budget: the largest number of reachable digits of all levels.
    """

    def __init__(self, cascade: WiredCascade, budget: int) -> None:
        self.cascade, self.budget = cascade, budget
        ranks = _ranks(cascade)
        depth = 1 + max(ranks.values(), default=0)
        self.layers: list[list[WiredLevel]] = [
            [level for level in cascade.levels if ranks[level.number] == rank]
            for rank in range(depth)
        ]
        self.levels = {level.number: level for level in cascade.levels}
        # Only of a level that others need is the state before the last reset of any use.
        self.remembered = {number for level in cascade.levels for number in level.upstream}
        self.ranks = ranks
        self.codes: dict[Values, int] = {}
        self.cases: list[dict[Symbol, Case]] = [{} for _ in self.layers]
        self.tables: list[dict[tuple[tuple[Digits, ...], Values], Output]] = [
            {} for _ in self.layers
        ]
        self.has_code = any(ranks[n] < depth - 1 for n in cascade.answer_levels) or not ranks

    def build(self) -> LRNN:
        """The network.

        Raises:
            BudgetExceeded: if there are more reachable digits.
        """
        start = {n: (level.initial, level.initial) for n, level in self.levels.items()}
        seen = {tuple(start.values())}
        queue = [start]
        self._report(start)
        for digits in queue:
            for letter in self.cascade.alphabet:
                after = self._step(digits, letter)
                key = tuple(after.values())
                if key not in seen:
                    if len(seen) >= self.budget:
                        raise BudgetExceeded("digits of the leaks", self.budget, len(seen) + 1)
                    seen.add(key)
                    queue.append(after)
        return LRNN(self.cascade.alphabet, tuple(map(self._layer, range(len(self.layers)))))

    def _step(self, digits: Mapping[int, Digits], letter: str) -> dict[int, Digits]:
        """The digits of all levels after a letter; lists the cases and outputs that this takes."""
        after: dict[int, Digits] = {}
        for number, level in self.levels.items():
            action = level.action(letter, tuple([digits[n][0] for n in level.upstream]))
            now, before = digits[number]
            kept = action_kind(action) == "keep"
            past = now if number in self.remembered else level.initial
            after[number] = (now, before) if kept else (action[0], past)
        outputs = self._report(after)
        for rank, levels in enumerate(self.layers):
            symbol: Symbol = (letter, *outputs[:rank])
            if symbol not in self.cases[rank]:
                factors, inputs = [], []
                for level in levels:
                    upstream = tuple([digits[n][0] for n in level.upstream])
                    action = level.action(letter, upstream)
                    if action_kind(action) == "keep":
                        factors.append(ONE)
                        inputs.append(ZERO)
                    else:
                        leaks = level.number in self.remembered
                        factors.append(Fraction(1, base_for(level.n_states - 1)) if leaks else ZERO)
                        inputs.append(Fraction(action[0]))
                if self._codes_in(rank):
                    factors.append(ZERO)
                    inputs.append(Fraction(self._code(after)))
                self.cases[rank][symbol] = Case(Diagonal(tuple(factors)), Matrix.column(inputs))
        return after

    def _codes_in(self, rank: int) -> bool:
        return self.has_code and rank == len(self.layers) - 1

    def _code(self, digits: Mapping[int, Digits]) -> int:
        """The number of what the last layer has to know of the levels below for the answer."""
        top = len(self.layers) - 1
        below = tuple([digits[n][0] for n in self.cascade.answer_levels if self.ranks[n] < top])
        return self.codes.setdefault(below, len(self.codes))

    def _report(self, digits: Mapping[int, Digits]) -> list[Output]:
        """What each layer reports: the digits of its levels; the last one answers."""
        outputs: list[Output] = []
        for rank, levels in enumerate(self.layers):
            seen = [digits[level.number] for level in levels]
            output: Output = " ".join(f"{now},{before}" for now, before in seen)
            if rank == len(self.layers) - 1:
                output = self.cascade.answers[
                    tuple([digits[n][0] for n in self.cascade.answer_levels])
                ]
            code = (self._code(digits),) if self._codes_in(rank) else ()
            self.tables[rank][tuple(seen), code] = output
            outputs.append(output)
        return outputs

    def _layer(self, rank: int) -> Layer:
        levels, with_code = self.layers[rank], self._codes_in(rank)
        height = len(levels) + with_code
        initial = [self._value(level, (level.initial, level.initial)) for level in levels]
        scales = [self._scale(level) for level in levels]
        if with_code:
            initial.append(Fraction(0))
            scales.append([Fraction(code) for code in range(len(self.codes))])
        functionals = [
            at_least(row, height, bound) for row, scale in enumerate(scales) for bound in scale[1:]
        ]
        table = {}
        for (seen, code), output in self.tables[rank].items():
            values = [self._value(level, pair) for level, pair in zip(levels, seen, strict=True)]
            values += map(Fraction, code)
            bits = (
                "01"[value >= bound]
                for value, scale in zip(values, scales, strict=True)
                for bound in scale[1:]
            )
            table["".join(bits)] = output
        if not functionals:
            functionals, table = (
                [at_least(0, height, Fraction(0))],
                {"1": next(iter(table.values()))},
            )
        return Layer(
            Matrix.column(initial),
            self.cases[rank],
            Threshold(tuple(functionals), table),
            tuple(range(1, rank + 1)),
        )

    def _value(self, level: WiredLevel, digits: Digits) -> Fraction:
        """The least number with these digits; the initial state has been there for ever."""
        now, before = digits
        if level.number not in self.remembered:
            return Fraction(now)
        return now + Fraction(before, base_for(level.n_states - 1))

    def _scale(self, level: WiredLevel) -> Sequence[Fraction]:
        """The numbers from which on the digits are others, ascending."""
        digits = range(level.n_states)
        if level.number not in self.remembered:
            return [Fraction(now) for now in digits]
        return [self._value(level, (now, before)) for now in digits for before in digits]
