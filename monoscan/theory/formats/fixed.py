"""Fixed point: the multiples of one step in an interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Self, final

from monoscan.theory.formats.base import NumberFormat, require_fraction
from monoscan.theory.formats.errors import FormatError
from monoscan.theory.formats.overflow import Overflow, overflow_mode
from monoscan.theory.formats.rounding import RoundingMode, round_ratio, rounding_mode
from monoscan.theory.numbers import Number, rational


@final
@dataclass(frozen=True)
class FixedPoint(NumberFormat):
    """The multiples of ``step`` in [``minimum``, ``maximum``].

    Attributes:
        step: distance of neighbouring values, positive.
        minimum: the smallest value, a multiple of the step, at most 0.
        maximum: the largest value, a multiple of the step, at least 0.
        rounding: which neighbour a number between two values is rounded to.
        overflow: saturate or wrap around.

    Raises:
        FormatError: a field breaks one of these rules, or there are fewer than two values.

    >>> FixedPoint(Fraction(1, 8), Fraction(-16), Fraction(127, 8)).describe()
    'fixed point, step 1/8, range [-16, 127/8], round half to even, saturating'
    """

    step: Fraction
    minimum: Fraction
    maximum: Fraction
    rounding: RoundingMode = RoundingMode.NEAREST_EVEN
    overflow: Overflow = Overflow.SATURATE

    def __post_init__(self) -> None:
        for name in ("step", "minimum", "maximum"):
            require_fraction(name, getattr(self, name))
        object.__setattr__(self, "rounding", rounding_mode(self.rounding))
        object.__setattr__(self, "overflow", overflow_mode(self.overflow))
        if self.overflow is Overflow.INFINITY:
            raise FormatError("fixed point has no infinity: expected overflow saturate or wrap")
        self._check_range()

    def _check_range(self) -> None:
        if self.step <= 0:
            raise FormatError(f"step must be positive, got {self.step}")
        for name, bound in (("minimum", self.minimum), ("maximum", self.maximum)):
            if (bound / self.step).denominator != 1:
                raise FormatError(
                    f"{name} {bound} is no multiple of the step {self.step}: take one, for example "
                    f"{bound // self.step * self.step}"
                )
        if not self.minimum <= 0 <= self.maximum:
            raise FormatError(
                f"the range [{self.minimum}, {self.maximum}] does not contain 0: expected minimum "
                "<= 0 <= maximum"
            )
        if self.minimum == self.maximum:
            raise FormatError("a format needs at least two values, and [0, 0] has one: widen it")

    @classmethod
    def signed(
        cls,
        bits: int,
        fraction_bits: int = 0,
        rounding: RoundingMode = RoundingMode.NEAREST_EVEN,
        overflow: Overflow = Overflow.SATURATE,
    ) -> Self:
        """The two's complement format with that many bits in all.

        Args:
            bits: bits in all, the sign included; 1 or more.
            fraction_bits: how many of them count fractions: the step is 2^-fraction_bits. May
                exceed ``bits`` or be negative.
            rounding: as for the class.
            overflow: as for the class.

        Raises:
            FormatError: ``bits`` is not positive.

        >>> FixedPoint.signed(8, 3).maximum
        Fraction(127, 8)
        """
        step = _step(bits, fraction_bits)
        half = 2 ** (bits - 1)
        return cls(step, -half * step, (half - 1) * step, rounding, overflow)

    @classmethod
    def unsigned(
        cls,
        bits: int,
        fraction_bits: int = 0,
        rounding: RoundingMode = RoundingMode.NEAREST_EVEN,
        overflow: Overflow = Overflow.SATURATE,
    ) -> Self:
        """The unsigned format with that many bits: 0, step, ..., (2^bits - 1) step.

        Args:
            bits: bits in all; 1 or more.
            fraction_bits: the step is 2^-fraction_bits.
            rounding: as for the class.
            overflow: as for the class.

        Raises:
            FormatError: ``bits`` is not positive.

        >>> FixedPoint.unsigned(2).values()
        (Fraction(0, 1), Fraction(1, 1), Fraction(2, 1), Fraction(3, 1))
        """
        step = _step(bits, fraction_bits)
        return cls(step, Fraction(0), (2**bits - 1) * step, rounding, overflow)

    @property
    def smallest(self) -> Fraction:
        """The minimum."""
        return self.minimum

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

    def spacing(self, x: Fraction) -> Fraction:  # noqa: ARG002
        """The step, at every x."""
        return self.step

    def round(self, x: Number) -> Fraction:
        """The value to which x is rounded; a number out of range saturates or wraps around.

        >>> FixedPoint.signed(4).round(Fraction(17, 2))
        Fraction(7, 1)
        >>> FixedPoint.signed(4, overflow=Overflow.WRAP).round(Fraction(17, 2))
        Fraction(-8, 1)
        """
        exact, step = rational(x), self.step
        multiple = round_ratio(
            exact.numerator * step.denominator, exact.denominator * step.numerator, self.rounding
        )
        rounded = multiple * step
        if self.minimum <= rounded <= self.maximum:
            return rounded
        if self.overflow is Overflow.SATURATE:
            return self.maximum if rounded > self.maximum else self.minimum
        return self.minimum + (rounded - self.minimum) % (self.maximum - self.minimum + step)

    def n_values(self) -> int:
        """The number of steps in the range, plus one."""
        return int((self.maximum - self.minimum) / self.step) + 1

    def describe(self) -> str:
        """Step, range, rounding and overflow in words."""
        return (
            f"fixed point, step {self.step}, range [{self.minimum}, {self.maximum}], "
            f"{self.rounding.words}, {self.overflow.words}"
        )

    def to_json(self) -> dict[str, str]:
        """The object of kind ``fixed`` of the certificate format."""
        return {
            "kind": "fixed",
            "step": str(self.step),
            "min": str(self.minimum),
            "max": str(self.maximum),
            "rounding": self.rounding.value,
            "overflow": self.overflow.value,
        }

    def _ascending(self) -> Iterator[Fraction]:
        return (self.minimum + i * self.step for i in range(self.n_values()))


def _step(bits: int, fraction_bits: int) -> Fraction:
    if bits < 1:
        raise FormatError(f"bits must be at least 1, got {bits}")
    return Fraction(2) ** -fraction_bits
