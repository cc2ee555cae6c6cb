"""All words at once along the trees of a scan in chunks: the pairs that can arise, part by part.

The tree over a prefix of m letters of a chunk joins the tree over all but the last p of them with
the full tree over the last p, for p the largest power of 2 below m. So the pairs that arise over m
letters, each with the cells between which it leads, are those over m - p letters joined with those
over p. A cell is what a layer should know: the outputs of all layers and a state of the automaton.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul
from typing import TypeAlias

from monoscan.automata import Automaton, Output
from monoscan.errors import NoAnswer
from monoscan.theory.chunk_scan import ChunkScan, Pair, pair_of
from monoscan.theory.explore import Word
from monoscan.theory.lrnn import LRNN, Delay, Layer, LRNNError
from monoscan.theory.matrix import Matrix

_Moves: TypeAlias = dict[tuple[int, int], "tuple[int, int, int] | str"]


@dataclass(frozen=True)
class ScanCell:
    """What all layers say after the words that lead here.

    Attributes:
        outputs: of each layer, bottom to top.
        automaton: number of a state.
        following: numbers of the cells after each letter, in the order of the alphabet.
    """

    outputs: tuple[Output, ...]
    automaton: int
    following: tuple[int, ...]


@dataclass(frozen=True)
class Segments:
    """How long a network does along trees what cells say.

    Attributes:
        cells: the cells; the first one is that of the empty word.
        length: up to how many letters, None for any number.
        word: a word of one letter more after which a layer says something else; None if the budget
            ended the search, or if there is none.
    """

    cells: tuple[ScanCell, ...]
    length: int | None
    word: Word | None


class _BudgetReachedError(Exception):
    """There is no more work to be done."""


def explore_segments(
    lrnn: LRNN, semantics: ChunkScan, target: Automaton, cells: tuple[ScanCell, ...], budget: int
) -> Segments:
    """Compares a scanned network with cells, on all words, the shorter ones first.

    Args:
        lrnn: the network, without delays.
        semantics: the scan.
        target: the automaton that the cells follow.
        cells: as `scan_cells` makes them.
        budget: products of two numbers, for each layer.
    """
    found = [_Level(lrnn, semantics, target, cells, i, budget).run() for i in range(lrnn.depth)]
    shortest = min(found, key=lambda pair: (pair[0] is None, pair[0] or 0, pair[1] is None))
    return Segments(cells, *shortest)


class _Level:
    """The pairs and the states of one layer; those below say what the cells say."""

    def __init__(
        self,
        lrnn: LRNN,
        semantics: ChunkScan,
        target: Automaton,
        cells: tuple[ScanCell, ...],
        level: int,
        budget: int,
    ) -> None:
        layer = lrnn.layers[level]
        assert isinstance(layer, Layer)
        self.layer, self.semantics, self.cells, self.level = layer, semantics, cells, level
        self.alphabet, self.left = target.alphabet, budget
        self.pairs: list[Pair] = []
        self.numbers: dict[Pair, int] = {}
        self.joined: dict[tuple[int, int], int] = {}
        self.arise: dict[tuple[int, int], _Moves] = {}
        self.states: list[Matrix] = [layer.initial]
        self.known: dict[Matrix, int] = {layer.initial: 0}
        self.applied: dict[tuple[int, int], int] = {}

    def run(self) -> tuple[int | None, Word | None]:
        """Up to how many letters the layer says what the cells say, and a longer word."""
        if not self._says(0, 0):
            return -1, ()
        origins: dict[tuple[int, int], Word] = {(0, 0): ()}
        frontier, letters = [(0, 0)], 0
        while frontier:
            following: list[tuple[int, int]] = []
            for size in range(1, self.semantics.chunk + 1):
                for place, cell in frontier:
                    try:
                        for move, state in self._states(place, cell, size):
                            if not self._says(state, move[1]):
                                word = origins[place, cell] + self._word(size, cell, move)
                                return letters + size - 1, word
                            after = state, move[1]
                            if size == self.semantics.chunk and after not in origins:
                                word = origins[place, cell] + self._word(size, cell, move)
                                origins[after] = word
                                following.append(after)
                    except _BudgetReachedError:
                        return letters + size - 1, None
            frontier, letters = following, letters + self.semantics.chunk
        return None, None

    def _spend(self, products: int) -> None:
        self.left -= products
        if self.left < 0:
            raise _BudgetReachedError

    def _says(self, state: int, cell: int) -> bool:
        try:
            said = self.layer.output(self.states[state])
        except NoAnswer:
            return False
        return said == self.cells[cell].outputs[self.level]

    def _states(self, place: int, cell: int, size: int) -> Iterator[tuple[tuple[int, int], int]]:
        for move in self._arising(size, cell):
            number = self.applied.get((move[0], place))
            if number is None:
                pair = self.pairs[move[0]]
                self._spend(sum(pair.factors) * self.layer.initial.shape[1])
                state = pair.apply(self.states[place], self.semantics.format)
                number = self.known.setdefault(state, len(self.states))
                if number == len(self.states):
                    self.states.append(state)
                self.applied[move[0], place] = number
            yield move, number

    def _arising(self, size: int, cell: int) -> _Moves:
        """The pairs over so many letters from a cell, with the cell after them and their origin."""
        found = self.arise.get((size, cell))
        if found is not None:
            return found
        found = {}
        if size == 1:
            for letter, after in zip(self.alphabet, self.cells[cell].following, strict=True):
                said = self.cells[after].outputs[: self.level]
                pair = pair_of(self.layer.case(self.layer.symbol(letter, said)))
                found.setdefault((self._number(pair), after), letter)
        else:
            last = 1 << ((size - 1).bit_length() - 1)
            for first, middle in self._arising(size - last, cell):
                for second, after in self._arising(last, middle):
                    move = self._join(first, second), after
                    found.setdefault(move, (first, middle, second))
        self.arise[size, cell] = found
        return found

    def _join(self, first: int, second: int) -> int:
        found = self.joined.get((first, second))
        if found is None:
            left, right = self.pairs[second], self.pairs[first]
            self._spend(sum(map(mul, left.factors, right.entries)))
            pair = left.after(right, self.semantics.format)
            found = self.joined[first, second] = self._number(pair)
        return found

    def _number(self, pair: Pair) -> int:
        number = self.numbers.setdefault(pair, len(self.pairs))
        if number == len(self.pairs):
            self.pairs.append(pair)
        return number

    def _word(self, size: int, cell: int, move: tuple[int, int]) -> Word:
        origin = self.arise[size, cell][move]
        if isinstance(origin, str):
            return (origin,)
        first, middle, second = origin
        last = 1 << ((size - 1).bit_length() - 1)
        start = self._word(size - last, cell, (first, middle))
        return start + self._word(last, middle, (second, move[1]))


def scan_cells(lrnn: LRNN, target: Automaton, most: int) -> tuple[ScanCell, ...] | None:
    """Cells of what a network says when nothing is rounded, or None if there are none.

    Args:
        lrnn: the network.
        target: the automaton that it should agree with.
        most: how many cells there may be.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> [cell.outputs for cell in scan_cells(scalar_parity(), parity, 10)]
    [(True,), (False,)]
    """
    if lrnn.depth == 1 and len(lrnn.layers) == 1:
        rows = zip(target.outputs, target.table, strict=True)
        return tuple(
            ScanCell((output,), state, tuple(map(int, row)))
            for state, (output, row) in enumerate(rows)
        )
    from monoscan.theory.horizon.centres import find_centres

    if any(isinstance(layer, Delay) for layer in lrnn.layers):
        return None
    centres = find_centres(lrnn, target, most)
    if centres is None:
        return None
    cells = []
    for cell in centres.cells:
        outputs = []
        for layer, listed, place in zip(lrnn.layers, centres.listed, cell.places, strict=True):
            centre = listed[place]
            assert isinstance(layer, Layer)
            assert isinstance(centre, Matrix)
            try:
                outputs.append(layer.output(centre))
            except (NoAnswer, LRNNError):
                return None
        cells.append(ScanCell(tuple(outputs), cell.automaton, cell.following))
    return tuple(cells)
