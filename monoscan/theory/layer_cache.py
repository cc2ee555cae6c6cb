"""A layer with its states numbered, so that a search over many words runs on small integers.

Each step and each output is computed once for each state and symbol. `SteppedLayer` computes them
as the semantics defines them. `IntegerLayer` is for exact arithmetic: a state is an integer
vector (denominator, numerators), and a case is a sparse integer matrix on such vectors.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

from monoscan.automata import Output
from monoscan.theory.integer_steps import (
    MAX_ORDER,
    Step,
    Vector,
    compiled_step,
    matrix_of,
    require_moderate,
    vector_of,
)
from monoscan.theory.lrnn import Delay, Layer, Queue, Symbol, Value, field_order
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact, Semantics

S = TypeVar("S", bound=Hashable)
K = TypeVar("K", bound=Hashable)


class QueueCache:
    """The numbered states of a delay.

    Args:
        delay: the delay.
    """

    def __init__(self, delay: Delay) -> None:
        self.delay = delay
        self._queues = [delay.initial]
        self._numbers = {delay.initial: 0}
        self._steps: dict[tuple[int, Value], int] = {}
        self.start = 0

    def step(self, number: int, value: Value) -> int:
        """The number of the state after one more value."""
        place = (number, value)
        found = self._steps.get(place)
        if found is None:
            queue = self.delay.step(self._queues[number], value)[1]
            found = self._steps[place] = self._numbers.setdefault(queue, len(self._queues))
            if found == len(self._queues):
                self._queues.append(queue)
        return found

    def handed_on(self, number: int) -> Value:
        """What the delay hands on at the step that leaves a numbered state."""
        return self._queues[number][0]

    def state(self, number: int) -> Queue:
        """The state behind a number."""
        return self._queues[number]


class LayerCache(ABC, Generic[S, K]):
    """The numbered states of one layer; keys of type K stand for states of type S."""

    def __init__(self, layer: Layer, start: K) -> None:
        self.layer = layer
        self._keys: list[K] = []
        self._numbers: dict[K, int] = {}
        self._steps: dict[tuple[int, Symbol], int] = {}
        self._outputs: dict[int, Output] = {}
        self.start = self._number(start)

    def _number(self, key: K) -> int:
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def step(self, number: int, symbol: Symbol) -> int:
        """The number of the state after one more symbol.

        Raises:
            NumberTooLargeError: if a state's numbers outgrow `MAX_BITS` bits.
        """
        place = (number, symbol)
        found = self._steps.get(place)
        if found is None:
            found = self._steps[place] = self._number(self._step(self._keys[number], symbol))
        return found

    def output(self, number: int) -> Output:
        """What the layer reports in a numbered state."""
        if number not in self._outputs:
            self._outputs[number] = self._output(self._keys[number])
        return self._outputs[number]

    def state(self, number: int) -> S:
        """The state behind a number."""
        return self._state(self._keys[number])

    @abstractmethod
    def _step(self, key: K, symbol: Symbol) -> K:
        """The key after one more symbol, its size checked."""

    @abstractmethod
    def _output(self, key: K) -> Output:
        """What the layer reports."""

    @abstractmethod
    def _state(self, key: K) -> S:
        """The state that a key stands for."""


class SteppedLayer(LayerCache[S, S]):
    """A layer under any semantics; a state is its own key.

    Args:
        layer: the layer.
        semantics: how it computes.
    """

    def __init__(self, layer: Layer, semantics: Semantics[S]) -> None:
        super().__init__(layer, semantics.start(layer))
        self.semantics = semantics

    def _step(self, key: S, symbol: Symbol) -> S:
        state = self.semantics.step(self.layer, key, symbol)
        if isinstance(state, Matrix):
            require_moderate(state.entries())
        return state

    def _output(self, key: S) -> Output:
        return self.layer.output(self.semantics.visible(key))

    def _state(self, key: S) -> S:
        return key


class IntegerLayer(LayerCache[Matrix, Vector]):
    """A layer in exact arithmetic, on integer vectors.

    With A = A'/D and B = B'/D, the state n/d goes to (A' n + d B')/(D d): a linear map of the
    vector (d, n), after which a common divisor is taken out. Over a cyclotomic field each entry has
    phi(n) coefficients, and multiplication by a number of the field is a matrix on them.

    Args:
        layer: the layer.
    """

    def __init__(self, layer: Layer) -> None:
        self.order = field_order(layer)
        super().__init__(layer, vector_of(layer.initial, self.order))
        self._compiled: dict[Symbol, Step] = {}
        self._table: dict[Vector, tuple[Matrix, Output]] = {}
        if isinstance(layer.readout, StateTable):
            table = layer.readout.table
            self._table = {vector_of(state, self.order): (state, table[state]) for state in table}

    def _step(self, key: Vector, symbol: Symbol) -> Vector:
        step = self._compiled.get(symbol)
        if step is None:
            step = self._compiled[symbol] = compiled_step(self.layer.case(symbol), self.order)
        return step(key)

    def _output(self, key: Vector) -> Output:
        known = self._table.get(key)
        return self.layer.output(self._state(key)) if known is None else known[1]

    def _state(self, key: Vector) -> Matrix:
        known = self._table.get(key)
        if known is not None:
            return known[0]
        return matrix_of(key, self.layer.initial.shape[1], self.order)


def layer_cache(layer: Layer, semantics: Semantics[Any]) -> LayerCache[Any, Any]:
    """The fastest cache for a layer under a semantics."""
    if isinstance(semantics, Exact) and field_order(layer) <= MAX_ORDER:
        return IntegerLayer(layer)
    return SteppedLayer(layer, semantics)
