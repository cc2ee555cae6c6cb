"""Intervals of rational numbers, each end closed, open or at infinity; boxes of them.

A box is an interval for each entry of a state, row by row. What a matrix makes of a box is enclosed
entry by entry: the least box that contains the image, which may be larger than the image.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, final

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational
from monoscan.theory.readout import Scale


@final
@dataclass(frozen=True)
class Interval:
    """Rational numbers between two ends.

    Attributes:
        low: the lower end; None for -infinity.
        high: the upper end; None for infinity.
        with_low: whether the lower end belongs to it.
        with_high: whether the upper end belongs to it.

    Raises:
        ValueError: if no number lies in it, or infinity does.

    >>> str(Interval(Fraction(1), Fraction(2), True, False)), str(Interval.point(Fraction(1, 2)))
    ('[1, 2)', '1/2')
    """

    low: Fraction | None
    high: Fraction | None
    with_low: bool = True
    with_high: bool = True

    def __post_init__(self) -> None:
        if (self.low is None and self.with_low) or (self.high is None and self.with_high):
            raise ValueError(f"{self}: infinity is no number of an interval; leave it out")
        if self.low is not None and self.high is not None:
            closed = self.with_low and self.with_high
            if self.low > self.high or (self.low == self.high and not closed):
                raise ValueError(f"{self}: no number lies in this interval")

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        """A single number."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether it holds a single number."""
        return self.low is not None and self.low == self.high

    def times(self, factor: Fraction) -> Interval:
        """All products with a factor other than 0."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor > 0:
            return Interval(low, high, self.with_low, self.with_high)
        return Interval(high, low, self.with_high, self.with_low)

    def plus(self, other: Interval) -> Interval:
        """All sums with a number of another interval."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        with_low, with_high = self.with_low and other.with_low, self.with_high and other.with_high
        return Interval(low, high, with_low, with_high)

    def contains(self, other: Interval) -> bool:
        """Whether another interval lies inside.

        >>> half = Interval(Fraction(0), Fraction(1), True, False)
        >>> half.contains(Interval.point(Fraction(0))), half.contains(Interval.point(Fraction(1)))
        (True, False)
        """
        return self._reaches_down_to(other) and self._reaches_up_to(other)

    def _reaches_down_to(self, other: Interval) -> bool:
        if self.low is None or other.low is None:
            return self.low is None
        return (self.low, not self.with_low) <= (other.low, not other.with_low)

    def _reaches_up_to(self, other: Interval) -> bool:
        if self.high is None or other.high is None:
            return self.high is None
        return (other.high, other.with_high) <= (self.high, self.with_high)

    def widened(self, other: Interval, step: Fraction | None) -> Interval:
        """The least interval around both whose ends, where they move, are multiples of a step.

        An end that is moved on to the next multiple does not belong to it.

        Args:
            other: the other one.
            step: above 0; None moves the end to infinity.

        >>> third = Interval.point(Fraction(1, 3))
        >>> str(Interval.point(Fraction(0)).widened(third, Fraction(1, 2)))
        '[0, 1/2)'
        """
        low, with_low, high, with_high = self.low, self.with_low, self.high, self.with_high
        if not self._reaches_down_to(other):
            low, with_low = _moved(other.low, other.with_low, step, -1)
        if not self._reaches_up_to(other):
            high, with_high = _moved(other.high, other.with_high, step, 1)
        return Interval(low, high, with_low, with_high)

    def __str__(self) -> str:
        if self.is_point:
            return str(self.low)
        low = "-infinity" if self.low is None else self.low
        high = "infinity" if self.high is None else self.high
        return f"{'[' if self.with_low else '('}{low}, {high}{']' if self.with_high else ')'}"


def _moved(
    end: Fraction | None, belongs: bool, step: Fraction | None, direction: int
) -> tuple[Fraction | None, bool]:
    if end is None or step is None:
        return None, False
    quotient = end / step
    moved = step * (-((-quotient) // 1) if direction > 0 else quotient // 1)
    return moved, belongs and moved == end


Box: TypeAlias = tuple[tuple[Interval, ...], ...]


def box_of(state: Matrix) -> Box:
    """The box that holds a single state, whose numbers are rational.

    >>> box_of(Matrix.of([[1]]))[0][0].is_point
    True
    """
    return tuple(tuple([Interval.point(rational(x)) for x in row]) for row in state.rows)


def combination(
    factors: Iterable[Fraction], intervals: Iterable[Interval], shift: Fraction
) -> Interval:
    """All sums of a number, and of each factor times a number of its interval.

    >>> unit = Interval(Fraction(0), Fraction(1))
    >>> str(combination([Fraction(2), Fraction(-1)], [unit, unit], Fraction(1)))
    '[0, 3]'
    """
    found = Interval.point(shift)
    for factor, interval in zip(factors, intervals, strict=True):
        if factor:
            found = found.plus(interval.times(factor))
    return found


def values_on(weights: Matrix, box: Box) -> Interval:
    """All values <weights, H> for states H of a box.

    >>> unit = ((Interval(Fraction(0), Fraction(1)),),)
    >>> str(values_on(Matrix.of([[-2]]), unit))
    '[-2, 0]'
    """
    factors = [rational(x) for x in weights.entries()]
    return combination(factors, [x for row in box for x in row], Fraction(0))


def passed_on(scale: Scale, values: Interval) -> range:
    """How many marks of a scale its sum passes, at least and at most, on an interval of values.

    One number (a range of length 1) says that all values pass the same marks.

    >>> from monoscan.theory.readout import Functional, Threshold
    >>> readout = Threshold((Functional(Matrix.of([[1]]), ">=", Fraction(1)),), {"0": 0, "1": 1})
    >>> ends = Fraction(0), Fraction(1)
    >>> passed_on(readout.scales[0], Interval(*ends, True, False))
    range(0, 1)
    >>> passed_on(readout.scales[0], Interval(*ends))
    range(0, 2)
    """
    marks, fewest, most = scale.marks, 0, len(scale.marks)
    if values.low is not None:  # numbers above an end that is left out pass "above it" as well
        fewest = bisect_right(marks, (values.low, not values.with_low))
    if values.high is not None:
        find = bisect_right if values.with_high else bisect_left
        most = find(marks, (values.high, False))
    return range(fewest, most + 1)


def image(rows: Sequence[Sequence[Fraction]], shift: Matrix, box: Box) -> Box:
    """The least box that contains A H + B for all states H of a box.

    Args:
        rows: the rows of A, n x n.
        shift: B, n x d.
        box: n x d.

    >>> unit = ((Interval(Fraction(0), Fraction(1)),),)
    >>> str(image([[Fraction(-1, 2)]], Matrix.of([[1]]), unit)[0][0])
    '[1/2, 1]'
    """
    columns = list(zip(*box, strict=True))
    return tuple(
        tuple(
            [
                combination(row, column, rational(b))
                for column, b in zip(columns, shifts, strict=True)
            ]
        )
        for row, shifts in zip(rows, shift.rows, strict=True)
    )
