"""Floating point: values from the definition, rounding against numpy and against distances."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import FormatError, Minifloat, RoundingMode, get_format

F = Fraction


def from_definition(precision: int, min_exponent: int, maximum: Fraction) -> list[Fraction]:
    """The values as the certificate format lists them: all +-m 2^(e - precision + 1)."""
    positive = set[Fraction]()
    exponent = min_exponent
    while (unit := F(2) ** (exponent - precision + 1)) <= maximum:
        positive |= {m * unit for m in range(1, 2**precision) if m * unit <= maximum}
        exponent += 1
    return sorted({F(0)} | positive | {-x for x in positive})


@st.composite
def small_floats(draw: st.DrawFn) -> Minifloat:
    precision = draw(st.integers(1, 4))
    min_exponent = draw(st.integers(-5, 3))
    exponent = min_exponent + draw(st.integers(0, 4))
    unit = F(2) ** (exponent - precision + 1)
    significand = draw(st.integers(1, 2**precision - 1))
    return Minifloat(
        precision, min_exponent, significand * unit, draw(st.sampled_from(RoundingMode))
    )


@given(small_floats())
def test_values_follow_the_definition(small: Minifloat) -> None:
    expected = from_definition(small.precision, small.min_exponent, small.maximum)
    assert list(small.values()) == expected
    assert small.n_values() == len(expected)
    assert small.smallest == -small.largest == expected[0]
    assert small.smallest_positive == min((x for x in expected if x > 0), default=None)


@given(small_floats(), st.data())
def test_rounding_takes_the_neighbour_that_the_mode_names(
    small: Minifloat, data: st.DataObject
) -> None:
    values = small.values()
    i = data.draw(st.integers(0, len(values) - 2))
    low, high = values[i], values[i + 1]
    parts = data.draw(st.integers(1, 11))
    x = low + F(parts, 12) * (high - low)
    even_is_low = (low / (high - low)) % 2 == 0
    nearest = low if parts < 6 else high
    expected = {
        RoundingMode.NEAREST_EVEN: (low if even_is_low else high) if parts == 6 else nearest,
        RoundingMode.NEAREST_AWAY: (high if low >= 0 else low) if parts == 6 else nearest,
        RoundingMode.NEAREST_DOWN: low if parts == 6 else nearest,
        RoundingMode.TOWARD_ZERO: low if low >= 0 else high,
        RoundingMode.UP: high,
        RoundingMode.DOWN: low,
    }
    assert small.round(x) == expected[small.rounding]


@pytest.mark.parametrize("mode", RoundingMode)
def test_saturates_in_every_mode(mode: RoundingMode) -> None:
    e4m3 = Minifloat(4, -6, F(448), mode)
    for x in (F(449), F(465), F(480), F(10**6)):
        assert e4m3.round(x) == 448
        assert e4m3.round(-x) == -448


def test_e4m3_by_hand() -> None:
    e4m3 = get_format("e4m3")
    assert e4m3.n_values() == 253
    assert e4m3.round(F(17)) == 16  # between 16 and 18: the tie goes to the even multiple of 2
    assert e4m3.round(F(19)) == 20
    assert e4m3.round(F(1, 1024)) == 0  # half of the smallest value
    assert e4m3.round(F(3, 2048)) == F(1, 512)
    assert e4m3.contains(F(13, 512))
    assert not e4m3.contains(F(17))
    assert not e4m3.contains(F(480))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-65519, max_value=65519))
def test_binary16_agrees_with_numpy(x: float) -> None:
    assert get_format("binary16").round(F(x)) == F(float(np.float16(x)))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-2e-7, max_value=2e-7))
def test_binary16_subnormals_agree_with_numpy(x: float) -> None:
    assert get_format("binary16").round(F(x)) == F(float(np.float16(x)))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-3e38, max_value=3e38))
def test_binary32_agrees_with_numpy(x: float) -> None:
    assert get_format("binary32").round(F(x)) == F(float(np.float32(x)))


def test_all_of_binary16_is_listed() -> None:
    half = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = sorted({F(float(x)) for x in half[np.isfinite(half)]})
    assert list(get_format("binary16").values()) == finite


def test_bfloat16_is_the_upper_half_of_binary32() -> None:
    single = (np.arange(2**16, dtype=np.uint32) << 16).view(np.float32)
    finite = sorted({F(float(x)) for x in single[np.isfinite(single)]})
    assert list(get_format("bfloat16").values()) == finite


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0, F(1)), "precision must be an integer from 1 to 64, got 0"),
        ((65, 0, F(1)), "precision must be an integer from 1 to 64, got 65"),
        ((True, 0, F(1)), "precision must be an integer from 1 to 64, got True"),
        ((4, -2001, F(1)), "min_exponent must be an integer from -2000 to 2000, got -2001"),
        ((4, 0.0, F(1)), "min_exponent must be an integer"),
        ((4, -6, F(0)), "maximum must be positive, got 0"),
        ((4, -6, F(449)), "maximum 449 has no exact form with 4 bits.*take 448 or 480"),
        ((4, -6, F(1, 1024)), "maximum 1/1024 has no exact form.*take 1/512"),
        ((4, -6, 448), r"maximum must be a fractions.Fraction, got 448 \(int\)"),
        ((4, -6, F(448), "even"), "unknown rounding mode 'even'"),
    ],
)
def test_bad_fields_are_rejected(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        Minifloat(*arguments)
