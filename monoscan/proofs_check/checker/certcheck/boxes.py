"""Kind boxes: a network with any number of states, whose states finitely many boxes contain."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from .alike import copies, without_copies
from .automata import read_automaton, read_state
from .delays import Delay, Queue, Value
from .fields import RATIONALS
from .formats import read_semantics
from .kinds import HEAD
from .limits import MAX_STATES, WORK, Invalid, charge, digits_of, require, shown
from .matrices import Matrix, to_matrix
from .network_windows import require_windows
from .networks import Case, Layer, Network, case_of, read_network, require_admissible
from .reading import Node, Output
from .regions import read_properties, require_properties
from .windows import optional, read_windows

ENDS = ("[]", "()", "[)", "(]")
ZERO = Fraction(0)


class Interval(NamedTuple):
    """Rational numbers between two ends, each of which may belong to it; None: no end."""

    low: Fraction | None
    high: Fraction | None
    with_low: bool = True
    with_high: bool = True

    def times(self, factor: Fraction) -> Interval:
        """All products with a factor other than 0."""
        low, high = (end if end is None else product(end, factor) for end in self[:2])
        if factor > 0:
            return Interval(low, high, self.with_low, self.with_high)
        return Interval(high, low, self.with_high, self.with_low)

    def plus(self, other: Interval) -> Interval:
        """All sums with a number of another interval."""
        low, high = total(self.low, other.low), total(self.high, other.high)
        with_low, with_high = self.with_low and other.with_low, self.with_high and other.with_high
        return Interval(low, high, with_low, with_high)

    def inside(self, other: Interval) -> bool:
        """Whether another interval contains it."""
        above = no_less(self.low, other.low, other.with_low or not self.with_low)
        below = no_less(other.high, self.high, other.with_high or not self.with_high)
        return (other.low is None or above) and (other.high is None or below)

    def bit(self, strict: bool, bound: Fraction) -> str | None:
        """Whether all its numbers are >= a bound, or > it if strict; None: some are, some not."""
        low = None if self.low is None else difference(self.low, bound)
        high = None if self.high is None else difference(self.high, bound)
        if low is not None and (low > 0 or (low == 0 and not (strict and self.with_low))):
            return "1"
        if high is not None and (high < 0 or (high == 0 and (strict or not self.with_high))):
            return "0"
        return None


def product(x: Fraction, y: Fraction) -> Fraction:
    """The product, charged for."""
    charge(x, y)
    return x * y


def difference(x: Fraction, y: Fraction) -> Fraction:
    """The difference, charged for."""
    charge(x, y)
    return x - y


def total(x: Fraction | None, y: Fraction | None) -> Fraction | None:
    """The sum, charged for; None if one of them is no end."""
    if x is None or y is None:
        return None
    charge(x, y)
    return x + y


def no_less(x: Fraction | None, y: Fraction | None, or_equal: bool) -> bool:
    """Whether x > y, or x = y if that counts; not if one of them is no end."""
    if x is None or y is None:
        return False
    gap = difference(x, y)
    return gap > 0 or (or_equal and gap == 0)


Box = tuple[tuple[Interval, ...], ...]  # an interval for each entry of a state, row by row


class Listed(NamedTuple):
    """The boxes of a layer, or the states of a delay."""

    boxes: Sequence[Box] = ()
    queues: Sequence[Queue] = ()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.boxes) + len(self.queues)


class Cell(NamedTuple):
    """A box of each layer beside a state of the automaton, and the cell after each letter."""

    places: tuple[int, ...]
    automaton: int
    following: tuple[int, ...]


def check_boxes(node: Node) -> str:
    """The network answers like the automaton on every word, as an invariant of boxes shows."""
    keys = ("semantics", "lrnn", "automaton", "properties", "boxes", "cells")
    members = node.members(*keys, *HEAD, *optional(node), *copies(node))
    semantics, network = read_semantics(members[0]), read_network(members[1])
    automaton = without_copies(node, read_automaton(members[2]))
    properties = read_properties(members[3])
    layers = network.layers
    lists = members[4].items(len(layers), len(layers))
    listed = [
        read_boxes(part.items(1, MAX_STATES), layer)
        for layer, part in zip(layers, lists, strict=True)
    ]
    items = members[5].items(1, MAX_STATES)
    cells: list[Cell] = []
    for item in items:
        places, state, following = item.members("boxes", "automaton", "next")
        numbers = places.items(len(layers), len(layers))
        boxes = tuple(read_index(x, part.size) for x, part in zip(numbers, listed, strict=True))
        after = following.items(len(automaton.alphabet), len(automaton.alphabet))
        cells.append(
            Cell(
                boxes,
                read_state(state, automaton),
                tuple(read_index(x, len(items)) for x in after),
            )
        )
    windows = read_windows(node)

    require(semantics.name == "threshold", "semantics: boxes are about the semantics threshold")
    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    for number, layer in network.recurrent():
        rational = layer.field == RATIONALS
        require(rational, f"lrnn.layers[{number}]: boxes are rational, with a field there are none")
    require_admissible(network, semantics)
    require_properties(network, properties, semantics)
    require_windows(network, windows, semantics.name)
    moves = Images(network, listed)
    moves.require_start(cells[0])
    for number, cell in enumerate(cells):
        where = f"cells[{number}]"
        output, expected = moves.outputs[-1][cell.places[-1]], automaton.outputs[cell.automaton]
        said = f"output {shown(output)}, the automaton says {shown(expected)}"
        require(output == expected, f"{where}: wrong answer, {said}")
        row = automaton.table[cell.automaton]
        for letter, target, index in zip(automaton.alphabet, row, cell.following, strict=True):
            found = cells[index]
            right = found.automaton == target
            require(right, f"{where}: under {shown(letter)} the automaton goes to another state")
            moves.require(cell, letter, found, where)
    return ""


def read_index(node: Node, length: int) -> int:
    """The place of an entry in a list of this length."""
    index = node.integer()
    if not 0 <= index < length:
        node.fail(f"expected a number from 0 to {length - 1}")
    return index


def read_boxes(items: Sequence[Node], layer: Layer | Delay) -> Listed:
    """The boxes of a layer, or the states of a delay."""
    if isinstance(layer, Delay):
        return Listed(queues=[layer.read_state(item) for item in items])
    return Listed([read_box(item, layer) for item in items])


def read_box(node: Node, layer: Layer) -> Box:
    """A box of states of a layer."""
    height, width = layer.initial.shape[0] // layer.field.degree, layer.initial.shape[1]
    rows = [row.items(width, width) for row in node.items(height, height)]
    return tuple(tuple(map(read_interval, row)) for row in rows)


def read_interval(node: Node) -> Interval:
    """An interval that is not empty; a single number is written as this number."""
    if isinstance(node.value, str):
        number = node.rational()
        WORK.keep(2, digits_of(number))
        return Interval(number, number)
    low_node, high_node, ends_node = node.members("from", "to", "ends")
    ends = ends_node.choice(ENDS)
    low = None if low_node.value == "-infinity" else low_node.rational()
    high = None if high_node.value == "infinity" else high_node.rational()
    found = Interval(low, high, ends[0] == "[", ends[1] == "]")
    if (low is None and found.with_low) or (high is None and found.with_high):
        ends_node.fail("no number lies at infinity; write a round bracket there")
    if low is not None and high is not None and low >= high:
        node.fail("an empty interval, or a single number, which is written as this number")
    WORK.keep(4, max(digits_of(end) for end in (low, high, ZERO) if end is not None))
    return found


def state_of(box: Box) -> Matrix | None:
    """The only state in a box; None if there are more."""
    rows: list[list[Fraction]] = []
    for row in box:
        ends = [interval.low for interval in row if interval.low == interval.high]
        numbers = [end for end in ends if end is not None]
        if len(numbers) < len(row):
            return None
        rows.append(numbers)
    return to_matrix(rows)


class Scale(NamedTuple):
    """A weighted sum, and its thresholds: (number of the functional, strict relation?, bound)."""

    weights: Matrix
    marks: list[tuple[int, bool, Fraction]]


def scales_of(layer: Layer) -> list[Scale]:
    """The functionals of a read-out by their weights, so that each sum is enclosed once a box."""
    found: dict[Matrix, Scale] = {}
    for index, (weights, strict, bound) in enumerate(layer.readout.functionals):
        WORK.spend(2_000 + 100 * weights.size * len(weights.rows) * len(weights.rows[0]))
        found.setdefault(weights, Scale(weights, [])).marks.append((index, strict, bound))
    return list(found.values())


def output_of(layer: Layer, scales: Sequence[Scale], box: Box, where: str) -> Output:
    """What a layer reports in all states of a box."""
    WORK.spend(2_000)
    if not scales:
        state = state_of(box)
        if state is None:
            raise Invalid(f"{where}: more than one state, and the read-out lists single states")
        return layer.readout.output(state)
    bits = ["?"] * len(layer.readout.functionals)
    for scale in scales:
        columns = zip(scale.weights.fractions(), box, strict=True)
        pairs = [pair for row, part in columns for pair in zip(row, part, strict=True)]
        values = combination(pairs, ZERO)
        for index, strict, bound in scale.marks:
            bit = values.bit(strict, bound)
            if bit is None:
                raise Invalid(f"{where}: straddles the threshold of functional {index}")
            bits[index] = bit
    key = "".join(bits)
    if key not in layer.readout.table:
        raise Invalid(f"{where}: the read-out has no output for {key!s:.200}")
    return layer.readout.table[key]


def combination(terms: Sequence[tuple[Fraction, Interval]], shift: Fraction) -> Interval:
    """All sums of a number, and of each factor times a number of its interval."""
    WORK.spend(300 * (len(terms) + 1))
    found = Interval(shift, shift)
    for factor, interval in terms:
        if factor:
            found = found.plus(interval.times(factor))
    return found


def contained(box: Box, larger: Box) -> bool:
    """Whether a box lies inside another one."""
    pairs = zip(box, larger, strict=True)
    return all(x.inside(y) for row, other in pairs for x, y in zip(row, other, strict=True))


class Images:
    """Where the boxes of the layers go; each step of a box under a case is computed once."""

    def __init__(self, network: Network, listed: Sequence[Listed]) -> None:
        self.network, self.listed = network, listed
        self.images: dict[tuple[int, int], Box] = {}  # by the identity of a case, and a box
        self.known: set[tuple[int, int, int]] = set()  # and a box that contains the image
        self.outputs: list[list[Output]] = [[] for _ in listed]  # of the layers, for each box
        for level, layer in network.recurrent():
            scales = scales_of(layer)
            self.outputs[level] = [
                output_of(layer, scales, box, f"boxes[{level}][{number}]")
                for number, box in enumerate(listed[level].boxes)
            ]

    def require_start(self, first: Cell) -> None:
        """The initial states lie in the first cell, beside the automaton's initial state."""
        require(first.automaton == 0, "cells[0]: not of the initial state of the automaton")
        for level, layer in enumerate(self.network.layers):
            number, place = first.places[level], f"cells[0]: the initial state of layer {level + 1}"
            if isinstance(layer, Delay):
                inside = self.listed[level].queues[number] == layer.initial
            else:
                rows = layer.initial.fractions()
                state = tuple(tuple(Interval(x, x) for x in row) for row in rows)
                inside = contained(state, self.listed[level].boxes[number])
            require(inside, f"{place} lies outside")

    def require(self, cell: Cell, letter: str, after: Cell, where: str) -> None:
        """All states of a cell go into another one under a letter."""
        heard: list[Value] = [letter]
        for level, layer in enumerate(self.network.layers):
            box, target, listed = cell.places[level], after.places[level], self.listed[level]
            leaves = f"{where}: not closed, under {shown(letter)} layer {level + 1} leaves the"
            if isinstance(layer, Delay):
                queue = listed.queues[box]
                moved = layer.step(queue, heard[layer.of])
                require(moved == listed.queues[target], f"{leaves} next cell")
                heard.append(queue[0])
                continue
            case = case_of(layer, heard)
            if (id(case), box, target) not in self.known:
                inside = contained(self.image(case, level, box), listed.boxes[target])
                require(inside, f"{leaves} next cell")
                WORK.spend(40_000)
                self.known.add((id(case), box, target))
            heard.append(self.outputs[level][target])

    def image(self, case: Case, level: int, number: int) -> Box:
        """The least box that contains A H + B for all H in a box."""
        found = self.images.get((id(case), number))
        if found is None:
            matrix, shift, box = case.a.matrix.fractions(), case.b.fractions(), []
            columns = list(zip(*self.listed[level].boxes[number], strict=True))
            for row, shifts in zip(matrix, shift, strict=True):
                pairs = zip(columns, shifts, strict=True)
                box.append(tuple(combination(list(zip(row, x, strict=True)), b) for x, b in pairs))
            found = self.images[id(case), number] = tuple(box)
            ends = [end for row in found for x in row for end in x[:2] if end is not None]
            WORK.keep(2 * len(found) * len(found[0]), max(map(digits_of, ends), default=1))
        return found
