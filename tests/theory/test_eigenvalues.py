"""Exact eigenvalues: every one annihilates the characteristic polynomial, none is missing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.eigenvalues import EigenvalueError, eigenvalues
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import cosine, number, sine, sqrt_of, zeta
from monoscan.theory.symbolic.exact import to_sympy
from monoscan.theory.transition import Blocks, Dense, Diagonal, Householder, transition_matrix

SMALL = st.integers(-2, 2)


def as_floats(matrix):
    return np.array([[complex(to_sympy(entry)) for entry in row] for row in matrix.rows])


def polynomial_of(values):
    return np.poly([complex(value) for value in values])


@given(
    st.integers(1, 3).flatmap(
        lambda n: st.lists(st.lists(SMALL, min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
@examples(25)
def test_they_are_the_roots_with_their_multiplicities(rows):
    matrix = Matrix.of(rows)
    found = eigenvalues(Dense(matrix))
    expected = [complex(c) for c in reversed(matrix.characteristic_polynomial())]
    assert len(found) == len(rows)
    assert np.allclose(polynomial_of(found), expected, atol=1e-7)


@given(st.permutations(range(5)))
@examples(20)
def test_those_of_a_permutation_are_roots_of_unity(images):
    matrix = Matrix.of([[int(j == images[i]) for j in range(5)] for i in range(5)])
    found = eigenvalues(Dense(matrix))
    assert all(sympy.simplify(value**60) == 1 for value in found)
    assert np.allclose(polynomial_of(found), np.poly(as_floats(matrix)), atol=1e-9)


@pytest.mark.parametrize("order", [3, 5, 8, 12])
def test_a_rotation_by_an_irrational_matrix(order):
    c, s = cosine(1, order), sine(1, order)
    found = eigenvalues(Dense(Matrix.of([[c, -s], [s, c]])))
    turn = sympy.exp(2 * sympy.pi * sympy.I / order)
    assert found == (turn, turn ** (order - 1))


def test_values_are_written_as_people_write_them():
    assert eigenvalues(Householder((number(1),), number(2))) == (-1,)
    assert str(eigenvalues(Diagonal((number(1), number("-1/2"), zeta(4))))) == "(1, I, -1/2)"
    assert str(eigenvalues(Dense(Matrix.of([[0, 2], [1, 0]])))) == "(sqrt(2), -sqrt(2))"
    shear = Dense(Matrix.of([[1, 1], [0, 1]]))
    assert eigenvalues(Blocks((shear, Diagonal((number(0),))))) == (1, 1, 0)


def test_roots_that_need_more_than_square_roots_are_exact():
    cube = eigenvalues(Dense(Matrix.of([[0, 0, 2], [1, 0, 0], [0, 1, 0]])))
    assert all(sympy.expand(value**3) == 2 for value in cube)
    companion = [[int(i == j + 1) for j in range(5)] for i in range(5)]
    companion[0][4] = companion[1][4] = 1
    quintic = eigenvalues(Dense(Matrix.of(companion)))  # of x^5 - x - 1
    assert all(isinstance(value, sympy.CRootOf) for value in quintic)
    assert len(set(quintic)) == 5


def test_irrational_entries_with_square_roots():
    root = sqrt_of(2)
    found = eigenvalues(Dense(Matrix.of([[0, root], [1, 0]])))
    assert np.allclose(polynomial_of(found), [1, 0, -np.sqrt(2)])
    assert eigenvalues(Diagonal((root, Fraction(3))))[0] == 3


def test_what_cannot_be_written_down_is_said():
    matrix = Matrix.of([[0, 0, sqrt_of(2)], [1, 0, 0], [0, 1, 0]])
    with pytest.raises(EigenvalueError, match=r"the roots of x\*\*3"):
        eigenvalues(Dense(matrix))
    assert transition_matrix(Dense(matrix)) == matrix
