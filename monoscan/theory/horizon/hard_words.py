"""An adversarial search for a short word on which a rounded network fails.

Many words are followed at once in floating point, with the operations of the semantics in their
order: periodic words, because errors add up along them, and random ones. A word that fails there is
computed once more in exact arithmetic, and counts only if it fails there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from monoscan.automata import Automaton, Output
from monoscan.errors import NoAnswer
from monoscan.theory.chunk_scan import ChunkScan, Pair, Passes, doubled
from monoscan.theory.explore import Word
from monoscan.theory.formats import Minifloat, NumberFormat, RoundingMode
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, LRNNError
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational
from monoscan.theory.readout import StateTable
from monoscan.theory.rounded_step import rounded_apply
from monoscan.theory.semantics import MixedRound, OpRound, Semantics, SeqRound
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
)

Array: TypeAlias = npt.NDArray[np.float64]
_PERIODIC, _RANDOM = 160, 96
_LONGEST_PERIOD = 3


def failing_word(
    lrnn: LRNN, semantics: Semantics[Any], target: Automaton, max_word: int
) -> Word | None:
    """A word on which a network fails, or None if none was found.

    Args:
        lrnn: the network, rational.
        semantics: how it computes.
        target: the automaton that it should agree with.
        max_word: longest word that is looked at.
    """
    letters = len(lrnn.alphabet)
    periods = [
        np.array(period)
        for size in range(1, _LONGEST_PERIOD + 1)
        for period in product(range(letters), repeat=size)
    ]
    drawn = np.random.default_rng(0)
    if len(periods) > _PERIODIC:
        chosen = drawn.choice(len(periods), _PERIODIC, replace=False)
        periods = [periods[i] for i in sorted(chosen)]
    words = len(periods) + _RANDOM
    with np.errstate(all="ignore"):
        run = _Run(lrnn, semantics, target, words)
        written = np.zeros((max_word, words), dtype=np.int16)
        for time in range(max_word):
            row = written[time]
            row[: len(periods)] = [period[time % len(period)] for period in periods]
            row[len(periods) :] = drawn.integers(0, letters, _RANDOM)
            for index in run.step(row):
                word = tuple(lrnn.alphabet[i] for i in written[: time + 1, index])
                if _fails(lrnn, semantics, target, word):
                    return word
                run.dead[index] = True
            if run.dead.all():
                return None
    return None


def _fails(lrnn: LRNN, semantics: Semantics[Any], target: Automaton, word: Word) -> bool:
    try:
        return semantics.output(lrnn, word) != target.output(word)
    except (NoAnswer, LRNNError):
        return True


class _Run:
    """Many words at once, in floating point."""

    def __init__(
        self, lrnn: LRNN, semantics: Semantics[Any], target: Automaton, words: int
    ) -> None:
        self.lrnn, self.words = lrnn, words
        self.dead = np.zeros(words, dtype=bool)
        self.table = np.array(target.table, dtype=np.int_)
        self.outputs = target.outputs
        self.states: npt.NDArray[np.int_] = np.zeros(words, dtype=np.int_)
        self.layers = [
            layer if isinstance(layer, Delay) else _Layer(layer, semantics, words)
            for layer in lrnn.layers
        ]
        self.queues = {
            level: [layer.initial] * words
            for level, layer in enumerate(lrnn.layers)
            if isinstance(layer, Delay)
        }

    def step(self, letters: npt.NDArray[np.int16]) -> list[int]:
        """Reads a letter of each word; the numbers of the words that are now answered wrongly."""
        self.states = self.table[self.states, letters]
        heard: list[list[Any]] = [[self.lrnn.alphabet[i] for i in letters]]
        for level, layer in enumerate(self.layers):
            if isinstance(layer, Delay):
                pairs = zip(self.queues[level], heard[layer.of], strict=True)
                moved = [layer.step(queue, value) for queue, value in pairs]
                self.queues[level] = [queue for _, queue in moved]
                heard.append([value for value, _ in moved])
                continue
            reads = layer.layer.reads
            parts = heard if reads is None else [heard[0], *(heard[i] for i in reads)]
            layer.step(list(zip(*parts, strict=True)))
            heard.append(layer.outputs())
        answers = zip(heard[-1], self.states, self.dead, strict=True)
        return [
            number
            for number, (output, state, dead) in enumerate(answers)
            if not dead and output != self.outputs[state]
        ]


class _Layer:
    """The states of one layer after many words."""

    def __init__(self, layer: Layer, semantics: Semantics[Any], words: int) -> None:
        self.layer, self.semantics = layer, semantics
        self.numbers = {symbol: number for number, symbol in enumerate(layer.cases)}
        cases = list(layer.cases.values())
        self.shift = np.array([_floats(case.input) for case in cases])
        self.matrices = np.array([_floats(case.matrix) for case in cases])
        shapes: dict[object, int] = {}
        kinds = [shapes.setdefault(_shape(case.transition), len(shapes)) for case in cases]
        self.kinds = np.array(kinds)
        self.examples = [
            next(case.transition for case, k in zip(cases, kinds, strict=True) if k == kind)
            for kind in range(len(shapes))
        ]
        width = max(len(list(_numbers(case.transition))) for case in cases)
        self.stored = np.zeros((len(cases), width))
        for number, case in enumerate(cases):
            values = [float(x) for x in _numbers(case.transition)]
            self.stored[number, : len(values)] = values
        self.state = np.repeat(_floats(layer.initial)[:, :, None], words, axis=2)
        self.format: _FloatFormat | None = None
        self.carried, self.passes = self.state, list[Passes]()
        if isinstance(semantics, OpRound | SeqRound | ChunkScan):
            self.format = _FloatFormat(semantics.format)
        self.operations = self.format
        if isinstance(semantics, MixedRound):
            self.operations = _FloatFormat(semantics.accumulate)
        readout = layer.readout
        if isinstance(readout, StateTable):
            self.listed = {(_floats(x) + 0.0).tobytes(): y for x, y in readout.table.items()}
        else:
            self.weights = np.array([_floats(f.weights) for f in readout.functionals])
            self.bounds = np.array([float(rational(f.bound)) for f in readout.functionals])
            self.strict = np.array([f.relation == ">" for f in readout.functionals])
            self.listed = {
                np.array([bit == "1" for bit in bits]).tobytes(): y
                for bits, y in readout.table.items()
            }

    def step(self, symbols: Sequence[tuple[Any, ...]]) -> None:
        """Reads a symbol of each word; one without a case leaves the state as it is."""
        numbers = np.array([self.numbers.get(symbol, -1) for symbol in symbols])
        if isinstance(self.semantics, ChunkScan):
            self._scanned(numbers, self.semantics.chunk)
            return
        kinds = np.where(numbers < 0, -1, self.kinds[numbers])
        for kind, example in enumerate(self.examples):
            places = np.flatnonzero(kinds == kind)
            if len(places):
                self.state[:, :, places] = self._moved(example, numbers[places], places)

    def _scanned(self, numbers: Any, chunk: int) -> None:
        """One more letter of a chunk; a word without a case goes on with another one."""
        known = np.maximum(numbers, 0)
        pair = Pair(_rows(self.matrices[known]), _rows(self.shift[known]))
        rounding = cast("Any", self.format)
        self.passes.append(doubled(self.passes, pair, rounding))
        moved = self.passes[-1][-1].apply(_rows(np.moveaxis(self.carried, 2, 0)), rounding)
        self.state = np.array([list(row) for row in moved.rows])
        if len(self.passes) == chunk:
            self.carried, self.passes = self.state, []

    def _moved(self, example: Transition, numbers: Any, places: Any) -> Array:
        state = self.state[:, :, places]
        if not isinstance(self.semantics, OpRound):
            moved = np.einsum("wij,jdw->idw", self.matrices[numbers], state)
            moved += np.moveaxis(self.shift[numbers], 0, -1)
            return moved if self.format is None else self.format.round(moved)
        transition = _filled(example, iter(self.stored[numbers].T))
        shift = _rows(self.shift[numbers])
        case = Case(transition, cast("Any", shift))
        rows = Matrix(tuple(tuple(row) for row in cast("Any", state)))
        # Arrays of numbers, one a word, in the place of numbers: the operations are the same.
        found = rounded_apply(case, rows, cast("Any", self.operations))
        moved = np.array([list(row) for row in found.rows])
        if self.format is None or self.format is self.operations:
            return moved
        return self.format.round(moved)

    def outputs(self) -> list[Output | None]:
        """What the layer reports after each word, None where its read-out has no entry."""
        if isinstance(self.layer.readout, StateTable):
            states = np.ascontiguousarray(np.moveaxis(self.state, 2, 0)) + 0.0
            return [self.listed.get(state.tobytes()) for state in states]
        values = np.einsum("fid,idw->wf", self.weights, self.state)
        bits = np.where(self.strict, values > self.bounds, values >= self.bounds)
        return [self.listed.get(row.tobytes()) for row in bits]


def _rows(arrays: Any) -> Matrix:
    """One matrix a word as a matrix of arrays, which have one number a word."""
    return Matrix(tuple(tuple(row) for row in np.moveaxis(arrays, 0, -1)))


def _floats(matrix: Matrix) -> Array:
    return np.array([[float(rational(x)) for x in row] for row in matrix.rows])


class _FloatFormat:
    """The rounding of a number format, of arrays."""

    def __init__(self, number_format: NumberFormat) -> None:
        self.format = number_format
        self.low, self.high = float(number_format.smallest), float(number_format.largest)

    def round(self, x: Array) -> Array:
        """Each number rounded, what is out of range to the nearest end."""
        if isinstance(self.format, Minifloat):
            exponent = np.maximum(np.frexp(x)[1] - 1, self.format.min_exponent)
            shift = exponent - self.format.precision + 1
            rounded = np.ldexp(_whole(np.ldexp(x, -shift), self.format.rounding), shift)
        else:
            step = float(self.format.spacing(self.format.largest))
            rounded = _whole(x / step, self.format.rounding_mode) * step
        clipped: Array = np.clip(rounded, self.low, self.high)
        return clipped


def _whole(x: Array, mode: RoundingMode) -> Array:
    match mode:
        case RoundingMode.NEAREST_EVEN:
            return np.rint(x)
        case RoundingMode.NEAREST_AWAY:
            return np.trunc(x + np.copysign(0.5, x))
        case RoundingMode.NEAREST_DOWN:
            return np.ceil(x - 0.5)
        case RoundingMode.TOWARD_ZERO:
            return np.trunc(x)
        case RoundingMode.UP:
            return np.ceil(x)
        case RoundingMode.DOWN:
            return np.floor(x)


def _numbers(transition: Transition) -> Iterator[Any]:
    """The numbers of a transition in the order in which `_filled` takes them."""
    match transition:
        case Diagonal(entries):
            yield from entries
        case DeltaRule(k, beta) | Householder(k, beta):
            yield from (*k, beta)
        case Dense(matrix):
            yield from matrix.entries()
        case HouseholderProduct(parts) | Blocks(parts):
            for part in parts:
                yield from _numbers(part)
        case Gated(gate, factor):
            yield gate
            yield from _numbers(factor)
        case _:
            return


def _shape(transition: Transition) -> object:
    """Equal for transitions whose numbers can be exchanged."""
    match transition:
        case HouseholderProduct(parts) | Blocks(parts):
            return type(transition), tuple(map(_shape, parts))
        case Gated(_, factor):
            return Gated, _shape(factor)
        case _:
            return type(transition), len(list(_numbers(transition)))


def _filled(transition: Transition, values: Iterator[Any]) -> Transition:
    """A transition of the same kind with other numbers, which may be arrays."""
    match transition:
        case Diagonal(entries):
            return Diagonal(tuple(next(values) for _ in entries))
        case DeltaRule(k, _):
            return DeltaRule(tuple(next(values) for _ in k), next(values))
        case Dense(matrix):
            return Dense(Matrix(tuple(tuple(next(values) for _ in row) for row in matrix.rows)))
        case HouseholderProduct(parts):
            filled = [_filled(part, values) for part in parts]
            return HouseholderProduct(cast("tuple[DeltaRule, ...]", tuple(filled)))
        case Blocks(parts):
            return Blocks(tuple(_filled(part, values) for part in parts))
        case Gated(_, factor):
            return Gated(next(values), cast("DeltaRule", _filled(factor, values)))
        case _:
            raise TypeError(f"{type(transition).__name__} has no rounded operations")
