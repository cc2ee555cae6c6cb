"""Numbers outside a set."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from monoscan.theory.model_classes.number_sets import (
    AllNumbers,
    Moduli,
    NumberSet,
    Rationals,
    Reals,
)
from monoscan.theory.numbers import Number, is_real, squared_modulus

Fault: TypeAlias = str | None
"""What is wrong, in words; None if nothing is."""


def set_fault(what: str, values: Iterable[Number], numbers: NumberSet) -> Fault:
    """The first value outside a set; `what` names it by its number {}.

    >>> from monoscan.theory.model_classes.number_sets import closed
    >>> set_fault("entry {}", [Fraction(1), Fraction(2)], closed(0, 1))
    'entry 2 is 2; expected a number in [0, 1]'
    """
    if isinstance(numbers, AllNumbers):
        return None
    as_squares = isinstance(numbers, Moduli)
    allowed = numbers.squares if isinstance(numbers, Moduli) else numbers
    for index, value in enumerate(values, start=1):
        measured = squared_modulus(value) if as_squares else value
        if isinstance(allowed, Reals):
            inside = is_real(measured)
        else:
            inside = isinstance(measured, Fraction) and measured in allowed
        if not inside:
            return f"{what.format(index)} is {value}; expected {_expected(numbers)}"
    return None


def _expected(numbers: Rationals | Moduli | Reals) -> str:
    if isinstance(numbers, Reals):
        return "a real number"
    points = all(interval.is_point for interval in numbers.intervals)
    if isinstance(numbers, Moduli):
        return f"a modulus {'of' if points else 'in'} {numbers}"
    return str(numbers) if points else f"a number in {numbers}"
