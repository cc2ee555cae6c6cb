"""The sign lemma as an algorithm, against brute force; shortest recurrences against sympy."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import pytest
import sympy
from helpers.effort import examples
from hypothesis import example, given
from hypothesis import strategies as st

from monoscan.theory.polynomial import Polynomial, degree, multiply, polynomial
from monoscan.theory.recurrence import (
    MAX_INDEX,
    EventualSign,
    SettlesTooLate,
    Term,
    eventual_sign,
    shortest_recurrence,
)

F = Fraction
WINDOW = 150


def poly(*coefficients: int | str) -> Polynomial:
    """Constant term first."""
    return polynomial([F(c) for c in coefficients])


def sequence(annihilator: Polynomial, heads: Sequence[Fraction]) -> Term:
    """n -> term of the sequence that starts with `heads` and obeys the monic recurrence."""
    terms = list(heads)
    order = degree(annihilator)

    def term(n: int) -> Fraction:
        while len(terms) <= n:
            last = terms[len(terms) - order :] if order else []
            terms.append(-sum((c * t for c, t in zip(annihilator, last, strict=False)), F(0)))
        return terms[n]

    return term


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def assert_brute_force_agrees(term: Term, found: EventualSign) -> None:
    late = {sign(term(n)) for n in range(found.index, found.index + WINDOW)}
    assert late == {found.sign}
    assert found.index == 0 or sign(term(found.index - 1)) != found.sign


def product_of(factors: Sequence[Polynomial]) -> Polynomial:
    return reduce(multiply, factors, (F(1),))


RATIONAL_ROOTS = st.builds(F, st.integers(0, 8), st.sampled_from([1, 2, 3, 5])).map(
    lambda root: (-root, F(1))
)
IRRATIONAL_ROOTS = st.sampled_from(
    [
        poly(2, -4, 1),  # 2 +- sqrt 2
        poly(1, -3, 1),  # 0.38..., 2.61...
        poly("1/4", "-3/2", 1),  # (3 +- sqrt 5) / 4
        poly("1/5", -1, 1),  # both in (0, 1)
        poly(-1, 6, -5, 1),  # 4 cos^2 of multiples of pi / 7
    ]
)
NEAR_EQUAL = st.sampled_from(
    [
        product_of([poly(-1, 1), poly("-101/100", 1)]),
        product_of([poly("-1/2", 1), poly("-501/1000", 1)]),
        poly("99/100", -2, 1),  # 1 +- 1/10
        poly("9999/10000", -2, 1),  # 1 +- 1/100
        product_of([poly("7/5", "-12/5", 1), poly("-7/5", 1)]),
    ]
)
ANNIHILATORS = st.lists(
    st.one_of(RATIONAL_ROOTS, RATIONAL_ROOTS, IRRATIONAL_ROOTS, NEAR_EQUAL), min_size=1, max_size=4
).map(product_of)


def heads_of(annihilator: Polynomial) -> st.SearchStrategy[list[Fraction]]:
    order = degree(annihilator)
    entry = st.builds(F, st.integers(-6, 6), st.integers(1, 3))
    return st.lists(entry, min_size=order, max_size=order)


# --- eventual_sign -----------------------------------------------------------------------------


@given(ANNIHILATORS, st.data())
@examples(100)
def test_sign_and_least_index_against_brute_force(
    annihilator: Polynomial, data: st.DataObject
) -> None:
    term = sequence(annihilator, data.draw(heads_of(annihilator)))
    found = eventual_sign(term, degree(annihilator))
    assert found is not None
    assert_brute_force_agrees(term, found)


@pytest.mark.slow
@given(ANNIHILATORS, st.data())
@examples(2000)
def test_sign_and_least_index_against_brute_force_at_length(
    annihilator: Polynomial, data: st.DataObject
) -> None:
    term = sequence(annihilator, data.draw(heads_of(annihilator)))
    found = eventual_sign(term, degree(annihilator))
    assert found is not None
    assert_brute_force_agrees(term, found)


@given(IRRATIONAL_ROOTS, st.integers(2, 3), st.data())
@examples(40)
def test_multiple_irrational_roots(factor: Polynomial, times: int, data: st.DataObject) -> None:
    annihilator = product_of([factor] * times)
    term = sequence(annihilator, data.draw(heads_of(annihilator)))
    found = eventual_sign(term, degree(annihilator))
    assert found is not None
    assert_brute_force_agrees(term, found)


@pytest.mark.parametrize(
    ("term", "order", "expected"),
    [
        (lambda n: F(0), 1, EventualSign(0, 0)),
        (lambda n: F(5), 1, EventualSign(1, 0)),
        (lambda n: F(-5), 3, EventualSign(-1, 0)),
        (lambda n: F(n), 2, EventualSign(1, 1)),
        (lambda n: F(7 - n), 2, EventualSign(-1, 8)),
        (lambda n: F((n - 10) ** 2), 3, EventualSign(1, 11)),
        (lambda n: F((n - 10) * (n - 40)), 3, EventualSign(1, 41)),
        (lambda n: F((n - 3) * (n - 5) * (n - 60)), 4, EventualSign(1, 61)),
        (lambda n: F(n == 4), 5, EventualSign(0, 5)),
        (lambda n: F(-1) if n < 3 else F(2), 4, EventualSign(1, 3)),
        (lambda n: F(3) ** n - 1000 * F(2) ** n, 2, EventualSign(1, 18)),
        (lambda n: F(99, 100) ** n - F(1, 1000), 2, EventualSign(-1, 688)),
        (lambda n: F(99, 100) ** n * (n - 900) + F(1, 3), 3, EventualSign(1, 657)),
        (lambda n: (n * n - 300) * F(1, 2) ** n, 3, EventualSign(1, 18)),
        (lambda n: F(1001, 1000) ** n - F(2), 2, EventualSign(1, 694)),
    ],
)
def test_examples(term: Term, order: int, expected: EventualSign) -> None:
    found = eventual_sign(term, order)
    assert found is not None
    assert_brute_force_agrees(term, found)
    assert found == expected


def test_any_larger_order_gives_the_same() -> None:
    def term(n: int) -> Fraction:
        return F(2) ** n - 50 * n

    assert {eventual_sign(term, order) for order in (3, 4, 7, 12)} == {EventualSign(1, 9)}


ESCAPES = [
    poly(1, 0, 1),
    poly(1, -1, 1),
    poly(1, 1, 1),
    poly(1, 1),
    poly("1/100", 1),
    poly(-2, 0, 1),
    product_of([poly(-3, 1), poly(1, 1)]),
    product_of([poly(-3, 1), poly(1, 0, 1), poly(0, 1)]),
    poly("25/36", "-1", 1),  # complex, of modulus 5/6
]


@pytest.mark.parametrize("annihilator", ESCAPES, ids=str)
def test_none_for_complex_and_negative_roots(annihilator: Polynomial) -> None:
    # 0, ..., 0, 1 excites every root.
    heads = [F(0)] * (degree(annihilator) - 1) + [F(1)]
    assert eventual_sign(sequence(annihilator, heads), degree(annihilator)) is None


@given(ANNIHILATORS, st.sampled_from(ESCAPES), st.data())
@examples(40)
def test_only_the_shortest_recurrence_counts(
    annihilator: Polynomial, escape: Polynomial, data: st.DataObject
) -> None:
    # Roots that the sequence does not have may be anything.
    term = sequence(annihilator, data.draw(heads_of(annihilator)))
    order = degree(annihilator) + degree(escape)
    assert eventual_sign(term, order) == eventual_sign(term, degree(annihilator))


@pytest.mark.parametrize(
    "term",
    [
        pytest.param(lambda n: F(n - 10 * MAX_INDEX), id="late-index"),
        pytest.param(lambda n: F(10**9 - 1, 10**9) ** n - F(1, 1000), id="long-numbers"),
    ],
)
def test_beyond_reach(term: Term) -> None:
    with pytest.raises(SettlesTooLate, match="not settled by index"):
        eventual_sign(term, 2)


# --- shortest_recurrence -----------------------------------------------------------------------


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[Polynomial, list[Fraction]]:
    order = draw(st.integers(0, 5))
    entry = st.builds(F, st.integers(-3, 3), st.integers(1, 2))
    lower = draw(st.lists(entry, min_size=order, max_size=order))
    return (*lower, F(1)), draw(st.lists(entry, min_size=order, max_size=order))


@given(recurrences(), st.integers(0, 3))
@example(((F(0), F(0), F(1)), [F(0), F(1)]), 0)
@example(((F(1),), []), 2)
@examples(150)
def test_shortest_recurrence_against_the_rank_of_the_hankel_matrix(
    drawn: tuple[Polynomial, list[Fraction]], slack: int
) -> None:
    annihilator, heads = drawn
    order = degree(annihilator) + slack
    term = sequence(annihilator, heads)
    found = shortest_recurrence([term(n) for n in range(2 * order)])
    assert found[-1] == 1
    # It annihilates the sequence, also beyond the terms that were given ...
    for n in range(3 * order + 5):
        assert sum((c * term(n + i) for i, c in enumerate(found)), F(0)) == 0
    # ... and Kronecker's theorem says that none is shorter.
    hankel = sympy.Matrix(
        order, order, lambda i, j: sympy.Rational(*term(i + j).as_integer_ratio())
    )
    assert degree(found) == hankel.rank()


@given(st.lists(RATIONAL_ROOTS, min_size=1, max_size=4, unique=True))
def test_a_sequence_with_all_roots_has_their_product(factors: list[Polynomial]) -> None:
    annihilator = product_of(factors)
    order = degree(annihilator)
    term = sequence(annihilator, [F(0)] * (order - 1) + [F(1)])
    assert shortest_recurrence([term(n) for n in range(2 * order)]) == annihilator


def test_roots_given_by_their_powers() -> None:
    terms = [F(2) ** n + F(3) ** n for n in range(8)]
    assert shortest_recurrence(terms) == poly(6, -5, 1)
    assert shortest_recurrence([F(0)] * 6) == poly(1)
