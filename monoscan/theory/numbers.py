"""Exact numbers: the field Q, and how its elements are read and written.

Everything in `monoscan.theory` computes with `Number`. Today that is `fractions.Fraction`; the
code above this module uses only the field operations, equality and order, so that a real
subfield of a cyclotomic field can take its place.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = Fraction

ZERO: Number = Fraction(0)
ONE: Number = Fraction(1)
MAX_DIGITS = 2000

_RATIONAL = re.compile(r"[+-]?\d+(/\d+|\.\d+)?", re.ASCII)


class InexactNumberError(ValueError):
    """A value that does not denote an exact rational number; the message says what to write."""


def number(value: object) -> Number:
    """Reads an exact rational number.

    Args:
        value: an int, a Fraction, or a string `P`, `P/Q` or `I.F` (a finite decimal is exact).

    Raises:
        InexactNumberError: for floats (also NaN and infinities), Booleans, other types and strings.

    >>> number("3/4"), number("0.25"), number(-2)
    (Fraction(3, 4), Fraction(1, 4), Fraction(-2, 1))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        return _parse(value)
    if isinstance(value, float):
        raise InexactNumberError(_float_message(value))
    raise InexactNumberError(
        f'{value!r} is no number; expected a rational such as 3, "3/4" or "0.75"'
    )


def _parse(text: str) -> Number:
    stripped = text.strip()
    if len(stripped) > MAX_DIGITS:
        raise InexactNumberError(
            f"a number of {len(stripped)} characters is over the limit of {MAX_DIGITS}"
        )
    if not _RATIONAL.fullmatch(stripped):
        raise InexactNumberError(
            f'{text!r} is not a rational number; expected "P", "P/Q" or a finite decimal, '
            'for example "3/4"'
        )
    try:
        return Fraction(stripped)
    except ZeroDivisionError:
        raise InexactNumberError(
            f"{text!r} divides by zero; write a non-zero denominator"
        ) from None


def _float_message(value: float) -> str:
    if not math.isfinite(value):
        return f'{value} is not a number of any exact field; write a rational such as "3/4"'
    exact = Fraction(value)
    nearby = exact.limit_denominator(1000)
    return (
        f"{value!r} is a floating-point number, and an exact one is needed here; "
        f'write "{nearby}" as a string if that is what you mean'
        + ("" if nearby == exact else f" (the float itself is {exact})")
    )


def number_to_text(value: Number) -> str:
    """The canonical text of a rational: `P`, or `P/Q` in lowest terms.

    >>> number_to_text(number("6/8")), number_to_text(number("-4/2"))
    ('3/4', '-2')
    """
    return str(value)
