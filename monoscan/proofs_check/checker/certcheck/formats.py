"""Number formats, rounding and semantics."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from .kinds import UNROUNDED
from .limits import MAX_CHUNK, Malformed, charge, require
from .matrices import Matrix, to_matrix
from .reading import Node

MODES = ("nearest-even", "nearest-away", "nearest-down", "toward-zero", "up", "down")


def to_integer(above: int, below: int, mode: str) -> int:
    """The integer that above / below is rounded to by a MODE of FORMAT.md; below > 0."""
    low, rest = divmod(above, below)
    if rest == 0:
        return low
    if mode in ("toward-zero", "up", "down"):
        return low + (mode == "up" or (mode == "toward-zero" and above < 0))
    if rest * 2 != below:
        return low + (rest * 2 > below)
    if mode == "nearest-even":
        return low + low % 2
    return low + (mode == "nearest-away" and above > 0)


class Format(NamedTuple):
    """A finite set of rationals with a rounding; `precision` 0 means fixed point."""

    low: Fraction
    high: Fraction
    mode: str
    overflow: str
    step: Fraction = Fraction(0)
    precision: int = 0
    min_exponent: int = 0

    def spacing(self, x: Fraction) -> tuple[int, int]:
        """The distance of neighbouring values at x, if there were no limits: above and below."""
        if self.precision == 0:
            return self.step.numerator, self.step.denominator
        above, below = abs(x.numerator), x.denominator
        e = above.bit_length() - below.bit_length()  # floor(log2 |x|) is e or e - 1
        e -= above << max(-e, 0) < below << max(e, 0)
        e = max(e, self.min_exponent) if x else self.min_exponent
        e -= self.precision - 1
        return 1 << max(e, 0), 1 << max(-e, 0)

    def unlimited(self, x: Fraction) -> Fraction:
        """The rounded x, before overflow is handled."""
        charge(x, x, 3)
        above, below = self.spacing(x)
        count = to_integer(x.numerator * below, x.denominator * above, self.mode)
        return Fraction(count * above, below)

    def round(self, x: Fraction) -> Fraction:
        """The value that x is rounded to; infinity is `invalid`."""
        y = self.unlimited(x)
        if self.overflow == "infinity" and not self.low <= y <= self.high:
            # IEEE 754: these modes never round to the infinity of that sign.
            stays = ("toward-zero", "down" if x > 0 else "up")
            require(self.mode in stays, "a number is rounded to infinity")
        if self.overflow == "wrap":
            period = self.high - self.low + self.step
            charge(y, period, 4)
            return y - (y - self.low) // period * period
        return self.low if y < self.low else self.high if y > self.high else y

    def round_matrix(self, a: Matrix) -> Matrix:
        """Each entry rounded (a cast)."""
        return to_matrix([[self.round(entry) for entry in row] for row in a.fractions()])

    def has(self, numbers: Iterable[Fraction]) -> bool:
        """Whether all numbers are values of the format."""
        return all(self.low <= x <= self.high and self.round(x) == x for x in numbers)

    def values(self, most: int) -> list[Fraction]:
        """All values in ascending order; more than `most` of them is `malformed`."""
        found = [self.low if self.precision == 0 else Fraction(0)]
        while found[-1] < self.high and len(found) <= most:
            charge(found[-1], self.high, 3)
            found.append(found[-1] + Fraction(*self.spacing(found[-1])))
        if self.precision:
            found = [-x for x in reversed(found[1:])] + found
        if len(found) > most:
            raise Malformed(f"over limit: the format has more than {most} values")
        return found


def read_format(node: Node) -> Format:
    """A format."""
    if node.get("kind").choice(("fixed", "float")) == "fixed":
        keys = node.members("kind", "step", "min", "max", "rounding", "overflow")
        step, low, high = (key.rational() for key in keys[1:4])
        if step <= 0:
            keys[1].fail("the step must be > 0")
        if low % step or high % step or not low <= 0 <= high or low == high:
            node.fail("min <= 0 <= max must be two different multiples of the step")
        overflow = keys[5].choice(("saturate", "wrap"))
        return Format(low, high, keys[4].choice(MODES), overflow, step)
    keys = node.members("kind", "precision", "min_exponent", "max", "rounding", "overflow")
    precision, exponent, high = keys[1].integer(), keys[2].integer(), keys[3].rational()
    if not 1 <= precision <= 64:
        keys[1].fail("the precision must lie between 1 and 64")
    if abs(exponent) > 2_000:
        keys[2].fail("over limit: the exponent must lie between -2000 and 2000")
    overflow = keys[5].choice(("saturate", "infinity"))
    mode = keys[4].choice(MODES)
    number_format = Format(-high, high, mode, overflow, Fraction(0), precision, exponent)
    if high <= 0 or number_format.unlimited(high) != high:
        keys[3].fail("max must be a positive value of the format")
    return number_format


SCANS = ("chunk-scan",)  # the semantics that combine steps before a state meets them
BY_OPERATION = ("op-round", "mixed-round")  # the semantics that round every operation


class Semantics(NamedTuple):
    """Which operations are rounded, and how; of those in UNROUNDED the format is not used."""

    name: str
    form: Format
    accumulate: Format | None = None  # of mixed-round: to which operations are rounded
    chunk: int = 0  # of chunk-scan: letters of a chunk


def read_semantics(node: Node, scans: tuple[str, ...] = ()) -> Semantics:
    """A semantics; scans are among them where the kind says so."""
    names = (*UNROUNDED, "cast-unrolled", "seq-round", *BY_OPERATION, *scans)
    name = node.get("name").choice(names)
    if name in UNROUNDED:
        node.members("name")
        return Semantics(name, Format(Fraction(0), Fraction(0), "down", "saturate"))
    if name in SCANS:
        _, form, chunk = node.members("name", "format", "chunk")
        letters = chunk.integer()
        if not 1 <= letters <= MAX_CHUNK:
            chunk.fail(f"expected an integer from 1 to {MAX_CHUNK}")
        return Semantics(name, read_format(form), chunk=letters)
    if name == "mixed-round":
        _, form, accumulate = node.members("name", "format", "accumulate")
        return Semantics(name, read_format(form), read_format(accumulate))
    return Semantics(name, read_format(node.members("name", "format")[1]))
