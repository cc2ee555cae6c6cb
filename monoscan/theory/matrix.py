"""Matrices with exact entries."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from monoscan.theory.numbers import ONE, ZERO, Cyclotomic, Number, bit_size, conjugate, number

_Terms: TypeAlias = tuple[tuple[int, Number], ...]
_SMALL_BITS = 60


class ShapeError(ValueError):
    """Matrices or vectors whose shapes do not fit; the message names both shapes."""


@dataclass(frozen=True)
class Matrix:
    """An exact matrix, immutable and hashable.

    Attributes:
        rows: the entries, a non-empty tuple of rows of equal, non-zero length.

    >>> swap = Matrix.of([[0, 1], [1, 0]])
    >>> swap @ swap == Matrix.identity(2)
    True
    """

    rows: tuple[tuple[Number, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not self.rows[0]:
            raise ShapeError("a matrix needs at least one row and one column")
        width = len(self.rows[0])
        for index, row in enumerate(self.rows):
            if len(row) != width:
                raise ShapeError(
                    f"row {index} has {len(row)} entries, row 0 has {width}; "
                    "all rows of a matrix have the same length"
                )

    @classmethod
    def of(cls, rows: Iterable[Iterable[object]]) -> Matrix:
        """Reads a matrix from rows of numbers and of anything that `numbers.number` reads."""
        return cls(tuple(tuple(_entry(entry) for entry in row) for row in rows))

    @classmethod
    def column(cls, entries: Iterable[object]) -> Matrix:
        """The n x 1 matrix with these entries."""
        return cls.of([entry] for entry in entries)

    @classmethod
    def identity(cls, size: int) -> Matrix:
        """The identity matrix."""
        return cls.diagonal([ONE] * size)

    @classmethod
    def zeros(cls, height: int, width: int) -> Matrix:
        """The zero matrix of this shape."""
        return cls(((ZERO,) * width,) * height)

    @classmethod
    def diagonal(cls, entries: Sequence[Number]) -> Matrix:
        """The diagonal matrix with these entries."""
        size = len(entries)
        return cls(
            tuple(tuple(entries[i] if i == j else ZERO for j in range(size)) for i in range(size))
        )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple([_hash_key(entry) for row in self.rows for entry in row]))

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows, number of columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def is_square(self) -> bool:
        """Whether there are as many rows as columns."""
        return len(self.rows) == len(self.rows[0])

    def entries(self) -> tuple[Number, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    def map(self, function: Callable[[Number], Number]) -> Matrix:
        """The matrix with `function` applied to each entry."""
        return Matrix(tuple(tuple(function(entry) for entry in row) for row in self.rows))

    def transpose(self) -> Matrix:
        """Rows and columns exchanged."""
        return Matrix(tuple(zip(*self.rows, strict=True)))

    def conjugate_transpose(self) -> Matrix:
        """The transpose with every entry replaced by its complex conjugate.

        >>> from monoscan.theory.numbers import zeta
        >>> print(Matrix.of([[0, zeta(4)]]).conjugate_transpose())
        [0; -zeta4]
        """
        return self.transpose().map(conjugate)

    def trace(self) -> Number:
        """The sum of the diagonal entries of a square matrix."""
        self._require_square("trace")
        return sum((self.rows[i][i] for i in range(len(self.rows))), ZERO)

    def __add__(self, other: Matrix) -> Matrix:
        return self._zip(other, _sum, "+")

    def __sub__(self, other: Matrix) -> Matrix:
        return self._zip(other, lambda a, b: a - b, "-")

    def scale(self, factor: Number) -> Matrix:
        """The matrix with every entry multiplied by `factor`."""
        return self.map(lambda entry: factor * entry)

    def __matmul__(self, other: Matrix) -> Matrix:
        if self.shape[1] != other.shape[0]:
            raise ShapeError(f"cannot multiply a {self.shape} matrix by a {other.shape} matrix")
        return Matrix(tuple(_combination(terms, other.rows) for terms in self._sparse_rows))

    @cached_property
    def _sparse_rows(self) -> tuple[_Terms, ...]:
        """The entries of each row that are not 0, with their columns."""
        return tuple(tuple((j, x) for j, x in enumerate(row) if x) for row in self.rows)

    def power(self, exponent: int) -> Matrix:
        """The `exponent`-th power of a square matrix, exponent >= 0."""
        self._require_square("power")
        result, base = Matrix.identity(len(self.rows)), self
        while exponent:
            if exponent & 1:
                result = result @ base
            base = base @ base
            exponent >>= 1
        return result

    def dot(self, other: Matrix) -> Number:
        """The sum of the products of corresponding entries."""
        if self.shape != other.shape:
            raise ShapeError(f"cannot pair a {self.shape} matrix with a {other.shape} matrix")
        return _dot(self.entries(), other.entries())

    def characteristic_polynomial(self) -> tuple[Number, ...]:
        """Coefficients of det(x I - A), constant term first, by Faddeev-LeVerrier.

        >>> [int(c) for c in Matrix.of([[2, 1], [1, 2]]).characteristic_polynomial()]
        [3, -4, 1]
        """
        self._require_square("characteristic polynomial")
        size = len(self.rows)
        coefficients = [ONE]
        product = Matrix.zeros(size, size)
        for step in range(1, size + 1):
            product = self @ (product + Matrix.identity(size).scale(coefficients[-1]))
            coefficients.append(-product.trace() / step)
        return tuple(reversed(coefficients))

    def __str__(self) -> str:
        return "[" + "; ".join(", ".join(str(entry) for entry in row) for row in self.rows) + "]"

    def _zip(
        self, other: Matrix, operation: Callable[[Number, Number], Number], name: str
    ) -> Matrix:
        if self.shape != other.shape:
            raise ShapeError(f"cannot compute a {self.shape} {name} a {other.shape} matrix")
        return Matrix(
            tuple(
                tuple(map(operation, left, right))
                for left, right in zip(self.rows, other.rows, strict=True)
            )
        )

    def _require_square(self, what: str) -> None:
        if not self.is_square:
            raise ShapeError(f"the {what} needs a square matrix; this one has shape {self.shape}")


def _entry(value: object) -> Number:
    return value if isinstance(value, Cyclotomic) else number(value)


def _hash_key(entry: Number) -> Hashable:
    """What stands for an entry in the hash of a matrix; the hash of a fraction takes a division.

    The hash of 2^k has period 61 in k, so that orbits of dyadic states would collide; the bit
    lengths of large numbers tell them apart.
    """
    if isinstance(entry, Cyclotomic):
        return entry, bit_size(entry)
    pair = entry.numerator, entry.denominator
    bits = max(pair[0].bit_length(), pair[1].bit_length())
    return pair if bits <= _SMALL_BITS else (*pair, bits)


def _sum(a: Number, b: Number) -> Number:
    # Most inputs of constructions are 0: skipping them is worth the tests.
    return (a + b if a else b) if b else a


def _combination(terms: _Terms, rows: Sequence[tuple[Number, ...]]) -> tuple[Number, ...]:
    """The sum of multiples of rows; the rows of a permutation are taken over as they are."""
    if len(terms) == 1 and terms[0][1] == 1:
        return rows[terms[0][0]]
    return tuple(
        sum((factor * rows[j][column] for j, factor in terms if rows[j][column]), ZERO)
        for column in range(len(rows[0]))
    )


def _dot(left: Sequence[Number], right: Sequence[Number]) -> Number:
    # Most entries of constructions are 0: skipping them is worth the test.
    return sum((a * b for a, b in zip(left, right, strict=True) if a and b), ZERO)
