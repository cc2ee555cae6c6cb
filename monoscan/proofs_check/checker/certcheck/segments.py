"""Evidence of the kind `segments`: all pairs that arise along the trees of a scan in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .automata import Automaton
from .boxes import read_index
from .formats import Semantics
from .limits import BYTE, MAX_STATES, WORK, require
from .matrices import to_matrix
from .networks import Layer, Network, case_of
from .reading import Node, Output
from .scan_pairs import Pair, Rows, apply_pair, join, keep_pair, pair_rows


class SaidCell(NamedTuple):
    """What all layers say after the words that lead to a cell."""

    outputs: tuple[Output, ...]
    automaton: int
    following: tuple[int, ...]


def read_said_cells(node: Node, network: Network, automaton: Automaton) -> list[SaidCell]:
    """The cells."""
    items, letters = node.items(1, MAX_STATES), len(automaton.alphabet)
    cells: list[SaidCell] = []
    for item in items:
        said, state, following = item.members("outputs", "automaton", "next")
        outputs = [x.output() for x in said.items(len(network.layers), len(network.layers))]
        after = tuple(read_index(x, len(items)) for x in following.items(letters, letters))
        index = read_index(state, len(automaton.table))
        cells.append(SaidCell(tuple(outputs), index, after))
    return cells


def require_segments(
    network: Network,
    automaton: Automaton,
    semantics: Semantics,
    cells: Sequence[SaidCell],
    length: int | None,
) -> None:
    """On words of up to `length` letters each layer says what the cells say."""
    require(cells[0].automaton == 0, "cells[0]: not of the initial state of the automaton")
    for number, cell in enumerate(cells):
        right = cell.outputs[-1] == automaton.outputs[cell.automaton]
        require(right, f"cells[{number}]: wrong answer")
        row = automaton.table[cell.automaton]
        for target, index in zip(row, cell.following, strict=True):
            ok = cells[index].automaton == target
            require(ok, f"cells[{number}]: the automaton goes to another state")
    for level, layer in enumerate(network.layers):
        if not isinstance(layer, Layer):
            require(False, "lrnn: there are no segments with a delay")
        else:
            Level(level, layer, automaton, semantics, cells).require_right(length)


class Level:
    """The pairs and the states of one layer; what is below says what the cells say."""

    def __init__(
        self,
        level: int,
        layer: Layer,
        automaton: Automaton,
        semantics: Semantics,
        cells: Sequence[SaidCell],
    ) -> None:
        self.level, self.layer, self.cells = level, layer, cells
        self.letters, self.semantics = list(automaton.alphabet), semantics
        self.pairs: list[Pair] = []
        self.numbers: dict[Pair, int] = {}
        self.joined: dict[tuple[int, int], int] = {}
        self.arise: dict[tuple[int, int], dict[tuple[int, int], None]] = {}
        self.states: list[Rows] = []
        self.known: dict[Rows, int] = {}
        self.said: list[Output] = []
        self.applied: dict[tuple[int, int], int] = {}

    def require_right(self, length: int | None) -> None:
        """Follow all states chunk by chunk."""
        start = self.number_of(pair_rows(self.layer.initial))
        self.require_says(start, 0, 0)
        seen = {(start, 0)}
        frontier, letters = [(start, 0)], 0
        while frontier:
            following: list[tuple[int, int]] = []
            for size in range(1, self.semantics.chunk + 1):
                if length is not None and letters + size > length:
                    return
                for place, cell in frontier:
                    for after in self.states_after(place, cell, size):
                        self.require_says(*after, letters + size)
                        if size == self.semantics.chunk and after not in seen:
                            WORK.spend(200 * BYTE)
                            seen.add(after)
                            following.append(after)
            frontier, letters = following, letters + self.semantics.chunk

    def require_says(self, state: int, cell: int, letters: int) -> None:
        """The layer says in a state what a cell says."""
        right = self.said[state] == self.cells[cell].outputs[self.level]
        require(right, f"layer {self.level + 1}: says something else after {letters} letters")

    def number_of(self, state: Rows) -> int:
        """The number of a state, whose output is asked for once."""
        WORK.spend(400 * len(state) * len(state[0]))
        number = self.known.setdefault(state, len(self.states))
        if number == len(self.states):
            WORK.keep(3 * len(state) * len(state[0]) + 20, 3)
            self.states.append(state)
            self.said.append(self.layer.readout.output(to_matrix(state)))
        return number

    def states_after(self, place: int, cell: int, size: int) -> Iterator[tuple[int, int]]:
        """The states after so many more letters of a chunk, with their cells."""
        for number, after in self.arising(size, cell):
            WORK.spend(500)
            state = self.applied.get((number, place))
            if state is None:
                WORK.spend(100 * BYTE)
                moved = apply_pair(self.pairs[number], self.states[place], self.semantics.form)
                state = self.applied[number, place] = self.number_of(moved)
            yield state, after

    def arising(self, size: int, cell: int) -> dict[tuple[int, int], None]:
        """The pairs over so many letters from a cell, with the cells after them."""
        found = self.arise.get((size, cell))
        if found is not None:
            return found
        found = {}
        if size == 1:
            for letter, after in zip(self.letters, self.cells[cell].following, strict=True):
                case = case_of(self.layer, [letter, *self.cells[after].outputs[: self.level]])
                number = self.number(((pair_rows(case.a.matrix)), pair_rows(case.b)))
                found[number, after] = None
        else:
            last = 1 << ((size - 1).bit_length() - 1)
            for first, middle in self.arising(size - last, cell):
                for second, after in self.arising(last, middle):
                    WORK.spend(300)
                    found[self.join(first, second), after] = None
        WORK.spend(100 * BYTE * (len(found) + 1))
        self.arise[size, cell] = found
        return found

    def join(self, first: int, second: int) -> int:
        """The number of the pair of two parts."""
        number = self.joined.get((first, second))
        if number is None:
            WORK.spend(100 * BYTE)
            pair = join(self.pairs[first], self.pairs[second], self.semantics.form)
            number = self.joined[first, second] = self.number(pair)
        return number

    def number(self, pair: Pair) -> int:
        """The number of a pair."""
        WORK.spend(400 * sum(len(row) for part in pair for row in part))
        number = self.numbers.setdefault(pair, len(self.pairs))
        if number == len(self.pairs):
            keep_pair(pair)
            self.pairs.append(pair)
        return number
