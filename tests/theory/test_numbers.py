"""Exact numbers: what is read, what is refused, and what the refusal says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.numbers import MAX_DIGITS, InexactNumberError, number, number_to_text

F = Fraction


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, F(3)),
        (F(2, 6), F(1, 3)),
        ("3", F(3)),
        ("+3", F(3)),
        ("-6/4", F(-3, 2)),
        (" 1/2\n", F(1, 2)),
        ("0.1", F(1, 10)),
        ("-12.50", F(-25, 2)),
        ("007", F(7)),
        ("9" * MAX_DIGITS, F(10**MAX_DIGITS - 1)),
    ],
)
def test_reads(value: object, expected: Fraction) -> None:
    assert number(value) == expected
    assert type(number(value)) is Fraction


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, "True is no number"),
        (None, "None is no number"),
        ([1], r"\[1\] is no number"),
        (1j, "1j is no number"),
        ("", "'' is not a rational"),
        ("one", '\'one\' is not a rational number; expected "P", "P/Q" or a finite decimal'),
        ("1e3", "'1e3' is not a rational"),
        ("nan", "'nan' is not a rational"),
        ("1/2/3", "is not a rational"),
        ("1/-2", "is not a rational"),
        ("1 / 2", "is not a rational"),
        ("1.", "is not a rational"),
        (".5", "is not a rational"),
        ("1_000", "is not a rational"),
        ("٣", "is not a rational"),
        ("1/0", "'1/0' divides by zero"),
        ("9" * (MAX_DIGITS + 1), f"{MAX_DIGITS + 1} characters is over the limit of {MAX_DIGITS}"),
        (
            0.5,
            r'0\.5 is a floating-point number.*write "1/2" as a string if that is what you',
        ),
        (0.1, r'write "1/10" as a string.*\(the float itself is 3602879701896397/'),
        (float("nan"), "nan is not a number of any exact field"),
        (float("-inf"), "-inf is not a number of any exact field"),
    ],
)
def test_refuses(value: object, message: str) -> None:
    with pytest.raises(InexactNumberError, match=message):
        number(value)


@given(st.fractions())
def test_text_and_back(value: Fraction) -> None:
    assert number(number_to_text(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_finite_decimal_is_exact(value: object) -> None:
    assert number(f"{value:f}") == F(str(value))
