"""Permutation groups against sympy and against lists of all elements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics import PermutationGroup as SympyGroup

from monoscan.automata import BudgetExceeded
from monoscan.automata.composition_series import composition_series
from monoscan.automata.groups import PermutationGroup, list_elements, natural_degree
from monoscan.automata.permutations import commutator, conjugate, inverse, nth_power, then
from monoscan.strategies.groups import generators


def by_sympy(moves: list[tuple[int, ...]]) -> SympyGroup:
    return SympyGroup([SympyPermutation(list(move)) for move in moves])


def listed(degree: int, moves: list[tuple[int, ...]]) -> set[tuple[int, ...]]:
    found = {tuple(range(degree))}
    queue = list(found)
    for element in queue:
        for move in moves:
            product = tuple(move[point] for point in element)
            if product not in found:
                found.add(product)
                queue.append(product)
    return found


@given(generators(), st.data())
def test_order_and_membership(moves, data):
    degree = len(moves[0])
    group = PermutationGroup(degree, tuple(moves))
    elements = listed(degree, moves)
    assert group.order == len(elements)
    assert set(group.elements(budget=5040)) == elements
    other = data.draw(st.permutations(range(degree)).map(tuple))
    assert (other in group) is (other in elements)


@given(generators(6), st.data())
def test_canonical_elements_name_the_right_cosets(moves, data):
    degree = len(moves[0])
    group = PermutationGroup(degree, tuple(moves))
    element = data.draw(st.permutations(range(degree)).map(tuple))
    coset = {then(g, element) for g in group.elements(budget=720)}
    assert group.canonical(element) in coset
    assert len({group.canonical(member) for member in coset}) == 1


@given(generators(6))
def test_series_fall_by_simple_normal_steps(moves):
    group = PermutationGroup(len(moves[0]), tuple(moves))
    if group.order == 1:
        return
    series = composition_series(group, budget=1000)
    for above, below in pairwise(series):
        assert all(
            then(then(inverse(g), n), g) in below
            for g in above.generators
            for n in below.generators
        )
        assert all(n in above for n in below.generators)
        index = above.order // below.order
        assert index in (2, 3, 5, 60, 360)
    assert series[-1].order in (2, 3, 5, 60, 360)
    sympy_group = SympyGroup([SympyPermutation(list(g)) for g in group.generators])
    if sympy_group.is_solvable:
        ours = [above.order // below.order for above, below in pairwise(series)]
        theirs = [g.order() for g in sympy_group.composition_series()]
        expected = [above // below for above, below in pairwise(theirs)]
        assert sorted([*ours, series[-1].order]) == sorted(expected)


def test_listing_elements_has_a_budget():
    with pytest.raises(BudgetExceeded, match="120 elements of a permutation group"):
        PermutationGroup(5, ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4))).elements(budget=119)


@given(generators(), st.integers(0, 20))
def test_arithmetic_by_its_laws(moves, exponent):
    x, y = moves[0], moves[-1]
    identity = tuple(range(len(x)))
    assert then(x, inverse(x)) == then(inverse(x), x) == identity
    assert then(then(y, x), commutator(x, y)) == then(x, y)
    assert conjugate(x, y) == then(then(inverse(y), x), y)
    power = identity
    for _ in range(exponent):
        power = then(power, x)
    assert nth_power(x, exponent) == power


@given(generators(6))
def test_series_and_invariants_against_sympy(moves):
    group, other = PermutationGroup(len(moves[0]), tuple(moves)), by_sympy(moves)
    ours = [sorted(part.elements(budget=720)) for part in group.derived_series]
    theirs = [
        sorted(tuple(element.array_form) for element in part.elements)
        for part in other.derived_series()
    ]
    assert ours == theirs
    assert group.is_solvable is other.is_solvable
    invariants = [order for order in other.abelian_invariants() if order > 1]
    assert sorted(group.abelian_invariants) == sorted(invariants)


@given(generators(6), st.data())
def test_normal_closures_against_sympy(moves, data):
    group, other = PermutationGroup(len(moves[0]), tuple(moves)), by_sympy(moves)
    element = data.draw(st.sampled_from(sorted(group.elements(budget=720))))
    closure = group.normal_closure([element])
    expected = other.normal_closure(by_sympy([element]))
    assert closure.order == expected.order()
    assert all(SympyPermutation(list(member)) in expected for member in closure.generators)


@given(generators(6))
def test_both_lists_of_elements_are_equal(moves):
    group = PermutationGroup(len(moves[0]), tuple(moves))
    elements = group.elements(budget=720)
    listing = [tuple(row) for row in list_elements(group.degree, group.generators).tolist()]
    assert elements[0] == listing[0] == group.identity
    assert sorted(elements) == sorted(listing)


def test_invariants_of_cyclic_groups_of_equal_primes():
    """Z2 x Z8 x Z8 x Z9, by four disjoint cycles."""
    moves, total = [], 2 + 8 + 8 + 9
    for start, length in ((0, 2), (2, 8), (10, 8), (18, 9)):
        images = list(range(total))
        images[start : start + length] = [*range(start + 1, start + length), start]
        moves.append(tuple(images))
    group = PermutationGroup(total, tuple(moves))
    assert group.abelian_invariants == (2, 8, 8, 9)
    assert group.name == "Z2 x Z8 x Z72"


def test_an_alternating_group_on_two_orbits_is_not_searched():
    """A_9 moves two copies of its points alike: its 181,440 elements need not be listed."""
    rotation = tuple((p + 1) % 9 for p in range(9))
    three = (1, 2, 0, *range(3, 9))
    moves = tuple((*move, *(9 + point for point in move)) for move in (rotation, three))
    group = PermutationGroup(18, moves)
    assert natural_degree(group) == ("A", 9)
    assert [part.order for part in composition_series(group, budget=10)] == [181440]
    assert group.composition_factors == ("A9",)


def test_the_trivial_group_has_no_factors():
    trivial = PermutationGroup(3, ())
    assert composition_series(trivial, budget=1) == []
    assert trivial.composition_factors == trivial.abelian_invariants == ()
    assert trivial.elements(budget=1) == [(0, 1, 2)]
    assert (1, 0, 2) not in trivial
