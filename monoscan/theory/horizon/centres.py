"""Centres of balls: where the states of a network stay near, one list for each layer.

They are guessed in floating point, because any centres will do: what they are good for is computed
in exact arithmetic afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from monoscan.automata import Automaton, Output
from monoscan.errors import NoAnswer
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, LRNNError, Queue, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational
from monoscan.theory.readout import StateTable

Array: TypeAlias = npt.NDArray[np.float64]
_TOLERANCES = (2.0**-30, 2.0**-16, 2.0**-8, 2.0**-5, 2.0**-3, 2.0**-2)
_SWEEPS = 60


@dataclass(frozen=True)
class CentreCell:
    """A centre of each layer, or a state of a delay, beside a state of the automaton.

    Attributes:
        places: their numbers.
        automaton: number of the state.
        following: numbers of the cells after each letter, in the order of the alphabet.
    """

    places: tuple[int, ...]
    automaton: int
    following: tuple[int, ...]


@dataclass(frozen=True)
class Centres:
    """Centres, and cells that follow the automaton; the first one holds the initial states.

    Attributes:
        listed: for each layer its centres, for each delay its states.
        cells: all that words lead to.
    """

    listed: tuple[tuple[Matrix | Queue, ...], ...]
    cells: tuple[CentreCell, ...]


class _NotTheseError(Exception):
    """Too many cells, or an answer at a centre that is wrong."""


def find_centres(lrnn: LRNN, target: Automaton, most: int) -> Centres | None:
    """Centres near which a network stays at first, or None if none were found.

    Args:
        lrnn: the network, rational.
        target: the automaton that it should agree with.
        most: how many cells there may be.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> len(find_centres(scalar_parity(), parity, 10).cells)
    2
    """
    for tolerance in _TOLERANCES:
        try:
            with np.errstate(over="ignore", invalid="ignore"):  # such states are refused
                return _Walk(lrnn, target, tolerance, most).centres()
        except (_NotTheseError, NoAnswer, LRNNError, OverflowError):
            continue
    return None


def _array(matrix: Matrix) -> Array:
    return np.array([[float(rational(x)) for x in row] for row in matrix.rows])


def _exact(array: Array) -> Matrix:
    """The entries as rationals; a number next to a short one is taken for it."""
    return Matrix(tuple(tuple(_short(float(x)) for x in row) for row in array))


def _short(x: float) -> Fraction:
    near = Fraction(x).limit_denominator(64)
    return near if abs(near - Fraction(x)) < Fraction(1, 2**44) else Fraction(x)


class _Walk:
    """One walk over all cells, which takes states nearer than a tolerance for one."""

    def __init__(self, lrnn: LRNN, target: Automaton, tolerance: float, most: int) -> None:
        self.lrnn, self.target, self.most = lrnn, target, most
        self.listed: list[list[Array]] = [[] for _ in lrnn.layers]
        self.queues: list[dict[Queue, int]] = [{} for _ in lrnn.layers]
        self.maps: dict[Case, tuple[Array, Array]] = {}
        self.moves: list[dict[tuple[int, Case], int]] = [{} for _ in lrnn.layers]
        self.said: list[list[Output]] = [[] for _ in lrnn.layers]
        self.scale = [self._scale(layer) * tolerance for layer in lrnn.layers]
        self.cells = self._walk()

    def _scale(self, layer: Layer | Delay) -> float:
        if isinstance(layer, Delay):
            return 1.0
        sizes = [np.abs(_array(case.input)).max() for case in layer.cases.values()]
        return float(max(np.abs(_array(layer.initial)).max(), *sizes)) or 1.0

    def _walk(self) -> list[CentreCell]:
        start = tuple(
            self.queues[level].setdefault(layer.initial, 0)
            if isinstance(layer, Delay)
            else self._place(level, _array(layer.initial))
            for level, layer in enumerate(self.lrnn.layers)
        )
        numbers = {(start, 0): 0}
        pairs, following = [(start, 0)], []
        for places, state in pairs:
            if self._output(places) != self.target.outputs[state]:
                raise _NotTheseError
            row = []
            for index, letter in enumerate(self.target.alphabet):
                after = self._step(places, letter), int(self.target.table[state, index])
                row.append(numbers.setdefault(after, len(pairs)))
                if row[-1] == len(pairs):
                    if len(pairs) == self.most:
                        raise _NotTheseError
                    pairs.append(after)
            following.append(tuple(row))
        return [CentreCell(*pair, row) for pair, row in zip(pairs, following, strict=True)]

    def _place(self, level: int, state: Array) -> int:
        if not np.isfinite(state).all():
            raise _NotTheseError
        listed = self.listed[level]
        if listed:
            gaps = np.abs(np.array(listed) - state).max(axis=(1, 2))
            nearest = int(gaps.argmin())
            if gaps[nearest] <= self.scale[level]:
                return nearest
        listed.append(state)
        layer = self.lrnn.layers[level]
        assert isinstance(layer, Layer)
        if layer is not self.lrnn.last:
            self.said[level].append(layer.output(_seen(layer, state)))
        return len(listed) - 1

    def _output(self, places: Sequence[int]) -> Output:
        last = self.lrnn.last
        return last.output(_seen(last, self.listed[-1][places[-1]]))

    def _step(self, places: Sequence[int], letter: str) -> tuple[int, ...]:
        heard: list[Value] = [letter]
        after: list[int] = []
        for level, (layer, place) in enumerate(zip(self.lrnn.layers, places, strict=True)):
            if isinstance(layer, Delay):
                known = self.queues[level]
                queue = list(known)[place]
                value, moved = layer.step(queue, heard[layer.of])
                after.append(known.setdefault(moved, len(known)))
                heard.append(value)
                continue
            case = layer.case(layer.symbol(letter, heard[1:]))
            found = self.moves[level].get((place, case))
            if found is None:
                a, b = self._map(case)
                found = self._place(level, a @ self.listed[level][place] + b)
                self.moves[level][place, case] = found
            after.append(found)
            if layer is not self.lrnn.last:
                heard.append(self.said[level][found])
        return tuple(after)

    def _map(self, case: Case) -> tuple[Array, Array]:
        if case not in self.maps:
            self.maps[case] = _array(case.matrix), _array(case.input)
        return self.maps[case]

    def centres(self) -> Centres:
        """The centres, moved to where the steps between them fit best."""
        listed: list[tuple[Any, ...]] = []
        for level, layer in enumerate(self.lrnn.layers):
            if isinstance(layer, Delay):
                listed.append(tuple(self.queues[level]))
                continue
            fitted = self.listed[level]
            if not isinstance(layer.readout, StateTable):
                fitted = self._fitted(level)
            listed.append(tuple(map(_exact, fitted)))
        return Centres(tuple(listed), tuple(self.cells))

    def _fitted(self, level: int) -> list[Array]:
        """Least squares of all gaps |A R + B - R'| between centres R and R', by descent."""
        points = np.array(self.listed[level])
        moves = [(i, *self._map(case), j) for (i, case), j in self.moves[level].items()]
        source = np.array([move[0] for move in moves])
        a, b = np.array([move[1] for move in moves]), np.array([move[2] for move in moves])
        target = np.array([move[3] for move in moves])
        pull = np.zeros(len(points))
        np.add.at(pull, source, np.linalg.norm(a, 2, axis=(1, 2)) ** 2)
        np.add.at(pull, target, 1.0)
        rate = 1.0 / (2 * np.maximum(pull, 1.0))[:, None, None]
        for _ in range(_SWEEPS):
            gap = a @ points[source] + b - points[target]
            slope = np.zeros_like(points)
            np.add.at(slope, source, np.swapaxes(a, 1, 2) @ gap)
            np.add.at(slope, target, -gap)
            points = points - rate * slope
        if not np.isfinite(points).all():
            raise _NotTheseError
        return list(points)


def _seen(layer: Layer, state: Array) -> Matrix:
    return (
        _exact(state)
        if isinstance(layer.readout, StateTable)
        else Matrix(tuple(tuple(Fraction(float(x)) for x in row) for row in state))
    )
