"""The power basis of cyclotomic fields, against sympy and the definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.cyclotomic_field import (
    MAX_ORDER,
    FieldTooLargeError,
    combination,
    cyclotomic_polynomial,
    in_smallest_field,
    lifted,
    power_table,
    prime_factors,
    product,
    totient,
)

x = sympy.Symbol("x")
F = Fraction


@pytest.mark.parametrize("n", [*range(1, 40), 60, 105, 120])
def test_polynomials_and_degrees_against_sympy(n: int) -> None:
    expected = sympy.Poly(sympy.cyclotomic_poly(n, x), x).all_coeffs()
    assert list(cyclotomic_polynomial(n)) == [int(c) for c in reversed(expected)]
    assert totient(n) == len(expected) - 1 == int(sympy.totient(n))


@pytest.mark.parametrize("n", [1, 2, 12, 97, 360, 1001])
def test_prime_factors_against_sympy(n: int) -> None:
    assert list(prime_factors(n)) == sorted(sympy.factorint(n))


@pytest.mark.parametrize("n", [3, 8, 15])
def test_powers_of_zeta_multiply(n: int) -> None:
    table = power_table(n)
    as_fractions = [tuple(map(F, row)) for row in table]
    for i in range(n):
        for j in range(n):
            assert tuple(product(n, as_fractions[i], as_fractions[j])) == as_fractions[(i + j) % n]


@given(st.sampled_from([(3, 2), (3, 5), (4, 3), (5, 4), (8, 3), (7, 2)]), st.data())
def test_the_smallest_field_is_found_again(pair: tuple[int, int], data: st.DataObject) -> None:
    n, factor = pair
    size = totient(n)
    entries = st.lists(st.integers(-3, 3).map(F), min_size=size, max_size=size)
    coefficients = tuple(data.draw(entries.filter(lambda c: any(c[1:]))))
    order, smallest = in_smallest_field(n, coefficients)
    larger = lifted(n, coefficients, n * factor)
    assert in_smallest_field(n * factor, larger) == (order, smallest)
    assert n % order == 0
    assert lifted(order, smallest, n) == coefficients


def test_two_times_an_odd_order_is_the_odd_order() -> None:
    assert in_smallest_field(10, combination(10, {1: F(1)})) == (5, combination(5, {3: F(-1)}))


def test_too_large_orders() -> None:
    with pytest.raises(FieldTooLargeError, match=f"order {MAX_ORDER + 1} are needed; the limit"):
        totient(MAX_ORDER + 1)
