"""The independent checker of monoscan certificates: one file, standard library only.

    python -I check.py CERTIFICATE.json [MORE.json ...]

FORMAT.md beside this file is the grammar, with the meaning of each verdict and exit code. Sections:
1 limits and errors, 2 JSON, 3 matrices, 4 spectra, 5 number formats, 6 transitions, 7 networks,
8 automata, 9 properties, 10 kinds, 11 main. All arithmetic is exact: no float in this file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this file is copied to other machines)
    print("check.py needs Python 3.11 or later", file=sys.stderr)
    sys.exit(70)  # not 1, which would say `invalid`

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from io import TextIOWrapper
from math import gcd, lcm
from typing import NamedTuple, NoReturn

# ------------------------------------------------------------------ 1 limits and errors

MAX_BYTES = 16 * 2**20
MAX_DEPTH = 40
MAX_DIGITS = 2_000
MAX_SIDE = 64  # rows and columns of a matrix, entries of a vector
MAX_WORD = 100_000
MAX_STATES = 200_000
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


# ------------------------------------------------------------------ 2 JSON

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

    def vector(self, length: int | None = None) -> tuple[Fraction, ...]:
        """A vector, of this length if one is given."""
        entries = self.items(1, MAX_SIDE)
        if length and len(entries) != length:
            self.fail(f"{len(entries)} entries, expected {length}")
        return tuple(entry.rational() for entry in entries)

    def matrix(self, shape: tuple[int, int] | None = None) -> Matrix:
        """A matrix, of this shape if one is given."""
        rows = [row.vector() for row in self.items(1, MAX_SIDE)]
        if any(len(row) != len(rows[0]) for row in rows):
            self.fail("rows of different length")
        found = (len(rows), len(rows[0]))
        if shape and found != shape:
            self.fail(f"shape {found[0]} x {found[1]}, expected {shape[0]} x {shape[1]}")
        return to_matrix(rows)

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
    return diagonal([Fraction(1)] * n)


def transpose(a: Matrix) -> Matrix:
    """The transposed matrix."""
    return Matrix(tuple(zip(*a.rows, strict=True)), a.den, a.size)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """The product a b."""
    WORK.spend(len(a.rows) * len(b.rows) * len(b.rows[0]) * (100 + a.size * b.size))
    columns = list(zip(*b.rows, strict=True))
    rows = [[sum(x * y for x, y in zip(row, c, strict=True)) for c in columns] for row in a.rows]
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


# ------------------------------------------------------------------ 4 spectra

# With the power sums p_k = trace(N^k) = sum of m x^k over the eigenvalues x of N (multiplicity m),
# the matrix (p_(i+j)), 0 <= i, j < n, is the quadratic form q -> sum of m q(x)^2 on the real
# polynomials q of degree < n. It is positive semidefinite exactly if every x is real: given two
# conjugate x, choose q = i and -i there and q = 0 at the others, and the form is -2m (Hermite). If
# every x is real, choosing q = 1 at one x and 0 at the others shows that (p_(i+j+1)), the form
# q -> sum of m x q(x)^2, is so exactly if every x >= 0, and (c p_(i+j) - p_(i+j+1)) exactly if
# every x <= c.


@lru_cache(maxsize=64)
def spectrum(a: Matrix) -> tuple[bool, bool, bool]:
    """Whether all eigenvalues are real, real and >= 0, real and in [0, 1]."""
    n = len(a.rows)
    if a == transpose(a):
        below_one = combine(identity(n), a, -1)
        nonnegative = is_positive_semidefinite(a)
        return True, nonnegative, nonnegative and is_positive_semidefinite(below_one)
    integer = reduced(a.rows, 1)  # its eigenvalues are those of a, times a.den
    power, sums = identity(n), [n]
    for _ in range(2 * n - 1):
        power = multiply(power, integer)
        sums.append(sum(power.rows[i][i] for i in range(n)))
    form = reduced(([sums[i + j] for j in range(n)] for i in range(n)), 1)
    times_x = reduced(([sums[i + j + 1] for j in range(n)] for i in range(n)), 1)
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
    matrix: Matrix
    written: tuple[Fraction, ...]  # all its numbers; first the vector (entries, v or k)
    factors: tuple[Transition, ...] = ()

    def reflection(self) -> Fraction:
        """The b of a `householder` or `delta` I - b u u^T, u a unit vector."""
        *k, beta = self.written
        return beta if self.kind == "householder" else beta * dot(k, k)


def dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """The scalar product."""
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def read_transition(node: Node, kinds: Sequence[str], n: int) -> Transition:
    """An n x n transition of one of these kinds."""
    kind = node.get("kind").choice(kinds)
    if kind == "product":
        items = node.members("kind", "factors")[1].items(1)
        factors = tuple(read_transition(item, ("householder", "delta"), n) for item in items)
        matrix = factors[0].matrix
        for factor in factors[1:]:
            matrix = multiply(matrix, factor.matrix)
        written = tuple(number for factor in factors for number in factor.written)
        return Transition(kind, matrix, written, factors)
    if kind == "dense":
        matrix = node.members("kind", "rows")[1].matrix((n, n))
        return Transition(kind, matrix, tuple(matrix.entries()))
    if kind == "diagonal":
        entries = node.members("kind", "entries")[1].vector(n)
        return Transition(kind, diagonal(entries), entries)
    _, vector_node, beta_node = node.members("kind", "vk"[kind == "delta"], "beta")
    vector, beta = vector_node.vector(n), beta_node.rational()
    if kind == "householder" and not any(vector):
        vector_node.fail("v must not be zero")
    scale = beta / dot(vector, vector) if kind == "householder" else beta
    column = to_matrix([[x] for x in vector])
    outer = multiply(multiply(column, to_matrix([[scale]])), transpose(column))
    return Transition(kind, combine(identity(n), outer, -1), (*vector, beta))


def apply_rounded(a: Transition, x: list[Fraction], form: Format) -> list[Fraction]:
    """A x for one column x, every scalar operation rounded (`op-round`)."""
    if a.kind == "product":
        for factor in reversed(a.factors):
            x = apply_rounded(factor, x, form)
        return x
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
    """A layer; `cases` by the symbol that it reads."""

    initial: Matrix
    cases: dict[tuple[Output, ...], Case]
    readout: Readout


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
    initial_node, cases_node, readout_node = node.members("initial", "cases", "readout")
    initial = initial_node.matrix()
    kinds = ("diagonal", "householder", "delta", "product", "dense")
    letters = dict.fromkeys(alphabet)
    cases: dict[tuple[Output, ...], Case] = {}
    for item in cases_node.items():
        on, a, b = item.members("on", "A", "B")
        letter, *outputs = on.items(below + 1, below + 1)
        symbol = (letter.choice(letters), *(output.output() for output in outputs))
        if symbol in cases:
            on.fail("two cases for the same symbol")
        cases[symbol] = Case(read_transition(a, kinds, len(initial.rows)), b.matrix(initial.shape))
    missing = [letter for letter in alphabet if below == 0 and (letter,) not in cases]
    if missing:
        cases_node.fail(f"no case for the letter {missing[0]!r}")
    return Layer(initial, cases, read_readout(readout_node, initial.shape))


def read_readout(node: Node, shape: tuple[int, int]) -> Readout:
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
        key = read_observation(key_node, shape, len(functionals))
        if key in table:
            key_node.fail("listed twice")
        table[key] = output.output()
    return Readout(tuple(functionals), table)


def read_observation(node: Node, shape: tuple[int, int], functionals: int) -> Matrix | str:
    """A state, or (where there are functionals) a bit string."""
    if not functionals:
        return node.matrix(shape)
    bits = node.string()
    if len(bits) != functionals or set(bits) - {"0", "1"}:
        node.fail(f"{bits[:80]!r}, expected {functionals} of the characters 0 and 1")
    return bits


def require_admissible(network: Network, semantics: Semantics) -> None:
    """What `seq-round` and `op-round` ask of the numbers in the network."""
    if semantics.name not in ("seq-round", "op-round"):
        return
    form, said = semantics.form, "is no value of the format"
    for number, layer in enumerate(network.layers):
        where = f"lrnn.layers[{number}]"
        require(form.has(layer.initial.entries()), f"{where}.initial: an entry {said}")
        for index, case in enumerate(layer.cases.values() if semantics.name == "op-round" else ()):
            place = f"{where}.cases[{index}]"
            kinds = {case.a.kind, *(factor.kind for factor in case.a.factors)}
            require("householder" not in kinds, f"{place}.A: op-round allows no householder")
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


def case_of(layer: Layer, symbol: Sequence[Output]) -> Case:
    """The case for a symbol; none is `invalid`."""
    case = layer.cases.get(tuple(symbol))
    if case is None:
        raise Invalid(f"a layer has no case for the symbol {list(symbol)} that it reads")
    return case


def advance(network: Network, joint: Joint, letter: str, semantics: Semantics) -> Joint:
    """The joint state after one letter: every layer once, bottom up."""
    symbol: list[Output] = [letter]
    states: list[Matrix] = []
    for layer, state in zip(network.layers, joint, strict=True):
        if states:
            symbol.append(network.layers[len(states) - 1].readout.output(states[-1]))
        states.append(step(case_of(layer, symbol), state, semantics))
    return tuple(states)


def final_state(network: Network, word: Sequence[str], semantics: Semantics) -> Matrix:
    """The state of the last layer that is read out after a word."""
    if semantics.name == "cast-unrolled":
        return final_unrolled(network, word, semantics.form)
    joint = network.initial()
    for letter in word:
        joint = advance(network, joint, letter, semantics)
    return joint[-1]


def final_unrolled(network: Network, word: Sequence[str], form: Format) -> Matrix:
    """`final_state` under `cast-unrolled`, by its definition."""
    symbols: list[list[Output]] = [[letter] for letter in word]
    for layer in network.layers[:-1]:
        cases = [case_of(layer, symbol) for symbol in symbols]
        for symbol, state in zip(symbols, unrolled_states(layer, cases, form), strict=True):
            symbol.append(layer.readout.output(state))
    layer = network.layers[-1]
    product = identity(len(layer.initial.rows))  # A_t ... A_{i+1}, from i = t downwards
    total = reduced(([0] * len(row) for row in layer.initial.rows), 1)
    for case in (case_of(layer, symbol) for symbol in reversed(symbols)):
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

    def run(self, word: Iterable[str]) -> int:
        """The state after a word."""
        index = {letter: i for i, letter in enumerate(self.alphabet)}
        state = 0
        for letter in word:
            state = self.table[state][index[letter]]
        return state


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


# ------------------------------------------------------------------ 9 properties


def factors_at_most(a: Transition, most: int) -> bool:
    """Whether a is made of factors with 0 <= b <= most."""
    if a.kind not in ("householder", "delta", "product"):
        return False
    return all(0 <= factor.reflection() <= most for factor in a.factors or (a,))


def is_diagonal(a: Matrix) -> bool:
    """Whether all entries off the diagonal are 0."""
    return not any(x for i, row in enumerate(a.rows) for j, x in enumerate(row) if i != j)


def is_contraction(a: Matrix) -> bool:
    """Whether the spectral norm is <= 1."""
    square = multiply(transpose(a), a)
    return is_positive_semidefinite(combine(identity(len(a.rows)), square, -1))


PROPERTIES: dict[str, Callable[[Transition], bool]] = {
    "diagonal": lambda a: is_diagonal(a.matrix),
    "symmetric": lambda a: a.matrix == transpose(a.matrix),
    "spectrum-real": lambda a: spectrum(a.matrix)[0],
    "spectrum-nonnegative": lambda a: spectrum(a.matrix)[1],
    "spectrum-in-0-1": lambda a: spectrum(a.matrix)[2],
    "norm-at-most-one": lambda a: is_contraction(a.matrix),
    "factors-in-0-1": lambda a: factors_at_most(a, 1),
    "factors-in-0-2": lambda a: factors_at_most(a, 2),
}


def read_properties(node: Node) -> list[str]:
    """A list of different properties."""
    names = [item.choice(PROPERTIES) for item in node.items()]
    if len(set(names)) < len(names):
        node.fail("a property is named twice")
    return names


def require_properties(network: Network, names: Sequence[str]) -> None:
    """Every case of every layer has these properties."""
    for name in names:
        for number, layer in enumerate(network.layers):
            for index, case in enumerate(layer.cases.values()):
                place = f"lrnn.layers[{number}].cases[{index}].A"
                require(PROPERTIES[name](case.a), f"{place}: does not have the property {name}")


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
    shapes = [state.shape for state in network.initial()]
    items = members[4].items(0, MAX_STATES)
    pairs = [read_pair(item, shapes, len(automaton.table)) for item in items]
    lists = members[5].items(len(shapes), len(shapes)) if unrolled else []
    terms = [[m.matrix(shapes[i]) for m in listed.items()] for i, listed in enumerate(lists)]

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties)
    require_simulation(network, automaton, pairs, semantics)
    if unrolled:
        require_terms(network, terms, semantics.form)
        for index, (joint, _) in enumerate(pairs):
            ok = all(semantics.form.has(state.entries()) for state in joint)
            require(ok, f"states[{index}]: an entry is no value of the format")
    return ""


def read_pair(node: Node, shapes: list[tuple[int, int]], states: int) -> tuple[Joint, int]:
    """A joint state of the network, and a state of the automaton."""
    layers, number = node.members("layers", "automaton")
    state = number.integer()
    if not 0 <= state < states:
        number.fail("no such state of the automaton")
    items = layers.items(len(shapes), len(shapes))
    return tuple(map(Node.matrix, items, shapes)), state


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
    for joint, state in queue:
        where = f"states[{number[joint, state]}]"
        output = network.layers[-1].readout.output(joint[-1])
        expected = automaton.outputs[state]
        require(output == expected, f"{where}: output {output!r}, the automaton says {expected!r}")
        for letter, successor in zip(automaton.alphabet, automaton.table[state], strict=True):
            pair = (advance(network, joint, letter, semantics), successor)
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
    readout, shape = network.layers[-1].readout, network.layers[-1].initial.shape
    listed = [member.items(len(words), len(words)) for member in members[5:8]]
    seen = [read_observation(item, shape, len(readout.functionals)) for item in listed[0]]
    outputs, expected = ([item.output() for item in part] for part in listed[1:])

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties)
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


LEMMAS = {
    ("sign-lemma", "exact", "spectrum-nonnegative"),
    ("sign-lemma", "cast-unrolled", "spectrum-nonnegative"),
    ("monotone-rounding", "op-round", "diagonal-nonnegative"),
    ("psd-lemma", "seq-round", "symmetric-spectrum-in-0-1"),
}


@kind("obstruction")
def check_obstruction(node: Node) -> str:
    """The outputs along prefix word^n do not settle, which a lemma forbids."""
    keys = ("semantics-name", "class", "lemma", "automaton", "prefix", "word")
    members = node.members(*keys, *HEAD)
    semantics, class_name, lemma = (member.string() for member in members[:3])
    automaton = read_automaton(members[3])
    prefix = members[4].letters(automaton.alphabet)
    word = members[5].letters(automaton.alphabet, 1, 1)

    listed = (lemma, semantics, class_name) in LEMMAS
    require(listed, "lemma: no such lemma for this semantics-name and class")
    state, path = automaton.run(prefix), dict[int, bool | str]()
    letter = automaton.alphabet.index(word[0])
    while state not in path:
        path[state] = automaton.outputs[state]
        state = automaton.table[state][letter]
    cycle = list(path.values())[list(path).index(state) :]
    require(len(set(cycle)) > 1, "word: the outputs along prefix word^n are eventually constant")
    return f"the lemma {lemma!r} (semantics {semantics}, class {class_name}) is not proved here"


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
    """Values, triples, and the largest periods of h -> r(r(a h) + b) for a >= 0 and for all a.

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
    best = {False: 0, True: 0}
    for negative in (False, True):
        products = {table(a * h for h in integers) for a in integers if (a < 0) == negative}
        maps = {product.translate(after) for product in products for after in sums}
        best[negative] = max(map(longest_period, maps), default=0)
    return len(values), len(values) ** 3, best[False], max(best.values())


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
