"""Points written as digits: they move as their points do, in simple steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import BudgetExceeded
from monoscan.automata.cascade.digits import GroupDigits, ResetDigits
from monoscan.automata.groups import PermutationGroup
from monoscan.strategies.groups import generators


@given(generators(6), st.data())
def test_digits_move_as_their_points(moves, data):
    degree = len(moves[0])
    group = PermutationGroup(degree, tuple(moves))
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
    with pytest.raises(BudgetExceeded, match="elements of a permutation group"):
        GroupDigits(25, moves, budget=59)
    assert GroupDigits(25, moves, budget=3600).orders == (60, 60)


@given(st.integers(1, 40), st.booleans())
def test_reset_digits_tell_points_apart(n_points, bits):
    digital = ResetDigits(n_points, bits=bits)
    codes = [digital.encode(point) for point in range(n_points)]
    assert [digital.decode(code) for code in codes] == list(range(n_points))
    assert all(0 <= d < size for code in codes for d, size in zip(code, digital.sizes, strict=True))
