"""Exact numbers: the field Q, the cyclotomic fields, and how rationals are read and written.

Everything in `monoscan.theory` computes with `Number`: a `Fraction` if the value is rational, and
else a `Cyclotomic`. Arithmetic may mix them freely; order is defined for real numbers.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from monoscan.theory.cyclotomic import Cyclotomic, NotRealError, cyclotomic, zeta
from monoscan.theory.cyclotomic_field import FieldTooLargeError, combination, prime_factors, totient

Number: TypeAlias = Fraction | Cyclotomic

ZERO: Number = Fraction(0)
ONE: Number = Fraction(1)
MAX_DIGITS = 2000
BOUND_BITS = 32

_RATIONAL = re.compile(r"[+-]?\d+(/\d+|\.\d+)?", re.ASCII)


__all__ = [
    "MAX_DIGITS",
    "ONE",
    "ZERO",
    "Cyclotomic",
    "FieldTooLargeError",
    "InexactNumberError",
    "IrrationalNumberError",
    "NotRealError",
    "Number",
    "absolute_bound",
    "bit_size",
    "coefficients",
    "conjugate",
    "cosine",
    "cyclotomic",
    "is_real",
    "number",
    "number_to_text",
    "rational",
    "sine",
    "sqrt_of",
    "squared_modulus",
    "zeta",
]


class InexactNumberError(ValueError):
    """A value that does not denote an exact rational number; the message says what to write."""


class IrrationalNumberError(ValueError):
    """An irrational number where only rational ones have a meaning."""


@lru_cache(maxsize=4_096)
def _whole(value: int) -> Fraction:
    """A whole number. Equal entries that are one object are compared at once."""
    return Fraction(value)


def number(value: object) -> Fraction:
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
        return _whole(value)
    if isinstance(value, str):
        return _parse(value)
    if isinstance(value, float):
        raise InexactNumberError(_float_message(value))
    raise InexactNumberError(
        f'{value!r} is no number; expected a rational such as 3, "3/4" or "0.75"'
    )


def _parse(text: str) -> Fraction:
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

    Raises:
        IrrationalNumberError: for a number that is not rational.

    >>> number_to_text(number("6/8")), number_to_text(number("-4/2"))
    ('3/4', '-2')
    """
    return str(rational(value))


def rational(value: Number) -> Fraction:
    """The number as a `Fraction`.

    Raises:
        IrrationalNumberError: for a number that is not rational.
    """
    if isinstance(value, Cyclotomic):
        raise IrrationalNumberError(
            f"{value} is irrational, and a rational number is needed here; rounding, casts and "
            "eigenvalues by Sturm sequences are defined for networks over the rationals"
        )
    return value


def bit_size(value: Number) -> int:
    """The length in bits of the longest integer that the number is written with.

    >>> bit_size(number("3/16")), bit_size(sqrt_of(Fraction(1, 2)))
    (5, 2)
    """
    if isinstance(value, Cyclotomic):
        return max(bit_size(coefficient) for coefficient in value.coefficients)
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def coefficients(value: Number, order: int) -> tuple[Fraction, ...]:
    """The coefficients of 1, zeta, ..., zeta^(phi(n) - 1) in Q(zeta_n), n the order; n = 1 for Q.

    Raises:
        ValueError: if that field does not hold the number.

    >>> [int(c) for c in coefficients(sqrt_of(2), 8)], [int(c) for c in coefficients(ONE, 4)]
    ([0, 1, 0, -1], [1, 0])
    """
    if isinstance(value, Cyclotomic):
        return value.coefficients_in(order)
    return (value, *(Fraction(0),) * (totient(order) - 1))


def absolute_bound(value: Number) -> Fraction:
    """A rational number at least as large as the absolute value of a real number.

    Raises:
        NotRealError: if the number is not real.

    >>> 1 < absolute_bound(-sqrt_of(2)) < 2
    True
    """
    if isinstance(value, Cyclotomic):
        low, high = value.bounds(BOUND_BITS)
        return high if value > 0 else -low
    return abs(value)


def conjugate(value: Number) -> Number:
    """The complex conjugate.

    >>> conjugate(zeta(4)) == -zeta(4), conjugate(ONE)
    (True, Fraction(1, 1))
    """
    return value.conjugate() if isinstance(value, Cyclotomic) else value


def is_real(value: Number) -> bool:
    """Whether the number is real.

    >>> is_real(zeta(3)), is_real(zeta(3) + zeta(3, 2)), is_real(sqrt_of(2))
    (False, True, True)
    """
    return not isinstance(value, Cyclotomic) or value.is_real


def squared_modulus(value: Number) -> Number:
    """The number times its complex conjugate: a real number >= 0.

    >>> squared_modulus(1 + zeta(4))
    Fraction(2, 1)
    """
    return value * conjugate(value)


def cosine(k: int, n: int) -> Number:
    """cos(2 pi k/n).

    >>> cosine(1, 6), 2 * cosine(1, 8) == sqrt_of(2)
    (Fraction(1, 2), True)
    """
    return (zeta(n, k) + zeta(n, -k)) * Fraction(1, 2)


def sine(k: int, n: int) -> Number:
    """sin(2 pi k/n).

    >>> sine(1, 4), 2 * sine(1, 3) == sqrt_of(3)
    (Fraction(1, 1), True)
    """
    return (zeta(n, k) - zeta(n, -k)) * zeta(4, -1) * Fraction(1, 2)


def sqrt_of(value: int | Fraction) -> Number:
    """The non-negative square root of a rational number >= 0.

    The root of a prime is a quadratic Gauss sum (divided by i if the prime is 3 modulo 4).

    Raises:
        ValueError: for a negative number.
        FieldTooLargeError: if the root needs roots of unity of too large an order.

    >>> sqrt_of(5) * sqrt_of(5), sqrt_of(Fraction(9, 4)), sqrt_of(2) < Fraction(3, 2)
    (Fraction(5, 1), Fraction(3, 2), True)
    """
    exact = Fraction(value)
    if exact < 0:
        raise ValueError(f"the square root of {exact} is not real; give a number >= 0")
    product = exact.numerator * exact.denominator
    whole = math.isqrt(product)
    if whole * whole == product:
        return Fraction(whole, exact.denominator)
    root: Number = ONE
    for prime in prime_factors(product):
        exponent = 0
        while product % prime == 0:
            product, exponent = product // prime, exponent + 1
        root = root * prime ** (exponent // 2)
        if exponent % 2:
            root = root * _sqrt_of_prime(prime)
    return root / exact.denominator


@lru_cache(maxsize=128)
def _sqrt_of_prime(prime: int) -> Number:
    if prime == 2:
        return zeta(8) + zeta(8, -1)
    powers = {
        k: Fraction(1 if pow(k, (prime - 1) // 2, prime) == 1 else -1) for k in range(1, prime)
    }
    gauss_sum = cyclotomic(prime, combination(prime, powers))
    return gauss_sum if prime % 4 == 1 else gauss_sum * zeta(4, -1)
