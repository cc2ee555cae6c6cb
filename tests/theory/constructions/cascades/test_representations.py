"""Groups of levels as roots of unity, reflections, permutations of few points and rotations."""

from __future__ import annotations

from itertools import product

import pytest
from helpers.cascade_samples import alternating, linear_fractional_7, squared
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import BudgetExceeded, get_language
from monoscan.theory.constructions.cascades.blocks import small_action
from monoscan.theory.constructions.cascades.cyclic import CyclicCoding, Reflections
from monoscan.theory.constructions.cascades.levels import point_code
from monoscan.theory.constructions.cascades.permuting import permutation_transition
from monoscan.theory.constructions.cascades.representations import best_representation
from monoscan.theory.constructions.cascades.wiring import Action, WiredLevel
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.transition import Householder, factors, transition_matrix


def letters(name: str) -> tuple[Action, ...]:
    table = get_language(name).build().table
    return tuple(tuple(column) for column in table.T.tolist())


def columns(table: object) -> tuple[Action, ...]:
    return tuple(tuple(column) for column in table.T.tolist())  # type: ignore[attr-defined]


def test_a_prime_group_with_several_orbits_and_a_fixed_point() -> None:
    actions = {(): ((1, 2, 0, 4, 5, 3, 6),)}
    coding = CyclicCoding(WiredLevel(0, 7, 3, 0, (), ("a",), actions))
    assert len({coding.state(point) for point in range(7)}) == 7
    assert coding.state(6).rows[1][0] == 0
    assert coding.shift((2, 0, 1, 5, 3, 4, 6)) == 2
    assert [coding.moved(point, 4) for point in range(7)] == [1, 2, 0, 4, 5, 3, 6]


def test_reflections_make_the_symmetries_of_a_polygon() -> None:
    for p in (3, 5, 7):
        group = Reflections(p)
        states = group.states()
        assert len(states) == 2 * p
        assert states[group.start] == 0
        for j in range(p):
            mirror = transition_matrix(Householder(group.direction(j), number(2)))
            for state, g in states.items():
                # rho^j s takes rho^g h to s rho^(g - j) h, and s rho^g h to rho^(g + j) h.
                assert states[mirror @ state] in {(g - j) % p, (g + j) % p}
                assert mirror @ state != state


@given(st.permutations(range(6)).map(tuple))
def test_permutation_matrices(action: Action) -> None:
    matrix = transition_matrix(permutation_transition(action))
    for place in range(6):
        image = [int(i == action[place]) for i in range(6)]
        assert [row[place] for row in matrix.rows] == image


def test_the_regular_action_of_a5_has_five_blocks() -> None:
    assert len(small_action(letters("a5"))[0]) == 5
    assert len(small_action(columns(alternating(5).table))[0]) == 5


def test_a_small_action_is_on_one_orbit() -> None:
    assert small_action(((0, 2, 3, 1, 5, 6, 4),)) == ((1, 2, 0),)
    pairs = columns(squared(alternating(4)).table)
    assert 1 < len(small_action(pairs)[0]) < len(pairs[0])


@given(st.lists(st.permutations(range(5)).map(tuple), min_size=1, max_size=3))
@examples(50)
def test_a_small_action_respects_products(generators: list[Action]) -> None:
    if all(p == tuple(range(5)) for p in generators):
        return
    both = [tuple(q[point] for point in p) for p, q in product(generators, repeat=2)]
    acting = small_action((*generators, *both))
    few, products = acting[: len(generators)], acting[len(generators) :]
    expected = [tuple(q[point] for point in p) for p, q in product(few, repeat=2)]
    assert list(products) == expected


@pytest.mark.parametrize(
    ("name", "order", "dimension", "n_factors"),
    [
        pytest.param("a5", 60, 3, 2, marks=pytest.mark.slow),
        ("a5-involutions", 60, 3, 1),
        ("count-mod-3", 3, 3, 2),
        ("count-mod-5", 5, 2, 2),
        ("count-mod-7", 7, 2, 2),
        ("count-mod-19", 19, 19, 18),
    ],
)
def test_the_best_representation(name: str, order: int, dimension: int, n_factors: int) -> None:
    generators = letters(name)
    found = best_representation(generators, order)
    assert found.start.shape == (dimension, 1)
    assert found.n_factors == n_factors
    assert len(found.products) in (order, 2 * order)
    for vector, product_so_far in found.products.items():
        for action in generators:
            image = transition_matrix(found.transitions[action]) @ vector
            assert found.products[image] == tuple(action[point] for point in product_so_far)


def test_a_group_without_a_better_representation_permutes_points() -> None:
    found = best_representation(columns(linear_fractional_7().table), 168)
    assert found.start == Matrix.column(range(7))
    assert len(found.products) == 168
    assert all(factors(transition) for transition in found.transitions.values())


def test_large_groups_are_over_budget() -> None:
    with pytest.raises(BudgetExceeded, match="elements of the group of a level"):
        best_representation(((1, 2, 0),), 20_160)


def test_codes_of_points() -> None:
    regular = WiredLevel(0, 5, 5, 2, (), ("a",), {(): ((1, 2, 3, 4, 0),)})
    code = point_code(regular)
    assert code.dimension == 2
    assert code.n_factors == 2
    assert [code.points[vector] for vector in code.vectors] == [0, 1, 2, 3, 4]
    two_orbits = WiredLevel(0, 6, 3, 0, (), ("a",), {(): ((1, 2, 0, 4, 5, 3),)})
    assert point_code(two_orbits).dimension == 6
    assert point_code(two_orbits).n_factors == 4
