"""Exact matrices: arithmetic against sympy, shapes that do not fit."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.numbers import RATIONALS, cyclotomics, matrices
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import InexactNumberError, sqrt_of, zeta

F = Fraction
SIZES = st.integers(1, 4)


def to_sympy(matrix: Matrix) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(*x.as_integer_ratio()) for x in r] for r in matrix.rows])


@given(st.data(), SIZES, SIZES, SIZES)
@examples(50)
def test_arithmetic_against_sympy(data: st.DataObject, n: int, m: int, k: int) -> None:
    a, b, c = (data.draw(matrices(*shape)) for shape in ((n, m), (n, m), (m, k)))
    factor = data.draw(RATIONALS)
    assert to_sympy(a + b) == to_sympy(a) + to_sympy(b)
    assert to_sympy(a - b) == to_sympy(a) - to_sympy(b)
    assert to_sympy(a @ c) == to_sympy(a) * to_sympy(c)
    assert to_sympy(a.transpose()) == to_sympy(a).T
    assert to_sympy(a.scale(factor)) == sympy.Rational(*factor.as_integer_ratio()) * to_sympy(a)
    assert a.dot(b) == (a.transpose() @ b).trace()


@given(st.data(), SIZES)
@examples(50)
def test_characteristic_polynomial_against_sympy(data: st.DataObject, size: int) -> None:
    matrix = data.draw(matrices(size, size))
    expected = to_sympy(matrix).charpoly().all_coeffs()
    found = matrix.characteristic_polynomial()
    assert [sympy.Rational(*x.as_integer_ratio()) for x in reversed(found)] == expected


@given(st.data(), st.integers(1, 3), st.integers(0, 6))
def test_power_is_repeated_multiplication(data: st.DataObject, size: int, exponent: int) -> None:
    matrix = data.draw(matrices(size, size))
    expected = Matrix.identity(size)
    for _ in range(exponent):
        expected = expected @ matrix
    assert matrix.power(exponent) == expected


@given(st.data())
def test_equal_matrices_have_equal_hashes(data: st.DataObject) -> None:
    matrix = data.draw(matrices(2, 2))
    copy = Matrix.of([[str(entry) for entry in row] for row in matrix.rows])
    assert copy == matrix
    assert hash(copy) == hash(matrix)


def test_the_orbit_of_a_dyadic_state_does_not_collide() -> None:
    halves = [Matrix.of([[F(1, 2**k)]]) for k in range(500)]
    assert len({hash(state) for state in halves}) == 500


def test_builders() -> None:
    assert Matrix.column([1, "1/2"]).rows == ((F(1),), (F(1, 2),))
    assert Matrix.zeros(1, 2).rows == ((F(0), F(0)),)
    assert Matrix.diagonal([F(2), F(3)]).entries() == (F(2), F(0), F(0), F(3))
    assert Matrix.of([[1, 2], [3, 4]]).trace() == 5
    assert Matrix.of([[1, -1]]).map(abs).rows == ((F(1), F(1)),)
    assert str(Matrix.of([[1, "1/2"], [0, -1]])) == "[1, 1/2; 0, -1]"
    assert Matrix.of([[1, 2, 3]]).shape == (1, 3)
    assert not Matrix.of([[1, 2, 3]]).is_square


WIDE, TALL = Matrix.of([[1, 2]]), Matrix.of([[1], [2]])


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: Matrix(()), "at least one row and one column"),
        (lambda: Matrix(((),)), "at least one row and one column"),
        (lambda: Matrix.of([[1, 2], [3]]), "row 1 has 1 entries, row 0 has 2"),
        (lambda: operator.add(WIDE, TALL), r"\(1, 2\) \+ a \(2, 1\)"),
        (lambda: operator.sub(WIDE, TALL), r"\(1, 2\) - a \(2, 1\)"),
        (lambda: operator.matmul(WIDE, WIDE), r"multiply a \(1, 2\) matrix by a \(1, 2\)"),
        (lambda: WIDE.dot(TALL), r"cannot pair a \(1, 2\) matrix with a \(2, 1\)"),
        (WIDE.trace, "the trace needs a square matrix; this one has shape"),
        (lambda: WIDE.power(2), "the power needs a square matrix"),
        (WIDE.characteristic_polynomial, "the characteristic polynomial needs a square matrix"),
    ],
)
def test_shapes_that_do_not_fit(attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        attempt()


def test_floats_are_refused() -> None:
    with pytest.raises(InexactNumberError, match="floating-point"):
        Matrix.of([[0.5]])


# --- irrational entries --------------------------------------------------------------------------


@st.composite
def irrational(draw: st.DrawFn, height: int, width: int) -> Matrix:
    entries = st.one_of(RATIONALS, cyclotomics((3, 4, 8)))
    row = st.lists(entries, min_size=width, max_size=width)
    return Matrix.of(draw(st.lists(row, min_size=height, max_size=height)))


@given(st.data(), st.integers(1, 3), st.integers(1, 3))
@examples(30)
def test_products_by_the_definition(data: st.DataObject, n: int, m: int) -> None:
    a, b = data.draw(irrational(n, m)), data.draw(irrational(m, n))
    expected = [
        [sum((a.rows[i][k] * b.rows[k][j] for k in range(m)), F(0)) for j in range(n)]
        for i in range(n)
    ]
    assert a @ b == Matrix.of(expected)
    assert (a @ b).conjugate_transpose() == b.conjugate_transpose() @ a.conjugate_transpose()
    assert a.conjugate_transpose().conjugate_transpose() == a


def test_one_number_in_two_fields_makes_one_matrix() -> None:
    first = Matrix.of([[sqrt_of(2), 1]])
    second = Matrix.of([[zeta(16, 2) + zeta(16, -2), "1"]])
    assert first == second
    assert hash(first) == hash(second)
    assert str(first) == "[zeta8 - zeta8^3, 1]"


def test_permutations_take_the_rows_over() -> None:
    swap = Matrix.of([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    state = Matrix.of([[1, 2], [3, 4], [5, 6]])
    assert swap @ state == Matrix.of([[3, 4], [1, 2], [0, 0]])
