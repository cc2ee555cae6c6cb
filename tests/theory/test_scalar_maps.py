"""All scalar maps of whole formats: the fast census against the slow one, and what it says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.effort import examples, part_of
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import (
    FixedPoint,
    FormatError,
    Minifloat,
    NumberFormat,
    Overflow,
    RoundingMode,
    get_format,
)
from monoscan.theory.scalar_maps import ScalarOrbit, census, census_slow, longest_cycle

F = Fraction


@st.composite
def tiny_formats(draw: st.DrawFn) -> NumberFormat:
    mode = draw(st.sampled_from(RoundingMode))
    if draw(st.booleans()):
        below, above = draw(st.integers(0, 5)), draw(st.integers(1, 6))
        step = draw(st.sampled_from([F(1), F(1, 2), F(1, 3), F(2, 5), F(7, 4)]))
        overflow = draw(st.sampled_from([Overflow.SATURATE, Overflow.WRAP]))
        return FixedPoint(step, -below * step, above * step, mode, overflow)
    precision, min_exponent = draw(st.integers(1, 2)), draw(st.integers(-3, 1))
    top = F(2) ** (min_exponent + draw(st.integers(0, 2)))
    return Minifloat(precision, min_exponent, top, mode)


@given(tiny_formats())
@examples(60)
def test_fast_and_slow_agree(number_format: NumberFormat) -> None:
    assert census(number_format) == census_slow(number_format)


@given(tiny_formats())
@examples(60)
def test_saturating_formats_have_periods_one_and_two(number_format: NumberFormat) -> None:
    if number_format.is_monotone:
        result = census(number_format)
        assert result.nonnegative_max_period == 1
        assert result.signed_max_period <= 2
        assert result.nonnegative_monotone


@pytest.mark.parametrize("mode", part_of(list(RoundingMode), 2))
@pytest.mark.parametrize("name", ["e4m3", "e5m2", "q4.4"])
def test_whole_8_bit_formats(name: str, mode: RoundingMode) -> None:
    template = get_format(name)
    number_format = (
        FixedPoint.signed(8, 4, mode)
        if isinstance(template, FixedPoint)
        else Minifloat(*_float_fields(template), mode)
    )
    result = census(number_format)
    assert result.values == number_format.n_values()
    assert result.triples == result.values**3
    assert result.nonnegative_max_period == 1
    assert result.signed_max_period == 2
    assert result.nonnegative_monotone


def _float_fields(template: NumberFormat) -> tuple[int, int, Fraction]:
    assert isinstance(template, Minifloat)
    return template.precision, template.min_exponent, template.maximum


def test_unsigned_saturating_numbers_never_alternate() -> None:
    assert census(get_format("uint8")).signed_max_period == 1


@pytest.mark.parametrize("bits", range(1, 7))
def test_wrapping_integers_count_to_a_power_of_two(bits: int) -> None:
    result = census(FixedPoint.unsigned(bits, overflow=Overflow.WRAP))
    assert result.nonnegative_max_period == 2**bits
    assert not result.nonnegative_monotone


def test_longest_cycle_of_wrapping_integers() -> None:
    wrapping = FixedPoint.unsigned(2, overflow=Overflow.WRAP)
    assert longest_cycle(wrapping, nonnegative=True) == ScalarOrbit(
        F(1), F(1), (F(0), F(1), F(2), F(3))
    )


def test_following_all_maps_of_a_whole_format_finds_what_their_order_says() -> None:
    e4m3 = get_format("e4m3")
    followed = {
        nonnegative: len(longest_cycle(e4m3, nonnegative=nonnegative).cycle)
        for nonnegative in (True, False)
    }
    found = census(e4m3)
    assert followed == {True: found.nonnegative_max_period, False: found.signed_max_period}


def test_longest_cycle_of_a_saturating_format_is_a_swap() -> None:
    e4m3 = get_format("e4m3")
    orbit = longest_cycle(e4m3, nonnegative=False)
    low, high = orbit.cycle
    assert orbit.a < 0
    assert e4m3.round(e4m3.round(orbit.a * low) + orbit.b) == high
    assert e4m3.round(e4m3.round(orbit.a * high) + orbit.b) == low
    assert len(longest_cycle(e4m3, nonnegative=True).cycle) == 1


@given(tiny_formats(), st.booleans())
@examples(40)
def test_longest_cycle_is_a_cycle_of_the_census_length(
    number_format: NumberFormat, nonnegative: bool
) -> None:
    orbit = longest_cycle(number_format, nonnegative=nonnegative)
    result = census(number_format)
    assert len(orbit.cycle) == (
        result.nonnegative_max_period if nonnegative else result.signed_max_period
    )
    following = [
        number_format.round(number_format.round(orbit.a * h) + orbit.b) for h in orbit.cycle
    ]
    assert following == [*orbit.cycle[1:], orbit.cycle[0]]
    assert orbit.a >= 0 or not nonnegative


def test_too_many_values() -> None:
    with pytest.raises(FormatError, match=r"at most 256 values.*has 63487"):
        census(get_format("binary16"))
    with pytest.raises(FormatError, match=r"at most 16 values.*has 253"):
        census_slow(get_format("e4m3"))
    with pytest.raises(FormatError, match="at most 256 values"):
        longest_cycle(get_format("binary16"), nonnegative=True)
