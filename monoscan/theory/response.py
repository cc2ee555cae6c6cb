"""What a network reports along an ultimately periodic word p u u u ...: always a lasso, if decided.

Layer by layer: a finite orbit is followed until it repeats; in exact arithmetic the bits of
threshold read-outs, and under unrolled casting the cast state, are settled by the sign lemma.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

from monoscan.theory.cast_response import cast_states
from monoscan.theory.eventual import eventual_signs
from monoscan.theory.formats import VALUES_LIMIT, NumberFormat
from monoscan.theory.lasso import Lasso, combine, interleave
from monoscan.theory.lrnn import LRNN, Delay, Layer, Symbol, Value, reads_of
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number
from monoscan.theory.readout import Functional, Observation, StateTable, Threshold
from monoscan.theory.recurrence import SettlesTooLate
from monoscan.theory.semantics import CastUnrolled, Exact, Semantics

S = TypeVar("S", bound=Hashable)
# An orbit of unrolled sums is finite only if few terms occur; otherwise each step costs more.
_UNROLLED_STEPS = 64


def network_response(
    lrnn: LRNN, semantics: Semantics[S], word: Lasso[str], max_steps: int
) -> Lasso[Observation] | None:
    """The observations of the last layer after each letter of an ultimately periodic word.

    Args:
        lrnn: the network.
        semantics: how it computes.
        word: letters; item t is read at time t, and item t of the result is observed after it.
        max_steps: how long a finite orbit is followed.

    Returns:
        the observations as a lasso, or None if some layer's behaviour is not decided.

    Raises:
        ReadoutUndefinedError: if some layer has no output for a state that it reaches.
    """
    values: list[Lasso[Value]] = [word.map(lambda letter: letter)]
    for layer in lrnn.layers[:-1]:
        if isinstance(layer, Delay):
            values.append(_delayed(values[layer.of], layer.steps))
            continue
        observations = layer_response(layer, semantics, _symbols(layer, values), max_steps)
        if observations is None:
            return None
        values.append(observations.map(layer.readout.output))
    return layer_response(lrnn.last, semantics, _symbols(lrnn.last, values), max_steps)


def _delayed(values: Lasso[Value], steps: int) -> Lasso[Value]:
    """What a delay hands on: nothing at first, then the values."""
    return Lasso((None,) * steps + values.stem, values.cycle)


def _symbols(layer: Layer, values: Sequence[Lasso[Value]]) -> Lasso[Symbol]:
    """The letters beside the outputs of the lower layers and delays that the layer reads."""
    return combine([values[n] for n in (0, *reads_of(layer, len(values) - 1))], tuple)


def layer_response(
    layer: Layer, semantics: Semantics[S], symbols: Lasso[Symbol], max_steps: int
) -> Lasso[Observation] | None:
    """The observations of one layer after each symbol of an ultimately periodic sequence."""
    # Casts first, because each state of their orbit holds a whole unrolled sum.
    visible = _settled_casts(layer, semantics, symbols)
    if visible is not None:
        return visible.map(layer.observe)
    orbit = _orbit(layer, semantics, symbols, _orbit_steps(semantics, max_steps))
    if orbit is not None:
        return orbit.map(lambda state: layer.observe(semantics.visible(state)))
    return _settled_bits(layer, semantics, symbols)


def _orbit_steps(semantics: Semantics[Any], max_steps: int) -> int:
    return min(max_steps, _UNROLLED_STEPS) if isinstance(semantics, CastUnrolled) else max_steps


def _settled_casts(
    layer: Layer, semantics: Semantics[Any], symbols: Lasso[Symbol]
) -> Lasso[Matrix] | None:
    if not isinstance(semantics, CastUnrolled) or not _has_thresholds(semantics.format):
        return None
    try:
        return cast_states(layer, semantics, symbols)
    except SettlesTooLate:
        return None


def _has_thresholds(datatype: NumberFormat) -> bool:
    return datatype.is_monotone and datatype.n_values() <= VALUES_LIMIT


def _settled_bits(
    layer: Layer, semantics: Semantics[Any], symbols: Lasso[Symbol]
) -> Lasso[Observation] | None:
    if not isinstance(semantics, Exact) or not isinstance(layer.readout, Threshold):
        return None
    try:
        return _threshold_bits(layer, layer.readout, symbols)
    except SettlesTooLate:
        return None


def _orbit(
    layer: Layer, semantics: Semantics[S], symbols: Lasso[Symbol], max_steps: int
) -> Lasso[S] | None:
    """The states after each symbol, if they repeat at the same place of the cycle in time."""
    states: list[S] = []
    seen: dict[tuple[S, int], int] = {}
    state = semantics.start(layer)
    stem, period = len(symbols.stem), len(symbols.cycle)
    for time in range(stem + max_steps):
        state = semantics.step(layer, state, symbols[time])
        if isinstance(layer.readout, StateTable):
            layer.output(semantics.visible(state))  # a finite table ends an infinite orbit here
        if time >= stem:
            first = seen.setdefault((state, (time - stem) % period), time)
            if first < time:
                return Lasso(tuple(states[:first]), tuple(states[first:]))
        states.append(state)
    return None


def _threshold_bits(
    layer: Layer, readout: Threshold, symbols: Lasso[Symbol]
) -> Lasso[Observation] | None:
    trajectory = _Trajectory(layer, symbols)
    bits: list[Lasso[str]] = []
    for functional in readout.functionals:
        lasso = _functional_bits(trajectory, functional)
        if lasso is None:
            return None
        bits.append(lasso)
    return combine(bits, "".join)


class _Trajectory:
    """The exact states after each symbol, computed as far as they are asked for."""

    def __init__(self, layer: Layer, symbols: Lasso[Symbol]) -> None:
        self.layer = layer
        self.symbols = symbols
        self._states: list[Matrix] = []

    def state(self, time: int) -> Matrix:
        while len(self._states) <= time:
            last = self._states[-1] if self._states else self.layer.initial
            symbol = self.symbols[len(self._states)]
            self._states.append(self.layer.case(symbol).apply(last))
        return self._states[time]


def _functional_bits(trajectory: _Trajectory, functional: Functional) -> Lasso[str] | None:
    """One bit along the whole sequence: one recurrent sequence for each place of the cycle."""
    stem, period = len(trajectory.symbols.stem), len(trajectory.symbols.cycle)
    # n rows: <W, A^m H> obeys a recurrence of order n, and the affine part adds the root 1.
    order = trajectory.layer.initial.shape[0] + 1
    places = []
    for place in range(period):

        def margin(n: int, offset: int = stem + place) -> Number:
            state = trajectory.state(offset + n * period)
            return functional.weights.dot(state) - functional.bound

        signs = eventual_signs(margin, order)
        if signs is None:
            return None
        places.append(signs.map(lambda sign: _bit(sign, functional)))
    cycle_bits = interleave(places)
    head = tuple("01"[functional.holds(trajectory.state(time))] for time in range(stem))
    return Lasso(head + cycle_bits.stem, cycle_bits.cycle)


def _bit(sign: int, functional: Functional) -> str:
    return "01"[sign > 0 or (sign == 0 and functional.relation == ">=")]
