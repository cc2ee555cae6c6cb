"""Star-free languages in few layers of registers, each overwritten or kept by what is seen.

One table says what the layers see: the letter alone, letters before it through a window of A, of B
or of both, or one letter before it through two layers with an eigenvalue -1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from monoscan.automata import Automaton, Output
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.aperiodic import is_aperiodic
from monoscan.theory.constructions.cascades.delays import Clock
from monoscan.theory.constructions.cascades.register_search import (
    Held,
    Key,
    Plan,
    Sight,
    Values,
    find_registers,
)
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder, whole
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.transition import Diagonal


class _Kind(NamedTuple):
    sight: Sight
    clocked: bool
    statement: str


_KINDS: Final = {
    "registers": _Kind(
        Sight(0, 0, old=False), False, "in few layers, each of which sees what those below now hold"
    ),
    "registers-in-window": _Kind(
        Sight(1, 1, old=True),
        False,
        "in few layers, whose A and B see the letter before and what the layers below held",
    ),
    "written-registers": _Kind(
        Sight(0, 1, old=True),
        False,
        "in few layers, whose B sees the letter before and what the layers below held",
    ),
    "long-written-registers": _Kind(
        Sight(0, 3, old=True),
        False,
        "in few layers, whose B sees three letters before and what the layers below held",
    ),
    "clocked-registers": _Kind(
        Sight(1, 1, old=False),
        True,
        "in few layers above two that know the letter before, by a clock and two slots",
    ),
}


def _plan(name: str, automaton: Automaton) -> Plan | None:
    if not is_aperiodic(automaton):
        return None
    return find_registers(minimize(automaton), _KINDS[name].sight)


def _obstacle(name: str) -> Callable[[Automaton], str | None]:
    def obstacle(automaton: Automaton) -> str | None:
        found = _plan(name, automaton)
        return "no few layers of registers were found for it" if found is None else None

    return obstacle


def _depth(name: str) -> Callable[[Automaton], int]:
    def depth(automaton: Automaton) -> int:
        found = _plan(name, automaton)
        assert found is not None
        below = 2 if _KINDS[name].clocked else 0
        return below + (0 if below and found.layers == ((),) else len(found.layers))

    return depth


def register_network(name: str, automaton: Automaton, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1, and -1 in the clock.

    Raises:
        UnsupportedError: if the search finds no registers that determine the answers.
        BudgetExceeded: if there are more joint states than the budget.

    >>> first = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))
    >>> register_network("registers", first).depth
    2
    """
    minimal = minimize(automaton)
    plan = _plan(name, minimal)
    if plan is None:
        raise UnsupportedError("no few layers of registers were found for it")
    return _Stack(minimal, plan, budget, clocked=_KINDS[name].clocked).build()


class _Stack:
    """The layers of a plan, from the bottom to the top."""

    def __init__(self, minimal: Automaton, plan: Plan, budget: int, *, clocked: bool) -> None:
        self.minimal, self.plan = minimal, plan
        self.builder = StackBuilder(minimal.alphabet, budget)
        self.numbers = [-1, *(plan.kinds[letter] for letter in minimal.alphabet)]
        self.clocked = clocked
        self.held: list[Signal] = []
        self.codes: list[list[Values]] = []  # by layer, what its registers held, by the code

    def build(self) -> LRNN:
        """The network."""
        sight, last = self.plan.sight, len(self.plan.layers) - 1
        if self.clocked and self.plan.layers == ((),):
            self._slots(answers=True)
            return self.builder.build()
        if self.clocked:
            letters: tuple[Signal, ...] = (self._slots(answers=False),)
        else:
            letters = tuple(self.builder.letter_before(n) for n in range(1, sight.b + 1))
        for level in range(last + 1):
            self._layer(level, letters, is_last=level == last)
        return self.builder.build()

    def _slots(self, *, answers: bool) -> Signal:
        """Two slots for letters, written in turn, that report the letter before, or the answer."""
        parity = Clock(self.builder).parity

        def step(letter: str, values: Values) -> Case:
            number = self.minimal.alphabet.index(letter) + 1
            kept: tuple[Number, ...] = (ONE, ZERO) if values[0] else (ZERO, ONE)
            written = (0, number) if values[0] else (number, 0)
            return Case(Diagonal((*kept, -ONE)), Matrix.column([*written, 0]))

        def letters_of(state: Matrix) -> tuple[int, int]:
            """The last letter and the one before it."""
            first, second = whole(state, 0), whole(state, 1)
            return (second, first) if whole(state, 2) == -1 else (first, second)

        start = Matrix.column([0, 0, 1])
        if not answers:
            return self.builder.add_signal(
                start, (parity,), step, lambda state: letters_of(state)[1]
            )

        def answer(state: Matrix) -> Output:
            kind, before = (self.numbers[number] for number in letters_of(state))
            if kind < 0:
                return self.minimal.outputs[0]
            return self.plan.answers[(kind, (before,), ()), ()]

        self.builder.add(start, (parity,), step, answer)
        return parity

    def _layer(self, level: int, letters: tuple[Signal, ...], *, is_last: bool) -> None:
        sight, registers = self.plan.sight, self.plan.layers[level]
        old: tuple[Signal, ...] = ()
        if sight.old:
            old = tuple(self.builder.delayed(signal, 0) for signal in self.held)
        new = () if sight.old and sight.a == sight.b else tuple(self.held)
        codes = self._answer_codes() if is_last else {}

        def keys(letter: str, values: Values) -> tuple[Key, Key]:
            kind = self.plan.kinds[letter]
            before = tuple([self.numbers[number] for number in values[: len(letters)]])
            rest = values[len(letters) :]
            held_old = self._decoded(rest[: len(old)])
            held_new = self._decoded(rest[len(old) :])
            if sight.a == sight.b:
                b = (kind, before, held_old if sight.old else held_new)
                return b, b
            return (kind, before[: sight.a], held_new), (kind, before, (*held_old, *held_new))

        def step(letter: str, values: Values) -> Case:
            a, b = keys(letter, values)
            factors: list[Number] = []
            inputs: list[int] = []
            for register in registers:
                kept = a in register.kept
                factors.append(ONE if kept else ZERO)
                inputs.append(0 if kept else register.notes[b] + 1)
            if codes:
                factors.append(ZERO)
                inputs.append(codes[b])
            return Case(Diagonal(tuple(factors)), Matrix.column(inputs))

        start = Matrix.column([0] * (len(registers) + bool(codes)))
        inputs = (*letters, *old, *new)
        if is_last:
            self.builder.add(start, inputs, step, self._answering(len(registers), codes))
        else:
            self.codes.append([_held(start, len(registers))])
            known = self.codes[-1]
            self.held.append(
                self.builder.add_signal(
                    start, inputs, step, lambda state: _number(known, _held(state, len(registers)))
                )
            )

    def _decoded(self, values: Iterable[int]) -> Held:
        return tuple([self.codes[level][value] for level, value in enumerate(values)])

    def _answer_codes(self) -> dict[Key, int]:
        """What the last layer writes of what B sees: keys with the same answers have one number."""
        by_key: dict[Key, dict[Values, Output]] = {}
        for (key, held), answer in self.plan.answers.items():
            by_key.setdefault(key, {})[held] = answer
        start = (-1,) * len(self.plan.layers[-1])
        groups: list[dict[Values, Output]] = [{start: self.minimal.outputs[0]}]
        codes: dict[Key, int] = {}
        for key, answers in sorted(by_key.items(), key=lambda item: repr(item[0])):
            fits = (
                all(group.get(held, answer) == answer for held, answer in answers.items())
                for group in groups
            )
            code = next((n for n, fit in enumerate(fits) if fit), len(groups))
            if code == len(groups):
                groups.append({})
            groups[code].update(answers)
            codes[key] = code
        self.groups = groups
        needed = len(groups) > 1 or not self.plan.layers[-1]
        return codes if needed else {}

    def _answering(self, size: int, codes: dict[Key, int]) -> Callable[[Matrix], Output]:
        def answer(state: Matrix) -> Output:
            code = whole(state, size) if codes else 0
            return self.groups[code][_held(state, size)]

        return answer


def _held(state: Matrix, size: int) -> Values:
    return tuple([whole(state, row) - 1 for row in range(size)])


def _number(known: list[Values], held: Values) -> int:
    if held not in known:
        known.append(held)
    return known.index(held)


def _register(name: str) -> None:
    statement = f"A star-free language by registers with entries 0 and 1, {_KINDS[name].statement}"

    def build(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
        return register_network(name, automaton, budget)

    construction(
        name,
        statement=statement,
        source="Sarrof, Veitsman and Hahn, arXiv 2405.17394 (flip-flops as 0/1 gates); the search "
        "for few layers is this project's",
        supports=_obstacle(name),
        depth=_depth(name),
    )(build)


for _name in _KINDS:
    _register(_name)
