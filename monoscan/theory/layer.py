"""The parts of an exact network: recurrent layers, and delays between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import lcm
from types import MappingProxyType
from typing import TypeAlias

from monoscan.automata import Output
from monoscan.errors import BadInput
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.readout import Observation, Readout, StateTable
from monoscan.theory.transition import Transition, dimension, parameters, transition_matrix

Value: TypeAlias = Output | None
"""What a layer reads: a letter or an output; None is the padding, what came before the word."""
Symbol: TypeAlias = tuple[Value, ...]
Queue: TypeAlias = tuple[Value, ...]
"""The state of a delay: the values of the last letters, the oldest first."""
MAX_STEPS = 64


class LRNNError(BadInput):
    """A network that is not well formed; the message names the layer and the symbol."""


@dataclass(frozen=True)
class Case:
    """What one symbol does to the state.

    Attributes:
        transition: A, an n x n matrix.
        input: B, an n x d matrix.
    """

    transition: Transition
    input: Matrix

    @cached_property
    def matrix(self) -> Matrix:
        """A as a matrix."""
        return transition_matrix(self.transition)

    def apply(self, state: Matrix) -> Matrix:
        """A H + B."""
        return self.matrix @ state + self.input


@dataclass(frozen=True)
class Delay:
    """Hands on a value from some letters ago, and None where the word had not begun by then.

    Attributes:
        of: 0 for the letter, or the number of a layer below, from 1, whose output it hands on.
        steps: How many letters ago, at least 1.

    Raises:
        LRNNError: If a number is out of range.

    >>> Delay(of=0, steps=1).step((None,), "a"), Delay(of=0, steps=1).step(("a",), "b")
    ((None, ('a',)), ('a', ('b',)))
    """

    of: int
    steps: int

    def __post_init__(self) -> None:
        if self.of < 0:
            raise LRNNError(
                f"a delay hands on what {self.of} says; expected 0 for the letter, or the number "
                "of a layer below, from 1"
            )
        if not 1 <= self.steps <= MAX_STEPS:
            raise LRNNError(
                f"a delay of {self.steps} letters; expected 1 to {MAX_STEPS} (a layer reads the "
                "current letter without a delay)"
            )

    @property
    def initial(self) -> Queue:
        """The state before the first letter."""
        return (None,) * self.steps

    def step(self, queue: Queue, value: Value) -> tuple[Value, Queue]:
        """What it hands on, and the next state.

        Args:
            queue: the state.
            value: the current letter, or the output of the layer after that letter.
        """
        return queue[0], (*queue[1:], value)


@dataclass(frozen=True)
class Layer:
    """One recurrence H <- A(s) H + B(s) over symbols s.

    Attributes:
        initial: H_0, an n x d matrix.
        cases: symbol -> (A, B), one for each symbol that a word leads to.
        readout: what the layers above, or the user, see of the state.
        reads: numbers of the lower layers and delays whose outputs are in the symbol, ascending,
            from 1; None for all of them.
    """

    initial: Matrix
    cases: Mapping[Symbol, Case]
    readout: Readout
    reads: tuple[int, ...] | None = None
    _key: frozenset[tuple[Symbol, Case]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.cases:
            raise LRNNError("a layer has no cases; give A and B for each letter")
        self._check_reads()
        for symbol, case in self.cases.items():
            self._check_case(symbol, case)
        if self.readout.shape != self.initial.shape:
            raise ShapeError(
                f"the read-out reads states of shape {self.readout.shape}, "
                f"the initial state has shape {self.initial.shape}"
            )
        object.__setattr__(self, "cases", MappingProxyType(dict(self.cases)))
        object.__setattr__(self, "_key", frozenset(self.cases.items()))

    def _check_reads(self) -> None:
        reads = self.reads
        if reads is None:
            return
        if any(number < 1 for number in reads) or list(reads) != sorted(set(reads)):
            raise LRNNError(
                f"a layer reads the layers {list(reads)}; expected numbers from 1 in ascending "
                "order, each once"
            )

    def _check_case(self, symbol: Symbol, case: Case) -> None:
        height = self.initial.shape[0]
        if dimension(case.transition) != height:
            raise ShapeError(
                f"on {show_symbol(symbol)}: A is {dimension(case.transition)} x "
                f"{dimension(case.transition)}, but the initial state has {height} rows"
            )
        if case.input.shape != self.initial.shape:
            raise ShapeError(
                f"on {show_symbol(symbol)}: B has shape {case.input.shape}, "
                f"but the initial state has shape {self.initial.shape}"
            )

    def __hash__(self) -> int:
        return hash((self.initial, self._key, self.readout, self.reads))

    @cached_property
    def _field_order(self) -> int:
        return lcm(*(x.order for x in _numbers(self) if isinstance(x, Cyclotomic)))

    def symbol(self, letter: Value, outputs: Sequence[Value]) -> Symbol:
        """What the layer reads: the letter and the outputs of the layers that it names.

        Args:
            letter: the letter.
            outputs: what all lower layers and delays report after the letter, the lowest first.
        """
        if self.reads is None:
            return (letter, *outputs)
        return (letter, *[outputs[number - 1] for number in self.reads])

    def case(self, symbol: Symbol) -> Case:
        """The case of a symbol.

        Raises:
            LRNNError: if the layer has none.
        """
        found = self.cases.get(symbol)
        if found is None:
            raise LRNNError(
                f"a layer is reached with the symbol {show_symbol(symbol)}, for which it has no "
                "case; add one"
            )
        return found

    def observe(self, state: Matrix) -> Observation:
        """What the read-out sees of a state."""
        return self.readout.observe(state)

    def output(self, state: Matrix) -> Output:
        """What the layer reports in a state."""
        return self.readout.output(self.readout.observe(state))


def reads_of(layer: Layer, below: int) -> Sequence[int]:
    """The numbers of what a layer reads that stands on so many layers and delays."""
    return range(1, below + 1) if layer.reads is None else layer.reads


def field_order(layer: Layer) -> int:
    """The n of the smallest field Q(zeta_n) that holds all numbers of a layer; 1 for Q.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> field_order(scalar_parity().layers[0])
    1
    """
    return layer._field_order


def _numbers(layer: Layer) -> Iterator[Number]:
    yield from layer.initial.entries()
    for case in layer.cases.values():
        yield from parameters(case.transition)
        yield from case.input.entries()
    if isinstance(layer.readout, StateTable):
        for state in layer.readout.table:
            yield from state.entries()
    else:
        for functional in layer.readout.functionals:
            yield from functional.weights.entries()
            yield functional.bound


def show_symbol(symbol: Symbol) -> str:
    """A symbol for people: the letter alone, or the letter and the outputs below.

    >>> show_symbol(("a",)), show_symbol(("a", True, None))
    ('a', '(a, True, null)')
    """
    parts = ["null" if part is None else str(part) for part in symbol]
    return parts[0] if len(parts) == 1 else "(" + ", ".join(parts) + ")"
