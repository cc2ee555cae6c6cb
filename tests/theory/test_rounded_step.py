"""Every scalar operation rounded, in the documented order; small cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.formats import number_formats
from monoscan.strategies.numbers import matrices
from monoscan.strategies.transitions import transitions
from monoscan.theory.formats import FixedPoint, NumberFormat, get_format
from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.rounded_step import operands, rounded_apply
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)

F = Fraction
EIGHTHS = FixedPoint(F(1, 8), F(-16), F(127, 8))
INTEGERS = FixedPoint(F(1), F(-8), F(7))


def apply(
    transition: Transition, state: list[str], b: list[str], number_format: NumberFormat
) -> list[str]:
    case = Case(transition, Matrix.column(b))
    result = rounded_apply(case, Matrix.column(state), number_format)
    return [str(entry) for entry in result.entries()]


def test_delta_rule_by_hand() -> None:
    # k . x = r(-65/64) + r(70/64) = -1 + 9/8 = 1/8, t = r(3/32) = 1/8, t k = r(5/64) = 1/8
    delta = DeltaRule((F(5, 8), F(5, 8)), F(3, 4))
    assert apply(delta, ["-13/8", "14/8"], ["0", "0"], EIGHTHS) == ["-7/4", "13/8"]
    assert apply(delta, ["-7/4", "13/8"], ["0", "0"], EIGHTHS) == ["-13/8", "7/4"]


def test_dense_rows_are_summed_from_the_left() -> None:
    row = Dense(Matrix.of([[1, 1, -1], [0, 0, 0], [0, 0, 0]]))
    # 7 + 7 saturates at 7 before 7 is taken away; the other order would give 7.
    assert apply(row, ["7", "7", "7"], ["0", "0", "0"], INTEGERS)[0] == "0"
    other = Dense(Matrix.of([[1, -1, 1], [0, 0, 0], [0, 0, 0]]))
    assert apply(other, ["7", "7", "7"], ["0", "0", "0"], INTEGERS)[0] == "7"


def test_the_product_is_rounded_before_b_is_added() -> None:
    half = Diagonal((F(1, 2),))
    # 1/2 is rounded to 0 and then 1/2 to 0 again; as one step it would be 1.
    assert apply(half, ["1"], ["1/2"], INTEGERS) == ["0"]
    assert apply(half, ["3"], ["0"], INTEGERS) == ["2"]


def test_the_last_factor_acts_first() -> None:
    double, halve = DeltaRule((F(1),), F(-1)), DeltaRule((F(1),), F(1, 2))
    # 1 - r(1/2) = 1, then doubled; the other way round 2 - r(1) = 1
    assert apply(HouseholderProduct((double, halve)), ["1"], ["0"], INTEGERS) == ["2"]
    assert apply(HouseholderProduct((halve, double)), ["1"], ["0"], INTEGERS) == ["1"]


@given(st.data(), st.integers(1, 3), number_formats(wrap=True))
@examples(60)
def test_columns_do_not_meet(data: st.DataObject, size: int, number_format: NumberFormat) -> None:
    values = st.sampled_from(number_format.values())
    transition = data.draw(transitions(size, values, normalised=False))
    state, b = (data.draw(matrices(size, 3, values)) for _ in range(2))
    together = rounded_apply(Case(transition, b), state, number_format)
    for column in range(3):
        alone = rounded_apply(
            Case(transition, Matrix.column([row[column] for row in b.rows])),
            Matrix.column([row[column] for row in state.rows]),
            number_format,
        )
        assert alone.entries() == tuple(row[column] for row in together.rows)


@given(st.data(), st.integers(1, 3))
@examples(60)
def test_without_rounding_it_is_the_exact_step(data: st.DataObject, size: int) -> None:
    # Dyadic numbers of a few bits: nothing is rounded in a fine and wide format.
    fine = FixedPoint(F(1, 2**40), F(-(2**40)), F(2**40))
    entries = st.builds(F, st.integers(-8, 8), st.just(8))
    transition = data.draw(transitions(size, entries, normalised=False))
    state, b = (data.draw(matrices(size, 2, entries)) for _ in range(2))
    case = Case(transition, b)
    assert rounded_apply(case, state, fine) == case.apply(state)


def test_operands() -> None:
    delta = DeltaRule((F(1), F(2)), F(3))
    assert operands(Diagonal((F(1), F(2)))) == (F(1), F(2))
    assert operands(delta) == (F(1), F(2), F(3))
    assert operands(HouseholderProduct((delta, delta))) == (F(1), F(2), F(3)) * 2
    assert operands(Dense(Matrix.of([[1, 2], [3, 4]]))) == (F(1), F(2), F(3), F(4))


@pytest.mark.parametrize("inside_a_product", [False, True])
def test_a_normalised_factor_is_refused(inside_a_product: bool) -> None:
    factor = Householder((F(1),), F(1))
    transition = HouseholderProduct((factor,)) if inside_a_product else factor
    zero = Matrix.zeros(1, 1)
    with pytest.raises(ValueError, match=r"divides by v\^T v, which is no operation of a network"):
        rounded_apply(Case(transition, zero), zero, get_format("e4m3"))
    with pytest.raises(ValueError, match=r"divides by v\^T v"):
        operands(transition)


def test_other_things_are_no_transitions() -> None:
    with pytest.raises(TypeError, match="str is no transition"):
        operands("diagonal")  # type: ignore[arg-type]


def test_a_gate_is_rounded_after_its_factor() -> None:
    # (1/2) k k^T with k = (1, 1) takes r(7/2) = 4 away: 7 - 4 = 3 and -4, then halves are rounded.
    gated = Gated(F(1, 2), DeltaRule((F(1), F(1)), F(1, 2)))
    assert apply(gated, ["7", "0"], ["0", "0"], INTEGERS) == ["2", "-2"]
    assert operands(gated) == (F(1, 2), F(1), F(1), F(1, 2))


@given(st.data(), number_formats())
@examples(40)
def test_blocks_are_rounded_one_by_one(data: st.DataObject, number_format: NumberFormat) -> None:
    upper = Dense(data.draw(matrices(2, 2)))
    lower = Diagonal((data.draw(matrices(1, 1)).rows[0][0],))
    state, b = data.draw(matrices(3, 1)), data.draw(matrices(3, 1))
    whole = rounded_apply(Case(Blocks((upper, lower)), b), state, number_format)
    parts = [
        rounded_apply(Case(block, Matrix(b.rows[rows])), Matrix(state.rows[rows]), number_format)
        for block, rows in ((upper, slice(0, 2)), (lower, slice(2, 3)))
    ]
    assert whole.rows == parts[0].rows + parts[1].rows
    assert operands(Blocks((upper, lower))) == (*operands(upper), *operands(lower))


@pytest.mark.parametrize(
    "transition",
    [
        DiagonalPlusRankOne((F(1),), (F(1),), (F(1),), F(1)),
        HouseholderDiagonal((F(1),), F(1), (F(1),)),
    ],
)
def test_kinds_without_an_order_of_operations(transition: Transition) -> None:
    message = f"a {type(transition).__name__} transition has no documented order"
    with pytest.raises(ValueError, match=message):
        operands(Blocks((transition,)))
    with pytest.raises(ValueError, match=message):
        apply(transition, ["1"], ["0"], INTEGERS)
