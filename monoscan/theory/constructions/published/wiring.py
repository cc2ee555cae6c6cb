"""From layers written as formulas to a stack with tables.

The papers give a layer by formulas for A(s) and B(s) and a decoder. A `Layer` lists finitely many
symbols and states. `tabulate` runs the formulas breadth-first over the joint reachable states and
writes down the symbols and states that it meets; nothing else can occur on any word.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from monoscan.automata import Automaton, BudgetExceeded, Output
from monoscan.theory.growing_layer import GrowingLayer
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Blocks, Householder, Transition, dimension

MAX_JOINT_STATES = 50_000
"""The largest number of joint states that a published construction may have."""

_Joint = tuple[tuple[int, ...], int]


class AmbiguousStateError(ValueError):
    """A last layer in one state where the automaton is in states with different outputs."""


@dataclass(frozen=True)
class LayerPlan:
    """One layer as formulas.

    Attributes:
        initial: H_0, an n x d matrix.
        case: A and B of each symbol: the letter and the outputs of the layers that it reads.
        report: the decoder. In the last layer it may be None: then each state answers what the
            automaton answers there.
        reads: the numbers, from 1, of the lower layers that it reads.
    """

    initial: Matrix
    case: Callable[[Symbol], Case]
    report: Callable[[Matrix], Output] | None
    reads: tuple[int, ...] = ()


class _PlannedLayer:
    """A layer under exploration: states, cases and outputs seen so far."""

    def __init__(self, plan: LayerPlan) -> None:
        self.plan = plan
        self.outputs: dict[int, Output] = {}
        self._growing = GrowingLayer(plan.initial, plan.case)
        self.states = self._growing.states
        self.step = self._growing.step

    def output(self, state: int) -> Output:
        found = self.outputs.get(state)
        if found is None:
            assert self.plan.report is not None
            found = self.outputs[state] = self.plan.report(self.states[state])
        return found

    def layer(self) -> Layer:
        table = {self.states[state]: output for state, output in self.outputs.items()}
        return Layer(self.plan.initial, self._growing.cases, StateTable(table), self.plan.reads)


def tabulate(
    automaton: Automaton, plans: tuple[LayerPlan, ...], max_states: int = MAX_JOINT_STATES
) -> LRNN:
    """The stack of some layers given by formulas, over an automaton's alphabet.

    Args:
        automaton: its alphabet is the network's; its outputs are the answers of a last layer
            without a decoder.
        plans: bottom to top.
        max_states: budget of joint states.

    Raises:
        ValueError: if a layer other than the last one has no decoder.
        BudgetExceeded: if there are more joint states.
        AmbiguousStateError: if the last layer has no decoder and one of its states would need
            two answers.

    >>> from monoscan.automata import Automaton
    >>> flip = Automaton("a", [[1], [0]], (True, False))
    >>> sign = LayerPlan(
    ...     Matrix.of([[1]]), lambda symbol: autonomous(scalar_head(-1), Matrix.of([[1]])), None
    ... )
    >>> tabulate(flip, (sign,)).output("aaa")
    False
    """
    for level, plan in enumerate(plans[:-1], start=1):
        if plan.report is None:
            raise ValueError(
                f"layer {level} of {len(plans)} has no decoder; only the last layer can answer "
                "what the automaton answers"
            )
    layers = [_PlannedLayer(plan) for plan in plans]
    start: _Joint = ((0,) * len(layers), 0)
    seen: set[_Joint] = {start}
    queue: deque[_Joint] = deque([start])
    while queue:
        numbers, target = queue.popleft()
        _answer(layers, numbers, automaton.outputs[target])
        for index, letter in enumerate(automaton.alphabet):
            advanced = _advance(layers, numbers, letter)
            successor = advanced, int(automaton.table[target, index])
            if successor not in seen:
                if len(seen) >= max_states:
                    raise BudgetExceeded("joint states of the stack", max_states, len(seen) + 1)
                seen.add(successor)
                queue.append(successor)
    return LRNN(automaton.alphabet, tuple(layer.layer() for layer in layers))


def _advance(layers: list[_PlannedLayer], numbers: tuple[int, ...], letter: str) -> tuple[int, ...]:
    advanced: list[int] = []
    outputs: list[Output] = []
    for layer, state in zip(layers, numbers, strict=True):
        below = [outputs[read - 1] for read in layer.plan.reads]
        advanced.append(layer.step(state, (letter, *below)))
        if len(advanced) < len(layers):
            outputs.append(layer.output(advanced[-1]))
    return tuple(advanced)


def _answer(layers: list[_PlannedLayer], numbers: tuple[int, ...], expected: Output) -> None:
    for layer, state in zip(layers, numbers, strict=True):
        if layer.plan.report is not None:
            layer.output(state)
        elif layer.outputs.setdefault(state, expected) != expected:
            raise AmbiguousStateError(
                f"the last layer is in the state {layer.states[state]} after words whose answers "
                f"are {layer.outputs[state]} and {expected}; give it a decoder"
            )


def autonomous(transition: Transition, like: Matrix) -> Case:
    """The case H <- A H for states of the shape of `like`: B is zero.

    >>> autonomous(scalar_head(0), Matrix.of([[5]])).apply(Matrix.of([[5]])) == Matrix.of([[0]])
    True
    """
    return Case(transition, Matrix.zeros(*like.shape))


def scalar_head(factor: int) -> Householder:
    """The 1 x 1 matrix of a number, written as the generalised Householder matrix 1 - beta.

    >>> scalar_head(-1).beta
    Fraction(2, 1)
    """
    return Householder((number(1),), number(1 - factor))


def with_code(transition: Transition, code: int) -> Case:
    """A layer without input that also reports something of its symbol.

    The decoders of the papers see the symbol beside the state. Here one more head with A = 0 and
    B = code keeps it: the state is the column of the layer's own n entries and the code.

    >>> with_code(scalar_head(-1), 7).apply(Matrix.column([2, 0])) == Matrix.column([-2, 7])
    True
    """
    blocks = Blocks((transition, scalar_head(0)))
    return Case(blocks, Matrix.column([*[0] * dimension(transition), code]))


def integer_entries(state: Matrix) -> tuple[int, ...]:
    """The entries of a matrix of integers, row by row.

    Raises:
        ValueError: if an entry is no integer.

    >>> integer_entries(Matrix.column([3, 1]))
    (3, 1)
    """
    entries = state.entries()
    whole = [entry.numerator for entry in entries if isinstance(entry, Fraction)]
    if tuple(map(number, whole)) != entries:
        raise ValueError(f"the state {state} has an entry that is no integer")
    return tuple(whole)
