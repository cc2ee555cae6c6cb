"""Transitions: their matrices against the formulas, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from helpers.lrnn_strategies import RATIONALS, directions, transitions, vectors
from helpers.naive_network import transition as slow_matrix
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    Transition,
    dimension,
    factors,
    transition_matrix,
)

F = Fraction
ONE, TWO = F(1), F(2)


def as_json(transition: Transition) -> object:
    """What a certificate would say of it."""
    zero = Matrix.zeros(dimension(transition), 1)
    readout = Threshold((Functional(zero, ">", F(0)),), {"0": True})
    lrnn = LRNN(("a",), (Layer(zero, {("a",): Case(transition, zero)}, readout),))
    return lrnn_to_json(lrnn)["layers"][0]["cases"][0]["A"]


@given(st.data(), st.integers(1, 4))
def test_matrices_against_the_slow_reading(data: st.DataObject, size: int) -> None:
    transition = data.draw(transitions(size))
    matrix = transition_matrix(transition)
    assert [list(row) for row in matrix.rows] == slow_matrix(as_json(transition))
    assert dimension(transition) == size
    assert matrix.shape == (size, size)


@given(st.data(), st.integers(1, 4), RATIONALS)
def test_a_householder_factor_scales_its_direction(
    data: st.DataObject, size: int, beta: Fraction
) -> None:
    v = data.draw(directions(size))
    matrix, column = transition_matrix(Householder(v, beta)), Matrix.column(v)
    assert matrix @ column == column.scale(1 - beta)
    w = Matrix.column(data.draw(vectors(size)))
    square = column.dot(column)
    across = w - column.scale(column.dot(w) / square)
    assert matrix @ across == across
    # The length of v does not matter, and the delta rule is the same matrix unnormalised.
    longer = tuple(3 * entry for entry in v)
    assert transition_matrix(Householder(longer, beta)) == matrix
    stored = DeltaRule(v, beta / square)
    assert transition_matrix(stored) == matrix
    assert stored.effective_beta() == Householder(v, beta).effective_beta() == beta


def test_the_first_factor_of_a_product_is_applied_last() -> None:
    first, second = Householder((ONE, ONE), ONE), Householder((ONE, F(0)), ONE)
    product = HouseholderProduct((first, second))
    assert transition_matrix(product) == transition_matrix(first) @ transition_matrix(second)
    assert transition_matrix(product) != transition_matrix(second) @ transition_matrix(first)


def test_factors() -> None:
    one, other = Householder((ONE, TWO), ONE), DeltaRule((ONE, TWO), ONE)
    assert factors(one) == (one,)
    assert factors(other) == (other,)
    assert factors(HouseholderProduct((one, other))) == (one, other)
    assert factors(Diagonal((ONE,))) is None
    assert factors(Dense(Matrix.identity(2))) is None


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: Diagonal(()), ShapeError, "Diagonal.entries is empty"),
        (lambda: Householder((), ONE), ShapeError, "Householder.v is empty"),
        (lambda: Householder((F(0), F(0)), ONE), ValueError, "zero vector; a direction is needed"),
        (lambda: DeltaRule((), ONE), ShapeError, "DeltaRule.k is empty"),
        (lambda: HouseholderProduct(()), ValueError, "at least one factor; use beta = 0 for I"),
        (
            lambda: HouseholderProduct((DeltaRule((ONE,), ONE), DeltaRule((ONE, ONE), ONE))),
            ShapeError,
            r"different dimensions: \[1, 2\]",
        ),
        (lambda: Dense(Matrix.of([[1, 2]])), ShapeError, r"square matrix; this one has shape"),
    ],
)
def test_refused(attempt: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        attempt()


@pytest.mark.parametrize("query", [dimension, transition_matrix])
def test_other_things_are_no_transitions(query: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="int is no transition"):
        query(3)


def test_a_zero_key_is_the_identity() -> None:
    assert transition_matrix(DeltaRule((F(0), F(0)), TWO)) == Matrix.identity(2)
