"""Faults of single numbers: outside a range, or not real."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from monoscan.theory.numbers import Number, is_real

Fault = str | None
"""What is wrong, in words; None if nothing is."""


def range_fault(
    what: str,
    values: Iterable[Number],
    low: int | Fraction,
    high: int,
    *,
    is_open: bool = False,
) -> Fault:
    """The first value outside [low, high], or (low, high); `what` names it by its number {}."""
    for index, value in enumerate(values, start=1):
        inside = isinstance(value, Fraction) and low <= value <= high
        if not inside or (is_open and value in (low, high)):
            bounds = f"({low}, {high})" if is_open else f"[{low}, {high}]"
            return f"{what.format(index)} is {value}; expected a number in {bounds}"
    return None


def real_fault(what: str, values: Iterable[Number]) -> Fault:
    """The first value that is not real."""
    for index, value in enumerate(values, start=1):
        if not is_real(value):
            return f"{what.format(index)} is {value}; expected a real number"
    return None
