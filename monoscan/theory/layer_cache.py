"""A layer with its states numbered, so that a search over many words runs on small integers.

Each step and each output is computed once for each state and symbol. `SteppedLayer` computes them
as the semantics defines them. `IntegerLayer` is for exact arithmetic: a state is an integer
vector (denominator, numerators), and a case is a sparse integer matrix on such vectors.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar

from monoscan.automata import Output
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.lrnn import Case, Layer, Symbol, field_order
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, bit_size, coefficients, cyclotomic, zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact, Semantics

S = TypeVar("S", bound=Hashable)
K = TypeVar("K", bound=Hashable)
MAX_BITS = 4096

# Beyond this order a number has many coefficients, and few layers are worth their integer matrices.
_MAX_ORDER = 120

# A state as (denominator, numerators row by row), in lowest terms.
_Vector: TypeAlias = tuple[int, ...]
_Step: TypeAlias = Callable[[_Vector], _Vector]


class NumberTooLargeError(ArithmeticError):
    """A state with a numerator or denominator of more than `MAX_BITS` bits."""


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
            _require_moderate(state.entries())
        return state

    def _output(self, key: S) -> Output:
        return self.layer.output(self.semantics.visible(key))

    def _state(self, key: S) -> S:
        return key


class IntegerLayer(LayerCache[Matrix, _Vector]):
    """A layer in exact arithmetic, on integer vectors.

    With A = A'/D and B = B'/D, the state n/d goes to (A' n + d B')/(D d): a linear map of the
    vector (d, n), after which a common divisor is taken out. Over a cyclotomic field each entry has
    phi(n) coefficients, and multiplication by a number of the field is a matrix on them.

    Args:
        layer: the layer.
    """

    def __init__(self, layer: Layer) -> None:
        self.order = field_order(layer)
        super().__init__(layer, _vector_of(layer.initial, self.order))
        self._compiled: dict[Symbol, _Step] = {}
        self._table: dict[_Vector, tuple[Matrix, Output]] = {}
        if isinstance(layer.readout, StateTable):
            table = layer.readout.table
            self._table = {_vector_of(state, self.order): (state, table[state]) for state in table}

    def _step(self, key: _Vector, symbol: Symbol) -> _Vector:
        step = self._compiled.get(symbol)
        if step is None:
            step = self._compiled[symbol] = _compiled(self.layer.case(symbol), self.order)
        return step(key)

    def _output(self, key: _Vector) -> Output:
        known = self._table.get(key)
        return self.layer.output(self._state(key)) if known is None else known[1]

    def _state(self, key: _Vector) -> Matrix:
        known = self._table.get(key)
        if known is not None:
            return known[0]
        width, degree = self.layer.initial.shape[1], totient(self.order)
        parts = [_fraction(numerator, key[0]) for numerator in key[1:]]
        entries = [
            cyclotomic(self.order, tuple(parts[i : i + degree]))
            for i in range(0, len(parts), degree)
        ]
        return Matrix(tuple(tuple(entries[i : i + width]) for i in range(0, len(entries), width)))


def layer_cache(layer: Layer, semantics: Semantics[Any]) -> LayerCache[Any, Any]:
    """The fastest cache for a layer under a semantics."""
    if isinstance(semantics, Exact) and field_order(layer) <= _MAX_ORDER:
        return IntegerLayer(layer)
    return SteppedLayer(layer, semantics)


@lru_cache(maxsize=4096)
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


def _vector_of(state: Matrix, order: int) -> _Vector:
    parts = [part for entry in state.entries() for part in coefficients(entry, order)]
    denominator = lcm(*(part.denominator for part in parts))
    return (
        denominator,
        *(part.numerator * (denominator // part.denominator) for part in parts),
    )


@lru_cache(maxsize=4096)
def _compiled(case: Case, order: int) -> _Step:
    """One step H -> A H + B on vectors; remembered, because many symbols share one case."""
    rows = _homogeneous_rows(case, order)
    if all(len(row) == 1 and row[0][1] == 1 for row in rows):
        # A permutation, or copies of some entries: no arithmetic at all, and no growth.
        return itemgetter(*(row[0][0] for row in rows))

    def step(vector: _Vector) -> _Vector:
        moved = [sum([factor * vector[j] for j, factor in row]) for row in rows]
        divisor = gcd(*moved)
        reduced = tuple(moved) if divisor == 1 else tuple(x // divisor for x in moved)
        if max(reduced[0], max(reduced), -min(reduced)).bit_length() > MAX_BITS:
            # The common denominator may be long although no entry is.
            _require_moderate(Fraction(x, reduced[0]) for x in reduced[1:])
        return reduced

    return step


def _homogeneous_rows(case: Case, order: int) -> list[list[tuple[int, int]]]:
    """The rows of the integer matrix that maps (d, n) to (D d, A' n + d B'), without zeros."""
    rows = [row for i, line in enumerate(case.matrix.rows) for row in _rows(case, i, line, order)]
    scale = lcm(*(factor.denominator for row in rows for _, factor in row))
    scaled = [[(j, int(factor * scale)) for j, factor in row] for row in rows]
    return [[(0, scale)], *scaled]


def _rows(
    case: Case, i: int, line: Sequence[Number], order: int
) -> Iterator[list[tuple[int, Fraction]]]:
    """One row of factors for each coefficient of each entry in row i of A H + B."""
    degree, width = totient(order), case.input.shape[1]
    products = [(j, _multiplication(entry, order)) for j, entry in enumerate(line) if entry]
    for column in range(width):
        added = coefficients(case.input.rows[i][column], order)
        for part in range(degree):
            terms = [(0, added[part])]
            for j, images in products:
                place = 1 + (j * width + column) * degree
                terms += [(place + q, image[part]) for q, image in enumerate(images)]
            yield [(index, factor) for index, factor in terms if factor]


def _multiplication(factor: Number, order: int) -> list[tuple[Fraction, ...]]:
    """The coefficients of factor * zeta^q for each power of zeta in the basis."""
    return [coefficients(factor * zeta(order, q), order) for q in range(totient(order))]


def _require_moderate(entries: Iterable[Number]) -> None:
    for entry in entries:
        if bit_size(entry) > MAX_BITS:
            raise NumberTooLargeError(f"a state has a number of more than {MAX_BITS} bits")
