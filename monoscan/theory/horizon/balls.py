"""A horizon by balls around finitely many states, whose radius grows by the same rule each letter.

Finitely many cells, each a centre for every layer beside a state of the automaton, and one radius a
layer after t letters: r(0), and r(t + 1) = g r(t) + D. The matrices stretch no difference of states
by more than g, and D is the largest distance between the image of a centre and the next centre,
with all that rounding can add. As long as no threshold is nearer to a centre than the radius, the
network answers as it does at the centres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, cast

import numpy as np

from monoscan.automata import Automaton
from monoscan.errors import NoAnswer
from monoscan.theory.chunk_scan import ChunkScan
from monoscan.theory.factor.norm import Squares, sum_of_squares
from monoscan.theory.horizon.centres import Centres
from monoscan.theory.horizon.lengths import grown, length_of
from monoscan.theory.horizon.spread import OutOfRangeError, fused_error, step_error
from monoscan.theory.horizon.trees import TreeError, is_shifted, step_matrix, tree_error
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Queue, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact, OpRound, Semantics, SeqRound

ALL = "all"
MOST_LETTERS = 10**12
"""A horizon beyond this is told as this."""
Length: TypeAlias = int | str


@dataclass(frozen=True)
class LayerBound:
    """What bounds the distance of a layer's states from their centres.

    Attributes:
        growth: at least the spectral norm of every A.
        radius: up to which the distance may grow.
    """

    growth: Fraction
    radius: Fraction


@dataclass(frozen=True)
class Balls:
    """A proof that a network answers every word of up to so many letters like an automaton.

    Attributes:
        length: how many letters, or "all".
        centres: the centres and the cells.
        bounds: one a layer, None for a delay.
    """

    length: Length
    centres: Centres
    bounds: tuple[LayerBound | None, ...]


@dataclass(frozen=True)
class NoBalls:
    """Why no such proof was found."""

    reason: str


class Bounder:
    """Bounds for one network, one semantics and one list of centres.

    Raises:
        OutOfRangeError: from `at`, if a number may lie beyond the largest value of the format.
    """

    def __init__(
        self, lrnn: LRNN, semantics: Semantics[Any], target: Automaton, centres: Centres
    ) -> None:
        self.lrnn, self.semantics, self.centres = lrnn, semantics, centres
        self.moves: list[set[tuple[Case, int, int]]] = [set() for _ in lrnn.layers]
        for cell in centres.cells:
            for letter, following in zip(target.alphabet, cell.following, strict=True):
                self._add_moves(cell.places, letter, centres.cells[following].places)

    def _add_moves(self, before: Sequence[int], letter: str, after: Sequence[int]) -> None:
        said: list[Value] = [letter]
        for level, layer in enumerate(self.lrnn.layers):
            if isinstance(layer, Delay):
                said.append(cast("Queue", self.centres.listed[level][before[level]])[0])
                continue
            case = layer.case(layer.symbol(letter, said[1:]))
            self.moves[level].add((case, before[level], after[level]))
            centre = cast("Matrix", self.centres.listed[level][after[level]])
            said.append(layer.output(centre) if layer is not self.lrnn.last else None)

    def growth(self, level: int) -> Fraction:
        """At least the norm of every matrix of a layer; 1 if none is above 1.

        Along trees, at least 1 and the norm of every step with what it adds.
        """
        cases = self.cases(level)
        if isinstance(self.semantics, ChunkScan):
            shifted = is_shifted(cases)
            return max(Fraction(1), _norms_above({step_matrix(case, shifted) for case in cases}))
        return _norms_above({case.matrix for case in cases})

    def cases(self, level: int) -> set[Case]:
        """The steps of a layer that occur."""
        return {case for case, _, _ in self.moves[level]}

    def along_trees(self, level: int, growth: Fraction) -> TreeError | None:
        """What rounding adds to the drift of a layer where steps are combined along trees."""
        if not isinstance(self.semantics, ChunkScan):
            return None
        layer = cast("Layer", self.lrnn.layers[level])
        return tree_error(layer, self.cases(level), growth, self.semantics.format)

    def margin(self, level: int) -> Fraction:
        """The largest radius at which every threshold of a layer says what it says at the centre.

        0 for a read-out that looks up single states. Slightly below it where a root is rounded.
        """
        layer = cast("Layer", self.lrnn.layers[level])
        if isinstance(layer.readout, StateTable):
            return Fraction(0)
        found = []
        for functional in layer.readout.functionals:
            length = length_of(rational(x) for x in functional.weights.entries())
            for centre in self.centres.listed[level] if length else ():
                value = rational(functional.weights.dot(cast("Matrix", centre)))
                found.append(abs(value - rational(functional.bound)) / length)
        # Strictly inside, so that it does not matter which of the relations > and >= it is.
        below = 1 - Fraction(1, 2**40)
        return min(found, default=Fraction(1)) * below

    def start(self, level: int) -> Fraction:
        """The distance of the initial state from its centre."""
        layer = cast("Layer", self.lrnn.layers[level])
        centre = cast("Matrix", self.centres.listed[level][self.centres.cells[0].places[level]])
        return length_of(rational(x) for x in (layer.initial - centre).entries())

    def drift(self, level: int, radius: Fraction) -> Fraction:
        """How far a step can lead away from the next centre, beside what the matrix stretches."""
        return max(self._distance(level, radius, *move) for move in self.moves[level])

    def _distance(
        self, level: int, radius: Fraction, case: Case, before: int, after: int
    ) -> Fraction:
        centres = self.centres.listed[level]
        centre, target = cast("Matrix", centres[before]), cast("Matrix", centres[after])
        gap = case.apply(centre) - target
        errors = [[Fraction(0)] * len(row) for row in gap.rows]
        if isinstance(self.semantics, SeqRound):
            errors = fused_error(case, centre, radius, self.semantics.format)
        elif isinstance(self.semantics, OpRound):
            errors = step_error(case, centre, radius, self.semantics)
        pairs = zip(gap.rows, errors, strict=True)
        return length_of(
            abs(rational(x)) + e for row, line in pairs for x, e in zip(row, line, strict=True)
        )


def _norms_above(matrices: Iterable[Matrix]) -> Fraction:
    matrices = list(matrices)
    norms = [
        float(np.linalg.norm(np.array([[float(rational(x)) for x in r] for r in m.rows]), 2))
        for m in matrices
    ]
    found = Fraction(1) if max(norms) <= 1 + 1e-12 else Fraction(max(norms) * (1 + 2.0**-44))
    if max(norms) < 1 - 1e-9:
        found = Fraction(max(norms) * (1 + 2.0**-44))
    while not all(_stretches_at_most(m, found) for m in matrices):
        found = Fraction(float(found) * (1 + 2.0**-40))
    return found


def _stretches_at_most(matrix: Matrix, growth: Fraction) -> bool:
    """Whether growth^2 I - A^T A is positive semidefinite."""
    identity = Matrix.identity(matrix.shape[0]).scale(growth * growth)
    return isinstance(sum_of_squares(identity - matrix.transpose() @ matrix), Squares)


_PARTS = (
    Fraction(1),
    Fraction(7, 8),
    Fraction(3, 4),
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(1, 16),
)


def bound_by_balls(
    lrnn: LRNN, semantics: Semantics[Any], target: Automaton, centres: Centres
) -> Balls | NoBalls:
    """The longest horizon that balls around given centres show.

    Args:
        lrnn: the network, rational.
        semantics: not `cast-unrolled`.
        target: the automaton that the cells follow.
        centres: the centres and the cells.
    """
    if not isinstance(semantics, Exact | SeqRound | OpRound | ChunkScan):
        return NoBalls(f"there are no balls for the semantics {semantics.name}")
    bounder = Bounder(lrnn, semantics, target, centres)
    best: list[tuple[Length, LayerBound] | None] = []
    for level, layer in enumerate(lrnn.layers):
        if isinstance(layer, Delay):
            best.append(None)
            continue
        found = _layer_bound(bounder, level)
        if isinstance(found, NoBalls):
            return found
        best.append(found)
    lengths = [found[0] for found in best if found is not None]
    finite = [length for length in lengths if isinstance(length, int)]
    bounds = tuple(None if found is None else found[1] for found in best)
    return Balls(min(finite) if finite else ALL, centres, bounds)


def _layer_bound(bounder: Bounder, level: int) -> tuple[Length, LayerBound] | NoBalls:
    growth, start, margin = bounder.growth(level), bounder.start(level), bounder.margin(level)
    trees = bounder.along_trees(level, growth)
    best: tuple[Length, LayerBound] | None = None
    reason = f"layer {level + 1}: the initial state is too far from its centre"
    for part in _PARTS if margin else _PARTS[:1]:
        radius = margin * part
        if start > radius:
            continue
        try:
            drift = bounder.drift(level, radius)
        except (OutOfRangeError, NoAnswer) as error:
            reason = f"layer {level + 1}: {error}"
            continue
        length = letters_within(start, growth, drift, radius, trees)
        if best is None or _longer(length, best[0]):
            best = length, LayerBound(growth, radius)
    return best or NoBalls(reason)


def _longer(length: Length, other: Length) -> bool:
    return isinstance(other, int) and (length == ALL or cast("int", length) > other)


def letters_within(
    start: Fraction,
    growth: Fraction,
    drift: Fraction,
    radius: Fraction,
    trees: TreeError | None = None,
) -> Length:
    """The longest time at which a radius that grows is not above the one that is allowed."""
    if trees is None and growth * radius + drift <= radius:
        return ALL

    def stays(letters: int) -> bool:
        added = Fraction(0) if trees is None else trees.after(letters)
        return added is not None and grown(start, growth, drift, letters) + added <= radius

    low, high = 0, 1
    while high <= MOST_LETTERS and stays(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if stays(middle) else (low, middle)
    return low
