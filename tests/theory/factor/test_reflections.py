"""Orthogonal matrices as the least number of reflections."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.factor import (
    NotOrthogonalError,
    permutation_matrix,
    product_of,
    reflection_length,
    reflections,
    reflections_onto,
)
from monoscan.theory.factor.elimination import rank
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import cosine, sine, zeta
from monoscan.theory.transition import Householder

directions = st.lists(st.integers(-3, 3), min_size=4, max_size=4).filter(any)


def n_cycles(images: tuple[int, ...]) -> int:
    left, count = set(range(len(images))), 0
    while left:
        point, count = left.pop(), count + 1
        while (point := images[point]) in left:
            left.discard(point)
    return count


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_a_permutation_takes_n_minus_cycles_swaps(size: int) -> None:
    for images in permutations(range(size)):
        matrix = permutation_matrix(images)
        found = reflections(matrix)
        assert product_of(found, size) == matrix
        assert len(found) == size - n_cycles(images) == reflection_length(matrix)
        for factor in found:  # each is a swap: e_i - e_j up to a factor
            assert factor.beta == 2
            assert sorted(entry for entry in factor.v if entry) in ([-1, 1], [Fraction(-1), 1])


def test_two_disjoint_swaps_displace_four_points_and_need_two_factors() -> None:
    """Grazzi et al. bound the number by the displaced points less one, which is 3 here."""
    assert len(reflections(permutation_matrix((1, 0, 3, 2)))) == 2


@given(st.lists(directions, max_size=6))
def test_a_product_of_reflections_is_factored_again_with_as_few_as_its_rank(
    chosen: list[list[int]],
) -> None:
    factors = tuple(Householder(tuple(map(Fraction, v)), Fraction(2)) for v in chosen)
    matrix = product_of(factors, 4)
    found = reflections(matrix)
    assert product_of(found, 4) == matrix
    assert len(found) == rank(Matrix.identity(4) - matrix) <= len(chosen)


@pytest.mark.parametrize("m", [3, 5, 7, 8, 12])
def test_rotations_over_cyclotomic_fields(m: int) -> None:
    c, s = cosine(1, m), sine(1, m)
    rotation = Matrix(((c, -s), (s, c)))
    found = reflections(rotation)
    assert (len(found), product_of(found, 2)) == (2, rotation)


@given(st.lists(directions, min_size=1, max_size=3), st.lists(directions, max_size=3))
def test_an_isometry_of_few_columns_extends(
    columns: list[list[int]], chosen: list[list[int]]
) -> None:
    sources = Matrix.of(zip(*columns, strict=True))
    mover = product_of(tuple(Householder(tuple(map(Fraction, v)), Fraction(2)) for v in chosen), 4)
    found = reflections_onto(sources, mover @ sources)
    assert product_of(found, 4) @ sources == mover @ sources
    assert len(found) <= rank(sources)


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        (Matrix.of([[1, 1], [0, 1]]), "inner product of its columns 0 and 1 is 1, expected 0"),
        (Matrix.of([[2]]), "inner product of its columns 0 and 0 is 4, expected 1"),
        (Matrix.of([[1, 0]]), "not square"),
        (Matrix(((zeta(3),),)), "which is not real"),
    ],
)
def test_other_matrices_are_refused(matrix: Matrix, reason: str) -> None:
    for function in (reflections, reflection_length):
        with pytest.raises(NotOrthogonalError, match=reason):
            function(matrix)


def test_columns_of_different_inner_products_are_refused() -> None:
    with pytest.raises(NotOrthogonalError, match="inner products differ"):
        reflections_onto(Matrix.of([[1], [0]]), Matrix.of([[1], [1]]))


@pytest.mark.parametrize("images", [(0, 0), (1, 2), (-1, 0)])
def test_maps_that_are_no_permutation_are_refused(images: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="is no permutation"):
        permutation_matrix(images)
