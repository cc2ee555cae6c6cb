"""Transitions: their matrices against the formulas, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from helpers.naive_network import transition as slow_matrix
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.numbers import RATIONALS, directions, vectors
from monoscan.strategies.transitions import transitions
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import cosine, sine, sqrt_of, zeta
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    dimension,
    factors,
    heads,
    parameters,
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


# --- gates, blocks, and a diagonal beside a rank-one part ---------------------------------------


@given(st.data(), st.integers(1, 4), RATIONALS)
def test_a_gate_scales_its_factor(data: st.DataObject, size: int, gate: Fraction) -> None:
    factor = Householder(data.draw(directions(size)), data.draw(RATIONALS))
    gated = Gated(gate, factor)
    assert transition_matrix(gated) == transition_matrix(factor).scale(gate)
    assert dimension(gated) == size
    assert factors(gated) is None
    assert parameters(gated) == (gate, *factor.v, factor.beta)


@given(st.data(), st.integers(1, 4), RATIONALS)
def test_a_diagonal_plus_rank_one(data: st.DataObject, size: int, c: Fraction) -> None:
    w, a = data.draw(vectors(size)), data.draw(vectors(size))
    k = data.draw(directions(size))
    matrix = transition_matrix(DiagonalPlusRankOne(w, k, a, c))
    square = sum(entry * entry for entry in k)
    for i in range(size):
        for j in range(size):
            assert matrix.rows[i][j] == (w[i] if i == j else 0) - c * k[i] * k[j] * a[j] / square


def test_the_released_and_the_doubled_factor_of_rwkv_7() -> None:
    one = (ONE, ONE)
    swap = DiagonalPlusRankOne(one, (ONE, -ONE), one, TWO)
    assert transition_matrix(swap) == Matrix.of([[0, 1], [1, 0]])
    released = DiagonalPlusRankOne(one, (ONE, -ONE), one, ONE)
    assert transition_matrix(released) == transition_matrix(Householder((ONE, -ONE), ONE))


@given(st.data(), st.integers(1, 4), RATIONALS)
def test_the_diagonal_of_a_householder_diagonal_acts_first(
    data: st.DataObject, size: int, beta: Fraction
) -> None:
    v, entries = data.draw(directions(size)), data.draw(vectors(size))
    both = transition_matrix(HouseholderDiagonal(v, beta, entries))
    first, second = Matrix.diagonal(entries), transition_matrix(Householder(v, beta))
    state = Matrix.column(data.draw(vectors(size)))
    assert both @ state == second @ (first @ state)


@given(st.data(), st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_blocks_act_each_on_its_own_entries(data: st.DataObject, sizes: list[int]) -> None:
    blocks = tuple(data.draw(transitions(size)) for size in sizes)
    parts = [data.draw(vectors(size)) for size in sizes]
    whole = Blocks(blocks)
    assert dimension(whole) == sum(sizes)
    assert heads(whole) == blocks
    moved = transition_matrix(whole) @ Matrix.column([x for part in parts for x in part])
    expected = [
        x
        for block, part in zip(blocks, parts, strict=True)
        for x in (transition_matrix(block) @ Matrix.column(part)).entries()
    ]
    assert list(moved.entries()) == expected


def test_a_rotation_is_two_irrational_reflections() -> None:
    # The product of reflections at an angle t turns by 2 t: here by 72 degrees.
    flip = Householder((ONE, F(0)), TWO)
    tilted = Householder((cosine(1, 10), sine(1, 10)), TWO)
    turn = transition_matrix(HouseholderProduct((tilted, flip)))
    assert turn.power(5) == Matrix.identity(2)
    assert turn != Matrix.identity(2)
    assert turn.rows[0][0] == cosine(1, 5)
    assert turn.rows[1][0] in (sine(1, 5), -sine(1, 5))


def test_parameters_of_every_kind() -> None:
    one = (ONE,)
    listed = Blocks(
        (
            Diagonal(one),
            Dense(Matrix.of([[2]])),
            HouseholderProduct((Householder(one, F(3)), DeltaRule(one, F(4)))),
            DiagonalPlusRankOne((F(5),), one, (F(6),), F(7)),
            HouseholderDiagonal(one, F(8), (F(9),)),
        )
    )
    assert list(parameters(listed)) == [1, 2, 1, 3, 1, 4, 5, 1, 6, 7, 1, 8, 9]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Blocks(()), "Blocks has no blocks"),
        (lambda: Blocks((Blocks((Diagonal((ONE,)),)),)), "Blocks contains Blocks"),
        (
            lambda: Householder((ONE, zeta(4)), ONE),
            r"Householder.v is \(1, zeta4\), whose square sum is 0",
        ),
        (
            lambda: DiagonalPlusRankOne((ONE,), (F(0),), (ONE,), ONE),
            r"DiagonalPlusRankOne.k is \(0\), whose square sum is 0",
        ),
        (
            lambda: DiagonalPlusRankOne((ONE,), (ONE, ONE), (ONE,), ONE),
            "w has 1, k has 2, a has 1 entries",
        ),
        (
            lambda: HouseholderDiagonal((sqrt_of(2), ONE), ONE, (ONE,)),
            "v has 2, entries has 1 entries",
        ),
        (lambda: HouseholderDiagonal((), ONE, ()), "HouseholderDiagonal.v is empty"),
    ],
)
def test_new_kinds_that_are_refused(build: Callable[[], Transition], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()
