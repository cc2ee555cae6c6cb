"""Sets of numbers that a parameter of a class may take, as data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, final


@final
@dataclass(frozen=True)
class Interval:
    """All rational numbers from one to another.

    Attributes:
        low: where it begins.
        high: where it ends.
        ends: which ends belong to it: `[]` both, `()` none, `[)` or `(]` one.

    Raises:
        ValueError: if it is empty, or the ends are written otherwise.

    >>> str(Interval(0, 1)), str(Interval(0, 1, "()")), str(Interval(1, 1))
    ('[0, 1]', '(0, 1)', '1')
    """

    low: int | Fraction
    high: int | Fraction
    ends: str = "[]"

    def __post_init__(self) -> None:
        if self.ends not in ("[]", "()", "[)", "(]"):
            raise ValueError(f"the ends are {self.ends!r}; expected one of [] () [) (]")
        if self.low > self.high or (self.low == self.high and self.ends != "[]"):
            raise ValueError(f"the interval from {self.low} to {self.high} {self.ends} is empty")

    @property
    def is_point(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    def points(self) -> tuple[Fraction, ...]:
        """Its ends, as far as they belong to it, numbers close to them and its middle."""
        low, high = Fraction(self.low), Fraction(self.high)
        steps = (Fraction(0), Fraction(1, 1_000), Fraction(1, 2), Fraction(999, 1_000), Fraction(1))
        return tuple(p for p in (low + step * (high - low) for step in steps) if p in self)

    def __contains__(self, value: Fraction) -> bool:
        if value == self.low:
            return self.ends[0] == "["
        if value == self.high:
            return self.ends[1] == "]"
        return self.low < value < self.high

    def __str__(self) -> str:
        if self.is_point:
            return str(self.low)
        return f"{self.ends[0]}{self.low}, {self.high}{self.ends[1]}"


@dataclass(frozen=True)
class _Union:
    intervals: tuple[Interval, ...]

    def __init__(self, *intervals: Interval) -> None:
        object.__setattr__(self, "intervals", intervals)
        if not intervals:
            raise ValueError("a set of numbers without an interval; give at least one")

    def __str__(self) -> str:
        return " or ".join(map(str, self.intervals))

    def __contains__(self, value: Fraction) -> bool:
        return any(value in interval for interval in self.intervals)


@final
class Rationals(_Union):
    """The rational numbers in one of some intervals.

    >>> str(Rationals(Interval(0, 0), Interval(1, 2)))
    '0 or [1, 2]'
    """


@final
class Moduli(_Union):
    """The complex numbers whose modulus is in one of some intervals, and has a rational square.

    Raises:
        ValueError: for a modulus below 0.

    >>> str(Moduli(Interval(0, 0), Interval(1, 1)))
    '0 or 1'
    """

    def __init__(self, *intervals: Interval) -> None:
        super().__init__(*intervals)
        least = min(interval.low for interval in intervals)
        if least < 0:
            raise ValueError(f"a modulus of {least}; expected intervals of numbers that are >= 0")

    @property
    def squares(self) -> Rationals:
        """The squares of these moduli."""
        return Rationals(*(Interval(i.low**2, i.high**2, i.ends) for i in self.intervals))


@final
@dataclass(frozen=True)
class Reals:
    """All real numbers."""


@final
@dataclass(frozen=True)
class AllNumbers:
    """All numbers."""


NumberSet: TypeAlias = Rationals | Moduli | Reals | AllNumbers


def left_out(numbers: NumberSet, by: NumberSet) -> str | None:
    """A number of one set that another one leaves out, if the ends and the middles show one.

    >>> left_out(closed(0, 1), by=between(0, 2)), left_out(closed(0, 1), by=UNIT_DISC)
    ('0', None)
    >>> left_out(UNIT_DISC, by=closed(-1, 1))
    'an irrational number'
    """
    if isinstance(by, AllNumbers) or numbers == by:
        return None
    if isinstance(by, Reals):
        return None if isinstance(numbers, Rationals) else "a number that is not real"
    if isinstance(numbers, Reals | AllNumbers):
        return "a large number"
    moduli = isinstance(by, Moduli)
    for interval in numbers.intervals:
        for point in interval.points():
            if isinstance(numbers, Moduli) and not moduli and point != 0:
                return "an irrational number"
            if (abs(point) if moduli else point) not in by:
                return str(point)
    return None


def closed(low: int | Fraction, high: int | Fraction) -> Rationals:
    """The rational numbers from one to another, both included.

    >>> str(closed(0, 1))
    '[0, 1]'
    """
    return Rationals(Interval(low, high))


def between(low: int | Fraction, high: int | Fraction) -> Rationals:
    """The rational numbers strictly between two.

    >>> str(between(0, 1))
    '(0, 1)'
    """
    return Rationals(Interval(low, high, "()"))


UNIT_DISC = Moduli(Interval(0, 1))
"""All numbers of modulus at most 1."""
