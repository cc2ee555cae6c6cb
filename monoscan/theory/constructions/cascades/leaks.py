"""Star-free languages by leaks: numbers whose digits are the past, read off by thresholds.

The states are infinitely many, so these networks are made for the semantics `threshold`. A leak
h <- h / K + d writes the digit d before those that it holds: the last digits are read off h by
comparing it with finitely many numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, final

from monoscan.automata import Automaton, BudgetExceeded, Output
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.cascades.aperiodic import aperiodic_obstacle
from monoscan.theory.constructions.cascades.assemble import require_supported
from monoscan.theory.constructions.cascades.wiring import (
    Values,
    WiredCascade,
    WiredLevel,
    action_kind,
    wired_cascade,
)
from monoscan.theory.constructions.matrices import Matrices, diagonal
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES, construction
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import ExactThreshold, Semantics
from monoscan.theory.transition import Diagonal

MOST_SUFFIXES = 2_000
"""The most suffixes that the read-out of one leak tells apart."""

Digits: TypeAlias = tuple[int, int]
"""The state of a level, and its state before it was last reset."""


def base_for(largest: int) -> int:
    """A base in which the digits 0, ..., largest leave gaps: a power of 2.

    >>> base_for(2), base_for(7)
    (4, 16)
    """
    return 1 << (largest + 1).bit_length()


def _thresholds(_automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    return (ExactThreshold(),)


def at_least(row: int, height: int, bound: Fraction) -> Functional:
    """The threshold [ H_row >= bound ] of a column."""
    return Functional(Matrix.column([int(i == row) for i in range(height)]), ">=", bound)


# --- the last letters, in one layer ---


@final
@dataclass(frozen=True)
class _Leak:
    """The read-out of a leak: from each number on the answer, ascending."""

    base: int
    digits: Mapping[str, int]
    answers: tuple[tuple[Fraction, Output], ...]


def _leak(minimal: Automaton) -> _Leak | str:
    """The leak that the last letters of words can be read off, or why they do not decide."""
    states = tuple(range(minimal.n_states))
    columns = dict(zip(minimal.alphabet, map(tuple, minimal.table.T.tolist()), strict=True))
    digits = {
        letter: number
        for number, letter in enumerate((a for a in columns if columns[a] != states), start=1)
    }
    base = base_for(len(digits))
    answers: list[tuple[Fraction, Output]] = []
    # A suffix with what it does to all states, its number, and the weight of the next digit. A
    # suffix that comes again without progress has grown along a cycle of such maps.
    waiting = [(states, Fraction(0), Fraction(1), frozenset[Values]())]
    seen = 0
    while waiting:
        action, value, weight, above = waiting.pop()
        seen += 1
        if seen > MOST_SUFFIXES:
            return f"more than {MOST_SUFFIXES} suffixes have to be told apart"
        outputs = {minimal.outputs[state] for state in action}
        if len(outputs) == 1:
            answers.append((value, outputs.pop()))
            continue
        if action in above:
            return "no number of last letters decides (letters that do nothing apart)"
        answers.append((value, minimal.outputs[action[0]]))
        for letter, digit in sorted(digits.items(), key=lambda item: -item[1]):
            longer = tuple([action[state] for state in columns[letter]])
            waiting.append((longer, value + digit * weight, weight / base, above | {action}))
    return _Leak(base, digits, tuple(answers))


def last_letters_obstacle(automaton: Automaton) -> str | None:
    """Why the last letters do not decide, letters that do nothing left out; None if they do.

    >>> last_letters_obstacle(Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True)))
    >>> last_letters_obstacle(Automaton("ab", [[1, 0], [1, 1]], (False, True)))
    >>> last_letters_obstacle(Automaton("a", [[1], [0]], (False, True)))
    'no number of last letters decides (letters that do nothing apart)'
    """
    found = _leak(minimize(automaton))
    return found if isinstance(found, str) else None


def _leak_matrices(automaton: Automaton) -> Matrices:
    minimal = minimize(automaton)
    states = list(range(minimal.n_states))
    keeps = any(column == states for column in minimal.table.T.tolist())
    return diagonal(Fraction(1, 4), *([1] if keeps else []))


@construction(
    "last-letters-leak",
    statement="A language that depends on the last letters only, letters that do nothing left out, "
    "by a leak h <- h/K + e whose first digits are these letters",
    source="Sarrof, Veitsman and Hahn, arXiv 2405.17394 (leaks); the read-out by thresholds is "
    "this project's",
    supports=last_letters_obstacle,
    matrices=_leak_matrices,
    semantics=_thresholds,
)
def last_letters_leak(automaton: Automaton) -> LRNN:
    """One layer with one number, for the semantics `threshold`.

    Raises:
        UnsupportedError: if no number of last letters decides, or it takes too many thresholds.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> last_letters_leak(ends_in_ab).output("aab"), last_letters_leak(ends_in_ab).output("abb")
    (True, False)
    """
    require_supported(last_letters_obstacle(automaton))
    minimal = minimize(automaton)
    leak = _leak(minimal)
    assert isinstance(leak, _Leak)
    cases: dict[Symbol, Case] = {}
    for letter in minimal.alphabet:
        digit = leak.digits.get(letter)
        factor = ONE if digit is None else Fraction(1, leak.base)
        cases[letter,] = Case(Diagonal((factor,)), Matrix.of([[digit or 0]]))
    changes = [
        (value, output)
        for (_, before), (value, output) in zip(leak.answers, leak.answers[1:], strict=False)
        if output != before
    ]
    answers = [leak.answers[0][1], *(output for _, output in changes)]
    bounds = [value for value, _ in changes] or [Fraction(0)]
    if not changes:
        answers = answers * 2  # a read-out has at least one threshold
    table = {"1" * i + "0" * (len(bounds) - i): output for i, output in enumerate(answers)}
    readout = Threshold(tuple([at_least(0, 1, bound) for bound in bounds]), table)
    return LRNN(minimal.alphabet, (Layer(Matrix.of([[0]]), cases, readout),))


# --- any star-free language, one layer a level ---


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
    semantics=_thresholds,
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
