"""Fixed point: values, rounding, saturation and wrap-around."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import (
    FixedPoint,
    FormatError,
    Overflow,
    RoundingMode,
    overflow_mode,
    round_to_integer,
)

F = Fraction


def test_signed_and_unsigned() -> None:
    signed = FixedPoint.signed(8, 3)
    assert (signed.step, signed.smallest, signed.largest) == (F(1, 8), F(-16), F(127, 8))
    assert signed.n_values() == 256
    unsigned = FixedPoint.unsigned(3, -1)
    assert unsigned.values() == tuple(F(2 * i) for i in range(8))
    assert FixedPoint.signed(1).values() == (F(-1), F(0))


def test_values_of_an_asymmetric_range() -> None:
    fixed = FixedPoint(F(3, 4), F(-3, 2), F(9, 4))
    assert fixed.values() == (F(-3, 2), F(-3, 4), F(0), F(3, 4), F(3, 2), F(9, 4))
    assert fixed.contains(F(9, 4))
    assert not fixed.contains(F(3))
    assert not fixed.contains(F(1, 2))


def test_saturation_by_hand() -> None:
    fixed = FixedPoint.signed(4, 1)
    assert fixed.round(F(100)) == F(7, 2)
    assert fixed.round(F(-100)) == F(-4)
    assert fixed.round(F(15, 4)) == F(7, 2)
    assert fixed.round(F(5, 4)) == F(1)


def test_wrap_by_hand() -> None:
    fixed = FixedPoint.signed(3, overflow=Overflow.WRAP)
    assert [fixed.round(F(n)) for n in range(-6, 7)] == [
        F(n) for n in (2, 3, -4, -3, -2, -1, 0, 1, 2, 3, -4, -3, -2)
    ]
    assert fixed.round(F(7, 2)) == F(-4)
    assert not fixed.contains(F(4))


@given(
    st.fractions(min_value=-300, max_value=300, max_denominator=60),
    st.integers(1, 6),
    st.integers(-2, 4),
    st.sampled_from(RoundingMode),
)
def test_wrap_keeps_the_residue(
    x: Fraction, bits: int, fraction_bits: int, mode: RoundingMode
) -> None:
    wrapping = FixedPoint.signed(bits, fraction_bits, mode, Overflow.WRAP)
    value = wrapping.round(x)
    steps = round_to_integer(x / wrapping.step, mode)
    assert wrapping.smallest <= value <= wrapping.largest
    assert (value / wrapping.step - steps) % 2**bits == 0


@given(st.fractions(min_value=-40, max_value=40, max_denominator=60), st.sampled_from(RoundingMode))
def test_saturation_is_the_nearest_end(x: Fraction, mode: RoundingMode) -> None:
    fixed = FixedPoint(F(1, 3), F(-2), F(3), mode)
    unbounded = round_to_integer(x * 3, mode) * F(1, 3)
    assert fixed.round(x) == min(F(3), max(F(-2), unbounded))


def test_equal_fields_equal_formats() -> None:
    assert FixedPoint.signed(8, 3) == FixedPoint(F(1, 8), F(-16), F(127, 8))
    assert len({FixedPoint.signed(8, 3), FixedPoint.signed(8, 3), FixedPoint.signed(8, 4)}) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((F(0), F(-1), F(1)), "step must be positive, got 0"),
        ((F(-1), F(-1), F(1)), "step must be positive"),
        ((F(2), F(-1), F(2)), "minimum -1 is no multiple of the step 2: take one, for example -2"),
        ((F(2), F(-2), F(3)), "maximum 3 is no multiple of the step 2: take one, for example 2"),
        ((F(1), F(1), F(3)), "does not contain 0"),
        ((F(1), F(-3), F(-1)), "does not contain 0"),
        ((F(1), F(0), F(0)), "at least two values"),
        ((0.125, F(-1), F(1)), r"step must be a fractions.Fraction, got 0.125 \(float\)"),
        ((F(1), -1, F(1)), r"minimum must be a fractions.Fraction, got -1 \(int\)"),
        ((F(1), F(-1), F(1), "nearest"), "unknown rounding mode 'nearest'"),
        ((F(1), F(-1), F(1), "up", "infinity"), "fixed point has no infinity"),
        (
            (F(1), F(-1), F(1), "up", "clamp"),
            "unknown overflow 'clamp': expected one of saturate, wrap, infinity",
        ),
    ],
)
def test_bad_fields_are_rejected(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        FixedPoint(*arguments)


@pytest.mark.parametrize("make", [FixedPoint.signed, FixedPoint.unsigned])
def test_no_bits_are_rejected(make: Any) -> None:
    with pytest.raises(FormatError, match="bits must be at least 1, got 0"):
        make(0)


def test_overflow_names() -> None:
    assert [overflow_mode(mode.value) for mode in Overflow] == list(Overflow)
