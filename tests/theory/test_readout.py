"""Read-outs: observations, tables, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.networks import thresholds
from monoscan.strategies.numbers import matrices
from monoscan.theory.intervals import Interval, passed_on
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.readout import Functional, ReadoutUndefinedError, StateTable, Threshold

F = Fraction
ONE = Matrix.of([[1]])


def bits_by_hand(readout: Threshold, state: Matrix) -> str:
    bits = ""
    for functional in readout.functionals:
        value = sum(
            (
                functional.weights.rows[i][j] * state.rows[i][j]
                for i in range(state.shape[0])
                for j in range(state.shape[1])
            ),
            start=F(0),
        )
        strictly = value > functional.bound
        equal = value == functional.bound
        bits += "1" if strictly or (equal and functional.relation == ">=") else "0"
    return bits


@given(st.data(), st.sampled_from([(1, 1), (2, 1), (3, 2)]))
def test_threshold_bits(data: st.DataObject, shape: tuple[int, int]) -> None:
    readout, state = data.draw(thresholds(shape)), data.draw(matrices(*shape))
    bits = readout.observe(state)
    assert bits == bits_by_hand(readout, state)
    assert readout.output(bits) == readout.table[bits]
    assert readout.shape == shape


@given(st.data())
def test_marks_that_all_of_an_interval_pass(data: st.DataObject) -> None:
    """The marks of a scale on an interval are those of the points in it, and no others."""
    numbers = st.fractions(-2, 2, max_denominator=2)
    bounds = st.lists(st.tuples(st.sampled_from([">=", ">"]), numbers), min_size=1, max_size=5)
    bits = tuple([Functional(ONE, *mark) for mark in data.draw(bounds)])
    scale = Threshold(bits, {}).scales[0]
    ends = sorted(data.draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    with_ends = data.draw(st.booleans()), data.draw(st.booleans())
    interval = Interval(*ends, *with_ends)
    inside = [ends[0] + (ends[1] - ends[0]) * F(i, 64) for i in range(1, 64)]
    points = inside + [end for end, within in zip(ends, with_ends, strict=True) if within]
    passed = {sum(bit.holds(Matrix.of([[point]])) for bit in bits) for point in points}
    assert passed <= set(passed_on(scale, interval)) == set(range(min(passed), max(passed) + 1))
    unbounded = passed_on(scale, Interval(None, None, False, False))
    assert unbounded == range(len(bits) + 1)


@pytest.mark.parametrize(("relation", "expected"), [(">=", "011"), (">", "001")])
def test_at_the_bound(relation: str, expected: str) -> None:
    functional = Functional(ONE, ">=" if relation == ">=" else ">", F(1, 3))
    states = [Matrix.of([[x]]) for x in ("1/4", "1/3", "1/2")]
    assert "".join("01"[functional.holds(state)] for state in states) == expected


def test_state_table() -> None:
    readout = StateTable({ONE: "one", ONE.scale(F(2)): "two"})
    assert readout.observe(ONE) == ONE
    assert readout.output(ONE) == "one"
    assert readout.shape == (1, 1)


def test_tables_are_read_only_copies() -> None:
    table: dict[Matrix, bool | str] = {ONE: True}
    readout = StateTable(table)
    table[Matrix.of([[2]])] = False
    assert list(readout.table) == [ONE]
    with pytest.raises(TypeError):
        readout.table[ONE] = False  # type: ignore[index]


def test_equal_readouts_have_equal_hashes() -> None:
    functional = Functional(ONE, ">", F(0))
    left = Threshold((functional,), {"0": True, "1": False})
    right = Threshold((functional,), {"1": False, "0": True})
    assert left == right
    assert hash(left) == hash(right)
    assert left != Threshold((functional,), {"0": True, "1": True})
    assert hash(StateTable({ONE: True})) == hash(StateTable({Matrix.of([["2/2"]]): True}))


POSITIVE = Functional(ONE, ">", F(0))


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: StateTable({}), ValueError, "table is empty; list at least one state"),
        (
            lambda: StateTable({ONE: True, Matrix.zeros(2, 1): True}),
            ShapeError,
            "states of different shapes",
        ),
        (
            lambda: Functional(ONE, "<", F(0)),  # type: ignore[arg-type]
            ValueError,
            "relation is '<'; expected",
        ),
        (lambda: Threshold((), {}), ValueError, "at least one functional"),
        (
            lambda: Threshold((POSITIVE, Functional(Matrix.zeros(2, 1), ">", F(0))), {}),
            ShapeError,
            "weights of different shapes",
        ),
        (lambda: Threshold((POSITIVE,), {"01": True}), ValueError, "'01'.*no string of 1 bits"),
        (lambda: Threshold((POSITIVE,), {"x": True}), ValueError, "'x'.*no string of 1 bits"),
        (
            lambda: StateTable({ONE: True}).output(Matrix.of([["1/2"]])),
            ReadoutUndefinedError,
            r"no entry for the reachable state \[1/2\]; add it, or read out through thresholds",
        ),
        (lambda: StateTable({ONE: True}).output("1"), ReadoutUndefinedError, "no entry"),
        (
            lambda: Threshold((POSITIVE,), {"0": True}).output("1"),
            ReadoutUndefinedError,
            "no entry for the reachable bits 1; add it",
        ),
        (lambda: Threshold((POSITIVE,), {"0": True}).output(ONE), ReadoutUndefinedError, "bits"),
        (lambda: POSITIVE.holds(Matrix.zeros(2, 1)), ShapeError, "cannot pair"),
    ],
)
def test_refused(attempt: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        attempt()
