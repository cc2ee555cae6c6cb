"""A layer that is given by formulas, tabulated as far as words lead into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import lcm
from typing import final

from monoscan.theory.formats import NumberFormat
from monoscan.theory.integer_steps import (
    MAX_ORDER,
    NumberTooLargeError,
    Step,
    Vector,
    compiled_step,
    matrix_of,
    vector_of,
)
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.transition import parameters


@final
class GrowingLayer:
    """The states of a layer, numbered in the order in which they occur, and the cases it needs.

    Exact states are kept as integer vectors, over a field that grows with the cases; where numbers
    or fields are too large for that, and where states are rounded, matrices are multiplied.

    Args:
        initial: H_0, the state of number 0.
        case: (A, B) for a symbol; asked once for each symbol.
        rounding: the format that every new state is rounded to; None: exact arithmetic.

    Attributes:
        states: the states that have occurred.
        cases: the cases that have been needed.

    >>> from monoscan.theory.transition import Diagonal
    >>> from monoscan.theory.numbers import number
    >>> sign = Case(Diagonal((number(-1),)), Matrix.of([[0]]))
    >>> layer = GrowingLayer(Matrix.of([[1]]), lambda symbol: sign)
    >>> layer.step(0, ("a",)), layer.step(1, ("a",)), [str(state) for state in layer.states]
    (1, 0, ['[1]', '[-1]'])
    """

    def __init__(
        self,
        initial: Matrix,
        case: Callable[[Symbol], Case],
        rounding: NumberFormat | None = None,
    ) -> None:
        self.states = [initial]
        self.cases: dict[Symbol, Case] = {}
        self._case = case
        self._rounding = rounding
        self._order = order_of(initial.entries())
        self._vectors: list[Vector] = []
        self._numbers: dict[Matrix | Vector, int] = {}
        self._compiled: dict[Symbol, Step] = {}
        self._known: dict[tuple[int, Symbol], int] = {}
        self._renumber()

    def step(self, number: int, symbol: Symbol) -> int:
        """The number of the state after one more symbol."""
        key = (number, symbol)
        found = self._known.get(key)
        if found is None:
            if symbol not in self.cases:
                self._add_case(symbol)
            compute = self._integer_step if self._is_integer else self._matrix_step
            found = self._known[key] = compute(number, symbol)
        return found

    @property
    def _is_integer(self) -> bool:
        return self._rounding is None and self._order <= MAX_ORDER

    def _add_case(self, symbol: Symbol) -> None:
        case = self.cases[symbol] = self._case(symbol)
        order = order_of((*parameters(case.transition), *case.input.entries()))
        if self._order % order:
            self._order = lcm(self._order, order)
            self._renumber()

    def _renumber(self) -> None:
        """Writes all states in the field as it is now."""
        self._compiled.clear()
        if self._is_integer:
            self._vectors = [vector_of(state, self._order) for state in self.states]
        keys: Sequence[Matrix | Vector] = self._vectors if self._is_integer else self.states
        self._numbers = {key: number for number, key in enumerate(keys)}

    def _integer_step(self, number: int, symbol: Symbol) -> int:
        step = self._compiled.get(symbol)
        if step is None:
            step = self._compiled[symbol] = compiled_step(self.cases[symbol], self._order)
        try:
            vector = step(self._vectors[number])
        except NumberTooLargeError:
            vector = vector_of(self.cases[symbol].apply(self.states[number]), self._order)
        found = self._numbers.setdefault(vector, len(self.states))
        if found == len(self.states):
            self._vectors.append(vector)
            self.states.append(matrix_of(vector, self.states[0].shape[1], self._order))
        return found

    def _matrix_step(self, number: int, symbol: Symbol) -> int:
        state = self.cases[symbol].apply(self.states[number])
        if self._rounding is not None:
            state = state.map(self._rounding.round)
        found = self._numbers.setdefault(state, len(self.states))
        if found == len(self.states):
            self.states.append(state)
        return found


def order_of(numbers: tuple[Number, ...]) -> int:
    """The n of the smallest field Q(zeta_n) that holds some numbers; 1 for Q.

    >>> from monoscan.theory.numbers import number, sqrt_of
    >>> order_of((number(1), sqrt_of(2), sqrt_of(3)))
    24
    """
    return lcm(*(x.order for x in numbers if isinstance(x, Cyclotomic)))
