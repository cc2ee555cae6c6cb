"""Searches that are not told of the counterexamples find such networks, but not in small ranges."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

from monoscan.automata import get_language
from monoscan.theory.explore import Disagrees, Recognises, explore
from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.rounding_parity import RoundingCounterexample
from monoscan.theory.rounding_search import (
    Exhausted,
    Found,
    delta_rules,
    dense_steps,
    one_factor_steps,
    projection_pairs,
    scalar_steps,
    triangular_steps,
)
from monoscan.theory.semantics import Exact
from monoscan.theory.spectrum import has_nonnegative_spectrum
from monoscan.theory.transition import Diagonal

F = Fraction


W = Overflow.WRAP
HALVES, NIBBLE = FixedPoint.signed(3, 1), FixedPoint.signed(4, 2, overflow=W)
FOUND: list[tuple[Callable[[], Found], str, int]] = [
    (lambda: dense_steps(2, 2), "dense", 2),
    (lambda: dense_steps(3, 1), "dense", 2),
    (lambda: dense_steps(2, 2, 3), "dense", 3),
    (lambda: projection_pairs(1, 2), "projections", 2),
    (lambda: projection_pairs(4, 2), "projections", 2),
    (lambda: projection_pairs(5, 3, 3), "projections", 3),
    (lambda: delta_rules(3), "delta", 2),
    (lambda: delta_rules(4), "delta", 2),
    (lambda: delta_rules(8), "delta", 2),
    (lambda: delta_rules(2, 4, unit=True), "delta", 2),
    (lambda: delta_rules(3, 3, unit=True), "delta", 2),
    (lambda: delta_rules(2, 4, most=2, unit=True, period=3), "delta", 3),
    (lambda: scalar_steps(FixedPoint.unsigned(1, overflow=W), F(0), F(1)), "scalar", 2),
    (lambda: scalar_steps(NIBBLE, F(0), F(9), 3), "scalar", 3),
    (lambda: scalar_steps(HALVES, F(-1, 2), F(1, 2)), "scalar", 2),
]


@pytest.mark.parametrize(("search", "key", "period"), FOUND)
def test_what_is_found_counts_rounded_and_not_exactly(
    search: Callable[[], Found], key: str, period: int
) -> None:
    found = search()
    assert isinstance(found, RoundingCounterexample)
    assert found.key == key
    language = "parity" if period == 2 else f"count-mod-{period}"
    target = get_language(language).build()
    assert isinstance(explore(found.lrnn, found.semantics, target, 100), Recognises)
    try:
        exact = explore(found.lrnn, Exact(), target, 100)
    except ValueError:
        exact = None  # exact arithmetic leaves the states of the read-out
    assert exact is None or isinstance(exact, Disagrees)
    for case in found.lrnn.last.cases.values():
        if key in ("dense", "projections"):
            assert has_nonnegative_spectrum(case.matrix)


def test_small_ranges_are_exhausted() -> None:
    assert dense_steps(1, 3) == Exhausted(207)
    assert dense_steps(2, 1) == Exhausted(50)
    assert dense_steps(3, 1, 3) == Exhausted(207)
    assert projection_pairs(2, 1) == Exhausted(16)
    assert projection_pairs(4, 4, 3) == Exhausted(576)
    assert (delta_rules(1), delta_rules(2)) == (Exhausted(1), Exhausted(8))
    assert scalar_steps(FixedPoint.signed(6, 2), F(0), F(9)) == Exhausted(32)


def test_the_ranges_of_which_the_claim_says_that_there_is_nothing() -> None:
    assert triangular_steps(3, 2) == Exhausted(2_197)
    assert one_factor_steps(4, 3) == Exhausted(128)
    for denominator, dimension, tried in ((4, 4, 8), (9, 3, 36), (5, 2, 10)):
        found = delta_rules(denominator, dimension, unit=True, period=3)
        assert found == Exhausted(tried)


@pytest.mark.parametrize("number_format", [HALVES, NIBBLE, FixedPoint.unsigned(2, overflow=W)])
@pytest.mark.parametrize("period", [2, 3])
def test_scalars_against_a_loop(number_format: FixedPoint, period: int) -> None:
    """The format of the tool itself, number by number."""
    r, values = number_format.round, number_format.values()
    counting = set()
    for a, b, start in product(values, repeat=3):
        path = [start]
        for _ in range(period):
            path.append(r(r(a * path[-1]) + b))
        if path[-1] == start != path[1]:
            counting.add(a)
    found = scalar_steps(number_format, number_format.smallest, number_format.largest, period)
    assert isinstance(found, Exhausted) == (not counting)
    if isinstance(found, RoundingCounterexample):
        transition = found.lrnn.last.cases["1",].transition
        assert isinstance(transition, Diagonal)
        assert transition.entries[0] in counting


def test_a_step_is_rounded_half_to_even() -> None:
    """The first matrix that is found, by hand: it takes (-2, 2) to (-1, 1) and back."""
    found = dense_steps(2, 2)
    assert isinstance(found, RoundingCounterexample)
    case = found.lrnn.last.cases["1",]
    assert case.matrix.rows == (
        (Fraction(-1, 2), Fraction(-1)),
        (Fraction(1), Fraction(3, 2)),
    )
