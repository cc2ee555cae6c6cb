"""Work that no option allows more of: it is counted, and ends with a message that says so."""

from __future__ import annotations

import pytest

from monoscan.automata import BudgetExceeded, compile_regex, holonomy_cascade
from monoscan.automata.stabiliser_chain import MAX_MOVED, StabiliserChain


def symmetric(degree):
    return [(*range(1, degree), 0), (1, 0, *range(2, degree))]


def test_a_chain_of_many_points_ends_at_its_limit():
    with pytest.raises(BudgetExceeded, match="this limit is fixed") as error:
        StabiliserChain(200, symmetric(200))
    assert error.value.limit == MAX_MOVED < error.value.reached <= MAX_MOVED + 200


def test_a_chain_of_few_points_does_not():
    assert StabiliserChain(12, symmetric(12)).order == 479_001_600


def test_image_sets_of_many_states_are_not_compared():
    with pytest.raises(BudgetExceeded, match="bits compared in image sets"):
        holonomy_cascade(compile_regex(".*a.{14}", "ab"))


def test_image_sets_of_a_thousand_states_are():
    assert len(holonomy_cascade(compile_regex(".*a.{8}", "ab")).levels) == 9
