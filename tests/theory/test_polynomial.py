"""Polynomials over Q against sympy: division, Sturm counts, isolated roots, multiplicities."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from itertools import pairwise

import pytest
import sympy
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.polynomial import (
    Polynomial,
    RealRoot,
    count_real_roots,
    degree,
    derivative,
    divide,
    evaluate,
    gcd,
    monic,
    multiply,
    polynomial,
    real_roots,
    root_bound,
    root_multiplicity,
    squarefree_part,
    sturm_chain,
)

F = Fraction
X = sympy.Symbol("x")
ONE: Polynomial = (F(1),)


def poly(*coefficients: int | str | Fraction) -> Polynomial:
    """Constant term first."""
    return polynomial([F(c) for c in coefficients])


def rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def to_sympy(p: Polynomial) -> sympy.Poly:
    return sympy.Poly([rational(c) for c in reversed(p)] or [0], X, domain="QQ")


def from_sympy(p: sympy.Poly) -> Polynomial:
    return polynomial([F(int(c.p), int(c.q)) for c in reversed(p.all_coeffs())])


SMALL = st.builds(F, st.integers(-5, 5), st.integers(1, 4))
ANY = st.lists(SMALL, max_size=6).map(polynomial)
NON_ZERO = ANY.filter(bool)
FACTORS = st.one_of(
    SMALL.map(lambda root: poly(-root, 1)),
    st.sampled_from(
        [
            poly(-2, 0, 1),  # +-sqrt 2
            poly(1, -3, 1),  # the squares of the golden ratio and of its inverse
            poly(1, 0, 1),  # no real root
            poly(1, 1, 1),
            poly(-2, 0, 0, 1),  # one real root
            poly(1, -3, 0, 1),  # three real roots, none rational
            poly("1/3", "-7/5"),
            poly("-1000001/1000000", 1),  # close to 1
        ]
    ),
)
PRODUCTS = st.lists(st.tuples(FACTORS, st.integers(1, 3)), max_size=4).map(
    lambda parts: reduce(multiply, [p for p, times in parts for _ in range(times)], ONE)
)


@given(ANY, ANY, SMALL)
def test_arithmetic_against_sympy(p: Polynomial, q: Polynomial, x: Fraction) -> None:
    assert to_sympy(multiply(p, q)) == to_sympy(p) * to_sympy(q)
    assert to_sympy(derivative(p)) == to_sympy(p).diff()
    assert rational(evaluate(p, x)) == to_sympy(p).eval(rational(x))
    assert degree(p) == (to_sympy(p).degree() if p else -1)


@given(ANY, NON_ZERO)
def test_division_against_sympy(p: Polynomial, q: Polynomial) -> None:
    quotient, remainder = divide(p, q)
    assert (to_sympy(quotient), to_sympy(remainder)) == sympy.div(to_sympy(p), to_sympy(q))
    assert degree(remainder) < degree(q)


@given(PRODUCTS, PRODUCTS)
@examples(40)
def test_gcd_and_squarefree_part_against_sympy(p: Polynomial, q: Polynomial) -> None:
    assert gcd(p, q) == from_sympy(sympy.gcd(to_sympy(p), to_sympy(q)).monic())
    assert squarefree_part(p) == from_sympy(to_sympy(p).sqf_part().monic())
    assert gcd((), p) == gcd(p, ()) == monic(p)


def test_division_by_zero() -> None:
    with pytest.raises(ZeroDivisionError, match="zero polynomial"):
        divide(ONE, ())


@given(PRODUCTS, SMALL, SMALL)
@examples(60)
def test_root_counts_against_sympy(p: Polynomial, low: Fraction, high: Fraction) -> None:
    low, high = min(low, high), max(low, high)
    s = to_sympy(p)
    assert count_real_roots(p) == s.count_roots()
    # sympy counts in the closed interval, we leave the lower end out.
    at_low = int(evaluate(p, low) == 0)
    assert count_real_roots(p, low, high) == s.count_roots(rational(low), rational(high)) - at_low
    assert count_real_roots(p, low=low) == s.count_roots(rational(low), None) - at_low
    assert count_real_roots(p, high=high) == s.count_roots(None, rational(high))


def test_ends_of_the_interval() -> None:
    p = multiply(poly(-1, 1), poly(-2, 1))
    assert count_real_roots(p, F(1), F(2)) == 1
    assert count_real_roots(p, F(0), F(1)) == 1
    assert count_real_roots(p, F(2), F(3)) == 0
    assert count_real_roots(p, F(1), F(1)) == 0
    assert count_real_roots(ONE) == 0


@given(PRODUCTS)
@examples(60)
def test_isolated_roots_against_sympy(p: Polynomial) -> None:
    found, s = real_roots(p), to_sympy(p)
    expected = sympy.Poly(s).real_roots(multiple=False) if degree(p) > 0 else []
    assert len(found) == len(expected)
    for left, right in pairwise(found):
        assert left.low <= left.high <= right.low <= right.high
        assert left.low < right.high
    for root, (exact, multiplicity) in zip(found, expected, strict=True):
        assert s.count_roots(rational(root.low), rational(root.high)) == 1
        assert rational(root.low) <= exact <= rational(root.high)
        assert root_multiplicity(p, root) == multiplicity
        fine = root.refined(times=12)
        assert rational(fine.low) <= exact <= rational(fine.high)
        assert root.low <= fine.low <= fine.high <= root.high
        assert root_multiplicity(p, fine) == multiplicity


@given(PRODUCTS)
@examples(40)
def test_roots_lie_below_the_bound(p: Polynomial) -> None:
    bound = root_bound(p)
    assert count_real_roots(p, -bound, bound) == count_real_roots(p)


def test_a_simple_fraction_is_recognised() -> None:
    (root,) = real_roots(poly("-1/3", 1))
    assert root.refined(10).low == root.refined(10).high == F(1, 3)


def test_an_irrational_root_is_bisected() -> None:
    root = RealRoot(poly(-2, 0, 1), F(1), F(2)).refined(30)
    assert root.low**2 < 2 < root.high**2
    assert root.high - root.low == F(1, 2**30)


def test_multiplicity_of_an_irrational_root() -> None:
    p = reduce(multiply, [poly(-2, 0, 1)] * 3 + [poly(-1, 1)] * 2, ONE)
    assert [root_multiplicity(p, root) for root in real_roots(p)] == [3, 2, 3]


def test_sturm_chain_of_a_textbook_example() -> None:
    chain = sturm_chain(poly(-1, 0, 1))
    assert chain == (poly(-1, 0, 1), poly(0, 2), poly(1))


def test_trailing_zeros_are_dropped() -> None:
    assert polynomial([F(1), F(0), F(0)]) == (F(1),)
    assert polynomial([F(0)]) == ()
    assert multiply((), ONE) == ()
