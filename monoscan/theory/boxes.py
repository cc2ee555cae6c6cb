"""Invariants of boxes: why a network with infinitely many states is right on all words.

Finitely many cells, each a box of states for every layer beside a state of the automaton, such that
all states of a cell go into one cell under each letter, and every read-out says the same in all
states of a box. The search keeps states apart by what is observed of them and by the last symbols,
as few as will do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, final

from monoscan.automata import Automaton
from monoscan.theory.box_layers import (
    PointLayer,
    RegionLayer,
    StraddlesError,
    TooManyPointsError,
)
from monoscan.theory.integer_steps import NumberTooLargeError
from monoscan.theory.intervals import Box
from monoscan.theory.layer_cache import QueueCache
from monoscan.theory.lrnn import LRNN, Delay, Layer, LRNNError, Queue, Value
from monoscan.theory.numbers import IrrationalNumberError
from monoscan.theory.readout import ReadoutUndefinedError, StateTable, Threshold

LONGEST_PAST = 8
"""The most of the last symbols that keep states of a layer apart."""
_FEW_CELLS = 2_000


@final
@dataclass(frozen=True)
class Cell:
    """A situation: a box of each layer beside a state of the automaton.

    Attributes:
        boxes: for each layer the number of its box.
        automaton: the state of the automaton.
        following: the number of the cell after each letter.
    """

    boxes: tuple[int, ...]
    automaton: int
    following: tuple[int, ...]


@final
@dataclass(frozen=True)
class BoxInvariant:
    """The network agrees with the automaton on all words: cells that no word leaves.

    Attributes:
        boxes: for each layer its boxes; for each delay its states.
        cells: the cells; the first one holds the initial states.
    """

    boxes: tuple[tuple[Box | Queue, ...], ...]
    cells: tuple[Cell, ...]

    @property
    def size(self) -> tuple[int, str]:
        """How many cells, and what they are."""
        return len(self.cells), "cell"


@final
@dataclass(frozen=True)
class NoInvariant:
    """No invariant of boxes was found, which proves nothing.

    Attributes:
        reason: what stood in the way with the longest past that was tried, in words.
        past: how many of the last symbols kept states apart then.
        cells: the most cells at a time.
    """

    reason: str
    past: int
    cells: int


_Layer: TypeAlias = PointLayer | RegionLayer | QueueCache
_Pair: TypeAlias = tuple[tuple[int, ...], int]


class _WrongAnswerError(Exception):
    """A cell in which the network does not answer like the automaton."""


class _TooManyCellsError(Exception):
    """More cells than the budget."""


class _TooManyPointsIn(Exception):
    def __init__(self, level: int) -> None:
        super().__init__(f"layer {level + 1} has many states")
        self.level = level


_TOO_MANY = (_TooManyPointsIn, _TooManyCellsError)
_NO_NUMBERS = (IrrationalNumberError, NumberTooLargeError)
_TOO_COARSE = (StraddlesError, _WrongAnswerError, LRNNError, ReadoutUndefinedError)


def find_invariant(
    lrnn: LRNN,
    target: Automaton,
    max_cells: int,
    progress: Callable[[str], None] = lambda _: None,
) -> BoxInvariant | NoInvariant:
    """Looks for boxes that show that a network agrees with an automaton on all words.

    Args:
        lrnn: the network; its alphabet is the automaton's, letters in the same order.
        target: the automaton it should agree with.
        max_cells: budget of cells.
        progress: called with a line of text now and then.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> len(find_invariant(scalar_parity(), parity, 10).cells)
    2
    """
    progress("looking for boxes of states that are observed alike")
    with_thresholds = _with_thresholds(lrnn)
    try:
        return _Search(lrnn, target, max_cells, 0, with_thresholds).run()
    except (*_TOO_MANY, *_NO_NUMBERS, *_TOO_COARSE):
        pass  # Next the states of each layer are kept one by one, as long as they are few.
    gathered: set[int] = set()
    most, past = 0, 0
    while True:
        progress(f"looking for boxes, states kept apart by the last {past} symbols")
        cells = max_cells if gathered == with_thresholds else min(max_cells, _FEW_CELLS)
        search = _Search(lrnn, target, cells, past, gathered)
        try:
            return search.run()
        except _TOO_MANY as error:
            level = error.level if isinstance(error, _TooManyPointsIn) else search.most_points()
            if level is None:
                return NoInvariant(str(error), past, max_cells)
            if level not in with_thresholds:
                reason = f"layer {level + 1} looks up single states, and has many"
                return NoInvariant(reason, past, len(search.numbers))
            gathered.add(level)
            continue
        except _NO_NUMBERS as error:
            return NoInvariant(str(error).split(";")[0], past, len(search.numbers))
        except _TOO_COARSE as error:
            most = max(most, len(search.numbers))
            if past == LONGEST_PAST or not gathered:
                return NoInvariant(str(error), past, most)
        past += 1


def _with_thresholds(lrnn: LRNN) -> set[int]:
    """The layers that are read through thresholds, by their places."""
    return {
        level
        for level, layer in enumerate(lrnn.layers)
        if not isinstance(layer, Delay) and isinstance(layer.readout, Threshold)
    }


def _layer(layer: Layer | Delay, past: int | None) -> _Layer:
    if isinstance(layer, Delay):
        return QueueCache(layer)
    return PointLayer(layer) if past is None else RegionLayer(layer, past)


class _Search:
    def __init__(
        self, lrnn: LRNN, target: Automaton, max_cells: int, past: int, gathered: set[int]
    ) -> None:
        self.target, self.max_cells = target, max_cells
        self.numbers: dict[_Pair, int] = {}
        self.layers: list[_Layer] = [
            _layer(layer, past if level in gathered else None)
            for level, layer in enumerate(lrnn.layers)
        ]

    def run(self) -> BoxInvariant:
        start: _Pair = (tuple([layer.start for layer in self.layers]), 0)
        self.numbers[start] = 0
        pairs: list[_Pair] = [start]
        following: list[tuple[int, ...]] = []
        for pair in pairs:
            self._check_answer(pair)
            row = []
            for index, letter in enumerate(self.target.alphabet):
                after = self._step(pair[0], letter), int(self.target.table[pair[1], index])
                if after not in self.numbers:
                    if len(pairs) >= self.max_cells:
                        raise _TooManyCellsError(f"more than {self.max_cells} cells")
                    self.numbers[after] = len(pairs)
                    pairs.append(after)
                row.append(self.numbers[after])
            following.append(tuple(row))
        return self._invariant(pairs, following)

    def most_points(self) -> int | None:
        """The layer with thresholds that has most of the states that are kept one by one."""
        points = {
            level: layer.n_states
            for level, layer in enumerate(self.layers)
            if isinstance(layer, PointLayer) and not isinstance(layer.layer.readout, StateTable)
        }
        return max(points, key=lambda level: points[level], default=None)

    def _check_answer(self, pair: _Pair) -> None:
        last, expected = self.layers[-1], self.target.outputs[pair[1]]
        assert not isinstance(last, QueueCache)
        if last.output(pair[0][-1]) != expected:
            raise _WrongAnswerError("a cell holds states of words with different answers")

    def _step(self, numbers: tuple[int, ...], letter: str) -> tuple[int, ...]:
        said: list[Value] = []
        advanced: list[int] = []
        for level, (layer, number) in enumerate(zip(self.layers, numbers, strict=True)):
            if isinstance(layer, QueueCache):
                of = layer.delay.of
                advanced.append(layer.step(number, said[of - 1] if of else letter))
                said.append(layer.handed_on(number))
                continue
            try:
                after = layer.step(number, layer.layer.symbol(letter, said))
                advanced.append(after)
                if layer is not self.layers[-1]:
                    said.append(layer.output(after))
            except TooManyPointsError:
                raise _TooManyPointsIn(level) from None
            except StraddlesError as error:
                raise StraddlesError(f"in layer {level + 1} {error}") from None
        return tuple(advanced)

    def _invariant(self, pairs: list[_Pair], following: list[tuple[int, ...]]) -> BoxInvariant:
        used: list[dict[int, int]] = [{} for _ in self.layers]
        cells = []
        for (numbers, state), after in zip(pairs, following, strict=True):
            places = [
                known.setdefault(number, len(known))
                for known, number in zip(used, numbers, strict=True)
            ]
            cells.append(Cell(tuple(places), state, after))
        boxes = tuple(
            tuple(
                [
                    layer.state(number) if isinstance(layer, QueueCache) else layer.box(number)
                    for number in known
                ]
            )
            for layer, known in zip(self.layers, used, strict=True)
        )
        return BoxInvariant(boxes, tuple(cells))
