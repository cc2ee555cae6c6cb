"""The cast-unrolled states of one layer along an ultimately periodic sequence of symbols.

With the period's matrices multiplied to U, the unrolled sum after n periods and j more symbols
consists of sequences L U^q R: one for the initial state and for each symbol of the stem, and for
each place of the period a sum over q < n. Each entry of each sequence is a linear recurrent
sequence, so its cast is eventually periodic, the sums are eventually affine, and their casts
settle (docs/lemmas/sign-lemma.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from monoscan.theory.eventual import eventual_cast, eventual_cast_of_sum
from monoscan.theory.lasso import Lasso, combine, interleave
from monoscan.theory.lrnn import Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number
from monoscan.theory.semantics import CastUnrolled


def cast_states(
    layer: Layer, semantics: CastUnrolled, symbols: Lasso[Symbol]
) -> Lasso[Matrix] | None:
    """The matrices that the read-out sees after each symbol, or None if not decided."""
    problem = _Problem(layer, semantics, symbols)
    places: list[Lasso[Matrix]] = []
    for place in range(1, len(symbols.cycle) + 1):
        states = problem.states_at(place)
        if states is None:
            return None
        places.append(states)
    cycle = interleave(places)
    return Lasso(problem.stem_states() + cycle.stem, cycle.cycle)


class _Problem:
    """The products of A and B that the unrolled sums along one lasso are made of."""

    def __init__(self, layer: Layer, semantics: CastUnrolled, symbols: Lasso[Symbol]) -> None:
        self.layer = layer
        self.semantics = semantics
        self.symbols = symbols
        stem = [layer.case(symbol) for symbol in symbols.stem]
        self.cycle = [layer.case(symbol) for symbol in symbols.cycle]
        # What is there before the first period, as exact terms, and what each period adds.
        self.before = [_product(stem, layer.initial), *_tails(stem)]
        self.added = _tails(self.cycle)
        self.period = _product(self.cycle, Matrix.identity(layer.initial.shape[0]))

    def stem_states(self) -> tuple[Matrix, ...]:
        """The visible states after each symbol of the stem, computed directly."""
        states = []
        state = self.semantics.start(self.layer)
        for symbol in self.symbols.stem:
            state = self.semantics.step(self.layer, state, symbol)
            states.append(self.semantics.visible(state))
        return tuple(states)

    def states_at(self, place: int) -> Lasso[Matrix] | None:
        """The visible states after n periods and `place` symbols, n = 0, 1, ..."""
        head = self.cycle[:place]
        left = _product(head, self.period.power(0))
        held = self._casts(left, self.before)
        added = self._casts(left, self.added)
        if held is None or added is None:
            return None
        fresh = [tail.map(self.semantics.format.round) for tail in _tails(head)]
        height, width = self.layer.initial.shape
        entries: list[Lasso[Number]] = []
        for index in range(height * width):
            constant = sum((term.entries()[index] for term in fresh), ZERO)
            base = combine([*held[index], Lasso((), (constant,))], _total)
            increments = combine(added[index], _total)
            entries.append(eventual_cast_of_sum(base, increments, self.semantics.format))
        return combine(entries, lambda values: _reshape(values, width))

    def _casts(self, left: Matrix, terms: Sequence[Matrix]) -> list[list[Lasso[Number]]] | None:
        """For each entry, the casts of left U^q term, q = 0, 1, ..., one lasso a term."""
        height, width = self.layer.initial.shape
        result: list[list[Lasso[Number]]] = [[] for _ in range(height * width)]
        for term in terms:
            powers = _Powers(self.period, term, left)
            for index, lassos in enumerate(result):
                lasso = eventual_cast(
                    partial(powers.entry, index=index), height, self.semantics.format
                )
                if lasso is None:
                    return None
                lassos.append(lasso)
        return result


class _Powers:
    """Entries of left U^q term, remembered."""

    def __init__(self, period: Matrix, term: Matrix, left: Matrix) -> None:
        self.period = period
        self.left = left
        self._inner = [term]
        self._entries: list[tuple[Number, ...]] = []

    def entry(self, q: int, index: int) -> Number:
        while len(self._entries) <= q:
            self._entries.append((self.left @ self._inner[-1]).entries())
            self._inner.append(self.period @ self._inner[-1])
        return self._entries[q][index]


def _product(cases: Sequence[Case], start: Matrix) -> Matrix:
    """A_m ... A_1 start."""
    for case in cases:
        start = case.matrix @ start
    return start


def _tails(cases: Sequence[Case]) -> list[Matrix]:
    """A_m ... A_(i+1) B_i for each i."""
    return [_product(cases[i + 1 :], case.input) for i, case in enumerate(cases)]


def _total(values: Sequence[Number]) -> Number:
    return sum(values, ZERO)


def _reshape(values: Sequence[Number], width: int) -> Matrix:
    return Matrix(tuple(tuple(values[i : i + width]) for i in range(0, len(values), width)))
