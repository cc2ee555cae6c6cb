"""Balls show nothing that is false, and what they say of a step holds for states of the ball."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.explore import Disagrees, StateBudgetReached, explore
from monoscan.theory.formats import FixedPoint, Minifloat, RoundingMode, get_format
from monoscan.theory.horizon.balls import ALL, Balls, NoBalls, bound_by_balls
from monoscan.theory.horizon.centres import find_centres
from monoscan.theory.horizon.lengths import grown, root_above
from monoscan.theory.horizon.spread import fused_error, step_error
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.orders import ORDERS, computed
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.rounded_step import rounded_apply
from monoscan.theory.semantics import CastUnrolled, Exact, MixedRound, OpRound, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Gated,
    HouseholderProduct,
    Transition,
)

MOD_3 = get_language("count-mod-3").build()
MOD_5 = get_language("count-mod-5").build()
FLOAT = Minifloat(6, -8, Fraction(60))
FINE = Minifloat(9, -12, Fraction(500))
FORMATS = [
    FLOAT,
    Minifloat(5, -3, Fraction(31), RoundingMode.TOWARD_ZERO),
    Minifloat(4, -6, Fraction(448), RoundingMode.UP),
    FixedPoint(Fraction(1, 16), Fraction(-8), Fraction(127, 16)),
    FixedPoint(Fraction(1, 16), Fraction(-8), Fraction(127, 16), RoundingMode.DOWN),
]


def bounded(lrnn: LRNN, semantics: object, target: Automaton) -> Balls | NoBalls:
    centres = find_centres(lrnn, target, 50)
    assert centres is not None
    return bound_by_balls(lrnn, semantics, target, centres)  # type: ignore[arg-type]


@pytest.mark.parametrize("precision", [4, 5, 6, 8])
@pytest.mark.parametrize("order", [order for order in ORDERS if order != "scan"])
@pytest.mark.parametrize("target", [MOD_3, MOD_5], ids=["mod 3", "mod 5"])
def test_balls_show_nothing_beyond_the_shortest_failing_word(
    precision: int, order: str, target: Automaton
) -> None:
    rotation = get_construction("cyclic-rotation-two-gh").build(target)
    lrnn, semantics = computed(rotation, Minifloat(precision, -30, Fraction(64)), order)
    found, truth = bounded(lrnn, semantics, target), explore(lrnn, semantics, target, 3_000)
    assert not isinstance(truth, StateBudgetReached)
    if isinstance(truth, Disagrees) and isinstance(found, Balls):
        assert isinstance(found.length, int)
        assert found.length < len(truth.word)


def test_the_bound_grows_with_the_precision() -> None:
    rotation = get_construction("cyclic-rotation-two-gh").build(MOD_5)
    lengths = []
    for precision in (8, 11, 16, 24):
        lrnn, semantics = computed(rotation, Minifloat(precision, -60, Fraction(64)), "matrix")
        found = bounded(lrnn, semantics, MOD_5)
        assert isinstance(found, Balls)
        lengths.append(found.length)
    assert lengths[0] >= 10
    assert all(5 * x < y for x, y in pairwise(lengths))  # type: ignore[operator]


def test_exact_layers_add_nothing_below_rounded_ones() -> None:
    """The parity of the time is 0 or 1 exactly, so only the layer above it has a finite bound."""
    lrnn, semantics = computed(
        get_construction("modadd-two-layer-reflections").build(MOD_3), get_format("fp32"), "matrix"
    )
    found = bounded(lrnn, semantics, MOD_3)
    assert isinstance(found, Balls)
    assert isinstance(found.length, int)
    assert found.length > 10_000
    assert found.bounds[0] is not None
    assert found.bounds[0].radius == 0


def leaking(slope: Fraction) -> LRNN:
    """h <- slope h + 1 or - 1, read by its sign."""
    cases = {
        (letter,): Case(Diagonal((slope,)), Matrix.of([[shift]]))
        for letter, shift in (("a", 1), ("b", -1))
    }
    readout = Threshold(
        (Functional(Matrix.of([[1]]), ">=", Fraction(1, 4)),), {"0": False, "1": True}
    )
    return LRNN(("a", "b"), (Layer(Matrix.of([[0]]), cases, readout),))


def test_a_layer_that_forgets_is_right_at_all_lengths() -> None:
    ends_a = Automaton("ab", [[1, 0], [1, 0]], (False, True))
    found = bounded(leaking(Fraction(1, 4)), Exact(), ends_a)
    assert isinstance(found, Balls)
    assert found.length == ALL
    assert find_centres(leaking(Fraction(2, 3)), ends_a, 50) is None  # its states fill an interval


def test_delays_and_other_semantics() -> None:
    delayed = LRNN(("0", "1"), (Delay(0, 2), *scalar_parity().map_layers(_reading_nothing).layers))
    parity = get_language("parity").build()
    found = bounded(delayed, Exact(), parity)
    assert isinstance(found, Balls)
    assert (found.length, found.bounds[0]) == (ALL, None)
    none = bounded(delayed, CastUnrolled(FLOAT), parity)
    assert isinstance(none, NoBalls)
    assert "cast-unrolled" in none.reason


def _reading_nothing(layer: Layer) -> Layer:
    return Layer(layer.initial, layer.cases, layer.readout, reads=())


@given(st.data())
def test_the_error_of_a_step_is_not_larger_than_its_bound(data: st.DataObject) -> None:
    number_format = data.draw(st.sampled_from(FORMATS))

    def number(size: int = 16) -> Fraction:
        return number_format.round(Fraction(data.draw(st.integers(-size, size)), 8))

    case = Case(data.draw(st.sampled_from([_delta, _product, _gated, _dense]))(number), _b(number))
    centre = Matrix.of([[number()], [number()]])
    width = Fraction(data.draw(st.integers(0, 4)), 16)
    moved = centre.map(
        lambda x: number_format.round(x + data.draw(st.sampled_from([-1, 0, 1])) * width)
    )
    if any(abs(x - y) > width for x, y in zip(moved.entries(), centre.entries(), strict=True)):
        return  # rounded out of the ball
    exact, by_operation = case.apply(moved), OpRound(number_format)
    mixed = MixedRound(number_format, FINE)
    for found, errors in (
        (
            rounded_apply(case, moved, number_format),
            step_error(case, centre, width, by_operation),
        ),
        (
            rounded_apply(case, moved, FINE).map(number_format.round),
            step_error(case, centre, width, mixed),
        ),
        (exact.map(number_format.round), fused_error(case, centre, width, number_format)),
    ):
        for x, y, (error,) in zip(found.entries(), exact.entries(), errors, strict=True):
            assert abs(x - y) <= error


def _b(number: object) -> Matrix:
    return Matrix.of([[number()], [number()]])  # type: ignore[operator]


def _delta(number: object) -> DeltaRule:
    return DeltaRule((number(8), number(8)), number(8))  # type: ignore[operator]


def _product(number: object) -> Transition:
    return HouseholderProduct((_delta(number), _delta(number)))


def _gated(number: object) -> Transition:
    return Gated(number(), _delta(number))  # type: ignore[operator]


def _dense(number: object) -> Transition:
    return Dense(Matrix.of([[number(), number()], [number(), number()]]))  # type: ignore[operator]


@given(st.integers(0, 40), st.fractions(0, 2), st.fractions(0, 2), st.fractions(0, 1))
def test_radii_are_those_of_the_rule(
    times: int, start: Fraction, growth: Fraction, added: Fraction
) -> None:
    radius = start
    for _ in range(times):
        radius = growth * radius + added
    assert 0 <= grown(start, growth, added, times) - radius < Fraction(1, 2**100)


@given(st.fractions(0, 10**6))
def test_roots_are_rounded_up(x: Fraction) -> None:
    root = root_above(x)
    assert root * root >= x
    assert x == 0 or (root - Fraction(2, 2**200)) ** 2 < x


def test_one_more_letter_than_the_bound_is_refused() -> None:
    lrnn, semantics = computed(
        get_construction("cyclic-rotation-two-gh").build(MOD_5), get_format("bf16"), "operations"
    )
    found = bounded(lrnn, semantics, MOD_5)
    assert isinstance(found, Balls)
    assert isinstance(semantics, OpRound)
    fused, rounding = computed(
        get_construction("cyclic-rotation-two-gh").build(MOD_5), get_format("bf16"), "fused"
    )
    better = bounded(fused, rounding, MOD_5)
    assert isinstance(rounding, SeqRound)
    assert isinstance(better, Balls)
    assert better.length > found.length  # type: ignore[operator]
