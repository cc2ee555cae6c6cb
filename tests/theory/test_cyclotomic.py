"""Irrational numbers: the field, equality of numbers, order, square roots, what is refused."""

from __future__ import annotations

from cmath import isclose
from fractions import Fraction
from math import cos, pi, sin, sqrt

import pytest
from helpers.effort import examples
from helpers.naive_field import approximately
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.strategies.numbers import cyclotomics, real_cyclotomics
from monoscan.theory.cyclotomic_field import FieldTooLargeError
from monoscan.theory.numbers import (
    Cyclotomic,
    IrrationalNumberError,
    NotRealError,
    Number,
    absolute_bound,
    bit_size,
    conjugate,
    cosine,
    cyclotomic,
    is_real,
    number_to_text,
    rational,
    sine,
    sqrt_of,
    squared_modulus,
    zeta,
)

F = Fraction
NEAR = 1e-9


def near(value: Number, expected: complex) -> bool:
    return isclose(approximately(value), expected, rel_tol=NEAR, abs_tol=NEAR)


@given(cyclotomics(), cyclotomics())
@examples(60)
def test_arithmetic_against_floating_point(a: Number, b: Number) -> None:
    x, y = approximately(a), approximately(b)
    assert near(a + b, x + y)
    assert near(a - b, x - y)
    assert near(a * b, x * y)
    assert near(-a, -x)
    assert near(conjugate(a), x.conjugate())
    assert near(squared_modulus(a), abs(x) ** 2)


@given(cyclotomics((3, 4, 5, 8, 12)), cyclotomics((3, 4, 5)), cyclotomics((4, 8)))
@examples(60)
def test_the_laws_of_a_field(a: Number, b: Number, c: Number) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a - a == 0
    assume(b != 0)
    assert a / b * b == a
    assert b / b == 1
    assert 1 / b * b == 1


@given(cyclotomics(), st.integers(-3, 4))
@examples(40)
def test_powers_are_repeated_products(a: Number, exponent: int) -> None:
    assume(a != 0)
    expected: Number = F(1)
    for _ in range(abs(exponent)):
        expected = expected * a
    assert a**exponent == (expected if exponent >= 0 else 1 / expected)


@given(cyclotomics(), cyclotomics())
def test_rational_values_are_fractions(a: Number, b: Number) -> None:
    for value in (a + b, a * b, a - b, a + conjugate(a), squared_modulus(a)):
        if isinstance(value, Cyclotomic):
            assert value.order >= 3
            assert value.order % 4 != 2
            assert any(value.coefficients[1:])
        else:
            assert isinstance(value, Fraction)


@given(cyclotomics(), st.sampled_from([2, 3, 4, 5]))
def test_a_number_in_two_fields_is_one_number(a: Number, factor: int) -> None:
    assume(isinstance(a, Cyclotomic))
    assert isinstance(a, Cyclotomic)
    order = a.order * factor
    same = Cyclotomic(order, a.coefficients_in(order))
    assert same == a
    assert hash(same) == hash(a)
    assert (same.order, same.coefficients) == (a.order, a.coefficients)
    assert {a: "found"}[same] == "found"


def test_equality_with_other_numbers() -> None:
    assert zeta(4) != 1
    assert zeta(3) != F(-1, 2)
    assert zeta(5) != zeta(5, 2)
    assert zeta(6) == 1 + zeta(3)


@given(real_cyclotomics(), real_cyclotomics())
@examples(60)
def test_order_of_real_numbers(a: Number, b: Number) -> None:
    assert is_real(a)
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a <= b) == (a < b or a == b)
    assert (a >= b) == (a > b or a == b)
    difference = approximately(a).real - approximately(b).real
    if abs(difference) > NEAR:
        assert (a < b) == (difference < 0)


def test_order_beyond_floating_point() -> None:
    # Convergents of the continued fraction of the square root of 2, beyond 2^-64.
    p, q = 1, 1
    for _ in range(60):
        p, q = p + 2 * q, p + q
    root = sqrt_of(2)
    assert (F(p, q) < root) == (p * p < 2 * q * q)
    assert (root < F(p + 2 * q, p + q)) == ((p + 2 * q) ** 2 > 2 * (p + q) ** 2)
    assert 1 < root < F(3, 2)
    assert sorted([sqrt_of(3), F(1), sqrt_of(2)]) == [F(1), sqrt_of(2), sqrt_of(3)]


@pytest.mark.parametrize("n", [2, 3, 5, 6, 7, 10, 12, 15, 18, F(3, 4), F(1, 2), F(45, 8)])
def test_square_roots(n: int | Fraction) -> None:
    root = sqrt_of(n)
    assert root * root == n
    assert root > 0
    assert near(root, sqrt(n))


@pytest.mark.parametrize("n", [0, 1, 4, F(9, 4), F(8, 2)])
def test_square_roots_of_squares_are_rational(n: int | Fraction) -> None:
    assert isinstance(sqrt_of(n), Fraction)
    assert sqrt_of(n) == F(round(sqrt(n) * 2), 2)


@pytest.mark.parametrize("n", range(1, 25))
def test_cosines_and_sines(n: int) -> None:
    for k in range(-2, n + 1):
        assert near(cosine(k, n), cos(2 * pi * k / n))
        assert near(sine(k, n), sin(2 * pi * k / n))
        assert cosine(k, n) ** 2 + sine(k, n) ** 2 == 1
        assert zeta(n, k) == cosine(k, n) + zeta(4) * sine(k, n)


def test_the_golden_ratio() -> None:
    ratio = (1 + sqrt_of(5)) / 2
    assert ratio * ratio == ratio + 1
    assert 2 * cosine(1, 5) == ratio - 1


def test_text_and_sizes() -> None:
    assert str(zeta(4)) == "zeta4"
    assert str(F(1, 2) - zeta(5, 2) + 3 * zeta(5)) == "1/2 + 3 zeta5 - zeta5^2"
    assert bit_size(8 * zeta(4)) == 4
    assert bit_size(F(-1, 16)) == 5
    assert absolute_bound(F(-3)) == 3
    assert 2 * sqrt_of(2) < absolute_bound(-2 * sqrt_of(2)) < 3


def test_rational_is_for_rational_numbers() -> None:
    assert rational(sqrt_of(2) * sqrt_of(8)) == 4
    with pytest.raises(IrrationalNumberError, match="zeta4 is irrational, and a rational number"):
        rational(zeta(4))
    with pytest.raises(IrrationalNumberError, match="zeta3 is irrational"):
        number_to_text(zeta(3))


def test_order_is_of_real_numbers() -> None:
    with pytest.raises(NotRealError, match="but zeta4 is not real"):
        assert zeta(4) < 1
    with pytest.raises(NotRealError, match="but zeta4 is not real"):
        # The difference is real, the numbers are not.
        assert zeta(4) < 1 + zeta(4)
    with pytest.raises(NotRealError, match="not real"):
        absolute_bound(zeta(3))


@pytest.mark.parametrize(
    ("order", "coefficients", "message"),
    [
        (5, (F(1), F(1)), "order 5 is given by 2 coefficients"),
        (2, (F(1),), "order 2 is given by 1 coefficients"),
        (4, (F(1, 2), F(0)), "1/2 is rational; use a Fraction"),
    ],
)
def test_coefficients_that_are_no_irrational_number(
    order: int, coefficients: tuple[Fraction, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Cyclotomic(order, coefficients)


def test_fields_that_do_not_hold_a_number() -> None:
    root = zeta(8)
    assert isinstance(root, Cyclotomic)
    with pytest.raises(ValueError, match="lies in the cyclotomic field of order 8, not in that"):
        root.coefficients_in(12)
    third = zeta(3)
    assert isinstance(third, Cyclotomic)
    assert cyclotomic(6, third.coefficients_in(6)) == third


def test_other_mistakes() -> None:
    with pytest.raises(ValueError, match="order 0 do not exist"):
        zeta(0)
    with pytest.raises(ValueError, match="the square root of -2 is not real"):
        sqrt_of(-2)
    with pytest.raises(FieldTooLargeError, match="the limit is 2000"):
        sqrt_of(2003)
    with pytest.raises(ZeroDivisionError):
        assert zeta(4) / 0
    for wrong in (1.5, "1"):
        with pytest.raises(TypeError):
            assert zeta(4) * wrong  # type: ignore[operator]
