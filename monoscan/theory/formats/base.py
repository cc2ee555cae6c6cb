"""What every number format offers: a finite set of rationals and a rounding into it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, final

from monoscan.theory.formats.errors import FormatError
from monoscan.theory.formats.rounding import RoundingMode
from monoscan.theory.numbers import Cyclotomic, Number

VALUES_LIMIT = 2**16
"""The largest number of values that a format lists unless it is asked for more."""


@final
@dataclass(frozen=True)
class Threshold:
    """The point at which the rounding of a monotone format steps from one value to the next.

    For every rational x: ``round(x) >= upper`` exactly when ``x RELATION bound``. The bound itself
    rounds to ``upper`` when the relation is ``>=`` and to ``lower`` when it is ``>``.

    Attributes:
        lower: a value of the format.
        upper: the next larger value.
        bound: an exact number in [lower, upper].
        relation: ``>=`` or ``>``.

    >>> Threshold(Fraction(0), Fraction(1), Fraction(1, 2), ">").is_passed_by(Fraction(1, 2))
    False
    """

    lower: Fraction
    upper: Fraction
    bound: Fraction
    relation: Literal[">=", ">"]

    def is_passed_by(self, x: Fraction) -> bool:
        """True when x rounds to ``upper`` or to something larger."""
        return x >= self.bound if self.relation == ">=" else x > self.bound


class NumberFormat(ABC):
    """A finite set of rational numbers that contains 0, with a rounding of every rational into it.

    The concrete formats are frozen dataclasses: equal fields, equal formats, hashable. ``round`` is
    a pure function of the format and of x, so its results can be cached. It leaves values alone.
    The definition is that of the certificate format (``proofs_check/checker/FORMAT.md``).
    """

    @property
    @abstractmethod
    def smallest(self) -> Fraction:
        """The smallest value (the most negative one)."""

    @property
    @abstractmethod
    def largest(self) -> Fraction:
        """The largest value."""

    @property
    @abstractmethod
    def rounding_mode(self) -> RoundingMode:
        """What happens to a number between two neighbouring values."""

    @property
    @abstractmethod
    def is_monotone(self) -> bool:
        """True when ``x <= y`` implies ``round(x) <= round(y)`` for all x, y: when it saturates."""

    @abstractmethod
    def round(self, x: Number) -> Fraction:
        """The value to which x is rounded, overflow included.

        Raises:
            InfinityReached: x is rounded to an infinity.
            IrrationalNumberError: if x is irrational.
        """

    @abstractmethod
    def spacing(self, x: Fraction) -> Fraction:
        """The distance of neighbouring values at x, if there were no largest value.

        It does not fall when the absolute value of x grows.
        """

    @abstractmethod
    def n_values(self) -> int:
        """How many values the format has, without listing them."""

    @abstractmethod
    def describe(self) -> str:
        """The format in words, on one line."""

    @abstractmethod
    def to_json(self) -> dict[str, str]:
        """The format as an object of the certificate format; all numbers are strings."""

    @abstractmethod
    def _ascending(self) -> Iterator[Fraction]:
        """All values, from the smallest to the largest."""

    @final
    def contains(self, x: Number) -> bool:
        """True when x is one of the values; irrational numbers never are."""
        if isinstance(x, Cyclotomic) or not self.smallest <= x <= self.largest:
            return False
        return self.round(x) == x

    @final
    def values(self, *, limit: int = VALUES_LIMIT) -> tuple[Fraction, ...]:
        """All values, in ascending order.

        Args:
            limit: how many values to list at most.

        Raises:
            FormatError: the format has more values than ``limit``.
        """
        count = self.n_values()
        if count > limit:
            raise FormatError(
                f"the format ({self.describe()}) has {count} values, more than the limit of "
                f"{limit} for listing them: use a smaller format or pass a larger limit"
            )
        return tuple(self._ascending())

    @final
    def thresholds(self, *, limit: int = VALUES_LIMIT) -> tuple[Threshold, ...]:
        """The points at which the rounding changes, in ascending order; one fewer than the values.

        Args:
            limit: how many values the format may have at most.

        Raises:
            FormatError: the format is not monotone, or has more values than ``limit``.
        """
        if not self.is_monotone:
            raise FormatError(
                f"the rounding of the format ({self.describe()}) is not monotone, so no thresholds "
                "separate its values: use a saturating format"
            )
        return tuple(self._threshold(*pair) for pair in pairwise(self.values(limit=limit)))

    def _threshold(self, lower: Fraction, upper: Fraction) -> Threshold:
        mode = self.rounding_mode
        if mode.is_nearest:
            bound = (lower + upper) / 2
        elif mode is RoundingMode.UP or (mode is RoundingMode.TOWARD_ZERO and upper <= 0):
            bound = lower
        else:
            bound = upper
        return Threshold(lower, upper, bound, ">=" if self.round(bound) == upper else ">")


def require_fraction(name: str, value: object) -> Fraction:
    """``value``, if it is a ``Fraction``.

    Args:
        name: what the value is, for the message.
        value: anything.

    Raises:
        FormatError: it is something else; a float in particular stands for another number than
            the one that was written.

    >>> require_fraction("step", Fraction(1, 8))
    Fraction(1, 8)
    """
    if not isinstance(value, Fraction):
        raise FormatError(
            f"{name} must be a fractions.Fraction, got {value!r} ({type(value).__name__}): formats "
            "are exact, write for example Fraction(1, 8)"
        )
    return value
