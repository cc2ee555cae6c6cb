"""The independent checker of monoscan certificates: one file, standard library only.

    python -I check.py CERTIFICATE.json [MORE.json ...]

FORMAT.md beside this file is the grammar, with the meaning of each verdict and exit code. Sections:
1 limits and errors, 2 numbers and JSON, 3 matrices, 4 spectra, 5 number formats, 6 transitions,
7 networks, 8 automata, 9 properties, 10 kinds, 11 main. All arithmetic is exact, without floats.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this file is copied to other machines)
    print("check.py needs Python 3.11 or later", file=sys.stderr)
    sys.exit(70)  # not 1, which would say `invalid`

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from io import TextIOWrapper
from itertools import pairwise
from itertools import product as words_over
from math import factorial, gcd, lcm
from operator import mul
from typing import NamedTuple, NoReturn

# ------------------------------------------------------------------ 1 limits and errors

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


# ------------------------------------------------------------------ 2 numbers and JSON


class Field(NamedTuple):
    """Q(zeta) for zeta = exp(2 pi i / order): Q[x] modulo the cyclotomic polynomial of the order.

    `low` holds the coefficients of that monic polynomial below the leading one. A number of the
    field is the list of its coefficients of 1, zeta, ..., here as integers over a denominator
    that is kept elsewhere. Q itself is the field of order 1, where zeta = 1.
    """

    order: int
    low: tuple[int, ...]

    @property
    def degree(self) -> int:
        """The number of coefficients of a number."""
        return len(self.low)

    def times_zeta(self, x: Sequence[int]) -> list[int]:
        """The number zeta x."""
        return [y - x[-1] * c for y, c in zip((0, *x[:-1]), self.low, strict=True)]

    def conjugate(self, x: Sequence[int]) -> list[int]:
        """The complex conjugate, with zeta^(order - 1) in the place of zeta."""
        WORK.spend(self.degree**2 * (100 + size_of(x)))
        powers = powers_of_zeta(self)
        images = [powers[-k % self.order] for k in range(self.degree)]
        terms = [[c * y for y in image] for c, image in zip(x, images, strict=True)]
        return [sum(column) for column in zip(*terms, strict=True)]

    def is_real(self, x: Sequence[int]) -> bool:
        """Whether the number is its own conjugate."""
        return self.degree == 1 or self.conjugate(x) == list(x)

    def squared_modulus(self, x: Sequence[int]) -> list[int]:
        """The number times its conjugate."""
        WORK.spend(self.degree**2 * (100 + size_of(x) ** 2))
        total, image = [0] * self.degree, self.conjugate(x)
        for c in x:
            total = [t + c * y for t, y in zip(total, image, strict=True)]
            image = self.times_zeta(image)
        return total


@lru_cache(maxsize=MAX_ORDER)
def powers_of_zeta(field: Field) -> list[list[int]]:
    """1, zeta, ..., zeta^(order - 1)."""
    powers = [[1, *[0] * (field.degree - 1)]]
    while len(powers) < field.order:
        powers.append(field.times_zeta(powers[-1]))
    return powers


@lru_cache(maxsize=MAX_ORDER)
def cyclotomic(order: int) -> tuple[int, ...]:
    """The `low` of a field: x^order - 1 divided by the polynomials of all smaller divisors."""
    rest = [-1, *[0] * (order - 1), 1]
    for smaller in (d for d in range(1, order) if order % d == 0):
        divisor, quotient = (*cyclotomic(smaller), 1), list[int]()
        while len(rest) >= len(divisor):
            quotient.insert(0, rest[-1])
            for i, c in enumerate(divisor, len(rest) - len(divisor)):
                rest[i] -= quotient[0] * c
            rest.pop()
        rest = quotient
    return tuple(rest[:-1])


def within(x: Sequence[int], den: int, least: int, most: int) -> bool:
    """Whether the number x / den is rational and in [least, most]."""
    return not any(x[1:]) and least * den <= x[0] <= most * den


RATIONALS = Field(1, cyclotomic(1))
INTEGER = re.compile(r"0|-?[1-9][0-9]*")
RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")


def read_json(data: bytes) -> object:
    """The JSON value in `data`, under the lexical rules of FORMAT.md."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"over limit: larger than {MAX_BYTES} bytes")
    try:
        value: object = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=unique_keys,
            parse_int=no_number,
            parse_float=no_number,
            parse_constant=no_number,
        )
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise Malformed(f"over limit: nested deeper than {MAX_DEPTH}") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error}") from None
    check_tree(value, 0)
    return value


def unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object without duplicate keys."""
    result: dict[str, object] = {}
    for key, value in pairs:
        if key in result:
            raise Malformed(f"duplicate key {key[:80]!r}")
        result[key] = value
    return result


def no_number(text: str) -> NoReturn:
    """Refuse a JSON number."""
    raise Malformed(f"JSON number {text[:40]}: numbers are written as strings")


def check_tree(value: object, depth: int) -> None:
    """Refuse null, and nesting that is too deep."""
    if isinstance(value, (dict, list)):
        if depth == MAX_DEPTH:
            raise Malformed(f"over limit: nested deeper than {MAX_DEPTH}")
        for item in value.values() if isinstance(value, dict) else value:
            check_tree(item, depth + 1)
    elif value is None:
        raise Malformed("null is not allowed")


class Node:
    """A JSON value and its path; reading it in the wrong way raises `Malformed` with that path."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: str) -> None:
        self.value = value
        self.path = path

    def fail(self, why: str) -> NoReturn:
        """Raise Malformed with the path."""
        raise Malformed(f"{self.path or 'certificate'}: {why}")

    def get(self, key: str) -> Node:
        """One member of an object."""
        if not isinstance(self.value, dict):
            self.fail("expected an object")
        if key not in self.value:
            self.fail(f"missing key {key!r}")
        return Node(self.value[key], f"{self.path}.{key}" if self.path else key)

    def has(self, key: str) -> bool:
        """Whether this is an object with such a member."""
        return isinstance(self.value, dict) and key in self.value

    def members(self, *keys: str) -> list[Node]:
        """The members of an object with exactly these keys, in the order of `keys`."""
        found = [self.get(key) for key in keys]
        if isinstance(self.value, dict) and len(self.value) > len(keys):
            self.fail(f"unknown key {next(key for key in self.value if key not in keys)!r}")
        return found

    def items(self, least: int = 0, most: int = MAX_BYTES) -> list[Node]:
        """The entries of a list of such a length."""
        if not isinstance(self.value, list):
            self.fail("expected a list")
        if not least <= len(self.value) <= most:
            limit = f"at most {most}" if len(self.value) > most else f"at least {least}"
            self.fail(f"{len(self.value)} entries, expected {limit}")
        return [Node(item, f"{self.path}[{index}]") for index, item in enumerate(self.value)]

    def string(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            self.fail("expected a string")
        return self.value

    def choice(self, options: Collection[str]) -> str:
        """A string that is one of these."""
        text = self.string()
        if text not in options:
            self.fail(f"{text[:80]!r}, expected one of {', '.join(options)}")
        return text

    def output(self) -> bool | str:
        """An output: a truth value or a string."""
        if not isinstance(self.value, (bool, str)):
            self.fail("expected true, false or a string")
        return self.value

    def integer(self) -> int:
        """An integer."""
        text = self.string()
        if not INTEGER.fullmatch(text):
            self.fail(f"{text[:80]!r}, expected an integer such as '-12'")
        if len(text.lstrip("-")) > MAX_DIGITS:
            self.fail(f"over limit: more than {MAX_DIGITS} digits")
        return int(text)

    def rational(self) -> Fraction:
        """A rational in lowest terms."""
        text = self.string()
        match = RATIONAL.fullmatch(text)
        if not match:
            self.fail(f"{text[:80]!r}, expected a rational such as '-3/4'")
        above, below = match[1], match[2] or "1"
        if max(len(above.lstrip("-")), len(below)) > MAX_DIGITS:
            self.fail(f"over limit: more than {MAX_DIGITS} digits")
        value = Fraction(int(above), int(below))
        if match[2] and (below == "1" or value.denominator != int(below)):
            self.fail(f"{text[:80]!r} is not in lowest terms")
        return value

    def number(self, field: Field) -> list[Fraction]:
        """The coefficients of a number of the field; a rational one is written as a string."""
        if field.degree == 1 or not isinstance(self.value, list):
            return [self.rational(), *[Fraction(0)] * (field.degree - 1)]
        coefficients = [item.rational() for item in self.items(field.degree, field.degree)]
        if not any(coefficients[1:]):
            self.fail("a rational number is written as a string, not as a list")
        return coefficients

    def vector(self, length: int | None = None) -> tuple[Fraction, ...]:
        """A vector of rationals, of this length if one is given."""
        return tuple(self.column(RATIONALS, length).entries())

    def column(self, field: Field, length: int | None = None) -> Matrix:
        """A vector, of this length if one is given, as a stacked column."""
        entries = self.items(1, MAX_SIDE)
        if length and len(entries) != length:
            self.fail(f"{len(entries)} entries, expected {length}")
        return to_matrix([[c] for entry in entries for c in entry.number(field)])

    def matrix(self, shape: tuple[int, int] | None = None, field: Field = RATIONALS) -> Matrix:
        """A matrix, of this shape if one is given, stacked if the field is not Q."""
        items = [row.items(1, MAX_SIDE) for row in self.items(1, MAX_SIDE)]
        rows = [[entry.number(field) for entry in row] for row in items]
        if any(len(row) != len(rows[0]) for row in rows):
            self.fail("rows of different length")
        found = (len(rows), len(rows[0]))
        if shape and found != shape:
            self.fail(f"shape {found[0]} x {found[1]}, expected {shape[0]} x {shape[1]}")
        return to_matrix([[x[i] for x in row] for row in rows for i in range(field.degree)])

    def letters(self, alphabet: Sequence[str], least: int = 0, most: int = MAX_WORD) -> list[str]:
        """A list of letters."""
        known = dict.fromkeys(alphabet)
        return [letter.choice(known) for letter in self.items(least, most)]


# ------------------------------------------------------------------ 3 matrices


class Matrix(NamedTuple):
    """Integer rows over one positive denominator, in lowest terms, so that equality is plain."""

    rows: tuple[tuple[int, ...], ...]
    den: int
    size: int  # digits of the largest number, for the count of work

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def entries(self) -> Iterator[Fraction]:
        """All entries, row by row."""
        for entry in (entry for row in self.rows for entry in row):
            WORK.spend(1_000 + self.size * self.size)
            yield Fraction(entry, self.den)

    def fractions(self) -> list[list[Fraction]]:
        """The rows."""
        entries = self.entries()
        return [[next(entries) for _ in row] for row in self.rows]

    def __str__(self) -> str:
        """As in a certificate; a large matrix or number is only named."""
        if self.size > 3 or len(self.rows) * len(self.rows[0]) > 16:
            return f"({len(self.rows)} x {len(self.rows[0])} matrix)"
        return str([[str(entry) for entry in row] for row in self.fractions()])


def reduced(rows: Iterable[Iterable[int]], den: int) -> Matrix:
    """The matrix rows / den in lowest terms."""
    table = tuple(tuple(row) for row in rows)
    size = size_of([den, *(entry for row in table for entry in row)])
    WORK.spend(3_000 + len(table) * len(table[0]) * 100 + size * size)
    common = gcd(den, *(entry for row in table for entry in row))
    if common > 1:
        table = tuple(tuple(entry // common for entry in row) for row in table)
        den //= common
        size = size_of([den, *(entry for row in table for entry in row)])
    return Matrix(table, den, size)


def to_matrix(rows: Sequence[Sequence[Fraction]]) -> Matrix:
    """The matrix with these entries."""
    den = 1
    for entry in (entry for row in rows for entry in row):
        WORK.spend(1_000 + size_of([den]) * size_of([entry.denominator]))
        den = lcm(den, entry.denominator)
    return reduced(((x.numerator * (den // x.denominator) for x in row) for row in rows), den)


def diagonal(entries: Sequence[Fraction]) -> Matrix:
    """The square matrix with these entries on its diagonal."""
    n = range(len(entries))
    return to_matrix([[entries[i] if i == j else Fraction(0) for j in n] for i in n])


def identity(n: int) -> Matrix:
    """The n x n identity."""
    return reduced(([int(i == j) for j in range(n)] for i in range(n)), 1)


def transpose(a: Matrix) -> Matrix:
    """The transposed matrix."""
    return Matrix(tuple(zip(*a.rows, strict=True)), a.den, a.size)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """The product a b."""
    WORK.spend(len(a.rows) * len(b.rows) * len(b.rows[0]) * (100 + a.size * b.size))
    columns = list(zip(*b.rows, strict=True))
    rows = [[sum(map(mul, row, column)) for column in columns] for row in a.rows]
    return reduced(rows, a.den * b.den)


def combine(a: Matrix, b: Matrix, factor: int = 1) -> Matrix:
    """The sum a + factor * b."""
    WORK.spend(len(a.rows) * len(a.rows[0]) * (100 + a.size * b.size))
    pairs = zip(a.rows, b.rows, strict=True)
    left, right = b.den, a.den * factor
    rows = [[x * left + y * right for x, y in zip(r, s, strict=True)] for r, s in pairs]
    return reduced(rows, a.den * b.den)


def is_positive_semidefinite(a: Matrix) -> bool:
    """LDL^T of a symmetric matrix without fractions (Bareiss): every pivot is >= 0.

    A pivot 0 in a row that is not zero means an indefinite 2 x 2 minor; a zero row is left out.
    """
    rows = [list(row) for row in a.rows]
    last = 1
    while rows:
        pivot, *rest = rows[0]
        if pivot < 0 or (pivot == 0 and any(rest)):
            return False
        if pivot == 0:
            rows = [row[1:] for row in rows[1:]]
            continue
        size = size_of(entry for row in rows for entry in row)
        WORK.spend(len(rows) ** 2 * (200 + 3 * size * size))
        rows = [
            [(pivot * x - row[0] * y) // last for x, y in zip(row[1:], rest, strict=True)]
            for row in rows[1:]
        ]
        last = pivot
    return True


# Over a field of degree f, an n x d matrix is kept in one of two ways, which are the same for Q:
# stacked (n f x d), each entry being the column of its f coefficients, or lifted (n f x d f), each
# entry x being the f x f matrix of y -> x y on coefficients. A stacked matrix times a lifted one
# on its left is the stacked product, and lifted matrices multiply to the lifted product. So all
# the functions above serve every field, and equal numbers are equal data.


def lift(field: Field, a: Matrix) -> Matrix:
    """The lifted form of a stacked matrix: the columns of x are those of x, zeta x, ..."""
    if field.degree == 1:
        return a
    height, f = len(a.rows), field.degree
    WORK.spend(height * len(a.rows[0]) * f * (1_000 + a.size))
    columns: list[list[int]] = []
    for column in zip(*a.rows, strict=True):
        image = list(column)
        for _ in range(f):
            columns.append(image)
            parts = (field.times_zeta(image[i : i + f]) for i in range(0, height, f))
            image = [c for part in parts for c in part]
    return reduced(zip(*columns, strict=True), a.den)


def numbers_of(field: Field, column: Matrix) -> list[list[int]]:
    """The numbers in a stacked column, over its denominator."""
    flat, f = [row[0] for row in column.rows], field.degree
    return [flat[i : i + f] for i in range(0, len(flat), f)]


def across(field: Field, column: Matrix) -> Matrix:
    """The lifted row with the numbers of a stacked column."""
    return lift(field, reduced(zip(*numbers_of(field, column), strict=True), column.den))


def along(field: Field, column: Matrix) -> Matrix:
    """The lifted diagonal matrix with the numbers of a stacked column."""
    numbers = numbers_of(field, column)
    n = range(len(numbers))
    rows = ([numbers[i][r] * (i == j) for j in n] for i in n for r in range(field.degree))
    return lift(field, reduced(rows, column.den))


def reciprocal(field: Field, x: Matrix) -> Matrix:
    """1 / x for a number x != 0, both stacked: the y with x y = 1, by Bareiss, no fractions."""
    lifted, n = lift(field, x), field.degree
    rows = [[*row, lifted.den * (i == 0)] for i, row in enumerate(lifted.rows)]
    last = 1
    for k in range(n):
        chosen = next(i for i in range(k, n) if rows[i][k])
        rows[k], rows[chosen] = rows[chosen], rows[k]
        size = size_of(entry for row in rows for entry in row)
        WORK.spend(n * (n + 1) * (200 + 3 * size * size))
        head = rows[k]
        for i in (i for i in range(n) if i != k):
            pairs = zip(rows[i], head, strict=True)
            rows[i] = [(head[k] * p - rows[i][k] * q) // last for p, q in pairs]
        last = head[k]
    sign = 1 if last > 0 else -1
    return reduced(([sign * row[-1]] for row in rows), sign * last)


def block_diagonal(blocks: Sequence[Matrix]) -> Matrix:
    """The matrix with these square blocks along its diagonal."""
    den = 1
    for block in blocks:
        WORK.spend(1_000 + size_of([den]) * block.size)
        den = lcm(den, block.den)
    width = sum(len(block.rows) for block in blocks)
    rows: list[list[int]] = []
    for block in blocks:
        before, scale = len(rows), den // block.den
        after = width - before - len(block.rows)
        WORK.spend(len(block.rows) * (width * 50 + len(block.rows) * block.size * size_of([scale])))
        rows += [[*[0] * before, *(scale * x for x in row), *[0] * after] for row in block.rows]
    return reduced(rows, den)


# ------------------------------------------------------------------ 4 spectra

# With the power sums p_k = trace(N^k) = sum of m x^k over the eigenvalues x of N (multiplicity m),
# the matrix (p_(i+j)), 0 <= i, j < n, is the quadratic form q -> sum of m q(x)^2 on the real
# polynomials q of degree < n. It is positive semidefinite exactly if every x is real: given two
# conjugate x, choose q = i and -i there and q = 0 at the others, and the form is -2m (Hermite). If
# every x is real, choosing q = 1 at one x and 0 at the others shows that (p_(i+j+1)), the form
# q -> sum of m x q(x)^2, is so exactly if every x >= 0, and (c p_(i+j) - p_(i+j+1)) exactly if
# every x <= c.


def hermite_forms(a: Matrix) -> tuple[Matrix, Matrix]:
    """The forms (p_(i+j)) and (p_(i+j+1)) of a square matrix of integers."""
    n = len(a.rows)
    power, sums = identity(n), [n]
    for _ in range(2 * n - 1):
        power = multiply(power, a)
        sums.append(sum(power.rows[i][i] for i in range(n)))
    form = reduced(([sums[i + j] for j in range(n)] for i in range(n)), 1)
    return form, reduced(([sums[i + j + 1] for j in range(n)] for i in range(n)), 1)


@lru_cache(maxsize=64)
def spectrum(a: Matrix) -> tuple[bool, bool, bool]:
    """Whether all eigenvalues are real, real and >= 0, real and in [0, 1]."""
    n = len(a.rows)
    if a == transpose(a):
        below_one = combine(identity(n), a, -1)
        nonnegative = is_positive_semidefinite(a)
        return True, nonnegative, nonnegative and is_positive_semidefinite(below_one)
    form, times_x = hermite_forms(reduced(a.rows, 1))  # the eigenvalues of a, times a.den
    real = is_positive_semidefinite(form)
    nonnegative = real and is_positive_semidefinite(times_x)
    below_one = combine(multiply(form, diagonal([Fraction(a.den)] * n)), times_x, -1)
    return real, nonnegative, nonnegative and is_positive_semidefinite(below_one)


# ------------------------------------------------------------------ 5 number formats

MODES = ("nearest-even", "nearest-away", "nearest-down", "toward-zero", "up", "down")


def to_integer(x: Fraction, mode: str) -> int:
    """The integer that x is rounded to by a MODE of FORMAT.md."""
    low = x.numerator // x.denominator
    rest = x - low
    if rest == 0:
        return low
    if mode in ("toward-zero", "up", "down"):
        return low + (mode == "up" or (mode == "toward-zero" and x < 0))
    if rest * 2 != 1:
        return low + (rest * 2 > 1)
    if mode == "nearest-even":
        return low + low % 2
    return low + (mode == "nearest-away" and x > 0)


class Format(NamedTuple):
    """A finite set of rationals with a rounding; `precision` 0 means fixed point."""

    low: Fraction
    high: Fraction
    mode: str
    wraps: bool
    step: Fraction = Fraction(0)
    precision: int = 0
    min_exponent: int = 0

    def spacing(self, x: Fraction) -> Fraction:
        """The distance of neighbouring values at x, if there were no limits."""
        if self.precision == 0:
            return self.step
        above, below = abs(x.numerator), x.denominator
        e = above.bit_length() - below.bit_length()  # floor(log2 |x|) is e or e - 1
        e -= above << max(-e, 0) < below << max(e, 0)
        e = max(e, self.min_exponent) if x else self.min_exponent
        return Fraction(2) ** (e - self.precision + 1)

    def unlimited(self, x: Fraction) -> Fraction:
        """The rounded x, before overflow is handled."""
        size = size_of([x.numerator, x.denominator])
        WORK.spend(5_000 + size * size)
        unit = self.spacing(x)
        return to_integer(x / unit, self.mode) * unit

    def round(self, x: Fraction) -> Fraction:
        """The value that x is rounded to."""
        y = self.unlimited(x)
        if self.wraps:
            period = self.high - self.low + self.step
            return y - (y - self.low) // period * period
        return min(max(y, self.low), self.high)

    def round_matrix(self, a: Matrix) -> Matrix:
        """Each entry rounded (a cast)."""
        return to_matrix([[self.round(entry) for entry in row] for row in a.fractions()])

    def has(self, numbers: Iterable[Fraction]) -> bool:
        """Whether all numbers are values of the format."""
        return all(self.round(number) == number for number in numbers)

    def values(self, most: int) -> list[Fraction]:
        """All values in ascending order; more than `most` of them is `malformed`."""
        found = [self.low if self.precision == 0 else Fraction(0)]
        while found[-1] < self.high and len(found) <= most:
            found.append(found[-1] + self.spacing(found[-1]))
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
        wraps = keys[5].choice(("saturate", "wrap")) == "wrap"
        return Format(low, high, keys[4].choice(MODES), wraps, step)
    keys = node.members("kind", "precision", "min_exponent", "max", "rounding", "overflow")
    precision, exponent, high = keys[1].integer(), keys[2].integer(), keys[3].rational()
    if not 1 <= precision <= 64:
        keys[1].fail("the precision must lie between 1 and 64")
    if abs(exponent) > 2_000:
        keys[2].fail("over limit: the exponent must lie between -2000 and 2000")
    keys[5].choice(("saturate",))
    mode = keys[4].choice(MODES)
    number_format = Format(-high, high, mode, False, Fraction(0), precision, exponent)
    if high <= 0 or number_format.unlimited(high) != high:
        keys[3].fail("max must be a positive value of the format")
    return number_format


class Semantics(NamedTuple):
    """Which operations are rounded, and how; for `exact` the format is not used."""

    name: str
    form: Format


def read_semantics(node: Node) -> Semantics:
    """A semantics."""
    name = node.get("name").choice(("exact", "cast-unrolled", "seq-round", "op-round"))
    if name == "exact":
        node.members("name")
        return Semantics(name, Format(Fraction(0), Fraction(0), "down", False))
    return Semantics(name, read_format(node.members("name", "format")[1]))


# ------------------------------------------------------------------ 6 transitions


class Transition(NamedTuple):
    """The matrix A, and how it is written; what a kind does not have is empty."""

    kind: str
    field: Field
    matrix: Matrix  # lifted
    written: tuple[Fraction, ...]  # all its numbers; first the vector (entries, v or k)
    parts: tuple[Transition, ...] = ()  # the factors, the blocks, or what the gate multiplies
    has_real_direction: bool = True
    strength: Matrix = Matrix(((0,),), 1, 1)  # the gate, c, or b of I - b u u^T, u a unit vector
    others: tuple[Matrix, ...] = ()  # the entries; or w and a

    def rows_and_columns(self) -> range:
        """The numbers of the rows, and of the columns."""
        return range(len(self.matrix.rows) // self.field.degree)

    def entry(self, i: int, j: int) -> list[int]:
        """An entry, over `matrix.den`."""
        f = self.field.degree
        return [row[j * f] for row in self.matrix.rows[i * f : (i + 1) * f]]


RANK_ONE = {
    "householder": ("v", "beta"),
    "delta": ("k", "beta"),
    "householder-diagonal": ("v", "beta", "entries"),
    "diagonal-plus-rank-one": ("k", "c", "w", "a"),
}
FACTORS = ("householder", "delta")
PARTS = {
    "product": FACTORS,
    "gated": (*FACTORS, "product"),
    "blocks": ("diagonal", "dense", *RANK_ONE, "product", "gated"),
}
TRANSITIONS = (*PARTS["blocks"], "blocks")


def read_transition(
    node: Node, kinds: Sequence[str], n: int | None, field: Field = RATIONALS
) -> Transition:
    """An n x n transition of one of these kinds; n is None where any size will do."""
    kind = node.get("kind").choice(kinds)
    if kind in RANK_ONE:
        return read_rank_one(node, kind, n, field)
    if kind == "gated":
        _, gate_node, factor_node = node.members("kind", "gate", "factor")
        gate = to_matrix([[c] for c in gate_node.number(field)])
        part = read_transition(factor_node, PARTS[kind], n, field)
        gates = [lift(field, gate) for _ in part.rows_and_columns()]
        matrix = multiply(block_diagonal(gates), part.matrix)
        written = (*gate.entries(), *part.written)
        return Transition(kind, field, matrix, written, (part,), strength=gate)
    if kind in PARTS:
        return read_parts(node, kind, n, field)
    if kind == "diagonal":
        entries = node.members("kind", "entries")[1].column(field, n)
        return Transition(kind, field, along(field, entries), tuple(entries.entries()))
    rows_node = node.members("kind", "rows")[1]
    rows = rows_node.matrix((n, n) if n else None, field)
    if len(rows.rows) != len(rows.rows[0]) * field.degree:
        rows_node.fail("expected a square matrix")
    return Transition(kind, field, lift(field, rows), tuple(rows.entries()))


def read_parts(node: Node, kind: str, n: int | None, field: Field) -> Transition:
    """A `product` of factors of equal size, or `blocks` whose sizes add up to n."""
    key = "factors" if kind == "product" else "blocks"
    list_node = node.members("kind", key)[1]
    parts: list[Transition] = []
    for item in list_node.items(1):
        parts.append(read_transition(item, PARTS[kind], n if kind == "product" else None, field))
        n = n or len(parts[0].rows_and_columns())
    if kind == "product":
        matrix = parts[0].matrix
        for part in parts[1:]:
            matrix = multiply(matrix, part.matrix)
    else:
        side = sum(len(part.rows_and_columns()) for part in parts)
        if side != n:
            list_node.fail(f"the blocks have {side} rows, expected {n}")
        matrix = block_diagonal([part.matrix for part in parts])
    written = tuple(number for part in parts for number in part.written)
    return Transition(kind, field, matrix, written, tuple(parts))


def read_rank_one(node: Node, kind: str, n: int | None, field: Field) -> Transition:
    """A kind with a direction v: I - b v v^T / (v^T v), and what is made of it."""
    _, vector_node, scale_node, *other_nodes = node.members("kind", *RANK_ONE[kind])
    v, scale = vector_node.column(field, n), to_matrix([[c] for c in scale_node.number(field)])
    side, row = len(v.rows) // field.degree, across(field, v)
    others = tuple(other.column(field, side) for other in other_nodes)
    square = multiply(row, v)
    if kind == "delta":
        factor, strength = scale, multiply(lift(field, scale), square)
    else:
        if not any(entry for (entry,) in square.rows):
            vector_node.fail(f"{RANK_ONE[kind][0]} must not be zero, nor its scalar square")
        factor, strength = multiply(lift(field, scale), reciprocal(field, square)), scale
    outer = multiply(multiply(lift(field, v), lift(field, factor)), row)
    if kind == "diagonal-plus-rank-one":
        w, a = (along(field, other) for other in others)
        matrix = combine(w, multiply(outer, a), -1)
    else:
        matrix = combine(identity(side * field.degree), outer, -1)
        for entries in others:
            matrix = multiply(matrix, along(field, entries))
    written = tuple(x for part in (v, scale, *others) for x in part.entries())
    real = all(map(field.is_real, numbers_of(field, v)))
    return Transition(kind, field, matrix, written, (), real, strength, others)


def apply_rounded(a: Transition, x: list[Fraction], form: Format) -> list[Fraction]:
    """A x for one column x, every scalar operation rounded (`op-round`)."""
    if a.kind == "product":
        for factor in reversed(a.parts):
            x = apply_rounded(factor, x, form)
        return x
    if a.kind == "blocks":
        done: list[Fraction] = []
        for part in a.parts:
            end = len(done) + len(part.matrix.rows)
            done += apply_rounded(part, x[len(done) : end], form)
        return done
    if a.kind == "gated":
        return [form.round(a.written[0] * y) for y in apply_rounded(a.parts[0], x, form)]
    if a.kind == "diagonal":
        return [form.round(p * q) for p, q in zip(a.written, x, strict=True)]
    if a.kind == "dense":
        return [rounded_dot(row, x, form) for row in a.matrix.fractions()]
    *k, beta = a.written
    t = form.round(beta * rounded_dot(k, x, form))
    return [form.round(p - form.round(t * q)) for p, q in zip(x, k, strict=True)]


def rounded_dot(k: Sequence[Fraction], x: Sequence[Fraction], form: Format) -> Fraction:
    """The scalar product, every operation rounded, from left to right."""
    terms = [form.round(p * q) for p, q in zip(k, x, strict=True)]
    total = terms[0]
    for term in terms[1:]:
        total = form.round(total + term)
    return total


# ------------------------------------------------------------------ 7 networks

Output = bool | str
Joint = tuple[Matrix, ...]


class Readout(NamedTuple):
    """`functionals` are (weights, strict relation?, bound); none: the state is observed."""

    functionals: tuple[tuple[Matrix, bool, Fraction], ...]
    table: dict[Matrix | str, Output]

    def observe(self, state: Matrix) -> Matrix | str:
        """The state itself, or one bit a functional."""
        if not self.functionals:
            return state
        bits = ""
        for weights, strict, bound in self.functionals:
            entries = (
                zip(w, h, strict=True) for w, h in zip(weights.rows, state.rows, strict=True)
            )
            total = sum(x * y for pairs in entries for x, y in pairs) * bound.denominator
            right = bound.numerator * weights.den * state.den
            bits += "01"[total > right or (total == right and not strict)]
        return bits

    def output(self, state: Matrix) -> Output:
        """The answer for a state; none in the table is `invalid`."""
        observation = self.observe(state)
        if observation not in self.table:
            raise Invalid(f"the read-out has no output for {observation}")
        return self.table[observation]


class Case(NamedTuple):
    """The step on one symbol: H becomes a H + b."""

    a: Transition
    b: Matrix


class Layer(NamedTuple):
    """A layer; `cases` by the symbol that it reads, states stacked over its field."""

    initial: Matrix
    cases: dict[tuple[Output, ...], Case]
    readout: Readout
    reads: Sequence[int]  # numbers of lower layers, from 1
    field: Field

    def read_state(self, node: Node) -> Matrix:
        """A state of this layer."""
        rows, columns = self.initial.shape
        return node.matrix((rows // self.field.degree, columns), self.field)


class Network(NamedTuple):
    """A stack of layers."""

    alphabet: list[str]
    layers: list[Layer]

    def initial(self) -> Joint:
        """The joint state before the first letter."""
        return tuple(layer.initial for layer in self.layers)


def read_alphabet(node: Node) -> list[str]:
    """A list of different letters."""
    letters = [letter.string() for letter in node.items(1)]
    if "" in letters:
        node.fail("a letter is a non-empty string")
    if len(set(letters)) < len(letters):
        node.fail("two letters are equal")
    return letters


def read_network(node: Node) -> Network:
    """An lrnn."""
    alphabet_node, layers_node = node.members("alphabet", "layers")
    alphabet = read_alphabet(alphabet_node)
    items = layers_node.items(1)
    return Network(alphabet, [read_layer(item, alphabet, i) for i, item in enumerate(items)])


def read_layer(node: Node, alphabet: Sequence[str], below: int) -> Layer:
    """A layer that stands on `below` other layers."""
    optional = [key for key in ("reads", "field") if node.has(key)]
    nodes = node.members("initial", "cases", "readout", *optional)
    field = read_field(node.get("field")) if "field" in optional else RATIONALS
    reads: Sequence[int] = range(1, below + 1)
    if "reads" in optional:
        reads = read_reads(node.get("reads"), below)
    initial, letters = nodes[0].matrix(None, field), dict.fromkeys(alphabet)
    shape = (len(initial.rows) // field.degree, len(initial.rows[0]))
    if len(initial.rows) > MAX_LIFTED:
        node.fail(f"over limit: rows times degree of the field above {MAX_LIFTED}")
    cases: dict[tuple[Output, ...], Case] = {}
    for item in nodes[1].items():
        on, a, b = item.members("on", "A", "B")
        letter, *outputs = on.items(len(reads) + 1, len(reads) + 1)
        symbol = (letter.choice(letters), *(output.output() for output in outputs))
        if symbol in cases:
            on.fail("two cases for the same symbol")
        transition = read_transition(a, TRANSITIONS, shape[0], field)
        cases[symbol] = Case(transition, b.matrix(shape, field))
    missing = [letter for letter in alphabet if not reads and (letter,) not in cases]
    if missing:
        nodes[1].fail(f"no case for the letter {missing[0]!r}")
    return Layer(initial, cases, read_readout(nodes[2], shape, field), reads, field)


def read_field(node: Node) -> Field:
    """A cyclotomic field, by its order."""
    order = node.integer()
    if order < 3:
        node.fail("expected an order of at least 3; a layer over the rationals has no field")
    low = cyclotomic(order) if order <= MAX_ORDER else ()
    if not 1 <= len(low) <= MAX_DEGREE:
        node.fail(f"over limit: the field has a degree above {MAX_DEGREE}")
    return Field(order, low)


def read_reads(node: Node, below: int) -> list[int]:
    """The numbers of some of the layers below, ascending."""
    numbers = [item.integer() for item in node.items()]
    if any(x >= y for x, y in zip([0, *numbers], [*numbers, below + 1], strict=True)):
        node.fail(f"expected different numbers from 1 to {below} in ascending order")
    return numbers


def read_readout(node: Node, shape: tuple[int, int], field: Field = RATIONALS) -> Readout:
    """A read-out of states of this shape."""
    functionals: list[tuple[Matrix, bool, Fraction]] = []
    table: dict[Matrix | str, Output] = {}
    if node.get("kind").choice(("states", "threshold")) == "states":
        table_node, key_name = node.members("kind", "table")[1], "state"
    else:
        _, list_node, table_node = node.members("kind", "functionals", "table")
        key_name = "bits"
        for item in list_node.items(1):
            weights, relation, bound = item.members("weights", "relation", "bound")
            strict = relation.choice((">=", ">")) == ">"
            functionals.append((weights.matrix(shape), strict, bound.rational()))
    for item in table_node.items():
        key_node, output = item.members(key_name, "output")
        key = key_node.matrix(shape, field) if not functionals else read_bits(key_node, functionals)
        if key in table:
            key_node.fail("listed twice")
        table[key] = output.output()
    return Readout(tuple(functionals), table)


def read_bits(node: Node, functionals: Collection[object]) -> str:
    """A bit string, one bit a functional."""
    bits = node.string()
    if len(bits) != len(functionals) or set(bits) - {"0", "1"}:
        node.fail(f"{bits[:80]!r}, expected {len(functionals)} of the characters 0 and 1")
    return bits


DIVIDING = ("householder", "householder-diagonal", "diagonal-plus-rank-one")


def kinds_in(a: Transition) -> Iterator[str]:
    """The kinds that a transition is made of."""
    yield a.kind
    for part in a.parts:
        yield from kinds_in(part)


def require_admissible(network: Network, semantics: Semantics) -> None:
    """What a field asks of its layer, `seq-round` and `op-round` of the numbers in the network."""
    for number, layer in enumerate(network.layers):
        if layer.field != RATIONALS:
            where = f"lrnn.layers[{number}]: with a field"
            require(semantics.name == "exact", f"{where} the semantics can only be exact")
            require(not layer.readout.functionals, f"{where} the read-out must be of kind states")
    if semantics.name not in ("seq-round", "op-round"):
        return
    form, said = semantics.form, "is no value of the format"
    for number, layer in enumerate(network.layers):
        where = f"lrnn.layers[{number}]"
        require(form.has(layer.initial.entries()), f"{where}.initial: an entry {said}")
        for index, case in enumerate(layer.cases.values() if semantics.name == "op-round" else ()):
            place = f"{where}.cases[{index}]"
            divides = next((kind for kind in kinds_in(case.a) if kind in DIVIDING), None)
            require(divides is None, f"{place}.A: op-round allows no {divides}")
            require(form.has(case.a.written), f"{place}.A: a number {said}")
            require(form.has(case.b.entries()), f"{place}.B: an entry {said}")


def step(case: Case, state: Matrix, semantics: Semantics) -> Matrix:
    """One step of one layer; `cast-unrolled` is no step, its exact state is meant."""
    if semantics.name == "op-round":
        form = semantics.form
        columns = zip(*state.fractions(), strict=True)
        moved = zip(*(apply_rounded(case.a, list(x), form) for x in columns), strict=True)
        pairs = zip(moved, case.b.fractions(), strict=True)
        rows = [[form.round(y + b) for y, b in zip(ys, bs, strict=True)] for ys, bs in pairs]
        return to_matrix(rows)
    result = combine(multiply(case.a.matrix, state), case.b)
    return semantics.form.round_matrix(result) if semantics.name == "seq-round" else result


def case_of(layer: Layer, heard: Sequence[Output]) -> Case:
    """The case for a letter and all outputs of the layers below; none is `invalid`."""
    symbol = [heard[0], *(heard[number] for number in layer.reads)]
    case = layer.cases.get(tuple(symbol))
    if case is None:
        raise Invalid(f"a layer has no case for the symbol {symbol} that it reads")
    return case


Moves = dict[tuple[int, Matrix], Matrix]  # the step of a case (by its identity) from a state


def advance(
    network: Network, joint: Joint, letter: str, semantics: Semantics, moves: Moves
) -> Joint:
    """The joint state after one letter: every layer once, bottom up; known moves are looked up."""
    heard: list[Output] = [letter]
    states: list[Matrix] = []
    for layer, state in zip(network.layers, joint, strict=True):
        if states:
            heard.append(network.layers[len(states) - 1].readout.output(states[-1]))
        case = case_of(layer, heard)
        if (id(case), state) not in moves:
            moves[id(case), state] = step(case, state, semantics)
        states.append(moves[id(case), state])
    return tuple(states)


def final_state(network: Network, word: Sequence[str], semantics: Semantics) -> Matrix:
    """The state of the last layer that is read out after a word."""
    if semantics.name == "cast-unrolled":
        return final_unrolled(network, word, semantics.form)
    joint = network.initial()
    for letter in word:
        joint = advance(network, joint, letter, semantics, {})
    return joint[-1]


def final_unrolled(network: Network, word: Sequence[str], form: Format) -> Matrix:
    """`final_state` under `cast-unrolled`, by its definition."""
    heard: list[list[Output]] = [[letter] for letter in word]
    for layer in network.layers[:-1]:
        cases = [case_of(layer, at_time) for at_time in heard]
        for at_time, state in zip(heard, unrolled_states(layer, cases, form), strict=True):
            at_time.append(layer.readout.output(state))
    layer = network.layers[-1]
    product = identity(len(layer.initial.rows))  # A_t ... A_{i+1}, from i = t downwards
    total = reduced(([0] * len(row) for row in layer.initial.rows), 1)
    for case in (case_of(layer, at_time) for at_time in reversed(heard)):
        total = combine(total, form.round_matrix(multiply(product, case.b)))
        product = multiply(product, case.a.matrix)
    total = combine(total, form.round_matrix(multiply(product, layer.initial)))
    return form.round_matrix(total)


def unrolled_states(layer: Layer, cases: Sequence[Case], form: Format) -> Iterator[Matrix]:
    """The unrolled state after each symbol; equal terms of the sum are kept once, with a count."""
    head, terms = layer.initial, dict[Matrix, int]()
    for case in cases:
        head = multiply(case.a.matrix, head)
        moved: dict[Matrix, int] = {}
        for term, count in terms.items():
            image = multiply(case.a.matrix, term)
            moved[image] = moved.get(image, 0) + count
        moved[case.b] = moved.get(case.b, 0) + 1
        terms = moved
        total = form.round_matrix(head)
        for term, count in terms.items():
            total = combine(total, form.round_matrix(term), count)
        yield form.round_matrix(total)


# ------------------------------------------------------------------ 8 automata


class Automaton(NamedTuple):
    """A complete deterministic automaton with outputs."""

    alphabet: list[str]
    table: list[list[int]]
    outputs: list[Output]

    def run(self, word: Sequence[str]) -> int:
        """The state after a word."""
        return self.move(word, [0])[0]

    def move(self, word: Sequence[str], states: Sequence[int]) -> list[int]:
        """Where a word leads from some states."""
        WORK.spend(200 * (len(word) + 1) * (len(states) + 1))
        index = {letter: i for i, letter in enumerate(self.alphabet)}
        moved = list(states)
        for i in (index[letter] for letter in word):
            moved = [self.table[state][i] for state in moved]
        return moved

    def is_minimal(self) -> bool:
        """Whether any two states are told apart by a word (Moore's refinement)."""
        names: dict[object, int] = {}
        classes = [names.setdefault(output, len(names)) for output in self.outputs]
        while len(names) < len(classes):
            WORK.spend(300 * len(classes) * (len(self.alphabet) + 1))
            known, names = len(names), {}
            finer = [(classes[q], *(classes[p] for p in row)) for q, row in enumerate(self.table)]
            classes = [names.setdefault(signature, len(names)) for signature in finer]
            if len(names) == known:
                return False
        return True


def read_automaton(node: Node) -> Automaton:
    """A canonical automaton."""
    alphabet_node, table_node, outputs_node = node.members("alphabet", "table", "outputs")
    alphabet = read_alphabet(alphabet_node)
    rows = table_node.items(1, MAX_STATES)
    table = [[q.integer() for q in row.items(len(alphabet), len(alphabet))] for row in rows]
    outputs = [output.output() for output in outputs_node.items(len(rows), len(rows))]
    known = 1  # breadth first, each new successor is the smallest number not yet seen
    for state, row in enumerate(table):
        if state == known:
            table_node.fail(f"not canonical: state {state} is not reached in breadth-first order")
        for successor in row:
            if not 0 <= successor <= known or successor == len(table):
                table_node.fail(f"not canonical, or out of range: a successor of state {state}")
            known += successor == known
    return Automaton(alphabet, table, outputs)


def read_state(node: Node, automaton: Automaton) -> int:
    """A state of the automaton."""
    state = node.integer()
    if not 0 <= state < len(automaton.table):
        node.fail("no such state of the automaton")
    return state


def read_states(node: Node, automaton: Automaton, least: int) -> list[int]:
    """At least so many states, all different."""
    states = [read_state(item, automaton) for item in node.items(least, MAX_STATES)]
    if len(set(states)) < len(states):
        node.fail("a state is listed twice")
    return states


# Permutations: the tuple of the images of 0, 1, ...; products act from left to right.
Permutation = tuple[int, ...]


def then(x: Permutation, y: Permutation) -> Permutation:
    """First x, then y."""
    WORK.spend(1_000 + 60 * len(x))
    return tuple([y[i] for i in x])


def inverse(x: Permutation) -> Permutation:
    """The inverse."""
    return tuple(sorted(range(len(x)), key=x.__getitem__))


def generated(degree: int, generators: Sequence[Permutation]) -> set[Permutation]:
    """All elements of the group of some permutations; too many are `malformed`."""
    queue = [tuple(range(degree))]
    found = set(queue)
    for x in queue:
        for product in (then(x, generator) for generator in generators):
            if product not in found:
                if len(found) == MAX_GROUP:
                    raise Malformed(f"over limit: a group of more than {MAX_GROUP} elements")
                if len(found) * degree > MAX_IMAGES:
                    raise Malformed(f"over limit: a group with more than {MAX_IMAGES} images")
                found.add(product)
                queue.append(product)
    return found


def chosen(
    degree: int, queue: list[Permutation], conjugators: Sequence[Permutation] = ()
) -> list[Permutation]:
    """Few generators of the group that some permutations and their conjugates generate."""
    found: list[Permutation] = []
    subgroup = generated(degree, found)
    for x in queue:
        if x not in subgroup:
            found.append(x)
            subgroup = generated(degree, found)
            queue += [then(then(inverse(y), x), y) for y in conjugators]
    return found


def series_length(generators: Sequence[Permutation], squares: bool) -> int | None:
    """Steps from G to 1 by G -> [G, G], or by G -> G^2 [G, G]; None if 1 is not reached.

    Either subgroup is the normal closure of the commutators (and squares) of generators.
    """
    degree, steps = len(generators[0]), 0
    generators = chosen(degree, list(generators))
    order = len(generated(degree, generators))
    while order > 1:
        pairs = [(x, y) for x in generators for y in generators]
        start = [then(then(inverse(x), inverse(y)), then(x, y)) for x, y in pairs]
        start += [then(x, x) for x in generators] if squares else []
        generators = chosen(degree, start, generators)
        smaller = len(generated(degree, generators))
        if smaller == order:
            return None
        order, steps = smaller, steps + 1
    return steps


# ------------------------------------------------------------------ 9 properties


def is_diagonal(a: Transition) -> bool:
    """Whether all entries off the diagonal are 0."""
    f, rows = a.field.degree, enumerate(a.matrix.rows)
    return not any(x for i, row in rows for j, x in enumerate(row) if i // f != j // f)


def is_upper_triangular(a: Transition) -> bool:
    """Whether all entries below the diagonal are 0."""
    f, rows = a.field.degree, enumerate(a.matrix.rows)
    return not any(any(row[: i // f * f]) for i, row in rows)


def is_symmetric(a: Transition) -> bool:
    """Whether A = A^T (no entry is conjugated)."""
    n = a.rows_and_columns()
    return all(a.entry(i, j) == a.entry(j, i) for i in n for j in range(i))


def is_real(a: Transition) -> bool:
    """Whether all entries are real."""
    n = a.rows_and_columns()
    return a.field == RATIONALS or all(a.field.is_real(a.entry(i, j)) for i in n for j in n)


def is_contraction(a: Matrix) -> bool:
    """Whether the spectral norm is <= 1."""
    square = multiply(transpose(a), a)
    return is_positive_semidefinite(combine(identity(len(a.rows)), square, -1))


def of_rationals(holds: Callable[[Matrix], bool]) -> Callable[[Transition], bool]:
    """A test of rational matrices; one with any other entry does not pass it."""

    def function(a: Transition) -> bool:
        n, den = a.rows_and_columns(), a.matrix.den
        rows = [[a.entry(i, j) for j in n] for i in n]
        rational = not any(any(x[1:]) for row in rows for x in row)
        return rational and holds(reduced(([x[0] for x in row] for row in rows), den))

    return function


def is_diagonal_within(a: Transition, least: int, most: int) -> bool:
    """Whether A is diagonal with rational entries in [least, most]."""
    entries = (a.entry(i, i) for i in a.rows_and_columns())
    return is_diagonal(a) and all(within(x, a.matrix.den, least, most) for x in entries)


def has_modulus_at_most_one(a: Transition, i: int, j: int) -> bool:
    """Whether |e|^2 is rational and <= 1 for an entry e."""
    return within(a.field.squared_modulus(a.entry(i, j)), a.matrix.den**2, 0, 1)


def is_diagonal_complex(a: Transition) -> bool:
    """Whether A is diagonal with entries in the unit disc."""
    return is_diagonal(a) and all(has_modulus_at_most_one(a, i, i) for i in a.rows_and_columns())


def is_permutation_diagonal(a: Transition) -> bool:
    """Whether each column has at most one entry that is not 0, and that in the unit disc."""
    n = a.rows_and_columns()
    columns = ([i for i in n if any(a.entry(i, j))] for j in n)
    return all(
        len(found) <= 1 and all(has_modulus_at_most_one(a, i, j) for i in found)
        for j, found in enumerate(columns)
    )


def reflects(a: Transition, most: int) -> bool:
    """Whether the direction is real, and the strength rational in [0, most]."""
    (strength,) = numbers_of(a.field, a.strength)
    return a.has_real_direction and within(strength, a.strength.den, 0, most)


def others_within(a: Transition, least: int, most: int) -> bool:
    """Whether the vectors beside the direction have rational entries in [least, most]."""
    listed = ((other.den, numbers_of(a.field, other)) for other in a.others)
    return all(within(x, den, least, most) for den, numbers in listed for x in numbers)


def heads(a: Transition) -> tuple[Transition, ...]:
    """The blocks of A, which is its own only block when it is written as one matrix."""
    return a.parts if a.kind == "blocks" else (a,)


def is_factored(a: Transition, most: int, count: int = MAX_BYTES) -> bool:
    """Whether a is one factor, or a product of at most `count`, each with 0 <= b <= most."""
    factors = a.parts if a.kind == "product" else (a,)
    reflections = all(factor.kind in FACTORS and reflects(factor, most) for factor in factors)
    return reflections and len(factors) <= count


def has_factored_heads(most: int, count: int, gates: bool) -> Callable[[Transition], bool]:
    """`is_factored` for each head, which may have a gate in [0, 1] if `gates`."""

    def holds(head: Transition) -> bool:
        if gates and head.kind == "gated":
            return reflects(head, 1) and is_factored(head.parts[0], most, count)
        return is_factored(head, most, count)

    return lambda a: all(map(holds, heads(a)))


def is_diagonal_householder(head: Transition, most: int) -> bool:
    """Whether a head is (I - b u u^T) diag(entries), 0 <= b <= most, 1 - most <= entries <= 1."""
    if head.kind == "diagonal":
        return is_diagonal_within(head, 1 - most, 1)
    reflection = head.kind in (*FACTORS, "householder-diagonal") and reflects(head, most)
    return reflection and others_within(head, 1 - most, 1)


def is_diagonal_plus_rank_one(head: Transition) -> bool:
    """Whether a head is diag(w) - c u (u o a)^T, 0 <= c <= 2 and w, a in [0, 1]."""
    inside = head.kind == "diagonal-plus-rank-one" and reflects(head, 2)
    return inside and others_within(head, 0, 1)


def is_time_invariant(layer: Layer) -> bool:
    """Whether all A of the layer are one matrix, diagonal with entries in the unit disc."""
    matrices = {case.a.matrix for case in layer.cases.values()}
    return len(matrices) <= 1 and all(is_diagonal_complex(c.a) for c in layer.cases.values())


def is_mixed(layer: Layer) -> bool:
    """Whether the layer is time-invariant, or diagonal with entries in [0, 1]."""
    cases = layer.cases.values()
    return is_time_invariant(layer) or all(is_diagonal_within(case.a, 0, 1) for case in cases)


# Properties of the matrix A of every case, and properties of every layer.
PROPERTIES: dict[str, Callable[[Transition], bool]] = {
    "diagonal": is_diagonal,
    "symmetric": is_symmetric,
    "spectrum-real": of_rationals(lambda a: spectrum(a)[0]),
    "spectrum-nonnegative": of_rationals(lambda a: spectrum(a)[1]),
    "spectrum-in-0-1": of_rationals(lambda a: spectrum(a)[2]),
    "norm-at-most-one": of_rationals(is_contraction),
    "factors-in-0-1": lambda a: is_factored(a, 1),
    "factors-in-0-2": lambda a: is_factored(a, 2),
    "diagonal-nonnegative": lambda a: is_diagonal_within(a, 0, 1),
    "diagonal-real": lambda a: is_diagonal_within(a, -1, 1),
    "diagonal-complex": is_diagonal_complex,
    "triangular-real": lambda a: is_upper_triangular(a) and is_real(a),
    "triangular-complex": is_upper_triangular,
    "permutation-diagonal": is_permutation_diagonal,
    "diagonal-householder": lambda a: all(is_diagonal_householder(h, 2) for h in heads(a)),
    "diagonal-householder-nonnegative": lambda a: all(
        is_diagonal_householder(head, 1) for head in heads(a)
    ),
    "diagonal-plus-rank-one": lambda a: all(map(is_diagonal_plus_rank_one, heads(a))),
    "diagonal-plus-rank-one-transposed": lambda a: all(
        is_diagonal_plus_rank_one(head) and is_symmetric(head) for head in heads(a)
    ),
    "dense": lambda a: True,
}
for most_factors in range(1, 65):
    region = "householder" + f"-product-{most_factors}" * (most_factors > 1)
    PROPERTIES[region] = has_factored_heads(2, most_factors, gates=False)
    PROPERTIES[f"{region}-nonnegative"] = has_factored_heads(1, most_factors, gates=False)
    PROPERTIES[f"gated-{region}"] = has_factored_heads(2, most_factors, gates=True)
    PROPERTIES[f"gated-{region}-nonnegative"] = has_factored_heads(1, most_factors, gates=True)
LAYER_PROPERTIES: dict[str, Callable[[Layer], bool]] = {
    "time-invariant-diagonal": is_time_invariant,
    "mixed-diagonal": is_mixed,
}
# Classes of networks that update each entry of the state on its own. With every operation rounded
# that is a matter of how a matrix is written: a `delta` of width 1 computes more than a product.
ENTRY_BY_ENTRY = (
    "diagonal-nonnegative",
    "diagonal-real",
    "diagonal-complex",
    *LAYER_PROPERTIES,
)


def is_written_as_diagonal(a: Transition) -> bool:
    """Whether A is written as a `diagonal`, or as `blocks` of them."""
    return all(head.kind == "diagonal" for head in heads(a))


def read_properties(node: Node) -> list[str]:
    """A list of different properties."""
    names = [item.choice(LAYER_PROPERTIES | PROPERTIES) for item in node.items()]
    if len(set(names)) < len(names):
        node.fail("a property is named twice")
    return names


def require_properties(network: Network, names: Sequence[str], semantics: Semantics) -> None:
    """Every layer, or every case of every layer, has these properties."""
    for name in names:
        as_written = semantics.name == "op-round" and name in ENTRY_BY_ENTRY
        for number, layer in enumerate(network.layers):
            place = f"lrnn.layers[{number}]"
            said = f"does not have the property {name}"
            for index, case in enumerate(layer.cases.values() if as_written else ()):
                why = f"{place}.cases[{index}].A: {said}, because op-round asks for a `diagonal`"
                require(is_written_as_diagonal(case.a), why)
            if layer.field != RATIONALS:
                said += "; nothing that needs an order of irrational numbers is decided here"
            WORK.spend(len(layer.cases) * len(layer.initial.rows) ** 2 * 500)
            if name in LAYER_PROPERTIES:
                require(LAYER_PROPERTIES[name](layer), f"{place}: {said}")
                continue
            for index, case in enumerate(layer.cases.values()):
                require(PROPERTIES[name](case.a), f"{place}.cases[{index}].A: {said}")


# ------------------------------------------------------------------ 10 kinds

HEAD = ("monoscan", "version", "kind", "digest")
# A kind reads the whole certificate, raises Invalid at the first obligation that fails, and
# returns the step that it leaves open ("" when there is none).
KINDS: dict[str, Callable[[Node], str]] = {}


def kind(name: str) -> Callable[[Callable[[Node], str]], Callable[[Node], str]]:
    """Register the function that checks a kind of certificate."""

    def register(function: Callable[[Node], str]) -> Callable[[Node], str]:
        KINDS[name] = function
        return function

    return register


@kind("recognizer")
def check_recognizer(node: Node) -> str:
    """The network answers like the automaton on every word."""
    semantics = read_semantics(node.get("semantics"))
    unrolled = semantics.name == "cast-unrolled"
    keys = ["semantics", "lrnn", "automaton", "properties", "states", *["terms"] * unrolled]
    members = node.members(*keys, *HEAD)
    network, automaton = read_network(members[1]), read_automaton(members[2])
    properties = read_properties(members[3])
    layers = network.layers
    items = members[4].items(0, MAX_STATES)
    pairs = [read_pair(item, layers, len(automaton.table)) for item in items]
    lists = members[5].items(len(layers), len(layers)) if unrolled else []
    terms = [[layers[i].read_state(m) for m in listed.items()] for i, listed in enumerate(lists)]

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties, semantics)
    require_simulation(network, automaton, pairs, semantics)
    if unrolled:
        require_terms(network, terms, semantics.form)
        for index, (joint, _) in enumerate(pairs):
            ok = all(semantics.form.has(state.entries()) for state in joint)
            require(ok, f"states[{index}]: an entry is no value of the format")
    return ""


def read_pair(node: Node, layers: list[Layer], states: int) -> tuple[Joint, int]:
    """A joint state of the network, and a state of the automaton."""
    joint, number = node.members("layers", "automaton")
    state = number.integer()
    if not 0 <= state < states:
        number.fail("no such state of the automaton")
    return tuple(map(Layer.read_state, layers, joint.items(len(layers), len(layers)))), state


def require_simulation(
    network: Network, automaton: Automaton, pairs: list[tuple[Joint, int]], semantics: Semantics
) -> None:
    """The listed pairs are exactly the reachable ones, and the outputs agree at each of them."""
    number = {pair: index for index, pair in enumerate(pairs)}
    require(len(number) == len(pairs), "states: a pair is listed twice")
    start: tuple[Joint, int] = (network.initial(), 0)
    require(start in number, "states: the initial pair is not listed")
    seen: set[tuple[Joint, int]] = {start}
    queue: list[tuple[Joint, int]] = [start]
    moves: Moves = {}
    for joint, state in queue:
        where = f"states[{number[joint, state]}]"
        output = network.layers[-1].readout.output(joint[-1])
        expected = automaton.outputs[state]
        require(output == expected, f"{where}: output {output!r}, the automaton says {expected!r}")
        for letter, successor in zip(automaton.alphabet, automaton.table[state], strict=True):
            pair = (advance(network, joint, letter, semantics, moves), successor)
            require(pair in number, f"{where}: the successor under {letter!r} is not listed")
            if pair not in seen:
                seen.add(pair)
                queue.append(pair)
    unreached = next((index for pair, index in number.items() if pair not in seen), None)
    require(unreached is None, f"states[{unreached}]: this pair is not reachable")


def require_terms(network: Network, terms: list[list[Matrix]], form: Format) -> None:
    """Each list holds the layer's terms, all of them values, and every A maps it into itself."""
    for index, (layer, listed) in enumerate(zip(network.layers, terms, strict=True)):
        where = f"terms[{index}]"
        known = set(listed)
        require(len(known) == len(listed), f"{where}: a term is listed twice")
        require(layer.initial in known, f"{where}: `initial` is not listed")
        for case in layer.cases.values():
            require(case.b in known, f"{where}: the B {case.b} is not listed")
        for term in listed:
            require(form.has(term.entries()), f"{where}: {term} has an entry that is no value")
            for case in layer.cases.values():
                image = multiply(case.a.matrix, term)
                require(image in known, f"{where}: not closed, {image} is missing")


@kind("counterexample")
def check_counterexample(node: Node) -> str:
    """The network fails on one of these words."""
    keys = ("semantics", "lrnn", "automaton", "properties")
    lists = ("words", "observations", "outputs", "expected")
    members = node.members(*keys, *lists, *HEAD)
    semantics, network = read_semantics(members[0]), read_network(members[1])
    automaton, properties = read_automaton(members[2]), read_properties(members[3])
    words = [item.letters(network.alphabet) for item in members[4].items(1, 2)]
    layer, readout = network.layers[-1], network.layers[-1].readout
    listed = [member.items(len(words), len(words)) for member in members[5:8]]
    bits = readout.functionals
    seen = [read_bits(x, bits) if bits else layer.read_state(x) for x in listed[0]]
    outputs, expected = ([item.output() for item in part] for part in listed[1:])

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties, semantics)
    for i, word in enumerate(words):
        state = final_state(network, word, semantics)
        observation = readout.observe(state)
        require(observation == seen[i], f"observations[{i}]: found {observation}")
        output, wanted = readout.output(state), automaton.outputs[automaton.run(word)]
        require(output == outputs[i], f"outputs[{i}]: the network says {output!r}")
        require(wanted == expected[i], f"expected[{i}]: the automaton says {wanted!r}")
    if len(words) == 1:
        require(outputs != expected, "words: the network is right on this word")
    else:
        require(seen[0] == seen[1], "observations: the two words are told apart")
        require(expected[0] != expected[1], "expected: the language does not separate the words")
    return ""


class Evidence(NamedTuple):
    """What a witness has shown; what a type of witness does not have is empty."""

    length: int = 0  # of a cycle of states
    letters: int = 0  # of the word that makes the cycle, or that is repeated
    generators: tuple[Permutation, ...] = ()
    times: int = 0  # repetitions after which the states are not yet periodic
    surplus: tuple[int, ...] = ()  # how much more often each letter is in the first word
    settles: bool = False  # the first word is neutral once it has been read; there is no second
    idempotent: bool = False  # both words act like their squares


# A witness reads its object, raises Invalid unless it shows what its type says of the automaton.
WITNESSES: dict[str, Callable[[Node, Automaton], Evidence]] = {}


def witness(
    name: str,
) -> Callable[[Callable[[Node, Automaton], Evidence]], Callable[[Node, Automaton], Evidence]]:
    """Register the function that checks a type of witness."""

    def register(
        function: Callable[[Node, Automaton], Evidence],
    ) -> Callable[[Node, Automaton], Evidence]:
        WITNESSES[name] = function
        return function

    return register


@witness("unsettled")
def check_unsettled(node: Node, automaton: Automaton) -> Evidence:
    """The outputs along prefix word^n, the word a letter, are not eventually constant."""
    _, prefix_node, word_node = node.members("type", "prefix", "word")
    prefix = prefix_node.letters(automaton.alphabet)
    word = word_node.letters(automaton.alphabet, 1, 1)
    state, path = automaton.run(prefix), dict[int, Output]()
    letter = automaton.alphabet.index(word[0])
    while state not in path:
        path[state] = automaton.outputs[state]
        state = automaton.table[state][letter]
    cycle = list(path.values())[list(path).index(state) :]
    require(len(set(cycle)) > 1, "word: the outputs along prefix word^n are eventually constant")
    return Evidence()


@witness("cycle")
def check_cycle(node: Node, automaton: Automaton) -> Evidence:
    """The word takes each state to the next one, and the last to the first."""
    _, word_node, states_node = node.members("type", "word", "states")
    word = word_node.letters(automaton.alphabet)
    states = read_states(states_node, automaton, 2)
    require_cycle(automaton, word, states)
    return Evidence(length=len(states), letters=len(word))


def require_cycle(automaton: Automaton, word: Sequence[str], states: Sequence[int]) -> None:
    """The word takes each state to the next one, and the last to the first."""
    moved = automaton.move(word, states)
    require(moved == [*states[1:], states[0]], "word: does not move the states in this cycle")


@witness("same-length-cycle")
def check_same_length_cycle(node: Node, automaton: Automaton) -> Evidence:
    """Two words of one length: one moves the states in a cycle, the other fixes each of them."""
    _, word_node, identity_node, states_node = node.members("type", "word", "identity", "states")
    word = word_node.letters(automaton.alphabet)
    neutral = identity_node.letters(automaton.alphabet)
    states = read_states(states_node, automaton, 2)
    require(len(word) == len(neutral), "identity: the two words have different lengths")
    require(automaton.move(neutral, states) == states, "identity: does not fix the states")
    require_cycle(automaton, word, states)
    return Evidence(length=len(states), letters=len(word))


@witness("group")
def check_group(node: Node, automaton: Automaton) -> Evidence:
    """Each word permutes the states."""
    _, words_node, states_node = node.members("type", "words", "states")
    words = [item.letters(automaton.alphabet) for item in words_node.items(1)]
    states = read_states(states_node, automaton, 1)
    place = {state: i for i, state in enumerate(states)}
    generators: list[Permutation] = []
    for index, word in enumerate(words):
        moved = automaton.move(word, states)
        require(set(moved) == set(states), f"words[{index}]: does not permute the states")
        generators.append(tuple(place[state] for state in moved))
    return Evidence(generators=tuple(generators))


@witness("repeat")
def check_repeat(node: Node, automaton: Automaton) -> Evidence:
    """After the prefix, the letter twice leads elsewhere than the letter once."""
    _, prefix_node, letter_node = node.members("type", "prefix", "letter")
    prefix = prefix_node.letters(automaton.alphabet)
    letter = letter_node.choice(dict.fromkeys(automaton.alphabet))
    once = automaton.run([*prefix, letter])
    require(automaton.move([letter], [once]) != [once], "letter: twice leads where once leads")
    return Evidence()


@witness("same-length")
def check_same_length(node: Node, automaton: Automaton) -> Evidence:
    """Two words of one length and one last letter lead to different states."""
    first, second = (
        member.letters(automaton.alphabet, 1)
        for member in node.members("type", "first", "second")[1:]
    )
    require(len(first) == len(second), "second: the two words have different lengths")
    require(first[-1] == second[-1], "second: the two words have different last letters")
    different = automaton.run(first) != automaton.run(second)
    require(different, "second: the two words lead to the same state")
    return Evidence()


@witness("s5")
def check_s5(node: Node, automaton: Automaton) -> Evidence:
    """Two letters act on all states as (1 2 3 4 5) and (1 2) act in S5, up to isomorphism."""
    letters = [
        member.choice(dict.fromkeys(automaton.alphabet))
        for member in node.members("type", "five_cycle", "transposition")[1:]
    ]
    states = range(len(automaton.table))
    # The group of pairs (on the states, on five points) is the graph of an isomorphism if its
    # order and that of its first part are 120; the second part is all of S5.
    pairs: list[Permutation] = []
    for letter, points in zip(letters, ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4)), strict=True):
        moved = automaton.move([letter], states)
        require(set(moved) == set(states), f"the letter {letter!r} does not permute the states")
        pairs.append((*moved, *(len(states) + point for point in points)))
    joint = generated(len(pairs[0]), pairs)
    first = {pair[: len(states)] for pair in joint}
    require(len(joint) == len(first) == 120, "the two letters do not generate S5 in this way")
    return Evidence()


@witness("transient")
def check_transient(node: Node, automaton: Automaton) -> Evidence:
    """After the prefix and so many times the word, the word never leads back."""
    _, prefix_node, word_node, times_node = node.members("type", "prefix", "word", "times")
    prefix = prefix_node.letters(automaton.alphabet)
    word = word_node.letters(automaton.alphabet, 1)
    times = times_node.integer()
    if not 1 <= times <= MAX_STATES:
        times_node.fail(f"expected between 1 and {MAX_STATES}")
    path = [automaton.run(prefix)]
    seen = set(path)
    while (following := automaton.move(word, path[-1:])[0]) not in seen:
        path.append(following)
        seen.add(following)
    require(times < path.index(following), "times: the word leads back after so many repetitions")
    return Evidence(letters=len(word), times=times)


@witness("overwritten")
def check_overwritten(node: Node, automaton: Automaton) -> Evidence:
    """Two words lead apart although a word follows that has all their letters."""
    prefix, first, second, then_ = (
        member.letters(automaton.alphabet)
        for member in node.members("type", "prefix", "first", "second", "then")[1:]
    )
    missing = sorted({*first, *second} - {*then_})
    require(not missing, f"then: lacks the letters {missing[:5]}")
    start = automaton.run(prefix)
    one, other = (automaton.move([*word, *then_], [start]) for word in (first, second))
    require(one != other, "then: the two words lead to the same state")
    settles = automaton.move(first, [start]) == automaton.move([*first, *first], [start])
    more, fewer = Counter(first), Counter(second)
    surplus = tuple(more[letter] - fewer[letter] for letter in sorted({*then_}))
    return Evidence(surplus=surplus, settles=settles and not second)


@witness("left-equivalent")
def check_left_equivalent(node: Node, automaton: Automaton) -> Evidence:
    """`word` and `forth word` act differently, and `back forth word` acts as `word` does."""
    prefix, word, forth, back = (
        member.letters(automaton.alphabet)
        for member in node.members("type", "prefix", "word", "forth", "back")[1:]
    )
    states = range(len(automaton.table))
    alike = automaton.move([*back, *forth, *word], states) == automaton.move(word, states)
    require(alike, "back: back forth word does not act as word does")
    apart = automaton.run([*prefix, *forth, *word]) != automaton.run([*prefix, *word])
    require(apart, "forth: after the prefix, forth word leads where word leads")
    idempotent = all(
        automaton.move(2 * x, states) == automaton.move(x, states) for x in (word, [*forth, *word])
    )
    return Evidence(idempotent=idempotent)


def always(_evidence: Evidence, _depth: int | None) -> bool:
    """The witness alone is enough."""
    return True


def not_power_of_two(evidence: Evidence, depth: int | None) -> bool:
    """The length of the cycle divides 2^depth for no depth, or not for this one."""
    m = evidence.length
    return m & (m - 1) != 0 if depth is None else pow(2, depth, m) != 0


def of_order_three(evidence: Evidence, _depth: int | None) -> bool:
    """A single letter makes a cycle of three or more states."""
    return evidence.letters == 1 and evidence.length >= 3


def of_one_letter(evidence: Evidence, _depth: int | None) -> bool:
    """The word that is repeated is a single letter."""
    return evidence.letters == 1


def late_for_nonnegative(evidence: Evidence, depth: int | None) -> bool:
    """Not yet periodic after as many repetitions as there are layers."""
    return depth is not None and evidence.times >= depth


def late_for_real(evidence: Evidence, depth: int | None) -> bool:
    """Not yet periodic after 2^depth - 1 repetitions."""
    return depth is not None and evidence.times >= 2**depth - 1


def even_surplus(evidence: Evidence, _depth: int | None) -> bool:
    """Each letter occurs as often in the one word as in the other, modulo 2."""
    return not any(x % 2 for x in evidence.surplus)


def are_idempotent(evidence: Evidence, _depth: int | None) -> bool:
    """Both words act like their squares."""
    return evidence.idempotent


def no_surplus(evidence: Evidence, _depth: int | None) -> bool:
    """Each letter occurs as often in the one word as in the other, or may be taken to do so."""
    return evidence.settles or not any(evidence.surplus)


def longer_series(squares: bool) -> Callable[[Evidence, int | None], bool]:
    """The series of the group has more steps than the depth, or does not end."""

    def holds(evidence: Evidence, depth: int | None) -> bool:
        steps = series_length(evidence.generators, squares)
        return steps is None or (depth is not None and steps > depth)

    return holds


class Lemma(NamedTuple):
    """What a lemma is about, and what its witness has to show at a depth (None: any depth)."""

    semantics: Collection[str]
    classes: Collection[str]
    witness: str
    needs: Callable[[Evidence, int | None], bool] = always
    only_depth_1: bool = False


PSD = (
    "diagonal-nonnegative",
    "householder-nonnegative",
    "gated-householder-nonnegative",
    "diagonal-householder-nonnegative",
)
PSD_PRODUCTS = [
    f"{gated}householder-product-{n}-nonnegative" for n in range(2, 65) for gated in ("", "gated-")
]
REAL = ("diagonal-nonnegative", "diagonal-real", "triangular-real")
COMPLEX = (*REAL, "time-invariant-diagonal", "mixed-diagonal")
ONE_FACTOR = ("householder-nonnegative", "householder", "gated-householder-nonnegative")
ONE_PAIR = [f"{gated}householder-product-{n}" for gated in ("", "gated-") for n in (2, 3)]
DIAGONAL = (*REAL[:2], "time-invariant-diagonal", "mixed-diagonal", "diagonal-complex")
OPEN = ("diagonal-open", "diagonal-real-open", "diagonal-complex-open", "householder-open")
CONTRACTIONS = [
    *(*DIAGONAL, *ONE_FACTOR, "gated-householder"),
    *(f"{gated}householder-product-{n}" for gated in ("", "gated-") for n in range(2, 65)),
    *(*PSD_PRODUCTS, "diagonal-householder", "diagonal-householder-nonnegative"),
]
EXACT = ("exact",)
LEMMAS = {
    "sign-lemma": Lemma(("exact", "cast-unrolled"), ("spectrum-nonnegative",), "unsettled"),
    "monotone-rounding": Lemma(("op-round",), ("diagonal-nonnegative",), "unsettled"),
    "psd-lemma": Lemma(("seq-round",), ("symmetric-spectrum-in-0-1",), "unsettled"),
    "monotone-rounding-aperiodic": Lemma(
        ("op-round", "seq-round"), ("diagonal-nonnegative",), "cycle"
    ),
    "signed-rounding-two-groups": Lemma(
        ("op-round", "seq-round"), REAL[:2], "cycle", not_power_of_two
    ),
    "psd-products-aperiodic": Lemma(EXACT, (*PSD, *PSD_PRODUCTS), "cycle"),
    "idempotent-letters": Lemma(EXACT, (*PSD, *PSD_PRODUCTS[:2], *OPEN), "repeat"),
    "real-spectrum-two-groups": Lemma(EXACT, REAL, "cycle", not_power_of_two),
    "elementary-two-series": Lemma(EXACT, REAL, "group", longer_series(squares=True)),
    "diagonal-derived-length": Lemma(
        EXACT,
        (*COMPLEX, "diagonal-complex", "triangular-complex"),
        "group",
        longer_series(squares=False),
    ),
    "time-invariant-length-only": Lemma(EXACT, ("time-invariant-diagonal",), "same-length"),
    "mixed-quasi-aperiodic": Lemma(
        EXACT, ("mixed-diagonal", "time-invariant-diagonal"), "same-length-cycle"
    ),
    "one-reflection-order-two": Lemma(
        EXACT, (*ONE_FACTOR, "gated-householder"), "cycle", of_order_three, only_depth_1=True
    ),
    "s5-four-householders": Lemma(
        EXACT,
        (*ONE_FACTOR, "gated-householder", *ONE_PAIR, "diagonal-householder"),
        "s5",
        only_depth_1=True,
    ),
    "open-range-no-groups": Lemma(EXACT, OPEN, "cycle"),
    "time-invariant-transient": Lemma(
        EXACT, ("time-invariant-diagonal",), "transient", of_one_letter
    ),
    "one-layer-letter-index": Lemma(
        EXACT,
        (*DIAGONAL, *ONE_FACTOR, "gated-householder"),
        "transient",
        of_one_letter,
        only_depth_1=True,
    ),
    "nonnegative-word-index": Lemma(EXACT, REAL[:1], "transient", late_for_nonnegative),
    "real-word-index": Lemma(EXACT, REAL[:2], "transient", late_for_real),
    "one-layer-right-regular-band": Lemma(EXACT, REAL[:1], "overwritten", only_depth_1=True),
    "one-layer-diagonal-real": Lemma(
        EXACT, REAL[:2], "overwritten", even_surplus, only_depth_1=True
    ),
    "one-layer-diagonal-complex": Lemma(
        EXACT, DIAGONAL, "overwritten", no_surplus, only_depth_1=True
    ),
    "one-layer-contractions": Lemma(
        EXACT, CONTRACTIONS, "left-equivalent", are_idempotent, only_depth_1=True
    ),
    "one-layer-l-trivial": Lemma(
        EXACT, (*PSD, *PSD_PRODUCTS, *OPEN), "left-equivalent", only_depth_1=True
    ),
}


def read_depth(node: Node) -> int | None:
    """A number of layers; None for `any`."""
    depth = None if node.string() == "any" else node.integer()
    if depth is not None and not 1 <= depth <= 1_000:
        node.fail("a depth is `any` or an integer between 1 and 1000")
    return depth


@kind("obstruction")
def check_obstruction(node: Node) -> str:
    """The automaton does what a lemma forbids to every network of a class."""
    keys = ("semantics-name", "class", "depth", "lemma", "automaton", "witness")
    members = node.members(*keys, *HEAD)
    semantics, class_name = members[0].string(), members[1].string()
    depth, name = read_depth(members[2]), members[3].string()
    automaton, witness_node = read_automaton(members[4]), members[5]
    witness_type = witness_node.get("type").choice(WITNESSES)
    evidence = WITNESSES[witness_type](witness_node, automaton)

    require(automaton.is_minimal(), "automaton: not minimal, two states answer alike for ever")
    lemma = LEMMAS.get(name)
    if lemma is None:
        raise Invalid(f"lemma: no such lemma, expected one of {', '.join(LEMMAS)}")
    about = semantics in lemma.semantics and class_name in lemma.classes
    require(about, "lemma: no such lemma for this semantics-name and class")
    require(depth == 1 or not lemma.only_depth_1, "depth: the lemma is about one layer only")
    require(witness_type == lemma.witness, f"witness: the lemma needs the type {lemma.witness}")
    require(lemma.needs(evidence, depth), "witness: does not show what the lemma needs")
    where = f"semantics {semantics}, class {class_name}, depth {'any' if depth is None else depth}"
    return f"the lemma {name!r} ({where}) is not proved here"


@witness("isolating")
def check_isolating(node: Node, automaton: Automaton) -> Evidence:
    """For each state but at most one, a word takes it to one state and all others to another."""
    words_node = node.members("type", "words")[1]
    n = len(automaton.table)
    isolated: set[int] = set()
    for index, item in enumerate(words_node.items(1, MAX_STATES)):
        state_node, word_node = item.members("state", "word")
        state = read_state(state_node, automaton)
        images = automaton.move(word_node.letters(automaton.alphabet), range(n))
        others = {images[other] for other in range(n) if other != state}
        alone = len(others) == 1 and images[state] not in others
        require(alone, f"words[{index}]: does not take this state to one and the others to another")
        isolated.add(state)
    require(len(isolated) >= n - 1, "words: more than one state is left out")
    return Evidence()


# What a witness proves of the syntactic monoid, without any lemma about networks.
FACTS: dict[str, tuple[str, Callable[[Evidence, int | None], bool]]] = {
    "not-aperiodic": ("cycle", always),
    "not-two-groups": ("cycle", not_power_of_two),
    "not-quasi-aperiodic": ("same-length-cycle", always),
    "not-solvable": ("group", longer_series(squares=False)),
    "not-idempotent-letters": ("repeat", always),
    "isolated-states": ("isolating", always),
}


@kind("monoid")
def check_monoid(node: Node) -> str:
    """The syntactic monoid of the language has a property."""
    automaton_node, property_node, evidence_node = node.members(
        "automaton", "property", "evidence", *HEAD
    )[:3]
    automaton = read_automaton(automaton_node)
    name = property_node.choice(("aperiodic", *FACTS))
    if name == "aperiodic":
        cascade = read_cascade(evidence_node, automaton)
        require_reset_only(cascade)
        require_covering(cascade, automaton)
    else:
        wanted, needs = FACTS[name]
        evidence_node.get("type").choice((wanted,))
        evidence = WITNESSES[wanted](evidence_node, automaton)
        require(needs(evidence, None), f"evidence: does not show the property {name}")
    require(automaton.is_minimal(), "automaton: not minimal, two states answer alike for ever")
    return ""


Coordinates = tuple[int, ...]


class Cascade(NamedTuple):
    """Levels that move at the same time; each sees the letter and the OLD states above it.

    A level maps the states above it to one action a letter: the images of its own states.
    """

    initial: Coordinates
    levels: list[dict[Coordinates, list[Coordinates]]]
    covering: dict[Coordinates, int]


def read_cascade(node: Node, automaton: Automaton) -> Cascade:
    """A cascade, and the state of the automaton that each of its coordinates covers."""
    _, initial_node, levels_node, covering_node = node.members(
        "type", "initial", "levels", "covering"
    )
    node.get("type").choice(("cascade",))
    sizes: list[int] = []
    levels: list[dict[Coordinates, list[Coordinates]]] = []
    for item in levels_node.items(0, MAX_STATES):
        size_node, rows_node = item.members("states", "actions")
        size, above = size_node.integer(), tuple(sizes)
        if not 1 <= size <= MAX_STATES:
            size_node.fail(f"expected between 1 and {MAX_STATES} states")
        level: dict[Coordinates, list[Coordinates]] = {}
        for row in rows_node.items():
            on, maps = row.members("above", "maps")
            letters = maps.items(len(automaton.alphabet), len(automaton.alphabet))
            level[read_coordinates(on, above)] = [
                read_coordinates(m, [size] * size) for m in letters
            ]
        if len(level) < len(rows_node.items()):
            rows_node.fail("two entries for the same states above")
        sizes.append(size)
        levels.append(level)
    covering: dict[Coordinates, int] = {}
    for item in covering_node.items(0, MAX_STATES):
        key, state = item.members("coordinates", "state")
        covering[read_coordinates(key, sizes)] = read_state(state, automaton)
    if len(covering) < len(covering_node.items()):
        covering_node.fail("two entries for the same coordinates")
    return Cascade(read_coordinates(initial_node, sizes), levels, covering)


def read_coordinates(node: Node, sizes: Sequence[int]) -> Coordinates:
    """One number below each size."""
    numbers = tuple(item.integer() for item in node.items(len(sizes), len(sizes)))
    if not all(0 <= number < size for number, size in zip(numbers, sizes, strict=True)):
        node.fail(f"{list(numbers)[:8]}: a number is negative or too large")
    return numbers


def require_reset_only(cascade: Cascade) -> None:
    """Every action is the identity or a constant."""
    for depth, level in enumerate(cascade.levels):
        for row in level.values():
            for action in row:
                ok = len(set(action)) == 1 or action == tuple(range(len(action)))
                where = f"evidence.levels[{depth}]"
                require(ok, f"{where}: the action {list(action)[:8]} is no identity, no constant")


def require_covering(cascade: Cascade, automaton: Automaton) -> None:
    """The reachable coordinates are exactly the listed ones, and they follow the automaton."""
    start, covering = cascade.initial, cascade.covering
    require(covering.get(start) == 0, "evidence.initial: these coordinates do not cover state 0")
    seen, queue = {start}, [start]
    for at in queue:
        WORK.spend(1_000 * (len(at) + 1) * (len(at) + len(automaton.alphabet)))
        rows = []
        for depth, level in enumerate(cascade.levels):
            where = f"evidence.levels[{depth}]"
            require(at[:depth] in level, f"{where}: no actions below the states {list(at[:depth])}")
            rows.append(level[at[:depth]])
        for letter, target in enumerate(automaton.table[covering[at]]):
            moved = tuple(row[letter][state] for row, state in zip(rows, at, strict=True))
            said = covering.get(moved)
            where = f"evidence.covering: {list(moved)}, after {list(at)}"
            require(said == target, f"{where}, must cover state {target}")
            if moved not in seen:
                seen.add(moved)
                queue.append(moved)
    require(seen == covering.keys(), "evidence.covering: coordinates that are not reachable")
    for depth, level in enumerate(cascade.levels):
        reached = {at[:depth] for at in seen}
        require(reached == level.keys(), f"evidence.levels[{depth}]: actions that are not reached")


@kind("exhaustive")
def check_exhaustive(node: Node) -> str:
    """The largest periods of all scalar maps of a format."""
    counts = ("values", "triples", "nonnegative-max-period", "signed-max-period")
    members = node.members("format", *counts, *HEAD)
    form = read_format(members[0])
    if form.wraps:
        members[0].fail("overflow must be saturate")
    claimed = [member.integer() for member in members[1:5]]
    values = form.values(256)
    for name, said, found in zip(counts, claimed, scalar_maps(form, values), strict=True):
        require(said == found, f"{name}: found {found}")
    return ""


def scalar_maps(form: Format, values: list[Fraction]) -> tuple[int, int, int, int]:
    """Values, triples, and the largest periods of h -> r(r(a h) + b) for a >= 0 and for all a."""
    maps = map_tables(form, values)
    best = {negative: max(map(longest_period, maps[negative]), default=0) for negative in maps}
    return len(values), len(values) ** 3, best[False], max(best.values())


def map_tables(form: Format, values: list[Fraction]) -> dict[bool, set[bytes]]:
    """All maps h -> r(r(a h) + b), those with a >= 0 under False and those with a < 0 under True.

    A map of value numbers is a table of 256 bytes, so that `translate` composes two maps.
    """
    scale = lcm(*(value.denominator for value in values))
    integers = [int(value * scale) for value in values]
    position = {value: index for index, value in enumerate(values)}
    rounded: dict[int, int] = {}  # x * scale^2 -> number of the value r(x)

    def table(numbers: Iterable[int]) -> bytes:
        found = []
        for x in numbers:
            if x not in rounded:
                rounded[x] = position[form.round(Fraction(x, scale * scale))]
            found.append(rounded[x])
        return bytes([*found, *range(len(found), 256)])  # the rest: fixed points, period 1

    sums = {table((h + b) * scale for h in integers) for b in integers}
    maps = {}
    for negative in (False, True):
        products = {table(a * h for h in integers) for a in integers if (a < 0) == negative}
        maps[negative] = {product.translate(after) for product in products for after in sums}
    return maps


def longest_period(f: bytes) -> int:
    """The length of the longest cycle of a map of 256 points."""
    settled = f
    for _ in range(8):  # after 256 steps everything lies on a cycle, and earlier if g(g(x)) = g(x)
        further = settled.translate(settled)
        if further == settled:
            break
        settled = further
    once = settled.translate(f)
    if once == settled:
        return 1
    if once.translate(f) == settled:
        return 2
    left, longest = set(settled), 1
    while left:
        start = point = left.pop()
        length = 1
        while (point := f[point]) != start:
            left.discard(point)
            length += 1
        longest = max(longest, length)
    return longest


@kind("exhaustive-monoid")
def check_exhaustive_monoid(node: Node) -> str:
    """All compositions of the scalar maps of a format, their periods and the largest subgroup."""
    counts = ("values", "maps", "elements", "largest-subgroup")
    members = node.members("format", "factors", *counts, "periods", *HEAD)
    form = read_format(members[0])
    negative = members[1].choice(("nonnegative", "any")) == "any"
    claimed = [member.integer() for member in members[2:6]]
    periods = [item.integer() for item in members[6].items(1, MAX_SIDE)]
    values = form.values(MAX_SIDE)
    tables = map_tables(form, values)
    maps = tables[False] | tables[True] if negative else tables[False]
    elements = compositions(maps)
    orders: dict[bytes, int] = {}
    seen: set[int] = set()
    for period, idempotent, is_in_group in map(power_of, elements):
        seen.add(period)
        orders[idempotent] = orders.get(idempotent, 0) + is_in_group
    require(periods == sorted(seen), f"periods: found {sorted(seen)}")
    found = (len(values), len(maps), len(elements), max(orders.values()))
    for name, said, number in zip(counts, claimed, found, strict=True):
        require(said == number, f"{name}: found {number}")
    return ""


def compositions(maps: set[bytes]) -> set[bytes]:
    """All compositions of one or more of the maps; too many are `malformed`."""
    found = set(maps)
    queue = sorted(maps)
    for first in queue:
        WORK.spend(400 * len(maps))
        for following in {first.translate(g) for g in maps} - found:
            if len(found) == MAX_GROUP:
                raise Malformed(f"over limit: more than {MAX_GROUP} compositions")
            found.add(following)
            queue.append(following)
    return found


def power_of(f: bytes) -> tuple[int, bytes, bool]:
    """The period of the powers of f, the idempotent among them, and whether f is in its group."""
    high = f
    for _ in range(8):  # f^256, which is on the cycle of the powers
        high = high.translate(high)
    power, period = high.translate(f), 1
    while power != high:
        WORK.spend(400)
        power, period = power.translate(f), period + 1
    idempotent = high
    for _ in range(period - 1):
        idempotent = idempotent.translate(high)
    return period, idempotent, idempotent.translate(f) == f


Pair = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]  # x -> a x + b, entry by entry


class Scan(NamedTuple):
    """A diagonal layer whose steps are combined pair by pair, along some tree, with rounding."""

    form: Format
    automaton: Automaton
    initial: tuple[Fraction, ...]
    steps: dict[str, Pair]
    outputs: dict[tuple[Fraction, ...], Output]

    def combine(self, first: Pair, second: Pair) -> Pair:
        """The pair of a word whose two parts have these pairs."""
        r = self.form.round
        (a, b), (c, d) = first, second
        factor = tuple([r(z * x) for x, z in zip(a, c, strict=True)])
        return factor, tuple([r(r(z * x) + y) for x, z, y in zip(b, c, d, strict=True)])

    def output(self, pair: Pair) -> Output:
        """What the layer answers to a word with this pair; a state without answer is `invalid`."""
        r = self.form.round
        entries = zip(pair[0], self.initial, pair[1], strict=True)
        state = tuple([r(r(a * h) + b) for a, h, b in entries])
        require(state in self.outputs, f"readout: no output for {[str(x) for x in state]}")
        return self.outputs[state]


def read_scan(nodes: Sequence[Node]) -> Scan:
    """Format, automaton, initial state, steps and read-out."""
    form, automaton = read_format(nodes[0]), read_automaton(nodes[1])
    initial = nodes[2].vector()
    letters = automaton.alphabet
    steps: dict[str, Pair] = {}
    for letter, item in zip(letters, nodes[3].items(len(letters), len(letters)), strict=True):
        a, b = item.members("a", "b")
        steps[letter] = (a.vector(len(initial)), b.vector(len(initial)))
    outputs: dict[tuple[Fraction, ...], Output] = {}
    for item in nodes[4].items():
        state, output = item.members("state", "output")
        key = state.vector(len(initial))
        if key in outputs:
            item.fail("this state is listed twice")
        outputs[key] = output.output()
    for factor, summand in [*steps.values(), (initial, initial)]:
        ok = form.has([*factor, *summand])
        require(ok, "an entry of initial or steps is no value of the format")
    return Scan(form, automaton, initial, steps, outputs)


SCAN = ("format", "automaton", "initial", "steps", "readout")


@kind("scan-recognizer")
def check_scan_recognizer(node: Node) -> str:
    """Along every tree over every word the layer answers like the automaton."""
    scan = read_scan(node.members(*SCAN, *HEAD)[:5])
    automaton, states = scan.automaton, range(len(scan.automaton.table))
    require(scan.initial in scan.outputs, "readout: no output for `initial`")
    require(scan.outputs[scan.initial] == automaton.outputs[0], "the empty word: wrong output")
    queue: list[tuple[Pair, Permutation]] = []
    found: set[tuple[Pair, Permutation]] = set()

    def add(pair: Pair, action: Permutation) -> None:
        if (pair, action) not in found:
            require(scan.output(pair) == automaton.outputs[action[0]], f"{pair[0]}: wrong output")
            if len(found) == MAX_SCAN:
                raise Malformed(f"over limit: more than {MAX_SCAN} pairs")
            found.add((pair, action))
            queue.append((pair, action))

    for letter, pair in scan.steps.items():
        add(pair, tuple(automaton.move([letter], states)))
    for index, (pair, action) in enumerate(queue):
        for other, after in queue[: index + 1]:  # each two meet when the later one has its turn
            add(scan.combine(pair, other), then(action, after))
            add(scan.combine(other, pair), then(after, action))
    return ""


@kind("scan-counterexample")
def check_scan_counterexample(node: Node) -> str:
    """Along this tree the layer does not answer like the automaton."""
    members = node.members(*SCAN, "tree", "output", "expected", *HEAD)
    scan, tree = read_scan(members[:5]), members[5]
    letters: list[str] = []

    def pair_of(part: Node) -> Pair:
        if isinstance(part.value, str):
            letters.append(part.choice(scan.steps))
            return scan.steps[letters[-1]]
        left, right = part.items(2, 2)
        first = pair_of(left)
        return scan.combine(first, pair_of(right))

    output = scan.output(pair_of(tree))
    expected = scan.automaton.outputs[scan.automaton.run(letters)]
    require(output == members[6].output(), f"output: the layer says {output!r}")
    require(expected == members[7].output(), f"expected: the automaton says {expected!r}")
    require(output != expected, "tree: the layer is right along this tree")
    return ""


@kind("matrix-fact")
def check_matrix_fact(node: Node) -> str:
    """Each listed fact is true of one square matrix."""
    optional = [key for key in ("field",) if node.has(key)]
    matrix_node, facts_node = node.members("matrix", "facts", *HEAD, *optional)[:2]
    field = read_field(node.get("field")) if optional else RATIONALS
    rows = matrix_node.matrix(None, field)
    if len(rows.rows) != len(rows.rows[0]) * field.degree:
        matrix_node.fail("expected a square matrix")
    a = Transition("dense", field, lift(field, rows), ())
    for holds in [read_fact(item, a) for item in facts_node.items(1, MAX_FACTS)]:
        holds()
    return ""


def read_fact(node: Node, a: Transition) -> Callable[[], None]:
    """One fact, read to its end; calling the result compares it with the matrix."""
    name = node.get("fact").choice(MATRIX_FACTS)
    fact = MATRIX_FACTS[name]
    if a.field.degree > 1 and not fact.over_fields:
        node.fail(f"{name} is a fact about matrices without a field")
    members = zip(fact.keys, node.members(*fact.keys, "fact"), strict=False)
    arguments = [FACT_MEMBERS[key](member, a) for key, member in members]
    return lambda: require(fact.test(a, *arguments), f"{node.path}: {name} does not hold")


def read_factors(node: Node, a: Transition) -> list[Transition]:
    """The factors of a product, none for the identity."""
    kinds, n = ("diagonal", "dense", *RANK_ONE), len(a.rows_and_columns())
    return [read_transition(item, kinds, n, a.field) for item in node.items(0, 4 * MAX_SIDE)]


def is_product(a: Transition, factors: list[Transition], among: str) -> bool:
    """F1 F2 ... Fm = a, with every b of the factors in the named range."""
    product = identity(len(a.matrix.rows))
    for factor in factors:
        product = multiply(product, factor.matrix)
    return product == a.matrix and (among == "any" or all(map(PROPERTIES[among], factors)))


def has_gap_rank(a: Transition, rank: int) -> bool:
    """Whether rank(I - a) is this number; lifting multiplies ranks by the degree."""
    gap = combine(identity(len(a.matrix.rows)), a.matrix, -1)
    return matrix_rank(gap) == rank * a.field.degree


def is_orthogonal(a: Transition) -> bool:
    """Whether all entries are real and a^T a = I."""
    n, f = a.rows_and_columns(), a.field.degree
    if not all(a.field.is_real(a.entry(i, j)) for i in n for j in n):
        return False
    blocks = [[row[j * f : j * f + f] for j in n] for row in a.matrix.rows]
    flipped = ([x for i in n for x in blocks[i * f + r][j]] for j in n for r in range(f))
    return multiply(reduced(flipped, a.matrix.den), a.matrix) == identity(len(a.matrix.rows))


def matrix_rank(a: Matrix) -> int:
    """The rank, by elimination without fractions (Bareiss)."""
    rows, last, found = [list(row) for row in a.rows], 1, 0
    while rows and rows[0]:
        head = next((row for row in rows if row[0]), None)
        if head is None:
            rows = [row[1:] for row in rows]
            continue
        rows.remove(head)
        size = size_of(entry for row in [head, *rows] for entry in row)
        WORK.spend((len(rows) + 1) * len(head) * (200 + 3 * size * size))
        rows = [
            [(head[0] * x - row[0] * y) // last for x, y in zip(row[1:], head[1:], strict=True)]
            for row in rows
        ]
        last, found = head[0], found + 1
    return found


def grows(a: Transition, x: Matrix) -> bool:
    """Whether a makes the vector x longer."""
    image = multiply(a.matrix, x)
    before, after = multiply(transpose(x), x), multiply(transpose(image), image)
    return combine(after, before, -1).rows[0][0] > 0


def is_eigenvector(a: Transition, value: Matrix, x: Matrix) -> bool:
    """Whether a x = value x, with x != 0."""
    scaled = multiply(lift(a.field, x), value)
    return any(entry for (entry,) in x.rows) and multiply(a.matrix, x) == scaled


def is_still_on_circle(a: Matrix) -> bool:
    """Whether the norm is at most 1, and 1 is the only eigenvalue of modulus 1 (if any is).

    Let D = I - a^T a. The x whose length no power of a changes are those with D a^k x = 0 for
    0 <= k < n. There a is orthogonal; it is I there exactly if these equations imply a x = x.
    """
    n = len(a.rows)
    if not is_contraction(a):
        return False
    rows = list(combine(identity(n), multiply(transpose(a), a), -1).rows)
    power = identity(n)
    gap = reduced(rows, 1)
    for _ in range(n - 1):
        power = multiply(power, reduced(a.rows, 1))
        rows.extend(multiply(gap, power).rows)
    further = [*rows, *combine(a, identity(n), -1).rows]
    return matrix_rank(reduced(rows, 1)) == matrix_rank(reduced(further, 1))


def characteristic_polynomial(a: Matrix) -> list[int]:
    """The coefficients of det(x I - a), highest first, for a matrix of integers."""
    n = len(a.rows)
    coefficients, power = [1], reduced([[0] * n] * n, 1)
    for k in range(1, n + 1):
        power = multiply(a, combine(power, identity(n), coefficients[-1]))
        coefficients.append(-sum(power.rows[i][i] for i in range(n)) // k)
    return coefficients


def signature(a: Matrix) -> int:
    """Positive minus negative eigenvalues of a symmetric matrix of integers.

    All roots are real, so that Descartes' rule of signs counts the positive ones exactly.
    """
    coefficients = characteristic_polynomial(a)
    mirrored = [-c if i % 2 else c for i, c in enumerate(coefficients)]
    return sign_changes(coefficients) - sign_changes(mirrored)


def sign_changes(numbers: Iterable[int]) -> int:
    """How often the sign changes, zeros left out."""
    signs = [number > 0 for number in numbers if number]
    return sum(x != y for x, y in pairwise(signs))


def eigenvalues_above(a: Matrix, bound: Fraction) -> int:
    """The number of different real eigenvalues above a bound.

    For b = a - bound I, the form of section 4 has the signature r, the number of different real
    eigenvalues, and the form of x q(x)^2 the number of positive minus that of negative ones.
    """
    n = len(a.rows)
    b = reduced(combine(a, diagonal([bound] * n), -1).rows, 1)
    form, times_x = hermite_forms(b)
    zero = characteristic_polynomial(b)[-1] == 0
    return (signature(form) + signature(times_x) - zero) // 2


def has_real_eigenvalues(a: Transition, above: Fraction, most: Fraction, count: int) -> bool:
    """Whether so many different real eigenvalues are > above and <= most."""
    return eigenvalues_above(a.matrix, above) - eigenvalues_above(a.matrix, most) == count


class MatrixFact(NamedTuple):
    """What a fact names beside the matrix, and the test; most are about rational matrices only."""

    keys: tuple[str, ...]
    test: Callable[..., bool]
    over_fields: bool = False


SPECTRA = ("spectrum-real", "spectrum-nonnegative", "spectrum-in-0-1")
FACT_MEMBERS: dict[str, Callable[[Node, Transition], object]] = {
    "factors": read_factors,
    "range": lambda node, a: node.choice(("any", "factors-in-0-1", "factors-in-0-2")),
    "rank": lambda node, a: node.integer(),
    "vector": lambda node, a: node.column(a.field, len(a.rows_and_columns())),
    "value": lambda node, a: to_matrix([[c] for c in node.number(a.field)]),
    "property": lambda node, a: SPECTRA.index(node.choice(SPECTRA)),
    "above": lambda node, a: node.rational(),
    "most": lambda node, a: node.rational(),
    "count": lambda node, a: node.integer(),
}
MATRIX_FACTS = {
    "product": MatrixFact(("factors", "range"), is_product, over_fields=True),
    "rank-of-gap": MatrixFact(("rank",), has_gap_rank, over_fields=True),
    "orthogonal": MatrixFact((), is_orthogonal, over_fields=True),
    "eigenvector": MatrixFact(("value", "vector"), is_eigenvector, over_fields=True),
    "norm-at-most-one": MatrixFact((), lambda a: is_contraction(a.matrix)),
    "norm-above-one": MatrixFact(("vector",), grows),
    "real-eigenvalues": MatrixFact(("above", "most", "count"), has_real_eigenvalues),
    "spectrum": MatrixFact(("property",), lambda a, which: spectrum(a.matrix)[which]),
    "not-spectrum": MatrixFact(("property",), lambda a, which: not spectrum(a.matrix)[which]),
    "only-one-on-unit-circle": MatrixFact((), lambda a: is_still_on_circle(a.matrix)),
}


# Polynomials over Q in named variables: the exponents of the variables -> coefficient, none 0.
Polynomial = dict[tuple[int, ...], Fraction]
NAME = re.compile(r"[a-z][a-z0-9_]*")
OPERATORS = {"+": MAX_BYTES, "*": MAX_BYTES, "-": 3, "^": 3}  # entries of a list at most


def plus(p: Polynomial, q: Polynomial, factor: Fraction) -> Polynomial:
    """The polynomial p + factor q."""
    WORK.spend((len(p) + len(q)) * 2_000)
    result = dict(p)
    for powers, c in q.items():
        result[powers] = result.get(powers, Fraction(0)) + factor * c
    return collected(result)


def collected(p: Polynomial) -> Polynomial:
    """The polynomial without zero coefficients; too many terms are `malformed`."""
    if len(p) > MAX_TERMS:
        raise Malformed(f"over limit: a polynomial of more than {MAX_TERMS} terms")
    return {powers: c for powers, c in p.items() if c}


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """The polynomial p q."""
    if len(p) > len(q):
        p, q = q, p
    size = size_of(x for c in (*p.values(), *q.values()) for x in (c.numerator, c.denominator))
    WORK.spend(len(p) * len(q) * (4_000 + size * size))
    result: Polynomial = {}
    for first, c in p.items():
        for second, d in q.items():
            powers = tuple(map(sum, zip(first, second, strict=True)))
            result[powers] = result.get(powers, Fraction(0)) + c * d
        result = collected(result)
    return result


def read_polynomial(node: Node, variables: Sequence[str]) -> Polynomial:
    """A rational, a variable, or a list: +, *, - or ^ and what it is applied to."""
    none = (0,) * len(variables)
    if isinstance(node.value, list):
        operator = node.items(3)[0].choice(OPERATORS)
        _, left, *others = node.items(3, OPERATORS[operator])
        result = read_polynomial(left, variables)
        if operator == "^":
            return to_power(result, others[0], {none: Fraction(1)})
        for item in others:
            other = read_polynomial(item, variables)
            sign = Fraction(-1 if operator == "-" else 1)
            result = times(result, other) if operator == "*" else plus(result, other, sign)
        return result
    if node.string() in variables:
        return {tuple(int(name == node.value) for name in variables): Fraction(1)}
    if NAME.fullmatch(node.string()):
        node.fail(f"{node.string()[:80]!r} is not one of the variables")
    value = node.rational()
    return {none: value} if value else {}


def to_power(p: Polynomial, exponent_node: Node, one: Polynomial) -> Polynomial:
    """The polynomial p to a power."""
    exponent = exponent_node.integer()
    if not 0 <= exponent <= MAX_EXPONENT:
        exponent_node.fail(f"expected an exponent from 0 to {MAX_EXPONENT}")
    for _ in range(exponent):
        one = times(one, p)
    return one


@kind("identity")
def check_identity(node: Node) -> str:
    """Each step is a polynomial identity, or follows from one and from what is assumed."""
    optional = [key for key in ("lemma",) if node.has(key)]
    keys = ("variables", "zero", "nonnegative", "steps")
    names_node, zero, nonnegative, steps = node.members(*keys, *HEAD, *optional)[:4]
    names = [item.string() for item in names_node.items(0, MAX_SIDE)]
    if len(set(names)) < len(names) or not all(map(NAME.fullmatch, names)):
        names_node.fail("expected different names such as 'v1'")
    known = Known(
        names,
        [read_polynomial(item, names) for item in zero.items()],
        [read_polynomial(item, names) for item in nonnegative.items()],
    )
    lemma = node.get("lemma").string() if optional else ""
    if optional and not lemma:
        node.get("lemma").fail("expected the name of a lemma")
    for item in steps.items(1):
        STEPS[item.get("step").choice(STEPS)](item, known)
    return f"the lemma {lemma!r} is not proved here" if lemma else ""


class Known(NamedTuple):
    """The polynomials that are 0, and those that are >= 0; steps append what they have shown."""

    variables: list[str]
    zero: list[Polynomial]
    nonnegative: list[Polynomial]

    def combination(self, node: Node) -> Polynomial:
        """The sum of cofactors, each times a polynomial that is 0."""
        total: Polynomial = {}
        for item in node.items():
            which, cofactor = item.members("of", "times")
            index = which.integer()
            if not 0 <= index < len(self.zero):
                which.fail(f"no such polynomial among the {len(self.zero)} that are 0 so far")
            part = times(read_polynomial(cofactor, self.variables), self.zero[index])
            total = plus(total, part, Fraction(1))
        return total

    def weighted_squares(self, node: Node) -> Polynomial:
        """The sum of positive weights, each times polynomials >= 0 times the square of another."""
        total: Polynomial = {}
        for item in node.items():
            weight_node, which, root = item.members("weight", "of", "square")
            weight = weight_node.rational()
            if weight <= 0:
                weight_node.fail("expected a positive weight")
            part = read_polynomial(root, self.variables)
            part = times(part, part)
            for index_node in which.items():
                index = index_node.integer()
                if not 0 <= index < len(self.nonnegative):
                    index_node.fail("no such polynomial among those that are >= 0 so far")
                part = times(part, self.nonnegative[index])
            total = plus(total, part, weight)
        return total


def check_equal(node: Node, known: Known) -> None:
    """Two expressions of one polynomial."""
    left, right, _ = node.members("left", "right", "step")
    p = read_polynomial(left, known.variables)
    q = read_polynomial(right, known.variables)
    require(p == q, f"{node.path}: the two polynomials differ")


def check_zero(node: Node, known: Known) -> None:
    """A polynomial that is 0 where the assumed ones are: a combination of them."""
    polynomial, cofactors, _ = node.members("polynomial", "cofactors", "step")
    p = read_polynomial(polynomial, known.variables)
    require(p == known.combination(cofactors), f"{node.path}: is not this combination")
    known.zero.append(p)


def check_nonnegative(node: Node, known: Known) -> None:
    """A polynomial that is >= 0 where the assumed ones are: squares, plus a combination."""
    polynomial, squares, cofactors, _ = node.members("polynomial", "squares", "cofactors", "step")
    p = read_polynomial(polynomial, known.variables)
    q = plus(known.weighted_squares(squares), known.combination(cofactors), Fraction(1))
    require(p == q, f"{node.path}: is not this sum")
    known.nonnegative.append(p)


STEPS = {"equal": check_equal, "zero": check_zero, "nonnegative": check_nonnegative}


@kind("short-products")
def check_short_products(node: Node) -> str:
    """How many factors the matrices of a finite set need, for every matrix of the set."""
    keys = ("set", "range", "factors", "lengths")
    set_node, range_node, factors_node, lengths_node = node.members(*keys, *HEAD)[:4]
    among = set_node.choice(("permutations", "one-hot-columns"))
    ranges = ("any", "factors-in-0-2", "diagonal-plus-rank-one")
    name = range_node.choice(ranges)
    items = factors_node.items(1, 4 * MAX_SIDE)
    kinds = ("diagonal", "dense", *RANK_ONE)
    factors = [read_transition(items[0], kinds, None)]
    n = len(factors[0].matrix.rows)
    if n > MAX_POINTS:
        factors_node.fail(f"over limit: more than {MAX_POINTS} rows")
    factors += [read_transition(item, kinds, n) for item in items[1:]]
    lengths = [item.integer() for item in lengths_node.items(1)]
    for index, factor in enumerate(factors):
        inside = name == "any" or PROPERTIES[name](factor)
        require(inside, f"factors[{index}]: does not have the property {name}")
    maps = [images_of(factor.matrix, f"factors[{i}]") for i, factor in enumerate(factors)]
    bijective = all(len(set(images)) == n for images in maps)
    require(among == "one-hot-columns" or bijective, "factors: one of them is no permutation")
    found = lengths_of_maps(n, maps)
    require(found == lengths, f"lengths: found {found}")
    total = factorial(n) if among == "permutations" else n**n
    require(sum(found) == total, f"set: it has {total} matrices")
    return ""


def images_of(a: Matrix, place: str) -> Permutation:
    """The map f with a e_i = e_f(i), which need not be one-to-one."""
    columns = list(zip(*a.rows, strict=True))
    one_hot = all(sorted(column) == [0] * (len(a.rows) - 1) + [a.den] for column in columns)
    require(one_hot, f"{place}: some column is not 0 with a single 1")
    return tuple(column.index(a.den) for column in columns)


def lengths_of_maps(n: int, maps: Sequence[Permutation]) -> list[int]:
    """For k = 0, 1, ...: how many maps are compositions of k of the given ones, and of no fewer."""
    seen = {tuple(range(n))}
    newest, counts = list(seen), [1]
    while True:
        WORK.spend(len(newest) * len(maps) * 2_000)
        reached = {tuple(f[x] for x in g) for g in newest for f in maps} - seen
        if not reached:
            return counts
        seen |= reached
        newest = list(reached)
        counts.append(len(newest))


@kind("exhaustive-copy")
def check_exhaustive_copy(node: Node) -> str:
    """Every way to store every word of one length in a few states, and to read it back."""
    keys = ("letters", "length", "states", "encoders", "most-copied")
    letters, length, states, encoders, most = (
        item.integer() for item in node.members(*keys, *HEAD)[: len(keys)]
    )
    if min(letters, length, states) < 1 or max(letters, length, states) > MAX_SIDE:
        node.fail(f"letters, length and states are from 1 to {MAX_SIDE}")
    words = letters**length
    if states**words > MAX_STATES:
        node.fail(f"over limit: more than {MAX_STATES} encoders")
    WORK.spend(states**words * (2_000 + 400 * words * states))
    best = count = 0
    for code in words_over(range(states), repeat=words):
        # A decoder names one word for each state, right for at most one of the words stored there.
        choices = [[int(place == s) for place in code] for s in range(states)]
        best, count = max(best, sum(map(max, choices))), count + 1
    require(count == encoders, f"encoders: found {count}")
    require(best == most, f"most-copied: found {best}")
    return ""


# ------------------------------------------------------------------ 11 main

EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3, "malformed": 4, "internal-error": 70}
WORST_FIRST = (70, 4, 1, 3, 0)


class Result(NamedTuple):
    """A verdict and its reason."""

    verdict: str
    kind: str  # "-" when it could not be read
    reason: str


def check(data: bytes) -> Result:
    """The verdict on one certificate. Never raises, except for KeyboardInterrupt."""
    name = "-"
    WORK.left = MAX_WORK
    try:
        node = Node(read_json(data), "")
        node.get("monoscan").choice(("certificate",))
        node.get("version").choice(("1",))
        name = node.get("kind").choice(KINDS)
        check_digest(node)
        open_step = KINDS[name](node)
    except Malformed as error:
        return Result("malformed", name, str(error))
    except Invalid as error:
        return Result("invalid", name, str(error))
    except Exception as error:  # a crash must not look like a rejection
        return Result("internal-error", name, f"{type(error).__name__}: {error}")
    return Result("incomplete" if open_step else "valid", name, open_step)


def check_digest(node: Node) -> None:
    """Compare the digest with the canonical text."""
    said = node.get("digest")
    if not re.fullmatch("[0-9a-f]{64}", said.string()):
        said.fail("expected 64 hexadecimal digits in lower case")
    value = node.value if isinstance(node.value, dict) else {}
    body = {key: item for key, item in value.items() if key != "digest"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        node.fail("a string contains half of a surrogate pair")
    require(said.value == found, f"digest: found {found}, the certificate was edited")


def check_file(path: str) -> Result:
    """The verdict on one file."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return Result("malformed", "-", f"cannot read the file: {error}")
    return check(data)


def main(paths: Sequence[str]) -> int:
    """Check the files, print the verdicts, and return the exit code."""
    if not paths or paths[0] in ("-h", "--help"):
        print("usage: python -I check.py CERTIFICATE.json [MORE.json ...]", file=sys.stderr)
        return 2
    codes: set[int] = set()
    for path in paths:
        result = check_file(path)
        codes.add(EXIT_CODES[result.verdict])
        print(result.verdict, result.kind, path, sep="\t", flush=True)
        if result.reason:
            print(f"{path}: {result.reason[:600]}", file=sys.stderr, flush=True)
    return next(code for code in WORST_FIRST if code in codes)


def protected_main() -> int:
    """`main`, except that no failure can end in exit code 1, which means `invalid`."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        print(f"internal error: {type(error).__name__}: {error}", file=sys.stderr)
        return EXIT_CODES["internal-error"]


if __name__ == "__main__":
    sys.exit(protected_main())
