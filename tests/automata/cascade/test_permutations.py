"""Permutation groups against sympy and against lists of all elements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics import PermutationGroup as SympyGroup

from monoscan.automata import BudgetExceeded
from monoscan.automata.cascade.digits import GroupDigits, ResetDigits
from monoscan.automata.cascade.permutations import (
    PermutationGroup,
    composition_series,
    inverse,
    then,
)


def generators(largest: int = 7) -> st.SearchStrategy[list[tuple[int, ...]]]:
    """One to three permutations of the same points, often of few of them."""
    return st.integers(1, largest).flatmap(
        lambda n: st.lists(st.permutations(range(n)).map(tuple), min_size=1, max_size=3)
    )


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
    group = PermutationGroup(degree, moves)
    elements = listed(degree, moves)
    assert group.order == len(elements)
    assert set(group.elements(budget=5040)) == elements
    other = data.draw(st.permutations(range(degree)).map(tuple))
    assert (other in group) is (other in elements)


@given(generators(6), st.data())
def test_canonical_elements_name_the_right_cosets(moves, data):
    degree = len(moves[0])
    group = PermutationGroup(degree, moves)
    element = data.draw(st.permutations(range(degree)).map(tuple))
    coset = {then(g, element) for g in group.elements(budget=720)}
    assert group.canonical(element) in coset
    assert len({group.canonical(member) for member in coset}) == 1


@given(generators(6))
def test_series_fall_by_simple_normal_steps(moves):
    group = PermutationGroup(len(moves[0]), moves)
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
    with pytest.raises(BudgetExceeded, match="120 elements of a holonomy group"):
        PermutationGroup(5, [(1, 2, 3, 4, 0), (1, 0, 2, 3, 4)]).elements(budget=119)


@given(generators(6), st.data())
def test_digits_move_as_their_points(moves, data):
    degree = len(moves[0])
    group = PermutationGroup(degree, moves)
    if group.order == 1:
        return
    digital = GroupDigits(degree, moves, budget=1000)
    permutation = data.draw(st.sampled_from(group.elements(budget=720)))
    digits = tuple(data.draw(st.integers(0, size - 1)) for size in digital.sizes)
    left = permutation
    moved = []
    for place, digit in enumerate(digits):
        action, remaining = digital.move(place, left)
        assert sorted(action) == list(range(digital.sizes[place]))
        moved.append(action[digit])
        left = remaining[digit]
    assert digital.decode(tuple(moved)) == permutation[digital.decode(digits)]
    assert [digital.decode(digital.encode(point)) for point in range(degree)] == list(range(degree))


def test_a_group_level_has_a_budget():
    """A5 x A5 on pairs of points is perfect but not simple: its elements are listed."""
    cycle, rotation = (1, 2, 3, 4, 0), (1, 2, 0, 3, 4)
    still = (0, 1, 2, 3, 4)
    moves = [
        tuple(first[p // 5] * 5 + second[p % 5] for p in range(25))
        for first, second in [(cycle, still), (rotation, still), (still, cycle), (still, rotation)]
    ]
    with pytest.raises(BudgetExceeded, match="elements of a holonomy group"):
        GroupDigits(25, moves, budget=59)
    assert GroupDigits(25, moves, budget=3600).orders == (60, 60)


@given(st.integers(1, 40), st.booleans())
def test_reset_digits_tell_points_apart(n_points, bits):
    digital = ResetDigits(n_points, bits=bits)
    codes = [digital.encode(point) for point in range(n_points)]
    assert [digital.decode(code) for code in codes] == list(range(n_points))
    assert all(0 <= d < size for code in codes for d, size in zip(code, digital.sizes, strict=True))
