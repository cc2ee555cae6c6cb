"""Exact matrices over the rationals and over cyclotomic fields."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import NamedTuple

from .fields import RATIONALS, Field
from .limits import MAX_SIDE, WORK, require_room, size_of
from .reading import Node


class Matrix(NamedTuple):
    """Integer rows over one positive denominator, in lowest terms, so that equality is plain."""

    rows: tuple[tuple[int, ...], ...]
    den: int
    size: int  # digits of the largest number, for the count of work

    def __hash__(self) -> int:
        """Of bytes, whose hash has a secret seed: that of an integer is its rest by 2^61 - 1."""
        return hash(marshal.dumps(self.rows, 2))  # in version 2, equal rows are equal bytes

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def entries(self) -> Iterator[Fraction]:
        """All entries, row by row."""
        for entry in (entry for row in self.rows for entry in row):
            WORK.spend(2_000 + 6 * self.size * self.size)
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
    entries = [entry for row in table for entry in row]
    WORK.spend(5_000 + 300 * len(entries))
    size, common = size_of([den, *entries]), den
    if size == 1:
        common = gcd(den, *entries)
    for entry in entries if size > 1 else ():
        if common == 1:
            break
        WORK.spend(200 + 4 * size_of([common]) * size)
        common = gcd(common, entry)
    if common > 1:
        WORK.spend(len(entries) * (200 + 3 * size_of([common]) * size))
        table = tuple(tuple(entry // common for entry in row) for row in table)
        den //= common
        size = size_of([den, *(entry for row in table for entry in row)])
    return Matrix(table, den, size)


def to_matrix(rows: Sequence[Sequence[Fraction]]) -> Matrix:
    """The matrix with these entries."""
    entries = [entry for row in rows for entry in row]
    den = common_multiple(entry.denominator for entry in entries)
    above, below = size_of(entry.numerator for entry in entries), size_of([den])
    require_room(len(entries), above + below - 1)
    WORK.spend(5_000 + 300 * len(entries))
    WORK.multiply(4 * len(entries), above, below)
    # In lowest terms, as the entries are: where a prime power divides `den`, it is in the
    # denominator of some entry, and the prime is not in its numerator.
    table = tuple(tuple(x.numerator * (den // x.denominator) for x in row) for row in rows)
    return Matrix(table, den, size_of([den, *(entry for row in table for entry in row)]))


def common_multiple(numbers: Iterable[int]) -> int:
    """The least common multiple of positive numbers."""
    found = 1
    for number in numbers:
        if number in (1, found):
            continue
        WORK.multiply(8, size_of([found]), size_of([number]), 100)
        found = lcm(found, number)
    return found


def diagonal(entries: Sequence[Fraction]) -> Matrix:
    """The square matrix with these entries on its diagonal."""
    n = range(len(entries))
    return to_matrix([[entries[i] if i == j else Fraction(0) for j in n] for i in n])


def identity(n: int) -> Matrix:
    """The n x n identity."""
    WORK.spend(100 * n * n)
    return reduced(([int(i == j) for j in range(n)] for i in range(n)), 1)


def transpose(a: Matrix) -> Matrix:
    """The transposed matrix."""
    WORK.spend(1_000 + 50 * len(a.rows) * len(a.rows[0]))
    return Matrix(tuple(zip(*a.rows, strict=True)), a.den, a.size)


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """The product a b."""
    require_room(len(a.rows) * len(b.rows[0]), a.size + b.size)
    WORK.multiply(len(a.rows) * len(b.rows) * len(b.rows[0]) + 1, a.size, b.size, 150)
    columns = list(zip(*b.rows, strict=True))
    rows = [[sum(map(mul, row, column)) for column in columns] for row in a.rows]
    return reduced(rows, a.den * b.den)


def combine(a: Matrix, b: Matrix, factor: int = 1) -> Matrix:
    """The sum a + factor * b."""
    require_room(len(a.rows) * len(a.rows[0]), a.size + b.size)
    WORK.multiply(3 * len(a.rows) * len(a.rows[0]) + 1, a.size, b.size, 100)
    pairs = zip(a.rows, b.rows, strict=True)
    left, right = b.den, a.den * factor
    rows = [[x * left + y * right for x, y in zip(r, s, strict=True)] for r, s in pairs]
    return reduced(rows, a.den * b.den)


def affine(a: Matrix, x: Matrix, b: Matrix) -> Matrix:
    """The sum a x + b."""
    entries = len(a.rows) * len(x.rows[0])
    require_room(entries, a.size + x.size + b.size)
    WORK.multiply(entries * len(x.rows) + 1, a.size, x.size, 150)
    WORK.multiply(3 * entries + 1, a.size + x.size, b.size, 100)
    columns, left, right = list(zip(*x.rows, strict=True)), b.den, a.den * x.den
    rows = []
    for row, line in zip(a.rows, b.rows, strict=True):
        pairs = zip(columns, line, strict=True)
        rows.append([sum(map(mul, row, column)) * left + added * right for column, added in pairs])
    return reduced(rows, left * right)


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
        charge_elimination(rows)
        rows = [
            [(pivot * x - row[0] * y) // last for x, y in zip(row[1:], rest, strict=True)]
            for row in rows[1:]
        ]
        last = pivot
    return True


def charge_elimination(rows: Sequence[Sequence[int]]) -> None:
    """Charge for one step of an elimination: two products and a quotient for each entry."""
    entries = len(rows) * len(rows[0])
    WORK.spend(1_000 + 200 * entries)
    size = size_of(entry for row in rows for entry in row)
    require_room(entries, size)
    WORK.multiply(5 * entries, size, size, 150)


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
    require_room(height * len(a.rows[0]) * f, a.size)
    WORK.spend(height * len(a.rows[0]) * f * (1_000 + 10 * a.size))
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
    WORK.spend(1_000 + 100 * len(column.rows))
    flat, f = [row[0] for row in column.rows], field.degree
    return [flat[i : i + f] for i in range(0, len(flat), f)]


def across(field: Field, column: Matrix) -> Matrix:
    """The lifted row with the numbers of a stacked column."""
    return lift(field, reduced(zip(*numbers_of(field, column), strict=True), column.den))


def along(field: Field, column: Matrix) -> Matrix:
    """The lifted diagonal matrix with the numbers of a stacked column."""
    numbers = numbers_of(field, column)
    n = range(len(numbers))
    WORK.spend(100 * len(column.rows) * len(n) * (1 + column.size // 10))
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
        charge_elimination(rows)
        head = rows[k]
        for i in (i for i in range(n) if i != k):
            pairs = zip(rows[i], head, strict=True)
            rows[i] = [(head[k] * p - rows[i][k] * q) // last for p, q in pairs]
        last = head[k]
    sign = 1 if last > 0 else -1
    return reduced(([sign * row[-1]] for row in rows), sign * last)


def block_diagonal(blocks: Sequence[Matrix]) -> Matrix:
    """The matrix with these square blocks along its diagonal."""
    den = common_multiple(block.den for block in blocks)
    width = sum(len(block.rows) for block in blocks)
    require_room(width * width, max(block.size for block in blocks) + size_of([den]))
    rows: list[list[int]] = []
    for block in blocks:
        before, scale = len(rows), den // block.den
        after = width - before - len(block.rows)
        WORK.spend(100 * len(block.rows) * width)
        WORK.multiply(len(block.rows) ** 2 + 1, block.size, size_of([scale]))
        rows += [[*[0] * before, *(scale * x for x in row), *[0] * after] for row in block.rows]
    return reduced(rows, den)


def read_number(node: Node, field: Field) -> list[Fraction]:
    """The coefficients of a number of the field; a rational one is written as a string."""
    if field.degree == 1 or not isinstance(node.value, list):
        return [node.rational(), *[Fraction(0)] * (field.degree - 1)]
    coefficients = [item.rational() for item in node.items(field.degree, field.degree)]
    if not any(coefficients[1:]):
        node.fail("a rational number is written as a string, not as a list")
    return coefficients


def read_vector(node: Node, length: int | None = None) -> tuple[Fraction, ...]:
    """A vector of rationals, of this length if one is given."""
    return tuple(read_column(node, RATIONALS, length).entries())


def read_column(node: Node, field: Field, length: int | None = None) -> Matrix:
    """A vector, of this length if one is given, as a stacked column."""
    entries = node.items(1, MAX_SIDE)
    if length and len(entries) != length:
        node.fail(f"{len(entries)} entries, expected {length}")
    return to_matrix([[c] for entry in entries for c in read_number(entry, field)])


def read_matrix(
    node: Node, shape: tuple[int, int] | None = None, field: Field = RATIONALS
) -> Matrix:
    """A matrix, of this shape if one is given, stacked if the field is not Q."""
    items = [row.items(1, MAX_SIDE) for row in node.items(1, MAX_SIDE)]
    rows = [[read_number(entry, field) for entry in row] for row in items]
    if any(len(row) != len(rows[0]) for row in rows):
        node.fail("rows of different length")
    found = (len(rows), len(rows[0]))
    if shape and found != shape:
        node.fail(f"shape {found[0]} x {found[1]}, expected {shape[0]} x {shape[1]}")
    return to_matrix([[x[i] for x in row] for row in rows for i in range(field.degree)])
