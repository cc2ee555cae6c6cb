"""Facts about matrices: what the package writes, the checker accepts; and its counts are right."""

import random
from fractions import Fraction
from itertools import permutations

import pytest
import sympy
from helpers.certificate_samples import load_checker
from hypothesis import given
from hypothesis import strategies as st

from monoscan.proofs_check.certificates.matrix_fact import (
    HasEigenvector,
    HasSpectrum,
    IsOrthogonal,
    IsProduct,
    MatrixFact,
    NormAboveOne,
    NormAtMostOne,
    OnlyOneOnUnitCircle,
    RankOfGap,
    RealEigenvalues,
    matrix_fact,
)
from monoscan.theory.factor import (
    THREE_PROJECTIONS,
    contraction_factors,
    growing_vector,
    map_matrix,
    permutation_matrix,
    product_of,
    reflection_length,
    reflections,
    swaps_and_copies,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import cosine, sine, sqrt_of
from monoscan.theory.spectrum import has_norm_at_most_one
from monoscan.theory.transition import Dense, Householder, transition_matrix

checker = load_checker()
small = st.integers(1, 3).flatmap(
    lambda n: st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=n, max_size=n)
)
directions = st.lists(st.integers(-2, 2), min_size=3, max_size=3).filter(any)
factor_lists = st.lists(
    st.builds(
        lambda v, b: Householder(tuple(map(Fraction, v)), b),
        directions,
        st.fractions(0, 2, max_denominator=3),
    ),
    max_size=4,
)


def verdict(matrix: Matrix, *facts: MatrixFact) -> str:
    return checker.check(matrix_fact(matrix, facts).text().encode()).verdict


def test_reflections_of_permutations_with_their_lower_bound() -> None:
    for images in permutations(range(4)):
        matrix = permutation_matrix(images)
        product = IsProduct(reflections(matrix), "factors-in-0-2")
        length = reflection_length(matrix)
        assert verdict(matrix, product, RankOfGap(length), IsOrthogonal()) == "valid"
        assert verdict(matrix, RankOfGap(length + 1)) == "invalid"


@pytest.mark.parametrize("m", [3, 5, 8, 12])
def test_rotations_over_cyclotomic_fields(m: int) -> None:
    c, s = cosine(1, m), sine(1, m)
    matrix = Matrix(((c, -s), (s, c)))
    facts = (IsProduct(reflections(matrix), "factors-in-0-2"), RankOfGap(2), IsOrthogonal())
    assert verdict(matrix, *facts) == "valid"
    assert verdict(matrix.scale(Fraction(1, 2)), IsOrthogonal()) == "invalid"


def test_a_contraction_with_irrational_factors() -> None:
    matrix = Matrix.of([["1/2", "1/2"], [0, "1/2"]])
    assert verdict(matrix, IsProduct(contraction_factors(matrix))) == "valid"
    assert verdict(matrix.scale(sqrt_of(2)), IsProduct(contraction_factors(matrix))) == "invalid"


def test_maps_as_swaps_and_copies() -> None:
    images = (1, 2, 2, 0, 0)
    matrix = map_matrix(images)
    factors = tuple(factor.transition() for factor in swaps_and_copies(images))
    vector = growing_vector(matrix)
    assert vector is not None
    assert verdict(matrix, IsProduct(factors), NormAboveOne(vector)) == "valid"
    assert verdict(matrix, IsProduct(factors, "factors-in-0-2")) == "invalid"


def test_the_three_projections() -> None:
    matrix = transition_matrix(THREE_PROJECTIONS)
    factors = tuple(Householder(factor.v, factor.beta) for factor in _householders())
    facts = (
        IsProduct(factors, "factors-in-0-1"),
        HasEigenvector(Fraction(-63, 625), (Fraction(0), Fraction(1))),
        HasSpectrum("spectrum-nonnegative", holds=False),
        OnlyOneOnUnitCircle(),
        NormAtMostOne(),
    )
    assert verdict(matrix, *facts) == "valid"


def _householders() -> list[Householder]:
    return [factor for factor in THREE_PROJECTIONS.factors if isinstance(factor, Householder)]


@given(factor_lists)
def test_products_have_norm_at_most_one(listed: list[Householder]) -> None:
    matrix = product_of(tuple(listed), 3)
    facts: list[MatrixFact] = [IsProduct(tuple(listed), "factors-in-0-2"), NormAtMostOne()]
    if all(factor.beta < 2 for factor in listed):
        facts.append(OnlyOneOnUnitCircle())
    assert verdict(matrix, *facts) == "valid"


@given(small)
def test_the_norm_is_confirmed_either_way(rows: list[list[int]]) -> None:
    matrix = Matrix.of(rows).scale(Fraction(1, 3))
    vector = growing_vector(matrix)
    assert verdict(matrix, NormAtMostOne()) == ("valid" if vector is None else "invalid")
    assert has_norm_at_most_one(matrix) == (vector is None)
    if vector is not None:
        assert verdict(matrix, NormAboveOne(vector)) == "valid"


@given(small, st.integers(-4, 4))
def test_real_eigenvalues_are_counted_as_sympy_does(rows: list[list[int]], bound: int) -> None:
    polynomial = sympy.Matrix(rows).charpoly().as_expr()
    above = [root for root in set(sympy.real_roots(polynomial)) if root > bound]
    assert verdict(Matrix.of(rows), RealEigenvalues(Fraction(bound), Fraction(99), len(above))) == (
        "valid"
    )
    more = RealEigenvalues(Fraction(bound), Fraction(99), len(above) + 1)
    assert verdict(Matrix.of(rows), more) == "invalid"


@given(small)
def test_ranks_are_those_of_sympy(rows: list[list[int]]) -> None:
    gap = sympy.eye(len(rows)) - sympy.Matrix(rows)
    for rank in range(len(rows) + 1):
        expected = "valid" if rank == gap.rank() else "invalid"
        assert verdict(Matrix.of(rows), RankOfGap(rank)) == expected


def test_only_one_on_the_unit_circle_is_decided_by_the_long_run() -> None:
    """A shift register ends at 0; closed into a cycle it never does, however long it takes."""
    size = 6
    shift = [[int(i == j + 1) for j in range(size)] for i in range(size)]
    assert verdict(Matrix.of(shift), OnlyOneOnUnitCircle()) == "valid"
    shift[0][-1] = 1
    assert verdict(Matrix.of(shift), OnlyOneOnUnitCircle()) == "invalid"
    half = Matrix.of(
        [["1/2" if i == 0 and entry else entry for entry in row] for i, row in enumerate(shift)]
    )
    assert verdict(half, OnlyOneOnUnitCircle()) == "valid"
    assert verdict(half, NormAtMostOne()) == "valid"


def test_a_certificate_states_something_about_a_square_matrix() -> None:
    with pytest.raises(ValueError, match="states nothing; give at least one fact"):
        matrix_fact(Matrix.identity(1), [])
    with pytest.raises(ValueError, match="facts are about square matrices"):
        matrix_fact(Matrix.of([[1, 2]]), [IsOrthogonal()])
    with pytest.raises(ValueError, match="is upside down"):
        RealEigenvalues(Fraction(1), Fraction(0), 0)


def test_dense_factors_and_the_identity() -> None:
    left, right = Matrix.of([[1, 2], [0, 1]]), Matrix.of([[0, 1], [3, 0]])
    assert verdict(left @ right, IsProduct((Dense(left), Dense(right)))) == "valid"
    assert verdict(right @ left, IsProduct((Dense(left), Dense(right)))) == "invalid"
    assert verdict(Matrix.identity(3), IsProduct(()), RankOfGap(0)) == "valid"


@pytest.mark.slow
def test_eight_dimensional_contractions() -> None:
    chooser = random.Random(5)
    for _ in range(3):
        v = tuple(Fraction(chooser.randint(-3, 3)) for _ in range(8))
        mirror = tuple(Fraction(chooser.randint(1, 3)) for _ in range(8))
        listed = (
            Householder(mirror, Fraction(2)),
            Householder((*v[:-1], Fraction(1)), Fraction(1)),
        )
        matrix = product_of(listed, 8)
        found = contraction_factors(matrix)
        assert verdict(matrix, IsProduct(found, "factors-in-0-2"), NormAtMostOne()) == "valid"
