"""Lassos stand for infinite sequences: every operation against plain indexing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.lasso import Lasso, combine, common_horizon, interleave

ITEMS = st.lists(st.integers(0, 2), max_size=5)


def lassos() -> st.SearchStrategy[Lasso[int]]:
    cycles = st.lists(st.integers(0, 2), min_size=1, max_size=4)
    return st.builds(lambda stem, cycle: Lasso(tuple(stem), tuple(cycle)), ITEMS, cycles)


@given(lassos())
def test_items(lasso: Lasso[int]) -> None:
    text = list(lasso.stem) + list(lasso.cycle) * 10
    assert list(lasso.take(len(text))) == text
    assert [lasso[n] for n in range(len(text))] == text


@given(lassos())
def test_shortened_is_the_shortest_description(lasso: Lasso[int]) -> None:
    short = lasso.shortened()
    assert short.take(60) == lasso.take(60)
    assert len(short.stem) <= len(lasso.stem)
    assert len(short.cycle) <= len(lasso.cycle)
    shorter = [
        (stem, period)
        for stem in range(len(short.stem) + 1)
        for period in range(1, len(short.cycle) + 1)
        if (stem, period) != (len(short.stem), len(short.cycle))
    ]
    for stem, period in shorter:
        assert any(lasso[n] != lasso[n + period] for n in range(stem, 60))


@given(lassos())
def test_equal_sequences_have_equal_shortest_forms(lasso: Lasso[int]) -> None:
    unrolled = Lasso(lasso.take(len(lasso.stem) + len(lasso.cycle)), lasso.cycle * 3)
    assert unrolled.shortened() == lasso.shortened()


@given(st.lists(lassos(), min_size=1, max_size=3))
def test_combine_and_interleave(many: list[Lasso[int]]) -> None:
    joint = combine(many, tuple)
    woven = interleave(many)
    stem, period = common_horizon(many)
    for n in range(stem + 2 * period):
        assert joint[n] == tuple(lasso[n] for lasso in many)
        for place, lasso in enumerate(many):
            assert woven[n * len(many) + place] == lasso[n]


@given(lassos())
def test_map(lasso: Lasso[int]) -> None:
    assert lasso.map(str).take(30) == tuple(str(item) for item in lasso.take(30))


def test_common_horizon_is_the_least_common_multiple() -> None:
    assert common_horizon([Lasso((0,), (1, 2)), Lasso((0, 0, 0), (1, 2, 3))]) == (3, 6)
    assert common_horizon([]) == (0, 1)


def test_an_empty_cycle_is_refused() -> None:
    with pytest.raises(ValueError, match="cycle of a lasso is empty; it needs at least one item"):
        Lasso((1,), ())
