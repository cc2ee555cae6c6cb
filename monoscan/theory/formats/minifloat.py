"""Floating point of any precision: gradual underflow, one zero, saturating or with infinities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from monoscan.theory.formats.base import NumberFormat, require_fraction
from monoscan.theory.formats.errors import FormatError, InfinityReached
from monoscan.theory.formats.overflow import Overflow, overflow_mode
from monoscan.theory.formats.rounding import RoundingMode, round_ratio, rounding_mode
from monoscan.theory.numbers import Number, rational

PRECISION_LIMIT = 64
"""The largest precision, in bits, as in the certificate format."""

MIN_EXPONENT_LIMIT = 2000
"""The largest absolute value of the smallest exponent, as in the certificate format."""


@final
@dataclass(frozen=True)
class Minifloat(NumberFormat):
    """Zero and the numbers +-m 2^(e - precision + 1) up to ``maximum``.

    Here 1 <= m < 2^precision and e >= ``min_exponent``, so numbers below 2^min_exponent (the
    subnormal ones) keep the spacing 2^(min_exponent - precision + 1). There is one zero and no NaN.
    A number that rounds beyond the largest value is replaced by it, or is infinite: then the
    computation ends, so that a result is never one of infinities.

    Attributes:
        precision: bits of the significand, the leading one included; 1 to 64.
        min_exponent: exponent of the smallest normal number; -2000 to 2000.
        maximum: the largest value.
        rounding: which neighbour a number between two values is rounded to.
        overflow: saturate or infinity. As in IEEE 754, a rounding toward zero, or away from the
            infinity of that sign, gives the largest value also where overflow is infinite.

    Raises:
        FormatError: a field breaks one of these rules, or ``maximum`` is no number of that form.

    >>> Minifloat(4, -6, Fraction(448)).describe()
    'floating point, precision 4 bits, smallest exponent -6, largest value 448, \
round half to even, saturating'
    """

    precision: int
    min_exponent: int
    maximum: Fraction
    rounding: RoundingMode = RoundingMode.NEAREST_EVEN
    overflow: Overflow = Overflow.SATURATE

    def __post_init__(self) -> None:
        _require_integer("precision", self.precision, 1, PRECISION_LIMIT)
        _require_integer("min_exponent", self.min_exponent, -MIN_EXPONENT_LIMIT, MIN_EXPONENT_LIMIT)
        object.__setattr__(self, "rounding", rounding_mode(self.rounding))
        object.__setattr__(self, "overflow", overflow_mode(self.overflow))
        if self.overflow is Overflow.WRAP:
            raise FormatError(
                "floating point does not wrap: expected overflow saturate or infinity"
            )
        maximum = require_fraction("maximum", self.maximum)
        if maximum <= 0:
            raise FormatError(f"maximum must be positive, got {maximum}")
        below = self._round_unbounded(maximum, RoundingMode.DOWN)
        if below != maximum:
            above = self._round_unbounded(maximum, RoundingMode.UP)
            near = above if below == 0 else f"{below} or {above}"
            raise FormatError(
                f"maximum {maximum} has no exact form with {self.precision} bits and smallest "
                f"exponent {self.min_exponent}: take {near}"
            )

    @property
    def smallest(self) -> Fraction:
        """Minus the maximum."""
        return -self.maximum

    @property
    def largest(self) -> Fraction:
        """The maximum."""
        return self.maximum

    @property
    def rounding_mode(self) -> RoundingMode:
        """The field ``rounding``."""
        return self.rounding

    @property
    def is_monotone(self) -> bool:
        """True when the format saturates."""
        return self.overflow is Overflow.SATURATE

    @property
    def smallest_positive(self) -> Fraction:
        """The smallest value above zero.

        >>> Minifloat(4, -6, Fraction(448)).smallest_positive
        Fraction(1, 512)
        """
        return Fraction(2) ** (self.min_exponent - self.precision + 1)

    def spacing(self, x: Fraction) -> Fraction:
        """The distance of neighbouring values at x, if there were no largest value.

        >>> Minifloat(4, -6, Fraction(448)).spacing(Fraction(3, 2))
        Fraction(1, 8)
        """
        exponent = self._exponent(x) if x else self.min_exponent
        return Fraction(2) ** (exponent - self.precision + 1)

    def round(self, x: Number) -> Fraction:
        """The value to which x is rounded.

        Raises:
            InfinityReached: x is rounded to an infinity.

        >>> Minifloat(4, -6, Fraction(448)).round(Fraction(17))
        Fraction(16, 1)
        >>> Minifloat(4, -6, Fraction(448)).round(Fraction(10**9))
        Fraction(448, 1)
        """
        exact = rational(x)
        if exact == 0:
            return exact
        rounded = self._round_unbounded(exact, self.rounding)
        if self.overflow is Overflow.INFINITY and abs(rounded) > self.maximum:
            self._check_finite(exact)
        return max(-self.maximum, min(self.maximum, rounded))

    def _check_finite(self, x: Fraction) -> None:
        """For x beyond the largest value: IEEE 754, section 7.4."""
        stays = {
            RoundingMode.TOWARD_ZERO: True,
            RoundingMode.DOWN: x > 0,
            RoundingMode.UP: x < 0,
        }
        if not stays.get(self.rounding, False):
            raise InfinityReached(
                f"a result of absolute value about 2^{self._exponent(x)} is rounded to infinity; "
                f"the largest value of the format is below 2^{self._exponent(self.maximum) + 1}"
            )

    def n_values(self) -> int:
        """Zero, and the positive values counted twice."""
        # Each step of the exponent above the smallest one adds 2^(precision - 1) positive values.
        exponent = self._exponent(self.maximum)
        significand = self.maximum / Fraction(2) ** (exponent - self.precision + 1)
        positive = int(significand) + ((exponent - self.min_exponent) << (self.precision - 1))
        return 2 * positive + 1

    def describe(self) -> str:
        """Precision, range and rounding in words."""
        return (
            f"floating point, precision {self.precision} bits, smallest exponent "
            f"{self.min_exponent}, largest value {_short(self.maximum)}, {self.rounding.words}, "
            f"{self.overflow.words}"
        )

    def to_json(self) -> dict[str, str]:
        """The object of kind ``float`` of the certificate format."""
        return {
            "kind": "float",
            "precision": str(self.precision),
            "min_exponent": str(self.min_exponent),
            "max": str(self.maximum),
            "rounding": self.rounding.value,
            "overflow": self.overflow.value,
        }

    def _ascending(self) -> Iterator[Fraction]:
        positive = list(self._positive())
        yield from (-value for value in reversed(positive))
        yield Fraction(0)
        yield from positive

    def _positive(self) -> Iterator[Fraction]:
        top = self._exponent(self.maximum)
        for exponent in range(self.min_exponent, top + 1):
            spacing = Fraction(2) ** (exponent - self.precision + 1)
            first = 1 if exponent == self.min_exponent else 2 ** (self.precision - 1)
            last = int(self.maximum / spacing) if exponent == top else 2**self.precision - 1
            yield from (significand * spacing for significand in range(first, last + 1))

    def _exponent(self, x: Fraction) -> int:
        """The exponent that fixes the spacing at x, for x other than 0."""
        numerator, denominator = abs(x.numerator), x.denominator
        # The true floor(log2 |x|) is this difference or one less.
        exponent = numerator.bit_length() - denominator.bit_length()
        shifted = denominator << exponent if exponent >= 0 else denominator
        scaled = numerator if exponent >= 0 else numerator << -exponent
        if scaled < shifted:
            exponent -= 1
        return max(exponent, self.min_exponent)

    def _round_unbounded(self, x: Fraction, mode: RoundingMode) -> Fraction:
        """Rounding as if there were no largest value, for x other than 0."""
        shift = self._exponent(x) - self.precision + 1
        if shift >= 0:
            multiple = round_ratio(x.numerator, x.denominator << shift, mode)
            return Fraction(multiple << shift)
        multiple = round_ratio(x.numerator << -shift, x.denominator, mode)
        return Fraction(multiple, 1 << -shift)


def _require_integer(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise FormatError(f"{name} must be an integer from {low} to {high}, got {value!r}")


def _short(maximum: Fraction) -> str:
    """The number, or where that is long an odd number times a power of two."""
    if maximum < 10**6:
        return str(maximum)
    whole = maximum.numerator  # so large a value of a float is a whole number
    power = (whole & -whole).bit_length() - 1
    return f"{whole >> power} * 2^{power}"
