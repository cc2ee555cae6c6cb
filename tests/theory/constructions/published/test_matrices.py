"""The matrices that the published constructions are made of."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from helpers.class_regions import is_member
from helpers.published_constructions import automaton
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.theory.constructions.published.blocks_of_tokens import joint_states
from monoscan.theory.constructions.published.clock import alternating_layer, clock_layers
from monoscan.theory.constructions.published.group_one_layer import reflection_length, swaps
from monoscan.theory.constructions.published.one_layer import one_layer, reflection_product
from monoscan.theory.constructions.published.plane import point, reflection, rotation
from monoscan.theory.constructions.published.rotation_groups import (
    START,
    as_reflection,
    cube_rotations,
    icosahedron_rotations,
    matrix_group,
)
from monoscan.theory.constructions.published.rwkv7_four_layers import swap_or_copy
from monoscan.theory.constructions.published.wiring import (
    AmbiguousStateError,
    LayerPlan,
    autonomous,
    integer_entries,
    scalar_head,
    tabulate,
    with_code,
)
from monoscan.theory.factor import permutation_matrix, reflections
from monoscan.theory.factor.swap_copy import map_matrix, swaps_and_copies
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import cosine, number, sine
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Householder, transition_matrix


@given(st.integers(1, 7).flatmap(lambda n: st.permutations(range(n))))
def test_a_permutation_is_n_minus_its_cycles_swaps(images: list[int]) -> None:
    n, matrix = len(images), permutation_matrix(images)
    factors = swaps(images)
    assert transition_matrix(reflection_product(factors, n)) == matrix
    assert len(factors) == reflection_length(images) == len(reflections(matrix))


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_every_map_is_at_most_n_swaps_and_copies_of_rwkv7(n: int) -> None:
    for images in product(range(n), repeat=n):
        factors = [swap_or_copy(factor) for factor in swaps_and_copies(images)]
        assert len(factors) <= n
        matrix = Matrix.identity(n)
        for factor in factors:
            matrix = matrix @ transition_matrix(factor)
        assert matrix == map_matrix(images)


def test_swaps_and_copies_are_in_the_region() -> None:
    factors = [swap_or_copy(factor) for factor in swaps_and_copies((1, 0, 0))]
    start = Matrix.column([1, 0, 0])
    cases: dict[Symbol, Case] = {(str(i),): Case(factor, start) for i, factor in enumerate(factors)}
    lrnn = LRNN(("0", "1"), (Layer(start, cases, StateTable({start: True})),))
    assert is_member(lrnn, "diagonal-plus-rank-one")
    assert not is_member(lrnn, "diagonal-real")


@pytest.mark.parametrize("m", [1, 2, 3, 5, 12])
def test_reflections_and_rotations_of_the_plane(m: int) -> None:
    for k in range(-2 * m, 2 * m):
        mirror = transition_matrix(reflection(k, m))
        c, s = cosine(k % (2 * m), 2 * m), sine(k % (2 * m), 2 * m)
        assert mirror == Matrix.of([[c, s], [s, -c]])
        turn = transition_matrix(reflection_product(rotation(k, m), 2))
        assert turn == Matrix.of([[c, -s], [s, c]])
        assert mirror @ point(1, m) == point(k - 1, m)
        assert turn @ point(1, m) == point(k + 1, m)


@pytest.mark.parametrize("period", [2, 4, 6, 8, 10, 12, 14])
def test_the_clock_counts(period: int) -> None:
    counter = Automaton(
        "a", [[(t + 1) % period] for t in range(period)], [str(t) for t in range(period)]
    )
    lrnn = tabulate(counter, clock_layers(period))
    assert is_member(lrnn, "householder")
    assert [lrnn.output("a" * t) for t in range(3 * period)] == [
        str(t % period) for t in range(3 * period)
    ]


@pytest.mark.parametrize("period", [-2, 0, 1, 7])
def test_no_clock_of_odd_period(period: int) -> None:
    with pytest.raises(ValueError, match=f"the period is {period}; two alternating mirrors"):
        clock_layers(period)


@pytest.mark.parametrize(
    ("group", "orders"),
    [
        (cube_rotations, {1: 1, 2: 9, 3: 8, 4: 6}),
        (icosahedron_rotations, {1: 1, 2: 15, 3: 20, 5: 24}),
    ],
)
def test_rotation_groups_of_the_solids(group: object, orders: dict[int, int]) -> None:
    found = cube_rotations() if group is cube_rotations else icosahedron_rotations()
    table = found.table.orders.tolist()
    assert {order: table.count(order) for order in set(table)} == orders
    for index, matrix in enumerate(found.matrices):
        assert matrix @ matrix.transpose() == Matrix.identity(3)
        assert len(reflections(matrix)) == (2 if index else 0)
        mirror = as_reflection(matrix)
        assert (mirror is not None) == (table[index] <= 2)
        if mirror is not None and index:
            assert transition_matrix(mirror) == matrix.scale(number(-1))


def test_products_in_a_matrix_group_are_first_then_second() -> None:
    group = icosahedron_rotations()
    for g, h in [(1, 2), (2, 1), (3, 17), (59, 30)]:
        index = int(group.table.products[g, h])
        assert group.matrices[index] == group.matrices[h] @ group.matrices[g]


def test_no_symmetry_of_the_icosahedron_fixes_the_start() -> None:
    mirrors = [m for m in map(as_reflection, icosahedron_rotations().matrices) if m is not None]
    coxeter = matrix_group(tuple(transition_matrix(mirror) for mirror in mirrors if mirror.beta))
    assert len(coxeter.matrices) == 120
    assert len({matrix @ START for matrix in coxeter.matrices}) == 120


def test_a_code_keeps_the_symbol_beside_the_state() -> None:
    case = with_code(Householder((number(1), number(0)), number(2)), 5)
    assert case.apply(Matrix.column([3, 4, 9])) == Matrix.column([-3, 4, 5])
    assert scalar_head(0).effective_beta() == 1


def test_a_state_with_two_answers_is_refused() -> None:
    flip = Automaton("a", [[1], [0]], (True, False))
    with pytest.raises(AmbiguousStateError, match="answers are True and False; give it a decoder"):
        one_layer(flip, Matrix.of([[1]]), [Householder((number(1),), number(0))])


def test_the_budget_of_joint_states() -> None:
    target = automaton("z5")
    doubling = LayerPlan(
        Matrix.of([[1]]),
        lambda symbol: autonomous(Householder((number(1),), number(-1)), Matrix.of([[1]])),
        str,
    )
    with pytest.raises(BudgetExceeded, match="41 joint states of the stack found, at most 40"):
        tabulate(target, (doubling,), max_states=40)
    assert joint_states(n_letters=3, length=2, n_states=5) == 4 * 81 * 5


def test_only_the_last_layer_may_have_no_decoder() -> None:
    blank = replace(alternating_layer(), report=None)
    with pytest.raises(ValueError, match="layer 1 of 2 has no decoder; only the last layer"):
        tabulate(automaton("parity"), (blank, alternating_layer()))


def test_only_integers_are_read_as_integers() -> None:
    assert integer_entries(Matrix.of([[1, 2], [3, -4]])) == (1, 2, 3, -4)
    for entry in (number("1/2"), sine(1, 3)):
        with pytest.raises(ValueError, match="has an entry that is no integer"):
            integer_entries(Matrix.column([1, entry]))


def test_the_alternating_layer() -> None:
    layer = alternating_layer()
    assert layer.report is not None
    state, seen = layer.initial, []
    for _ in range(4):
        seen.append(layer.report(state))
        state = layer.case(("a",)).apply(state)
    assert seen == [False, True, False, True]
