"""Limits, the count of work, and the ways in which a check ends early.

Work is charged before it is done, so that no certificate, however hostile, takes more than
MAX_WORK. One unit is about a nanosecond of an ordinary machine. Reading an entry of the file
also pays for going through it a few times more. Whatever a check keeps that the file does not
spell out (a matrix made of a vector, say) costs BYTE units a byte, which bounds memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

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
MAX_IMAGES = 30_000_000  # of points under all of them, which are held in memory
MAX_FACTS = 100  # of one matrix
MAX_TERMS = 20_000  # of a polynomial
MAX_EXPONENT = 16
MAX_POINTS = 7  # of a map, where all maps are listed
MAX_SCAN = 1_000  # pairs that arise along scan trees, with what their words do
MAX_CHUNK = 1_024  # letters of a chunk of a scan
MAX_ROOM = 64 * 2**20  # bytes of one matrix
MAX_MEMORY = 4 * 2**30  # bytes of this process, where the system can hold it to a limit
MAX_BITS = 2_000_000  # of one number that arises in a computation
MAX_WORK = 40 * 10**9  # units for one certificate
BYTE = 200  # units for a byte that is kept
ENTRY = 2_000  # units for reading an entry of a list or a member of an object
CHARACTER = 100  # units for reading a byte of the file


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
        """Take units away; too few left is `malformed`."""
        if units > self.left:
            raise Malformed("over limit: checking this certificate takes too much work")
        self.left -= units

    def keep(self, entries: int, size: int) -> None:
        """Charge for as many numbers, of so many digits each, that stay in memory."""
        self.spend(BYTE * bytes_of(entries, size))

    def multiply(self, times: int, x: int, y: int, each: int = 200) -> None:
        """Charge for products (or quotients) of numbers of x and of y digits."""
        require_digits(x + y - 1)
        self.spend(times * (each + x * y))


WORK = Work()


def bytes_of(entries: int, size: int) -> int:
    """The memory of as many integers of so many digits, and of the tuple that holds them."""
    return entries * (36 + 4 * size)


def require_room(entries: int, size: int) -> None:
    """Refuse a matrix of so many entries with so many digits, before it is made."""
    if bytes_of(entries, size) > MAX_ROOM:
        raise Malformed(f"over limit: a matrix of {entries} entries with {size} digits of 30 bits")


def require_digits(size: int) -> None:
    """Refuse a number of so many digits, before it is made."""
    if 30 * (size - 1) > MAX_BITS:
        bits = 30 * size
        raise Malformed(f"over limit: a number of {bits} bits, at most {MAX_BITS} are allowed")


def size_of(numbers: Iterable[int]) -> int:
    """Digits (of 30 bits) of the largest number; over the limit is `malformed`."""
    bits = max(map(int.bit_length, numbers), default=0)
    if bits > MAX_BITS:
        raise Malformed(f"over limit: a number of {bits} bits, at most {MAX_BITS} are allowed")
    return bits // 30 + 1


def digits_of(x: Fraction) -> int:
    """Digits (of 30 bits) of the numerator or the denominator, whichever has more."""
    return max(x.numerator.bit_length(), x.denominator.bit_length()) // 30 + 1


def charge(x: Fraction, y: Fraction, operations: int = 1) -> None:
    """Charge for sums, products or quotients of two rationals: each takes gcds as well."""
    WORK.multiply(8 * operations, digits_of(x), digits_of(y), 750)


def shown(value: object) -> str:
    """A value in a message, cut where it is long."""
    if isinstance(value, (list, tuple)):
        text = f"[{', '.join(map(shown, value[:8]))}{', ...' * (len(value) > 8)}]"
    elif isinstance(value, str):
        text = repr(value[:80])
    elif isinstance(value, (int, Fraction)) and max(value.numerator, value.denominator) >> 256:
        return "a long number"
    else:
        text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}..."


def require(holds: bool, why: str) -> None:
    """Raise Invalid unless an obligation holds."""
    if not holds:
        raise Invalid(why)
