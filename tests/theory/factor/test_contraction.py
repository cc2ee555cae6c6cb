"""Matrices of norm at most 1 as at most 2n factors, exactly; other decompositions; the norm."""

from contextlib import suppress
from fractions import Fraction

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.factor import (
    NotContractionError,
    RootOutOfReachError,
    contraction_factors,
    growing_vector,
    polar_factors,
    product_of,
    svd_factors,
)
from monoscan.theory.factor.elimination import apply, inner, rank
from monoscan.theory.factor.norm import NegativeDirection, contraction_gap, sum_of_squares
from monoscan.theory.factor.polar import orthogonal_eigenvectors
from monoscan.theory.factor.roots import square_root, squarefree_radicand
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import sqrt_of, zeta
from monoscan.theory.spectrum import has_norm_at_most_one
from monoscan.theory.transition import Householder

betas = st.fractions(0, 2, max_denominator=4)
vectors = st.lists(st.integers(-2, 2), min_size=3, max_size=3).filter(any)
factor_lists = st.lists(
    st.builds(lambda v, b: Householder(tuple(map(Fraction, v)), b), vectors, betas)
)
small_matrices = st.integers(1, 3).flatmap(
    lambda n: st.lists(
        st.lists(st.fractions(-1, 1, max_denominator=3), min_size=n, max_size=n),
        min_size=n,
        max_size=n,
    ).map(Matrix.of)
)

HALF = sqrt_of(Fraction(1, 2))


def check(matrix: Matrix, factors: tuple[Householder, ...], most: int) -> None:
    size = matrix.shape[0]
    assert product_of(factors, size) == matrix
    assert len(factors) <= most
    assert all(0 <= factor.beta <= 2 for factor in factors)


@pytest.mark.parametrize(
    "matrix",
    [
        Matrix.of([["1/2"]]),
        Matrix.of([["-1/2"]]),
        Matrix.zeros(3, 3),
        Matrix.identity(2),
        Matrix.of([[0, 0], ["1/2", 0]]),
        Matrix.of([["1/2", "1/2"], ["1/2", "1/2"]]),
        Matrix.of([["1/2", "1/2"], [0, "1/2"]]),
        Matrix.of([["1/2", "1/3"], ["1/4", "1/5"]]),
        Matrix.diagonal([Fraction(1, 2), Fraction(1, 3), Fraction(-1), Fraction(0)]),
        Matrix(((HALF, HALF), (-HALF, HALF))),
    ],
    ids=str,
)
def test_contractions_are_factored(matrix: Matrix) -> None:
    found = contraction_factors(matrix)
    check(matrix, found, rank(matrix) + rank(contraction_gap(matrix)))
    assert len(found) <= 2 * matrix.shape[0]


def test_the_zero_matrix_takes_n_projections() -> None:
    assert [factor.beta for factor in contraction_factors(Matrix.zeros(4, 4))] == [1] * 4


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=4).filter(any), betas, st.data())
def test_a_gap_of_rank_one_is_always_served(
    v: list[int], beta: Fraction, data: st.DataObject
) -> None:
    size = len(v)
    mirrors = data.draw(
        st.lists(st.lists(st.integers(-3, 3), min_size=size, max_size=size).filter(any), max_size=3)
    )
    factors = [Householder(tuple(map(Fraction, v)), beta)]
    factors += [Householder(tuple(map(Fraction, mirror)), Fraction(2)) for mirror in mirrors]
    matrix = product_of(tuple(factors), size)
    assert rank(contraction_gap(matrix)) <= 1
    check(matrix, contraction_factors(matrix), size + 1)


@examples(10)
@given(factor_lists)
def test_products_of_factors_are_contractions_and_factored_if_roots_are_found(
    listed: list[Householder],
) -> None:
    matrix = product_of(tuple(listed), 3)
    assert growing_vector(matrix) is None
    with suppress(RootOutOfReachError):
        check(matrix, contraction_factors(matrix), 6)


def test_a_factorisation_without_roots_in_reach_says_so() -> None:
    # The gap has rank 2, and no small choice of squares has c^2 with a root in a small field.
    matrix = Matrix.of([["1/17", "2/19", 0], ["3/23", "1/29", "5/31"], [0, "1/37", "2/41"]])
    with pytest.raises(RootOutOfReachError, match="no choice of factors was found"):
        contraction_factors(matrix)


@given(small_matrices)
def test_the_norm_is_decided_with_a_proof_either_way(matrix: Matrix) -> None:
    gap = contraction_gap(matrix)
    found = sum_of_squares(gap)
    assert isinstance(found, NegativeDirection) != has_norm_at_most_one(matrix)
    if isinstance(found, NegativeDirection):
        image = apply(matrix, found.vector)
        assert inner(image, image) > inner(found.vector, found.vector)
        assert growing_vector(matrix) == found.vector
        return
    total = Matrix.zeros(*gap.shape)
    for weight, line in zip(found.weights, found.vectors, strict=True):
        assert weight > 0
        total += (Matrix.column(line) @ Matrix.column(line).transpose()).scale(weight)
    assert total == gap
    assert len(found.weights) == rank(gap)


def test_an_asymmetric_matrix_has_no_sum_of_squares() -> None:
    with pytest.raises(ValueError, match="asked of a symmetric matrix"):
        sum_of_squares(Matrix.of([[0, 1], [0, 0]]))


@pytest.mark.parametrize("function", [contraction_factors, polar_factors, svd_factors])
def test_matrices_that_grow_are_refused_with_a_vector(function: object) -> None:
    assert callable(function)
    with pytest.raises(NotContractionError, match=r"the vector \(.*\) of squared length 5 goes to"):
        function(Matrix.of([[0, 0], [1, 1]]))
    with pytest.raises(NotContractionError, match="is not square"):
        function(Matrix.of([["1/2", 0]]))
    with pytest.raises(NotContractionError, match="which is not real"):
        function(Matrix(((zeta(3),),)))


@pytest.mark.parametrize(
    "matrix",
    [
        Matrix.of([["1/2", 0], [0, "1/3"]]),
        Matrix.of([[0, "-1/2"], [1, 0]]),
        Matrix.of([["1/2", "1/2"], ["1/2", "1/2"]]),
        Matrix.of([["3/10", "-2/5"], ["4/5", "3/5"]]),
        Matrix.zeros(2, 2),
    ],
    ids=str,
)
def test_polar_and_singular_value_decompositions(matrix: Matrix) -> None:
    size = matrix.shape[0]
    check(matrix, polar_factors(matrix), 2 * size)
    check(matrix, svd_factors(matrix), 3 * size)


def test_eigenvectors_that_are_not_rational_are_out_of_reach() -> None:
    golden = Matrix.of([["1/2", "1/2"], [0, "1/2"]])
    with pytest.raises(RootOutOfReachError, match="only 0 of 2 eigenvalues"):
        polar_factors(golden)
    with pytest.raises(RootOutOfReachError, match="over the rationals only"):
        polar_factors(Matrix.of([[HALF / 2, "1/4"], [0, 0]]))
    check(golden, contraction_factors(golden), 4)


def test_roots_out_of_reach_are_named() -> None:
    # A^T A has the eigenvalues 61/100 and 0, and 61 has its root in a field of degree 60.
    matrix = Matrix.of([["5/10", 0], ["6/10", 0]])
    with pytest.raises(RootOutOfReachError, match="needs the square root of 61/100"):
        polar_factors(matrix)


def test_eigenvalues_come_in_order_with_orthogonal_vectors() -> None:
    matrix = Matrix.of([[2, 1, 1], [1, 2, 1], [1, 1, 2]])
    found = orthogonal_eigenvectors(matrix)
    assert [value for value, _ in found] == [4, 1, 1]
    for i, (value, vector) in enumerate(found):
        assert apply(matrix, vector) == tuple(value * entry for entry in vector)
        assert all(inner(vector, other) == 0 for _, other in found[:i])


@pytest.mark.parametrize(
    ("value", "radicand"),
    [
        ("0", 1),
        ("4/9", 1),
        ("1/2", 2),
        ("12", 3),
        ("3/5", 15),
        ("30", 30),
        ("61", None),
        ("1/67", None),
    ],
)
def test_square_free_radicands(value: str, radicand: int | None) -> None:
    assert squarefree_radicand(Fraction(value)) == radicand


@given(st.fractions(0, 50, max_denominator=20))
def test_square_roots_are_right_or_out_of_reach(value: Fraction) -> None:
    root = square_root(value)
    if root is not None:
        assert root >= 0
        assert root * root == value
    assert square_root(value * value) == value


def test_roots_that_are_not_taken() -> None:
    with pytest.raises(ValueError, match="is negative"):
        square_root(Fraction(-1))
    assert square_root(sqrt_of(2)) is None
    assert squarefree_radicand(zeta(5) + zeta(5, -1)) is None
