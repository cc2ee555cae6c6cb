"""All compositions of rounded scalar maps: against dictionaries, and what the lemmas say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.effort import examples
from helpers.rounded_map_truth import slow_monoid
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import BudgetExceeded
from monoscan.theory.coordinate_monoid import coordinate_monoid, counting_step
from monoscan.theory.formats import FixedPoint, Minifloat, NumberFormat, Overflow, RoundingMode

HALF = Fraction(1, 2)


@st.composite
def tiny_formats(draw: st.DrawFn, overflow: Overflow | None = None) -> NumberFormat:
    """At most five values."""
    mode = draw(st.sampled_from(list(RoundingMode)))
    step = draw(st.sampled_from([Fraction(1), HALF, Fraction(1, 4), Fraction(1, 3)]))
    below, above = draw(st.integers(0, 2)), draw(st.integers(1, 2))
    chosen = overflow or draw(st.sampled_from([Overflow.SATURATE, Overflow.WRAP]))
    return FixedPoint(step, -below * step, above * step, mode, chosen)


@given(tiny_formats(), st.booleans())
@examples(40)
def test_against_dictionaries(number_format: NumberFormat, nonnegative: bool) -> None:
    found = coordinate_monoid(number_format, nonnegative=nonnegative)
    slow = slow_monoid(number_format.to_json(), Fraction(0) if nonnegative else None)
    assert (str(found.values), str(found.maps)) == (slow["values"], slow["maps"])
    assert str(found.elements) == slow["elements"]
    assert str(found.largest_subgroup) == slow["largest-subgroup"]
    assert [str(period) for period in found.periods] == slow["periods"]


@given(tiny_formats(Overflow.SATURATE))
@examples(40)
def test_what_the_lemmas_say_of_saturating_formats(number_format: NumberFormat) -> None:
    nonnegative = coordinate_monoid(number_format, nonnegative=True)
    assert (nonnegative.largest_subgroup, nonnegative.periods) == (1, (1,))
    signed = coordinate_monoid(number_format, nonnegative=False)
    assert signed.largest_subgroup <= 2
    assert set(signed.periods) <= {1, 2}


def test_a_float_with_negative_factors_has_a_group_of_two() -> None:
    found = coordinate_monoid(Minifloat(1, -1, Fraction(2)), nonnegative=False)
    assert (found.values, found.elements, found.largest_subgroup) == (7, 2399, 2)


@pytest.mark.parametrize("bits", [1, 2, 3, 4])
def test_integers_that_wrap_around_are_the_affine_maps(bits: int) -> None:
    form = FixedPoint.unsigned(bits, overflow=Overflow.WRAP)
    found = coordinate_monoid(form, nonnegative=False)
    assert found.elements == found.maps == 4**bits
    assert found.largest_subgroup == 2 ** (2 * bits - 1)  # a odd, any b
    assert all(period & (period - 1) == 0 for period in found.periods)


def test_too_many_compositions() -> None:
    with pytest.raises(BudgetExceeded, match="compositions"):
        coordinate_monoid(Minifloat(1, -1, Fraction(2)), nonnegative=True, budget=100)


@pytest.mark.parametrize("modulus", [1, 2, 3, 5, 6])
def test_a_counting_step_goes_once_round(modulus: int) -> None:
    form = FixedPoint(HALF, Fraction(0), Fraction(31, 2), overflow=Overflow.WRAP)
    found = counting_step(form, modulus)
    assert found is not None
    a, b, cycle = found
    assert 0 <= a <= 1
    assert len(set(cycle)) == modulus
    for h, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        assert form.round(form.round(a * h) + b) == following
    assert cycle[0] == min(cycle)


def test_saturation_leaves_no_step_that_counts() -> None:
    assert counting_step(FixedPoint(HALF, Fraction(0), Fraction(31, 2)), 2) is None
