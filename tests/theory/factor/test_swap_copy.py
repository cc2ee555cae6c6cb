"""Maps of coordinates as products of at most n swaps and copies."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.factor import SwapCopy, map_matrix, matrix_map, swaps_and_copies
from monoscan.theory.factor.norm import growing_vector
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import transition_matrix


def multiplied(images: tuple[int, ...]) -> Matrix:
    result = Matrix.identity(len(images))
    for factor in swaps_and_copies(images):
        assert transition_matrix(factor.transition()) == map_matrix(factor.images())
        result = result @ map_matrix(factor.images())
    return result


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_every_map_takes_at_most_n_factors(size: int) -> None:
    for images in product(range(size), repeat=size):
        assert multiplied(images) == map_matrix(images)
        assert len(swaps_and_copies(images)) <= size


@pytest.mark.slow
def test_every_map_of_five_points_takes_at_most_five_factors() -> None:
    for images in product(range(5), repeat=5):
        assert len(swaps_and_copies(images)) <= 5
        assert multiplied(images) == map_matrix(images)


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(*[st.integers(0, n - 1)] * n)))
def test_larger_maps(images: tuple[int, ...]) -> None:
    assert multiplied(images) == map_matrix(images)
    assert matrix_map(map_matrix(images)) == images
    # A map that is no permutation makes some vector longer, so no contraction implements it.
    assert (growing_vector(map_matrix(images)) is None) == (sorted(images) == sorted(set(images)))


def test_copies_come_first_and_n_factors_can_be_needed() -> None:
    kinds = [factor.kind for factor in swaps_and_copies((1, 1, 0, 0))]
    assert kinds == sorted(kinds, reverse=True)  # F_1 is applied last
    assert len(swaps_and_copies((1, 0, 0))) == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("move", 2, 0, 1), "the kind 'move' is unknown"),
        (("swap", 2, 0, 2), "coordinates are 0..1"),
        (("copy", 2, -1, 1), "coordinates are 0..1"),
        (("copy", 2, 1, 1), "the coordinates must differ"),
    ],
)
def test_wrong_factors_are_refused(arguments: tuple, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SwapCopy(*arguments)


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        (Matrix.of([[1, 0]]), "is a square matrix; the shape is"),
        (Matrix.of([[1, 1], [1, 0]]), r"column 0 is \(1, 1\)"),
        (Matrix.of([[1, 0], [0, 2]]), r"column 1 is \(0, 2\)"),
        (Matrix.of([[1, 0], [0, 0]]), "exactly one 1"),
    ],
)
def test_other_matrices_are_no_maps(matrix: Matrix, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        matrix_map(matrix)


def test_an_image_that_is_no_coordinate_is_refused() -> None:
    for function in (map_matrix, swaps_and_copies):
        with pytest.raises(ValueError, match=r"the image of 1 is 2; images are coordinates 0..1"):
            function((0, 2))
