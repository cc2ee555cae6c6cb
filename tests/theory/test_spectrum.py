"""Facts about eigenvalues, on matrices whose eigenvalues are known by construction."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
import sympy
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.numbers import RATIONALS, matrices, vectors
from monoscan.strategies.transitions import NONNEGATIVE_SPECTRUM, conjugated, contraction
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import NotRealError, Number, cosine, sine, sqrt_of, zeta
from monoscan.theory.spectrum import (
    has_nonnegative_spectrum,
    has_norm_at_most_one,
    has_real_spectrum,
    has_spectrum_in_unit_interval,
    has_unit_modulus_eigenvalue_other_than_one,
    is_diagonal,
    is_hermitian,
    is_positive_semidefinite,
    is_symmetric,
)
from monoscan.theory.transition import transition_matrix

F = Fraction
ROTATION = Matrix.of([["3/5", "-4/5"], ["4/5", "3/5"]])  # by an irrational part of the circle
# Lehmer's polynomial: two real reciprocal roots, all others on the unit circle.
LEHMER = [1, 1, 0, -1, -1, -1, -1, -1, 0, 1, 1]


def companion(coefficients: list[Fraction] | list[int]) -> Matrix:
    """A matrix whose characteristic polynomial has these coefficients, constant term first."""
    monic = [F(c) / coefficients[-1] for c in coefficients]
    size = len(monic) - 1
    return Matrix.of(
        [
            [-monic[i] if j == size - 1 else int(i == j + 1) for j in range(size)]
            for i in range(size)
        ]
    )


def from_roots(*factors: sympy.Expr) -> Matrix:
    """The companion matrix of a product."""
    product = sympy.Poly(sympy.prod(factors), sympy.Symbol("x"))
    return companion([F(int(c.p), int(c.q)) for c in reversed(product.all_coeffs())])


def blocks(*parts: Matrix) -> Matrix:
    """Block diagonal."""
    size = sum(part.shape[0] for part in parts)
    rows: list[list[Fraction]] = []
    offset = 0
    for part in parts:
        after = size - offset - part.shape[0]
        rows.extend([F(0)] * offset + list(row) + [F(0)] * after for row in part.rows)
        offset += part.shape[0]
    return Matrix.of(rows)


def scalar(value: str) -> Matrix:
    return Matrix.of([[value]])


def jordan(value: str) -> Matrix:
    return Matrix.of([[value, 1], [0, value]])


# Blocks with what is known of them: real, non-negative, in [0, 1], one on the circle other than 1.
KNOWN = [
    (scalar("0"), True, True, True, False),
    (scalar("1"), True, True, True, False),
    (scalar("1/3"), True, True, True, False),
    (scalar("1000001/1000000"), True, True, False, False),
    (scalar("-1/1000000"), True, False, False, False),
    (scalar("-1"), True, False, False, True),
    (jordan("0"), True, True, True, False),
    (jordan("1"), True, True, True, False),
    (jordan("-1"), True, False, False, True),
    (companion([1, -3, 1]), True, True, False, False),  # (3 +- sqrt 5) / 2, reciprocal
    (companion([1, -5, 5]), True, True, True, False),  # (5 +- sqrt 5) / 10
    (companion([-2, 0, 1]), True, False, False, False),  # +-sqrt 2
    (ROTATION, False, False, False, True),
    (ROTATION.scale(F(999999, 1000000)), False, False, False, False),
    (ROTATION.scale(F(2)), False, False, False, False),
    (Matrix.of([[0, -1], [1, 0]]), False, False, False, True),
    (Matrix.of([[0, -1], [1, -1]]), False, False, False, True),  # third roots of unity
]


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=3), st.data())
@examples(150)
def test_block_matrices_with_known_eigenvalues(
    parts: list[tuple[Matrix, bool, bool, bool, bool]], data: st.DataObject
) -> None:
    matrix = data.draw(conjugated(blocks(*(part[0] for part in parts))))
    assert has_real_spectrum(matrix) == all(part[1] for part in parts)
    assert has_nonnegative_spectrum(matrix) == all(part[2] for part in parts)
    assert has_spectrum_in_unit_interval(matrix) == all(part[3] for part in parts)
    assert has_unit_modulus_eigenvalue_other_than_one(matrix) == any(part[4] for part in parts)


@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@given(st.data(), st.integers(1, 4))
@examples(30)
def test_the_families_have_nonnegative_spectra(family: str, data: st.DataObject, size: int) -> None:
    matrix = transition_matrix(data.draw(NONNEGATIVE_SPECTRUM[family](size)))
    assert has_nonnegative_spectrum(matrix)
    assert has_real_spectrum(matrix)
    assert not has_unit_modulus_eigenvalue_other_than_one(matrix)


@given(matrices(3, 3))
@examples(100)
def test_random_matrices_against_numpy(matrix: Matrix) -> None:
    floats = np.array([[float(entry) for entry in row] for row in matrix.rows])
    eigenvalues = np.linalg.eigvals(floats)
    imaginary = float(np.abs(eigenvalues.imag).max())
    if has_real_spectrum(matrix):
        assert imaginary < 1e-4
    elif imaginary < 1e-7:  # too close for floats: sympy decides
        polynomial = sympy.Poly(
            [
                sympy.Rational(c.numerator, c.denominator)
                for c in reversed(matrix.characteristic_polynomial())
            ],
            sympy.Symbol("x"),
        ).sqf_part()
        assert polynomial.count_roots() < polynomial.degree()
    if has_nonnegative_spectrum(matrix):
        assert eigenvalues.real.min() > -1e-4
    if has_spectrum_in_unit_interval(matrix):
        assert eigenvalues.real.max() < 1 + 1e-4
    if has_norm_at_most_one(matrix):
        assert np.linalg.norm(floats, 2) < 1 + 1e-9
    else:
        assert np.linalg.norm(floats, 2) > 1 - 1e-9


@pytest.mark.parametrize("n", range(1, 25))
def test_companions_of_cyclotomic_polynomials(n: int) -> None:
    matrix = from_roots(sympy.cyclotomic_poly(n, sympy.Symbol("x")))
    assert has_unit_modulus_eigenvalue_other_than_one(matrix) == (n > 1)
    assert has_real_spectrum(matrix) == (n <= 2)


x = sympy.Symbol("x")


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        pytest.param(from_roots(x - 2, 2 * x - 1), False, id="real-reciprocal-pair"),
        pytest.param(from_roots(x + 2, 2 * x + 1), False, id="negative-reciprocal-pair"),
        pytest.param(from_roots(x**2 + 4, 4 * x**2 + 1), False, id="complex-reciprocal-pairs"),
        pytest.param(
            from_roots(x**2 - 2 * x + 2, 2 * x**2 - 2 * x + 1), False, id="(1+i) and (1+i)/2"
        ),
        pytest.param(companion(LEHMER), True, id="lehmer"),
        pytest.param(from_roots(x**2 + 4, 4 * x**2 + 1, x**2 + 1), True, id="pairs-and-i"),
        pytest.param(from_roots((x**2 + 1) ** 2), True, id="double-i"),
        pytest.param(from_roots(5 * x**2 - 6 * x + 5), True, id="3-4-5"),
        pytest.param(from_roots(5 * x**2 - 6 * x + 5, x, x - 1), True, id="3-4-5 with 0 and 1"),
        pytest.param(from_roots(x**2, (x - 1) ** 2, x - 2), False, id="0-1-2"),
        pytest.param(from_roots(x**4 + x + 1), False, id="x^4+x+1"),
    ],
)
def test_the_unit_circle(matrix: Matrix, expected: bool) -> None:
    assert has_unit_modulus_eigenvalue_other_than_one(matrix) is expected


def test_three_projections_leave_the_nonnegative_spectra() -> None:
    def projection(a: str, b: str) -> Matrix:
        v = Matrix.column([a, b])
        return Matrix.identity(2) - v @ v.transpose()

    product = projection("1", "0") @ projection("3/5", "4/5") @ projection("-7/25", "24/25")
    assert product.trace() == F(-63, 625)
    assert has_real_spectrum(product)
    assert not has_nonnegative_spectrum(product)
    assert has_norm_at_most_one(product)


# --- semidefinite matrices and norms -----------------------------------------------------------


def determinant(rows: list[list[Fraction]]) -> Fraction:
    if not rows:
        return F(1)
    total = F(0)
    for j, entry in enumerate(rows[0]):
        minor = [row[:j] + row[j + 1 :] for row in rows[1:]]
        total += (-1) ** j * entry * determinant(minor)
    return total


def has_nonnegative_principal_minors(matrix: Matrix) -> bool:
    size = matrix.shape[0]
    return all(
        determinant([[matrix.rows[i][j] for j in chosen] for i in chosen]) >= 0
        for count in range(1, size + 1)
        for chosen in combinations(range(size), count)
    )


@given(st.data(), st.integers(1, 4))
@examples(100)
def test_semidefinite_against_principal_minors(data: st.DataObject, size: int) -> None:
    g = data.draw(matrices(data.draw(st.integers(1, size)), size))
    shift = data.draw(st.sampled_from([F(0), F(0), F(1, 100), F(1), F(5)]))
    matrix = g.transpose() @ g - Matrix.identity(size).scale(shift)
    expected = has_nonnegative_principal_minors(matrix)
    assert is_positive_semidefinite(matrix) == expected
    assert has_nonnegative_spectrum(matrix) == expected


def test_semidefinite_with_a_zero_pivot() -> None:
    assert is_positive_semidefinite(Matrix.zeros(2, 2))
    assert is_positive_semidefinite(Matrix.of([[0, 0], [0, 1]]))
    assert not is_positive_semidefinite(Matrix.of([[0, 1], [1, 1]]))
    assert not is_positive_semidefinite(Matrix.of([[0, 0], [0, -1]]))
    assert not is_positive_semidefinite(Matrix.of([[1, 1, 0], [1, 1, 1], [0, 1, 1]]))


def test_semidefinite_is_asked_of_symmetric_matrices() -> None:
    with pytest.raises(ValueError, match=r"symmetric matrices; got \[1, 1; 0, 1\]"):
        is_positive_semidefinite(jordan("1"))


@given(st.data(), st.integers(1, 4))
@examples(60)
def test_contractions_have_norm_at_most_one(data: st.DataObject, size: int) -> None:
    product = Matrix.identity(size)
    for _ in range(data.draw(st.integers(1, 4))):
        product = product @ transition_matrix(data.draw(contraction(size)))
    assert has_norm_at_most_one(product)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (ROTATION, True),
        (ROTATION.scale(F(10**12 + 1, 10**12)), False),
        (ROTATION.scale(F(10**12 - 1, 10**12)), True),
        (scalar("-1"), True),
        (scalar("-1000000000001/1000000000000"), False),
        (jordan("0"), True),
        (jordan("1/2"), False),
        (Matrix.of([[1, "1/1000000"], [0, 0]]), False),
        (Matrix.of([["3/5", "4/5"]]), True),
        (Matrix.of([["3/5"], ["4/5"]]), True),
        (Matrix.of([["3/5"], ["5/6"]]), False),
        (Matrix.zeros(2, 3), True),
    ],
)
def test_norm_at_its_boundary(matrix: Matrix, expected: bool) -> None:
    assert has_norm_at_most_one(matrix) is expected


# --- shapes ------------------------------------------------------------------------------------


@given(vectors(3, RATIONALS))
def test_diagonal_matrices(entries: tuple[Fraction, ...]) -> None:
    matrix = Matrix.diagonal(entries)
    assert is_diagonal(matrix)
    assert is_symmetric(matrix)
    changed = Matrix.of(
        [
            [1 if (i, j) == (0, 2) else entry for j, entry in enumerate(row)]
            for i, row in enumerate(matrix.rows)
        ]
    )
    assert not is_diagonal(changed)
    assert not is_symmetric(changed)
    assert is_symmetric(changed + changed.transpose())


# --- irrational entries --------------------------------------------------------------------------


@pytest.mark.parametrize("m", [3, 5, 8, 12])
def test_rotations_by_a_fraction_of_the_circle(m: int) -> None:
    turn = Matrix.of([[cosine(1, m), -sine(1, m)], [sine(1, m), cosine(1, m)]])
    assert turn.power(m) == Matrix.identity(2)
    assert not has_real_spectrum(turn)
    assert has_unit_modulus_eigenvalue_other_than_one(turn)
    assert has_norm_at_most_one(turn)
    assert not has_norm_at_most_one(turn.scale(sqrt_of(2)))


@pytest.mark.parametrize("root", [sqrt_of(2), sqrt_of(3) - 1, cosine(1, 7)])
def test_real_irrational_eigenvalues(root: Number) -> None:
    upper = Matrix.of([[root, 5], [0, F(1, 2)]])
    assert has_real_spectrum(upper)
    assert has_nonnegative_spectrum(upper)
    assert has_spectrum_in_unit_interval(upper) == (root <= 1)
    assert not has_nonnegative_spectrum(upper.scale(F(-1)))
    assert not has_unit_modulus_eigenvalue_other_than_one(upper)


def test_a_shared_irrational_eigenvalue_counts_once() -> None:
    twice = Matrix.of([[sqrt_of(2), 1], [0, sqrt_of(2)]])
    assert has_real_spectrum(twice)


def test_norms_and_definiteness_of_complex_matrices() -> None:
    i = zeta(4)
    hermitian = Matrix.of([[2, i], [-i, 2]])
    assert is_hermitian(hermitian)
    assert not is_symmetric(hermitian)
    assert is_positive_semidefinite(hermitian)
    assert not is_positive_semidefinite(Matrix.of([[1, 2 * i], [-2 * i, 1]]))
    assert has_norm_at_most_one(Matrix.of([[zeta(5), 0], [0, i]]))
    assert not has_norm_at_most_one(Matrix.of([[1, i], [0, 1]]))
    # Symmetric but not Hermitian: no eigenvalue is negative, and the question has no answer.
    with pytest.raises(ValueError, match="asked of Hermitian or symmetric matrices"):
        is_positive_semidefinite(Matrix.of([[i]]))


@pytest.mark.parametrize(
    "query",
    [
        has_real_spectrum,
        has_nonnegative_spectrum,
        has_spectrum_in_unit_interval,
        has_unit_modulus_eigenvalue_other_than_one,
    ],
)
def test_eigenvalues_are_placed_for_real_characteristic_polynomials(
    query: Callable[[Matrix], bool],
) -> None:
    with pytest.raises(NotRealError, match="has coefficients that are not real"):
        query(Matrix.of([[zeta(3), 0], [0, 1]]))
    # Conjugate eigenvalues make a real characteristic polynomial.
    assert not has_real_spectrum(Matrix.of([[zeta(3), 0], [0, zeta(3, 2)]]))
