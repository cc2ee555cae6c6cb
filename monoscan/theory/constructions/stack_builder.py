"""Builds networks from layers that are given as functions instead of tables.

A plan says what a layer does with the letter and with values that it takes from layers below. The
builder runs the whole stack on all words at once (breadth-first over joint states), and tabulates
for each layer the symbols and states that occur. So a network lists nothing that no word reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

from monoscan.automata import BudgetExceeded, Output
from monoscan.automata.budget import check_budget
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES
from monoscan.theory.formats import NumberFormat
from monoscan.theory.growing_layer import GrowingLayer
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, LRNNError, Queue, Symbol, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, rational
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

Values: TypeAlias = tuple[int, ...]
Step: TypeAlias = Callable[[str, Values], Case]


@final
@dataclass(frozen=True)
class Signal:
    """A whole number that is known from the outputs of some layers.

    Attributes:
        layers: numbers of these layers, from 1, ascending.
        value: the number for their outputs, in this order.
    """

    layers: tuple[int, ...]
    value: Callable[[tuple[Value, ...]], int]

    def then(self, function: Callable[[int], int]) -> Signal:
        """The signal with a function applied to its values."""
        return Signal(self.layers, lambda outputs: function(self.value(outputs)))


def whole(state: Matrix, row: int = 0) -> int:
    """The whole number in a row of a column.

    >>> whole(Matrix.column([3, 4]), 1)
    4
    """
    return int(rational(state.rows[row][0]))


def constant_signal(value: int) -> Signal:
    """The signal that always has this value."""
    return Signal((), lambda _: value)


@final
@dataclass(frozen=True)
class _Plan:
    initial: Matrix
    inputs: tuple[Signal, ...]
    step: Step
    readout: Callable[[Matrix], Output]

    @property
    def reads(self) -> tuple[int, ...]:
        return tuple(sorted({layer for signal in self.inputs for layer in signal.layers}))

    def case(self, symbol: Symbol) -> Case:
        """The case of a symbol (letter, outputs of the layers that are read)."""
        outputs = dict(zip(self.reads, symbol[1:], strict=True))
        letter = symbol[0]
        assert isinstance(letter, str)
        values = [
            signal.value(tuple([outputs[layer] for layer in signal.layers]))
            for signal in self.inputs
        ]
        return self.step(letter, tuple(values))


@final
class StackBuilder:
    """Collects layers from the bottom to the top, and then makes the network.

    Args:
        alphabet: the letters, in order.
        budget: largest number of joint states.
        rounding: the format that every new state is rounded to; None: exact arithmetic.

    >>> from monoscan.theory.transition import Diagonal
    >>> from monoscan.theory.numbers import number
    >>> builder = StackBuilder("ab")
    >>> last = builder.add(
    ...     Matrix.of([[0]]), (),
    ...     lambda letter, values: Case(Diagonal((number(0),)), Matrix.of([["ab".index(letter)]])),
    ...     lambda state: state == Matrix.of([[1]]),
    ... )
    >>> builder.build().output("aab"), builder.build().output("aba")
    (True, False)
    """

    def __init__(
        self,
        alphabet: tuple[str, ...] | str,
        budget: int = DEFAULT_JOINT_STATES,
        rounding: NumberFormat | None = None,
    ) -> None:
        check_budget(budget)
        self.alphabet = tuple(alphabet)
        self.budget = budget
        self.rounding = rounding
        self._plans: list[_Plan | Delay] = []

    def add(
        self,
        initial: Matrix,
        inputs: tuple[Signal, ...],
        step: Step,
        readout: Callable[[Matrix], Output],
    ) -> int:
        """Adds a layer on top of those added before.

        Args:
            initial: H_0.
            inputs: the signals that the layer reads.
            step: (A, B) for a letter and the values of these signals.
            readout: what the layer reports in a state.

        Returns:
            The layer's number.

        Raises:
            LRNNError: if it reads a layer that is not below it.
        """
        plan = _Plan(initial, inputs, step, readout)
        if plan.reads and not 1 <= plan.reads[0] <= plan.reads[-1] <= len(self._plans):
            raise LRNNError(
                f"layer {len(self._plans) + 1} would read the layers {plan.reads}; "
                "a layer can read the layers below it only"
            )
        self._plans.append(plan)
        return len(self._plans)

    def add_signal(
        self,
        initial: Matrix,
        inputs: tuple[Signal, ...],
        step: Step,
        readout: Callable[[Matrix], int],
    ) -> Signal:
        """Adds a layer that reports a whole number; see `add`."""
        layer = self.add(initial, inputs, step, lambda state: str(readout(state)))
        return Signal((layer,), lambda outputs: int(str(outputs[0])))

    def delayed(self, signal: Signal, initial: int, steps: int = 1) -> Signal:
        """A signal as it was some letters ago, by delays of the layers that it is made of.

        Args:
            signal: of layers that are no delays.
            initial: its value where the word had not begun by then.
            steps: how many letters ago.
        """
        numbers = [self._delay(layer, steps) for layer in signal.layers]
        order = sorted(range(len(numbers)), key=lambda place: numbers[place])

        def value(outputs: tuple[Value, ...]) -> int:
            if None in outputs:
                return initial
            found = dict(zip(order, outputs, strict=True))
            return signal.value(tuple([found[place] for place in range(len(order))]))

        return Signal(tuple(numbers[place] for place in order), value)

    def letter_before(self, steps: int) -> Signal:
        """The number of the letter some letters ago, from 1; 0 where the word had not begun."""
        places = {letter: number for number, letter in enumerate(self.alphabet, start=1)}
        delay = self._delay(0, steps)
        return Signal((delay,), lambda outputs: places.get(str(outputs[0]), 0))

    def _delay(self, of: int, steps: int) -> int:
        """The number of a delay, which is added unless it is there."""
        delay = Delay(of, steps)
        if delay not in self._plans:
            self._plans.append(delay)
        return self._plans.index(delay) + 1

    def answer(
        self,
        inputs: tuple[Signal, ...],
        output: Callable[[Values], Output],
        initial: Output,
    ) -> None:
        """Makes the network answer with a function of signals.

        If only the last layer matters, its read-out answers. Else one more layer with A = 0 does;
        its state is the number of the answer, in the order in which new answers occur.

        Args:
            inputs: the signals.
            output: the answer for their values.
            initial: the answer to the empty word.
        """
        last = len(self._plans)
        top = self._plans[-1] if last else None
        if isinstance(top, _Plan) and all(signal.layers == (last,) for signal in inputs):
            self._plans[-1] = _answering(top, inputs, output)
            return
        answers = [initial]

        def step(_letter: str, values: Values) -> Case:
            answer = output(values)
            if answer not in answers:
                answers.append(answer)
            return Case(Diagonal((ZERO,)), Matrix.of([[answers.index(answer)]]))

        self.add(Matrix.of([[0]]), inputs, step, lambda state: answers[whole(state)])

    def build(self) -> LRNN:
        """The network.

        Raises:
            BudgetExceeded: if there are more joint states than the budget.
            LRNNError: if no layer was added.
        """
        if not self._plans:
            raise LRNNError("a network needs at least one layer; add one")
        machines = [
            _Queues(plan) if isinstance(plan, Delay) else _Machine(plan, self.rounding)
            for plan in self._plans
        ]
        start: Values = tuple([0 for _ in machines])
        seen = {start}
        queue = [start]
        for numbers in queue:
            for letter in self.alphabet:
                following = _advance(machines, numbers, letter)
                if following not in seen:
                    seen.add(following)
                    queue.append(following)
            if len(seen) > self.budget:
                raise BudgetExceeded("joint states of the network", self.budget, len(seen))
        return LRNN(self.alphabet, tuple(machine.layer() for machine in machines))


def _answering(
    plan: _Plan, inputs: tuple[Signal, ...], output: Callable[[Values], Output]
) -> _Plan:
    """The layer with a read-out that answers instead of reporting."""

    def readout(state: Matrix) -> Output:
        reported = (plan.readout(state),)
        return output(tuple([signal.value(reported) for signal in inputs]))

    return _Plan(plan.initial, plan.inputs, plan.step, readout)


@final
class _Machine:
    """One layer in use, with what it reports in each state."""

    def __init__(self, plan: _Plan, rounding: NumberFormat | None) -> None:
        self.plan = plan
        self.reads = plan.reads
        self.outputs = [plan.readout(plan.initial)]
        self._growing = GrowingLayer(plan.initial, plan.case, rounding)

    def step(self, number: int, letter: str, outputs: Sequence[Value]) -> tuple[Value, int]:
        """What it reports after a letter and the outputs below, and the number of its state."""
        symbol: Symbol = (letter, *[outputs[layer - 1] for layer in self.reads])
        found = self._growing.step(number, symbol)
        if found == len(self.outputs):
            self.outputs.append(self.plan.readout(self._growing.states[found]))
        return self.outputs[found], found

    def layer(self) -> Layer:
        table = dict(zip(self._growing.states, self.outputs, strict=True))
        return Layer(self.plan.initial, self._growing.cases, StateTable(table), self.reads)


@final
class _Queues:
    """A delay in use, with the queues that occur."""

    def __init__(self, delay: Delay) -> None:
        self.delay = delay
        self.queues: list[Queue] = [delay.initial]
        self._numbers = {delay.initial: 0}

    def step(self, number: int, letter: str, outputs: Sequence[Value]) -> tuple[Value, int]:
        """What it hands on, and the number of the next queue."""
        of = self.delay.of
        said, queue = self.delay.step(self.queues[number], outputs[of - 1] if of else letter)
        following = self._numbers.setdefault(queue, len(self.queues))
        if following == len(self.queues):
            self.queues.append(queue)
        return said, following

    def layer(self) -> Delay:
        return self.delay


def _advance(machines: Sequence[_Machine | _Queues], numbers: Values, letter: str) -> Values:
    outputs: list[Value] = []
    advanced: list[int] = []
    for machine, number in zip(machines, numbers, strict=True):
        said, following = machine.step(number, letter, outputs)
        outputs.append(said)
        advanced.append(following)
    return tuple(advanced)
