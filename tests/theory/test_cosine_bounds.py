"""Rational bounds of cosines: true, and as narrow as promised."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import cos, mp, mpf, pi

from monoscan.theory.cosine_bounds import cosine_bounds, pi_bounds

mp.dps = 120


def precise(value: Fraction) -> mpf:
    return mpf(value.numerator) / value.denominator


@pytest.mark.parametrize("bits", [8, 32, 128, 256])
def test_pi(bits: int) -> None:
    low, high = pi_bounds(bits)
    assert precise(low) < pi < precise(high)
    assert high - low < Fraction(1, 2**bits)


@given(st.integers(-70, 70), st.integers(1, 60), st.sampled_from([8, 32, 64, 128]))
def test_cosines(k: int, n: int, bits: int) -> None:
    low, high = cosine_bounds(k, n, bits)
    assert precise(low) - mpf(10) ** -100 <= cos(2 * pi * k / n) <= precise(high) + mpf(10) ** -100
    assert high - low < Fraction(1, 2**bits)
