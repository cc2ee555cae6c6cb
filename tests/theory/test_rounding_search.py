"""Searches that are not told of the counterexamples find such networks, but not in small ranges."""

from __future__ import annotations

from fractions import Fraction

import pytest

from monoscan.automata import get_language
from monoscan.theory.explore import Disagrees, Recognises, explore
from monoscan.theory.rounding_parity import RoundingCounterexample
from monoscan.theory.rounding_search import (
    Exhausted,
    delta_rules,
    dense_steps,
    projection_pairs,
)
from monoscan.theory.semantics import Exact
from monoscan.theory.spectrum import has_nonnegative_spectrum
from monoscan.theory.transition import Dense, HouseholderProduct

PARITY = get_language("parity").build()


@pytest.mark.parametrize(
    ("found", "key"),
    [
        (dense_steps(2, 2), "dense"),
        (dense_steps(3, 1), "dense"),
        (projection_pairs(1, 2), "projections"),
        (projection_pairs(4, 2), "projections"),
        (delta_rules(3), "delta"),
        (delta_rules(4), "delta"),
        (delta_rules(8), "delta"),
    ],
)
def test_what_is_found_computes_parity_rounded_and_not_exactly(
    found: RoundingCounterexample | Exhausted, key: str
) -> None:
    assert isinstance(found, RoundingCounterexample)
    assert found.key == key
    assert isinstance(explore(found.lrnn, found.semantics, PARITY, 100), Recognises)
    try:
        exact = explore(found.lrnn, Exact(), PARITY, 100)
    except ValueError:
        exact = None  # exact arithmetic leaves the states of the read-out
    assert exact is None or isinstance(exact, Disagrees)
    for case in found.lrnn.last.cases.values():
        assert has_nonnegative_spectrum(case.matrix)
        assert isinstance(case.transition, Dense | HouseholderProduct) or key == "delta"


def test_small_ranges_are_exhausted() -> None:
    assert dense_steps(1, 3) == Exhausted(207)
    assert dense_steps(2, 1) == Exhausted(50)
    assert projection_pairs(2, 1) == Exhausted(16)
    assert (delta_rules(1), delta_rules(2)) == (Exhausted(1), Exhausted(8))


def test_a_step_is_rounded_half_to_even() -> None:
    """The first matrix that is found, by hand: it takes (-2, 2) to (-1, 1) and back."""
    found = dense_steps(2, 2)
    assert isinstance(found, RoundingCounterexample)
    case = found.lrnn.last.cases["1",]
    assert case.matrix.rows == (
        (Fraction(-1, 2), Fraction(-1)),
        (Fraction(1), Fraction(3, 2)),
    )
