"""Limits, and the three ways in which a check ends early."""

from __future__ import annotations

from collections.abc import Iterable

MAX_BYTES = 16 * 2**20
MAX_DEPTH = 40
MAX_DIGITS = 2_000
MAX_SIDE = 64  # rows and columns of a matrix, entries of a vector
MAX_DEGREE = 32  # of a cyclotomic field
MAX_ORDER = 120  # every n above it has phi(n) > 32
MAX_LIFTED = 1_024  # rows of a layer times the degree of its field
MAX_WORD = 100_000
MAX_STATES = 200_000
MAX_GROUP = 50_000  # elements of a permutation group
MAX_IMAGES = 50_000_000  # of points under all of them, which are held in memory
MAX_FACTS = 100  # of one matrix
MAX_TERMS = 20_000  # of a polynomial
MAX_EXPONENT = 16
MAX_POINTS = 7  # of a map, where all maps are listed
MAX_SCAN = 1_000  # pairs that arise along scan trees, with what their words do
MAX_BITS = 2_000_000  # of one number that arises in a computation
MAX_WORK = 40 * 10**9  # one unit is about a nanosecond: the product of two 30-bit digits


class Malformed(Exception):
    """Not a certificate of this format, or over a limit."""


class Invalid(Exception):
    """A well-formed certificate, one of whose obligations fails."""


class Work:
    """Counts work, so that a hostile certificate ends as `malformed` in bounded time."""

    def __init__(self) -> None:
        self.left = MAX_WORK

    def reset(self) -> None:
        """Start the count for another certificate."""
        self.left = MAX_WORK

    def spend(self, units: int) -> None:
        """Take units away; none left is `malformed`."""
        self.left -= units
        if self.left < 0:
            raise Malformed("over limit: checking this certificate takes too much work")


WORK = Work()


def size_of(numbers: Iterable[int]) -> int:
    """Digits (of 30 bits) of the largest number; over the limit is `malformed`."""
    bits = max((abs(number).bit_length() for number in numbers), default=0)
    if bits > MAX_BITS:
        raise Malformed(f"over limit: a number of {bits} bits, at most {MAX_BITS} are allowed")
    return bits // 30 + 1


def require(holds: bool, why: str) -> None:
    """Raise Invalid unless an obligation holds."""
    if not holds:
        raise Invalid(why)
