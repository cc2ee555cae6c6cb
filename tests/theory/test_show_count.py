"""Counts that are too long to print digit by digit are shown as a power of ten."""

from __future__ import annotations

import pytest

from monoscan.theory.constructions.published.blocks_of_tokens import show_count


@pytest.mark.parametrize("exponent", [7, 4299, 5000, 10**5])
def test_long_counts_are_powers_of_ten(exponent):
    assert show_count(3 * 10**exponent) == f"about 10^{exponent}"
