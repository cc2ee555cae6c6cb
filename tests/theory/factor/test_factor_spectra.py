"""Eigenvalues of products of two, three and more factors."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monoscan.theory.factor import (
    THREE_PROJECTIONS,
    is_open_range,
    pair_spectrum,
    product_of,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE
from monoscan.theory.spectrum import (
    has_norm_at_most_one,
    has_real_spectrum,
    has_spectrum_in_unit_interval,
    has_unit_modulus_eigenvalue_other_than_one,
)
from monoscan.theory.transition import Householder, transition_matrix

directions = st.lists(st.integers(-3, 3), min_size=3, max_size=3).filter(any)


def factors(most: int) -> st.SearchStrategy[Householder]:
    betas = st.fractions(0, most, max_denominator=6)
    return st.builds(lambda v, b: Householder(tuple(map(Fraction, v)), b), directions, betas)


@given(factors(2), factors(2))
def test_the_pair_formulas_agree_with_the_characteristic_polynomial(
    first: Householder, second: Householder
) -> None:
    found = pair_spectrum(first, second)
    matrix = product_of((first, second), 3)
    assert found.is_real == has_real_spectrum(matrix)
    assert found.is_in_unit_interval == has_spectrum_in_unit_interval(matrix)
    # (x - 1)(x^2 - trace x + determinant)
    t, d = found.trace, found.determinant
    assert matrix.characteristic_polynomial() == (-d, t + d, -1 - t, 1)


@given(factors(2), factors(2))
@example(Householder((ONE, ONE), 2 * ONE), Householder((ONE, 0 * ONE), 2 * ONE))
def test_eigenvalues_that_are_not_real_need_both_betas_above_one(
    first: Householder, second: Householder
) -> None:
    if not pair_spectrum(first, second).is_real:
        assert first.beta > 1
        assert second.beta > 1


def test_both_betas_above_one_are_not_enough() -> None:
    first, second = Householder((ONE, ONE * 0), 2 * ONE), Householder((ONE * 0, ONE), 2 * ONE)
    assert pair_spectrum(first, second).is_real
    assert not pair_spectrum(first, second).is_in_unit_interval


@given(factors(1), factors(1))
def test_two_factors_in_0_1_have_their_spectrum_in_0_1(
    first: Householder, second: Householder
) -> None:
    assert pair_spectrum(first, second).is_in_unit_interval


def test_three_projections_have_a_negative_eigenvalue() -> None:
    matrix = transition_matrix(THREE_PROJECTIONS)
    assert [factor.effective_beta() for factor in THREE_PROJECTIONS.factors] == [1, 1, 1]
    assert matrix.characteristic_polynomial() == (0, Fraction(63, 625), 1)


def test_three_factors_in_0_1_can_have_eigenvalues_that_are_not_real() -> None:
    listed = ((-2, 3), Fraction(4, 5)), ((-3, 1), Fraction(4, 5)), ((1, 2), Fraction(9, 10))
    matrix = product_of(
        tuple(Householder((Fraction(x), Fraction(y)), beta) for (x, y), beta in listed), 2
    )
    assert not has_real_spectrum(matrix)


@given(st.lists(factors(2), max_size=4))
def test_products_have_norm_at_most_one_and_open_ranges_only_the_eigenvalue_one(
    listed: list[Householder],
) -> None:
    matrix = product_of(tuple(listed), 3)
    assert has_norm_at_most_one(matrix)
    if is_open_range(listed):
        assert not has_unit_modulus_eigenvalue_other_than_one(matrix)


def test_the_closed_end_has_other_eigenvalues_of_modulus_one() -> None:
    mirror = Householder((ONE, ONE), ONE + ONE)
    assert not is_open_range((mirror,))
    assert has_unit_modulus_eigenvalue_other_than_one(transition_matrix(mirror))


def test_the_unstable_pair_of_rwkv7() -> None:
    """DeltaProduct (arXiv:2502.10297), Theorem 8: c = 1, w = 1, spectral radius above 6/5."""
    c, s = Fraction(12, 13), Fraction(5, 13)
    left = Matrix.of([[1, -c * s], [0, c * c]])
    right = Matrix.of([[c * c, 0], [-c * s, 1]])
    constant, linear, _ = (left @ right).characteristic_polynomial()
    value = Fraction(6, 5) ** 2 + linear * Fraction(6, 5) + constant
    assert value < 0  # so a root lies above 6/5


def test_factors_of_different_dimension_are_refused() -> None:
    with pytest.raises(ValueError, match="dimensions 1 and 2; they must be equal"):
        pair_spectrum(Householder((ONE,), ONE), Householder((ONE, ONE), ONE))
