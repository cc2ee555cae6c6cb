"""Rounding to an integer, against a definition that compares distances."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import FormatError, RoundingMode, round_to_integer, rounding_mode
from monoscan.theory.formats.rounding import round_ratio

TABLE = {
    # x: nearest-even, nearest-away, nearest-down, toward-zero, up, down
    "5/2": (2, 3, 2, 2, 3, 2),
    "7/2": (4, 4, 3, 3, 4, 3),
    "-5/2": (-2, -3, -3, -2, -2, -3),
    "-7/2": (-4, -4, -4, -3, -3, -4),
    "1/2": (0, 1, 0, 0, 1, 0),
    "-1/2": (0, -1, -1, 0, 0, -1),
    "1/3": (0, 0, 0, 0, 1, 0),
    "-2/3": (-1, -1, -1, 0, 0, -1),
    "6": (6, 6, 6, 6, 6, 6),
    "-6": (-6, -6, -6, -6, -6, -6),
    "0": (0, 0, 0, 0, 0, 0),
}

rationals = st.one_of(
    st.fractions(min_value=-20, max_value=20, max_denominator=12),
    st.integers(-9, 9).map(lambda n: Fraction(n, 2)),
)


def by_distance(x: Fraction, mode: RoundingMode) -> int:
    low, high = floor(x), ceil(x)
    directed = {
        RoundingMode.UP: high,
        RoundingMode.DOWN: low,
        RoundingMode.TOWARD_ZERO: low if x > 0 else high,
    }
    if mode in directed:
        return directed[mode]
    if x - low != high - x:
        return low if x - low < high - x else high
    ties = {
        RoundingMode.NEAREST_EVEN: low if low % 2 == 0 else high,
        RoundingMode.NEAREST_AWAY: low if x < 0 else high,
        RoundingMode.NEAREST_DOWN: low,
    }
    return ties[mode]


@pytest.mark.parametrize("text", TABLE)
def test_each_mode_by_hand(text: str) -> None:
    assert tuple(round_to_integer(Fraction(text), mode) for mode in RoundingMode) == TABLE[text]


@given(rationals, st.sampled_from(RoundingMode))
def test_agrees_with_distances(x: Fraction, mode: RoundingMode) -> None:
    assert round_to_integer(x, mode) == by_distance(x, mode)


@given(rationals, rationals, st.sampled_from(RoundingMode))
def test_is_monotone(x: Fraction, y: Fraction, mode: RoundingMode) -> None:
    low, high = sorted((x, y))
    assert round_to_integer(low, mode) <= round_to_integer(high, mode)


@given(rationals)
def test_symmetries(x: Fraction) -> None:
    odd = (RoundingMode.NEAREST_EVEN, RoundingMode.NEAREST_AWAY, RoundingMode.TOWARD_ZERO)
    assert all(round_to_integer(-x, mode) == -round_to_integer(x, mode) for mode in odd)
    assert round_to_integer(-x, RoundingMode.UP) == -round_to_integer(x, RoundingMode.DOWN)


@given(rationals, st.integers(1, 50), st.sampled_from(RoundingMode))
def test_a_ratio_need_not_be_in_lowest_terms(x: Fraction, k: int, mode: RoundingMode) -> None:
    assert round_ratio(x.numerator * k, x.denominator * k, mode) == round_to_integer(x, mode)


@pytest.mark.parametrize("mode", RoundingMode)
def test_names_and_words(mode: RoundingMode) -> None:
    assert rounding_mode(mode.value) is mode
    assert mode.words.startswith("round ")
    assert mode.is_nearest == ("half" in mode.words)


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(FormatError, match=r"did you mean 'nearest-even'.*toward-zero"):
        rounding_mode("nearest-evn")
