"""How far a rounded step can be from the exact one, for all states of a ball at once.

The step of `rounded_step` is followed with intervals instead of numbers: `ErrorBound` takes the
place of the number format there, so that the order of operations is written down once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast

from monoscan.errors import BadInput
from monoscan.theory.formats import Minifloat, NumberFormat
from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational
from monoscan.theory.rounded_step import rounded_apply
from monoscan.theory.semantics import MixedRound, OpRound

_ZERO = Fraction(0)


class OutOfRangeError(BadInput):
    """A number of a step may lie beyond the largest value of the format."""


@dataclass(frozen=True)
class Spread:
    """What is known of a number of a rounded step.

    The same step without rounding gives a number within `width` of `centre`, and the number lies
    within `error` of that one. If both are 0, it is the centre.

    Attributes:
        centre: any number.
        width: at least 0.
        error: at least 0.
        is_value: whether the number is certainly a value of the format.
        is_shifted: whether it is a value times a power of 2.
    """

    centre: Fraction
    width: Fraction = _ZERO
    error: Fraction = _ZERO
    is_value: bool = False
    is_shifted: bool = False

    @property
    def largest(self) -> Fraction:
        """The largest absolute value that the number can have."""
        return abs(self.centre) + self.width + self.error

    def __mul__(self, factor: Fraction) -> Spread:
        size = abs(factor)
        parts = self.centre * factor, self.width * size, self.error * size
        return Spread(
            *parts, self.is_value and size in (0, 1), self.is_value and _is_power_of_two(size)
        )

    __rmul__ = __mul__

    def __add__(self, other: Spread | Fraction) -> Spread:
        added = other if isinstance(other, Spread) else Spread(other, is_value=True)
        if not added.largest:
            return self
        if not self.largest:
            return added
        return Spread(
            self.centre + added.centre, self.width + added.width, self.error + added.error
        )

    def __sub__(self, other: Spread) -> Spread:
        return self + other * Fraction(-1)


def _is_power_of_two(x: Fraction) -> bool:
    return x > 0 and (x.numerator & (x.numerator - 1)) == 0 == (x.denominator & (x.denominator - 1))


@dataclass(frozen=True)
class ErrorBound:
    """Rounding to a format, of spreads.

    Attributes:
        format: the format.
    """

    format: NumberFormat

    def round(self, x: Spread) -> Spread:
        """The rounded number, which adds at most half a spacing, or a whole one, to the error.

        Raises:
            OutOfRangeError: if it may lie beyond the largest value.
        """
        error = x.error
        if not x.width and not error:  # then it is the centre, and its rounding is known
            return Spread(
                x.centre, error=abs(self.format.round(x.centre) - x.centre), is_value=True
            )
        if not x.is_value:
            # A value times a power of 2 is one again, unless it falls among the smallest ones.
            shifted = x.is_shifted and isinstance(self.format, Minifloat)
            spacing = self.format.spacing(_ZERO if shifted else x.largest)
            error += spacing / 2 if self.format.rounding_mode.is_nearest else spacing
        found = Spread(x.centre, x.width, error, is_value=True)
        if found.largest > min(self.format.largest, -self.format.smallest):
            raise OutOfRangeError("a number of a step may lie beyond the largest value")
        return found


def fused_error(
    case: Case, centre: Matrix, width: Fraction, number_format: NumberFormat
) -> list[list[Fraction]]:
    """`step_error` of a step that is rounded once."""
    bound = ErrorBound(number_format)
    image = case.apply(centre)
    errors = []
    for row, numbers in zip(case.matrix.rows, image.rows, strict=True):
        spread = width * sum((abs(rational(x)) for x in row), _ZERO)
        errors.append([bound.round(Spread(rational(x), spread)).error for x in numbers])
    return errors


def step_error(
    case: Case, centre: Matrix, width: Fraction, semantics: OpRound
) -> list[list[Fraction]]:
    """How far each entry of a step with rounded operations can be from A H + B.

    Args:
        case: the step.
        centre: n x d.
        width: H is any n x d matrix of values with no entry further from the centre.
        semantics: how operations are rounded.

    Raises:
        OutOfRangeError: if a number may lie beyond the largest value.

    >>> from monoscan.theory.formats import get_format
    >>> from monoscan.theory.transition import Diagonal
    >>> case = Case(Diagonal((Fraction(3, 4),)), Matrix.of([[0]]))
    >>> step_error(case, Matrix.of([[1]]), Fraction(1, 4), OpRound(get_format("e4m3")))
    [[Fraction(1, 32)]]
    """
    # In mixed precision the state is a value of another format than that of the operations.
    mixed = isinstance(semantics, MixedRound)
    number_format = semantics.accumulate if isinstance(semantics, MixedRound) else semantics.format
    state = [[Spread(rational(x), width, is_value=not mixed) for x in row] for row in centre.rows]
    # Neither the state nor the format is what the types say, only the operations are the same.
    moved = rounded_apply(
        case, cast("Any", _Rows(tuple(map(tuple, state)))), cast("Any", ErrorBound(number_format))
    )
    rows = [[cast("Spread", x) for x in row] for row in moved.rows]
    if mixed:
        stored = ErrorBound(semantics.format)
        rows = [[stored.round(replace(x, is_value=False)) for x in row] for row in rows]
    return [[x.error for x in row] for row in rows]


@dataclass(frozen=True)
class _Rows:
    rows: tuple[tuple[Spread, ...], ...]
