"""One layer whose states are kept apart only as far as is needed: by their observations and pasts.

A layer with few states keeps each of them (`PointLayer`). In any other one a *region* stands for
all states that were seen with the same observation after the same last symbols, and is the least
box around them, its ends moved outwards to multiples of a step so that it stops growing.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, TypeAlias

from monoscan.automata import Output
from monoscan.theory.intervals import Box, box_of, image, passed_on, values_on
from monoscan.theory.layer_cache import LayerCache, layer_cache
from monoscan.theory.lrnn import Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, rational
from monoscan.theory.readout import Threshold
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import parameters

Region: TypeAlias = tuple[tuple[int, ...], tuple[Symbol, ...]]
MOST_POINTS = 400
_GROWTHS = 32
_FINER = 3


class StraddlesError(Exception):
    """A box on which a threshold does not have one value; the message says which."""


class TooManyPointsError(Exception):
    """A layer that was expected to have few states has more than `MOST_POINTS`."""


class PointLayer:
    """A layer with few states, each of which is kept.

    Args:
        layer: the layer.
    """

    def __init__(self, layer: Layer) -> None:
        self._cache: LayerCache[Any, Any] = layer_cache(layer, Exact())
        self.layer = layer
        self.start = self._cache.start
        self.n_states = 1

    def step(self, number: int, symbol: Symbol) -> int:
        """The number of the state after one more symbol.

        Raises:
            TooManyPointsError: if there are too many states.
        """
        found = self._cache.step(number, symbol)
        if found >= MOST_POINTS:
            raise TooManyPointsError
        self.n_states = max(self.n_states, found + 1)
        return found

    def output(self, number: int) -> Output:
        """What the layer reports in a numbered state."""
        return self._cache.output(number)

    def box(self, number: int) -> Box:
        """The state as a box."""
        return box_of(self._cache.state(number))


class RegionLayer:
    """A layer with a threshold read-out whose states are gathered in regions.

    Args:
        layer: the layer.
        past: how many of the last symbols keep states apart; those that leave all states as they
            are do not count, and what comes before one that overwrites all states does not either.

    Raises:
        IrrationalNumberError: if the layer has irrational numbers.
    """

    def __init__(self, layer: Layer, past: int) -> None:
        assert isinstance(layer.readout, Threshold)
        self.layer, self.readout, self.past = layer, layer.readout, past
        self._rows: dict[Symbol, list[list[Fraction]]] = {}
        self._regions: dict[Region, int] = {}
        self._boxes: list[Box] = []
        self._keys: list[Region] = []
        self._growths: list[int] = []
        self._steps: list[dict[Symbol, int]] = []
        self.start = self._number(box_of(layer.initial), ())

    @cached_property
    def _unit(self) -> int:
        """A common denominator of all numbers of the layer."""
        numbers: list[Number] = list(self.layer.initial.entries())
        for case in self.layer.cases.values():
            numbers += [*parameters(case.transition), *case.input.entries()]
        for functional in self.readout.functionals:
            numbers += [*functional.weights.entries(), functional.bound]
        return lcm(*(rational(x).denominator for x in numbers))

    def _step_width(self, growths: int) -> Fraction | None:
        """How coarse an end is that has moved so often; None: it goes to infinity."""
        exponent = self.past + _FINER - growths // _GROWTHS
        return None if exponent < 0 else Fraction(1, self._unit**exponent)

    def _observed(self, box: Box) -> tuple[int, ...]:
        """How many marks of each scale all states of a box pass."""
        observed = []
        for scale in self.readout.scales:
            passed = passed_on(scale, values_on(scale.weights, box))
            if len(passed) > 1:
                shown = " x ".join(str(x) for row in box for x in row)
                first = min(scale.places[passed.start : passed.stop - 1])
                raise StraddlesError(f"the box {shown} straddles threshold {first + 1}")
            observed.append(passed.start)
        return tuple(observed)

    def _number(self, box: Box, past: tuple[Symbol, ...]) -> int:
        key = self._observed(box), past
        if key not in self._regions:
            self._regions[key] = len(self._keys)
            self._keys.append(key)
            self._boxes.append(box)
            self._growths.append(0)
            self._steps.append({})
        return self._regions[key]

    def _image(self, number: int, symbol: Symbol) -> Box:
        case = self.layer.case(symbol)
        if symbol not in self._rows:
            self._rows[symbol] = [[rational(x) for x in row] for row in case.matrix.rows]
        return image(self._rows[symbol], case.input, self._boxes[number])

    def step(self, number: int, symbol: Symbol) -> int:
        """The number of the region after one more symbol.

        Raises:
            StraddlesError: if some of its states are observed otherwise than others.
            LRNNError: if the layer has no case for the symbol.
        """
        found = self._steps[number].get(symbol)
        if found is None:
            box = self._image(number, symbol)
            found = self._number(box, self._after(self._keys[number][1], symbol))
            self._steps[number][symbol] = found
            self._grow(found, box)
        return found

    def _after(self, past: tuple[Symbol, ...], symbol: Symbol) -> tuple[Symbol, ...]:
        kind = _kind(self.layer.case(symbol))
        if kind == "keeps":
            return past
        kept = () if kind == "overwrites" else past
        return (*kept, symbol)[max(0, len(kept) + 1 - self.past) :] if self.past else ()

    def _grow(self, number: int, box: Box) -> None:
        """Makes a region contain a box, and all regions after it what follows from that."""
        waiting = [(number, box)]
        while waiting:
            number, box = waiting.pop()
            step = self._step_width(self._growths[number])
            old = self._boxes[number]
            new = tuple(
                tuple([x.widened(y, step) for x, y in zip(row, other, strict=True)])
                for row, other in zip(old, box, strict=True)
            )
            if new == old:
                continue
            if self._observed(new) != self._keys[number][0]:
                raise StraddlesError("a box around states that are observed alike is not")
            self._boxes[number] = new
            self._growths[number] += 1
            waiting += [
                (after, self._image(number, symbol))
                for symbol, after in self._steps[number].items()
            ]

    def output(self, number: int) -> Output:
        """What the layer reports in all states of a region.

        Raises:
            ReadoutUndefinedError: if its read-out has no entry for them.
        """
        return self.readout.output(self.readout.bits(self._keys[number][0]))

    def box(self, number: int) -> Box:
        """The region."""
        return self._boxes[number]


def _kind(case: Case) -> str:
    """Whether a case keeps all states, overwrites all, or neither."""
    size = case.matrix.shape[0]
    if case.matrix == Matrix.identity(size) and not any(case.input.entries()):
        return "keeps"
    return "moves" if any(case.matrix.entries()) else "overwrites"
