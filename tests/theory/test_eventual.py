"""Signs, casts and sums of casts as lassos, against their first few hundred terms."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.formats import number_formats
from monoscan.strategies.numbers import matrices
from monoscan.strategies.transitions import conjugated
from monoscan.theory.eventual import eventual_cast, eventual_cast_of_sum, eventual_signs
from monoscan.theory.formats import FixedPoint, FormatError, NumberFormat, Overflow, get_format
from monoscan.theory.lasso import Lasso
from monoscan.theory.matrix import Matrix
from monoscan.theory.recurrence import MAX_INDEX, SettlesTooLate, Term

F = Fraction
WINDOW = 120


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def entry_of_powers(matrix: Matrix, start: Matrix) -> Term:
    """n -> the first entry of matrix^n start."""
    states = [start]

    def term(n: int) -> Fraction:
        while len(states) <= n:
            states.append(matrix @ states[-1])
        return states[n].rows[0][0]

    return term


def powers_of(base: str) -> Term:
    return lambda n: F(base) ** n


def same(found: Lasso[Fraction] | Lasso[int], expected: Sequence[object]) -> bool:
    return list(found.take(len(expected))) == list(expected)


REAL = st.sampled_from(["0", "1", "1/2", "3/2", "-1", "-1/2", "-2", "2/3", "-4/3"])


@st.composite
def real_spectrum(draw: st.DrawFn) -> Matrix:
    """Triangular up to a change of basis, eigenvalues of either sign."""
    size = draw(st.integers(1, 3))
    full, eigenvalues = draw(matrices(size, size)), draw(st.lists(REAL, min_size=3, max_size=3))
    rows = [
        [eigenvalues[i] if i == j else full.rows[i][j] if j > i else 0 for j in range(size)]
        for i in range(size)
    ]
    return draw(conjugated(Matrix.of(rows)))


@given(real_spectrum(), st.data())
@examples(80)
def test_signs_of_real_spectra_have_period_at_most_two(matrix: Matrix, data: st.DataObject) -> None:
    size = matrix.shape[0]
    term = entry_of_powers(matrix, data.draw(matrices(size, 1)))
    found = eventual_signs(term, size)
    assert found is not None
    assert len(found.cycle) <= 2
    assert same(found, [sign(term(n)) for n in range(len(found.stem) + WINDOW)])


@given(real_spectrum(), number_formats(), st.data())
@examples(80)
def test_casts_of_real_spectra(
    matrix: Matrix, number_format: NumberFormat, data: st.DataObject
) -> None:
    size = matrix.shape[0]
    term = entry_of_powers(matrix, data.draw(matrices(size, 1)))
    found = eventual_cast(term, size, number_format)
    assert found is not None
    assert len(found.cycle) <= 2
    assert same(found, [number_format.round(term(n)) for n in range(len(found.stem) + WINDOW)])


@pytest.mark.parametrize(
    ("matrix", "period"),
    [
        (Matrix.of([[0, -1], [1, 0]]), 4),
        (Matrix.of([[0, -1], [1, -1]]), 3),
        (Matrix.of([[1, -1], [1, 0]]), 6),
        (Matrix.of([[-1, 0], [0, -1]]), 2),
        (Matrix.of([[0, "-1/2"], ["1/2", 0]]), 4),
    ],
)
def test_rotations_by_a_small_root_of_unity(matrix: Matrix, period: int) -> None:
    term = entry_of_powers(matrix, Matrix.column([3, 1]))
    found = eventual_signs(term, 2)
    assert found is not None
    assert period % len(found.cycle) == 0
    assert same(found, [sign(term(n)) for n in range(WINDOW)])


def test_an_irrational_rotation_is_not_decided() -> None:
    rotation = Matrix.of([["3/5", "-4/5"], ["4/5", "3/5"]])
    term = entry_of_powers(rotation, Matrix.column([1, 0]))
    assert eventual_signs(term, 2) is None
    assert eventual_cast(term, 2, get_format("q2.2")) is None


def test_a_whole_8_bit_format() -> None:
    e4m3 = get_format("e4m3")
    for base in ("9/10", "11/10", "-9/10"):
        found = eventual_cast(powers_of(base), 1, e4m3)
        assert found is not None
        assert same(found, [e4m3.round(F(base) ** n) for n in range(250)])


def test_wrap_around_has_no_thresholds() -> None:
    with pytest.raises(FormatError, match="not monotone"):
        eventual_cast(lambda n: F(1), 1, FixedPoint.signed(3, overflow=Overflow.WRAP))


# --- sums --------------------------------------------------------------------------------------


@given(number_formats(), st.data())
@examples(150)
def test_sums_of_casts(number_format: NumberFormat, data: st.DataObject) -> None:
    values = st.sampled_from(number_format.values())

    def lasso() -> Lasso[Fraction]:
        stem = data.draw(st.lists(values, max_size=4))
        return Lasso(tuple(stem), tuple(data.draw(st.lists(values, min_size=1, max_size=4))))

    base, increments = lasso(), lasso()
    found = eventual_cast_of_sum(base, increments, number_format)
    partial, expected = F(0), []
    for n in range(len(found.stem) + WINDOW):
        expected.append(number_format.round(base[n] + partial))
        partial += increments[n]
    assert same(found, expected)


def test_a_sum_without_growth_keeps_its_period() -> None:
    one = F(1)
    small = FixedPoint(one, -3 * one, 3 * one)
    found = eventual_cast_of_sum(Lasso((), (F(0),)), Lasso((), (one, -one)), small)
    assert found == Lasso((), (F(0), one))


def test_a_sum_that_saturates_late() -> None:
    wide = FixedPoint(F(1), F(-MAX_INDEX - 5), F(MAX_INDEX + 5))
    with pytest.raises(SettlesTooLate, match=f"saturates only at index {MAX_INDEX + 5}"):
        eventual_cast_of_sum(Lasso((), (F(0),)), Lasso((), (F(1),)), wide)
