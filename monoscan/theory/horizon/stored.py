"""A network as a machine stores it: every number is the nearest value of a number format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from monoscan.automata import Output
from monoscan.errors import BadInput
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Cyclotomic, Number, is_real
from monoscan.theory.readout import Functional, Readout, StateTable, Threshold
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
    transition_matrix,
)

_BITS = 128  # of the rationals that stand for irrational numbers until they are rounded
_SAME = Fraction(1, 2**60)  # numbers this close are one number, written by two approximations


class NotStoredError(BadInput):
    """A network that no number format can hold; the message says why."""


def stored(lrnn: LRNN, number_format: NumberFormat) -> LRNN:
    """The network with all numbers of its matrices rounded to a format.

    A Householder factor becomes a delta rule whose key is the rounded unit vector, as a network
    stores it; a kind of matrix whose rounded operations have no order becomes dense. A read-out
    that looks up single states is replaced by thresholds between these states if any number was
    rounded, because rounded states would not be found.

    Raises:
        NotStoredError: if a number is not real.
        InfinityReached: if a number is rounded to an infinity.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.formats import get_format
    >>> stored(scalar_parity(), get_format("bf16")) == scalar_parity()
    True
    """
    return lrnn.map_layers(lambda layer: _layer(layer, number_format))


def _layer(layer: Layer, number_format: NumberFormat) -> Layer:
    def rounded(x: Number) -> Fraction:
        return number_format.round(approximation(x))

    cases = {
        symbol: Case(_transition(case.transition, number_format), case.input.map(rounded))
        for symbol, case in layer.cases.items()
    }
    initial = layer.initial.map(rounded)
    same = initial == layer.initial and all(
        case.matrix == layer.cases[symbol].matrix and case.input == layer.cases[symbol].input
        for symbol, case in cases.items()
    )
    readout: Readout = layer.readout
    if isinstance(readout, StateTable) and not same:
        readout = thresholds_between(readout.table)
    return replace(layer, initial=initial, cases=cases, readout=readout)


def approximation(x: Number) -> Fraction:
    """A rational within 2^-128 of a real number; the number itself if it is rational.

    Raises:
        NotStoredError: if it is not real.
    """
    if not isinstance(x, Cyclotomic):
        return x
    if not is_real(x):
        raise NotStoredError(
            f"the network has the number {x}, which is not real, and number formats hold real "
            "numbers; write a complex number as a rotation of the plane"
        )
    low, high = x.bounds(_BITS)
    return (low + high) / 2


def _transition(transition: Transition, number_format: NumberFormat) -> Transition:
    def rounded(x: Number) -> Fraction:
        return number_format.round(approximation(x))

    match transition:
        case Diagonal(entries):
            return Diagonal(tuple(map(rounded, entries)))
        case Householder(v, beta):
            unit = _unit([approximation(x) for x in v])
            return DeltaRule(tuple(map(rounded, unit)), rounded(beta))
        case DeltaRule(k, beta):
            return DeltaRule(tuple(map(rounded, k)), rounded(beta))
        case Blocks(blocks):
            return Blocks(tuple(_transition(block, number_format) for block in blocks))
        case Gated(gate, factor):
            moved = _transition(factor, number_format)
            assert isinstance(moved, DeltaRule | HouseholderProduct)
            return Gated(rounded(gate), moved)
        case HouseholderProduct(factors):
            keys = [_transition(factor, number_format) for factor in factors]
            return HouseholderProduct(tuple(key for key in keys if isinstance(key, DeltaRule)))
        case _:
            return Dense(transition_matrix(transition).map(rounded))


def _unit(v: list[Fraction]) -> list[Fraction]:
    """The unit vector of a direction, within about 2^-128."""
    square = sum(x * x for x in v)
    scale = 1 << (2 * _BITS)
    # The root of a ratio is that of the product over the denominator.
    root = Fraction(isqrt(square.numerator * square.denominator * scale), square.denominator)
    return [x * (1 << _BITS) / root for x in v]


def thresholds_between(table: Mapping[Matrix, Output]) -> Threshold:
    """A read-out by thresholds that gives listed states their outputs, with room around them.

    States of equal length get a threshold each, across the direction of the state; the states of
    the most frequent output need none. Otherwise the thresholds are halfway between values of
    single entries, the widest gaps first, until states of different outputs are told apart.

    >>> states = {Matrix.of([[1]]): True, Matrix.of([[-1]]): False}
    >>> found = thresholds_between(states)
    >>> found.output(found.observe(Matrix.of([["3/4"]])))
    True
    """
    states = {state.map(approximation): output for state, output in table.items()}
    lengths = [rational_dot(state, state) for state in states]
    if max(lengths) - min(lengths) < _SAME and min(lengths) > _SAME:
        return _by_directions(states)
    return _by_entries(states)


def rational_dot(left: Matrix, right: Matrix) -> Fraction:
    """The sum of all products of entries in the same place."""
    return Fraction(left.dot(right))  # type: ignore[arg-type]


def _by_directions(states: Mapping[Matrix, Output]) -> Threshold:
    outputs = list(states.values())
    common = max(outputs, key=outputs.count)
    marked = [state for state, output in states.items() if output != common]
    functionals = []
    for state in marked or list(states)[:1]:
        nearest = max(
            [rational_dot(state, other) for other in states if other != state], default=Fraction(0)
        )
        middle = (rational_dot(state, state) + nearest) / 2
        functionals.append(Functional(state.map(_short), ">=", _short(middle)))
    readout = Threshold(tuple(functionals), {})
    return replace(readout, table={readout.observe(x): output for x, output in states.items()})


def _short(x: Number) -> Fraction:
    """Weights and bounds of our own choice need no more digits than this."""
    return Fraction(round(approximation(x) * 2**24), 2**24)


def _by_entries(states: Mapping[Matrix, Output]) -> Threshold:
    listed = list(states)
    height, width = listed[0].shape
    gaps: list[tuple[Fraction, int, Fraction]] = []
    for place in range(height * width):
        values = sorted({Fraction(state.entries()[place]) for state in listed})  # type: ignore[arg-type]
        gaps += [(y - x, place, (x + y) / 2) for x, y in pairwise(values) if y - x > _SAME]
    functionals: list[Functional] = []
    for _, place, middle in sorted(gaps, key=lambda gap: (-gap[0], gap[1], gap[2])):
        weights = [Fraction(int(i == place)) for i in range(height * width)]
        rows = tuple(tuple(weights[i * width : (i + 1) * width]) for i in range(height))
        functionals.append(Functional(Matrix(rows), ">=", _short(middle)))
        readout = Threshold(tuple(functionals), {})
        seen: dict[str, Output] = {}
        if all(seen.setdefault(readout.observe(x), y) == y for x, y in states.items()):
            return replace(readout, table=seen)
    zero = Functional(Matrix.zeros(height, width), ">=", Fraction(0))
    return Threshold((zero,), {"1": next(iter(states.values()))})
