"""Rounding an exact rational to an integer: the six modes of the certificate format."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from monoscan.theory.formats.errors import FormatError


class RoundingMode(StrEnum):
    """How a number between two neighbouring integers is replaced by one of them.

    Every mode is non-decreasing and leaves integers alone.

    >>> RoundingMode("nearest-even").words
    'round half to even'
    """

    NEAREST_EVEN = "nearest-even"
    NEAREST_AWAY = "nearest-away"
    NEAREST_DOWN = "nearest-down"
    TOWARD_ZERO = "toward-zero"
    UP = "up"
    DOWN = "down"

    @property
    def words(self) -> str:
        """The mode in words, as in ``NumberFormat.describe``."""
        return _WORDS[self]

    @property
    def is_nearest(self) -> bool:
        """True for the modes that round to the nearest integer and differ only on ties."""
        return self.value.startswith("nearest-")


_WORDS: Mapping[RoundingMode, str] = MappingProxyType(
    {
        RoundingMode.NEAREST_EVEN: "round half to even",
        RoundingMode.NEAREST_AWAY: "round half away from zero",
        RoundingMode.NEAREST_DOWN: "round half down",
        RoundingMode.TOWARD_ZERO: "round toward zero",
        RoundingMode.UP: "round up",
        RoundingMode.DOWN: "round down",
    }
)


def rounding_mode(name: str) -> RoundingMode:
    """The rounding mode of that name.

    Args:
        name: one of the six names of the certificate format.

    Raises:
        FormatError: there is no such mode; the message lists them, the nearest first.

    >>> rounding_mode("toward-zero")
    <RoundingMode.TOWARD_ZERO: 'toward-zero'>
    """
    try:
        return RoundingMode(name)
    except ValueError:
        known = [mode.value for mode in RoundingMode]
        near = difflib.get_close_matches(str(name), known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise FormatError(
            f"unknown rounding mode {name!r}: {hint}expected one of {', '.join(known)}"
        ) from None


def round_to_integer(x: Fraction, mode: RoundingMode) -> int:
    """The integer to which ``x`` is rounded.

    Args:
        x: any rational.
        mode: which neighbour to take when ``x`` is not an integer.

    >>> [round_to_integer(Fraction(-5, 2), mode) for mode in RoundingMode]
    [-2, -3, -3, -2, -2, -3]
    """
    return round_ratio(x.numerator, x.denominator, mode)


def round_ratio(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """The integer to which ``numerator / denominator`` is rounded.

    The same as :func:`round_to_integer`, for callers that hold a ratio which is not in lowest
    terms and need not be.

    Args:
        numerator: any integer.
        denominator: a positive integer.
        mode: which neighbour to take when the ratio is not an integer.

    >>> round_ratio(6, 4, RoundingMode.NEAREST_EVEN)
    2
    """
    floor, remainder = divmod(numerator, denominator)
    if remainder == 0:
        return floor
    half = (2 * remainder > denominator) - (2 * remainder < denominator)
    return floor + _takes_ceiling(mode, floor, half)


def _takes_ceiling(mode: RoundingMode, floor: int, half: int) -> bool:
    """Whether a number strictly between ``floor`` and ``floor + 1`` goes to the larger one.

    ``half`` is -1, 0 or 1 when the number lies below, on or above the middle.
    """
    match mode:
        case RoundingMode.UP:
            return True
        case RoundingMode.DOWN:
            return False
        case RoundingMode.TOWARD_ZERO:
            # The number is negative exactly when its floor is.
            return floor < 0
        case RoundingMode.NEAREST_EVEN:
            on_tie = floor % 2 == 1
        case RoundingMode.NEAREST_AWAY:
            on_tie = floor >= 0
        case RoundingMode.NEAREST_DOWN:
            on_tie = False
    return half > 0 or (half == 0 and on_tie)
