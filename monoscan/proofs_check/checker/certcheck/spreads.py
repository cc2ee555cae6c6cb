"""How far a rounded step can be from the exact one, for all states of a ball at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple, cast

from .boxes import difference, product
from .formats import BY_OPERATION, Format, Semantics
from .limits import WORK, charge, digits_of, require
from .matrices import Matrix
from .networks import Case
from .transitions import apply_rounded

ZERO, ONE = Fraction(0), Fraction(1)


class Spread(NamedTuple):
    """What is known of a number of a step, for all states of a ball at once.

    The step without rounding gives a number within `width` of `centre`, and the number lies within
    `error` of that one.
    """

    centre: Fraction
    width: Fraction = ZERO
    error: Fraction = ZERO
    is_value: bool = False  # certainly one of the format
    is_shifted: bool = False  # a value times a power of 2

    def largest(self) -> Fraction:
        """The largest absolute value that it can have."""
        parts = self[:3]
        charge(max(parts, key=digits_of), max(parts, key=digits_of), 3)
        return abs(self.centre) + self.width + self.error

    def times(self, factor: Fraction) -> Spread:
        """The product with a number."""
        size, value = abs(factor), self.is_value
        charge(max(self[:3], key=digits_of), factor, 3)
        parts = self.centre * factor, self.width * size, self.error * size
        power = size > 0 and size.numerator & (size.numerator - 1) == 0
        power = power and size.denominator & (size.denominator - 1) == 0
        return Spread(*parts, value and size in (0, 1), value and power)

    def __mul__(self, factor: Fraction) -> Spread:  # type: ignore[override]
        """As in the steps of numbers."""
        return self.times(factor)

    def __rmul__(self, factor: Fraction) -> Spread:  # type: ignore[override]
        """As in the steps of numbers."""
        return self.times(factor)

    def __add__(self, other: Spread | Fraction) -> Spread:  # type: ignore[override]
        """The sum; one with 0 stays what it was."""
        added = Spread(other, is_value=True) if isinstance(other, Fraction) else other
        if not added.largest():
            return self
        if not self.largest():
            return added
        pairs = list(zip(self[:3], added[:3], strict=True))
        for x, y in pairs:
            charge(x, y)
        centre, width, error = (x + y for x, y in pairs)
        return Spread(centre, width, error)

    def __sub__(self, other: Spread) -> Spread:
        """The difference."""
        return self + other.times(-ONE)


class SpreadFormat(NamedTuple):
    """The rounding of spreads."""

    form: Format

    def round(self, x: Spread) -> Spread:
        """The rounded number: half a spacing is added to the error, or a whole one."""
        error, form = x.error, self.form
        if not x.width and not error:  # then it is the centre, and its rounding is known
            error = abs(difference(form.round(x.centre), x.centre))
            return Spread(x.centre, error=error, is_value=True)
        largest = x.largest()
        if not x.is_value:
            # A value times a power of 2 is a value, if it is not among the smallest ones.
            shifted = x.is_shifted and form.precision > 0
            charge(largest, largest, 3)
            spacing = Fraction(*form.spacing(ZERO if shifted else largest))
            charge(error, spacing)
            error += spacing / 2 if form.mode.startswith("nearest") else spacing
        found = Spread(x.centre, x.width, error, is_value=True)
        inside = difference(min(form.high, -form.low), found.largest()) >= 0
        require(inside, "a number of a step may lie beyond the largest value of the format")
        return found


def rounding_errors(
    case: Case, centre: Matrix, image: Matrix, width: Fraction, semantics: Semantics
) -> list[list[Fraction]]:
    """How far each entry of a step can be from A H + B, H at most `width` from the centre.

    The image is that of the centre, without rounding.
    """
    if semantics.name in BY_OPERATION:
        return step_errors(case, centre, width, semantics)
    errors: list[list[Fraction]] = []
    rounds = semantics.name == "seq-round"
    form = SpreadFormat(semantics.form)
    for row, numbers in zip(case.a.matrix.fractions(), image.fractions(), strict=True):
        WORK.spend(1_000 * (len(row) + len(numbers)))
        spread = product(sum((abs(x) for x in row), ZERO), width)
        errors.append([form.round(Spread(x, spread)).error if rounds else ZERO for x in numbers])
    return errors


def step_errors(
    case: Case, centre: Matrix, width: Fraction, semantics: Semantics
) -> list[list[Fraction]]:
    """How far each entry of a step with rounded operations can be from A H + B."""
    rounding = SpreadFormat(semantics.accumulate or semantics.form)
    mixed = semantics.accumulate is not None  # a state is a value of the other format
    columns: list[list[Spread]] = []
    for x, b in zip(
        zip(*centre.fractions(), strict=True), zip(*case.b.fractions(), strict=True), strict=True
    ):
        spreads = [Spread(entry, width, is_value=not mixed) for entry in x]
        # Neither numbers nor a format, but the operations and their order are the same.
        moved = apply_rounded(case.a, cast("Any", spreads), cast("Any", rounding))
        pairs = zip(cast("list[Spread]", moved), b, strict=True)
        columns.append([rounding.round(y + added) for y, added in pairs])
    if mixed:
        stored = SpreadFormat(semantics.form)
        columns = [[stored.round(x._replace(is_value=False)) for x in column] for column in columns]
    return [[x.error for x in row] for row in zip(*columns, strict=True)]
