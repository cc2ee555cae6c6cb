"""Gaussian elimination over an exact field: rank, kernel, and solutions of linear equations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number

Vector: TypeAlias = tuple[Number, ...]


def echelon(rows: Sequence[Sequence[Number]]) -> tuple[list[list[Number]], list[int]]:
    """The reduced row echelon form without its zero rows, and the column of each pivot.

    Args:
        rows: m rows of n numbers each.

    >>> echelon(Matrix.of([[0, 2], [0, 4]]).rows)
    ([[Fraction(0, 1), Fraction(1, 1)]], [1])
    """
    table = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(len(table[0]) if table else 0):
        done = len(pivots)
        pivot = next((i for i in range(done, len(table)) if table[i][column]), None)
        if pivot is None:
            continue
        table[done], table[pivot] = table[pivot], table[done]
        head = table[done][column]
        table[done] = [entry / head if entry else entry for entry in table[done]]
        for i, row in enumerate(table):
            if i != done and row[column]:
                table[i] = _eliminated(row, table[done], row[column])
        pivots.append(column)
    return table[: len(pivots)], pivots


def _eliminated(row: list[Number], pivot_row: list[Number], factor: Number) -> list[Number]:
    return [a - factor * b if b else a for a, b in zip(row, pivot_row, strict=True)]


def rank(matrix: Matrix) -> int:
    """The rank.

    >>> rank(Matrix.of([[1, 2], [2, 4]]))
    1
    """
    return len(echelon(matrix.rows)[1])


def kernel(matrix: Matrix) -> tuple[Vector, ...]:
    """A basis of the vectors x with A x = 0, one for each column without a pivot.

    >>> [list(map(int, x)) for x in kernel(Matrix.of([[1, 2], [2, 4]]))]
    [[-2, 1]]
    """
    rows, pivots = echelon(matrix.rows)
    width = matrix.shape[1]
    basis: list[Vector] = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [ZERO] * width
        vector[free] = ONE
        for row, pivot in zip(rows, pivots, strict=True):
            vector[pivot] = -row[free]
        basis.append(tuple(vector))
    return tuple(basis)


def solve(matrix: Matrix, right: Vector) -> Vector | None:
    """Some x with A x = right, or None if there is none.

    Args:
        matrix: m x n.
        right: m numbers.

    >>> print(solve(Matrix.of([[2, 0], [0, 0]]), (ONE, ZERO)))
    (Fraction(1, 2), Fraction(0, 1))
    >>> solve(Matrix.of([[2, 0], [0, 0]]), (ONE, ONE)) is None
    True
    """
    return solver(matrix)(right)


def solver(matrix: Matrix) -> Callable[[Vector], Vector | None]:
    """`solve` for many right sides: one elimination for all of them."""
    height, width = matrix.shape
    units = Matrix.identity(height).rows
    table, pivots = echelon([[*row, *unit] for row, unit in zip(matrix.rows, units, strict=True)])

    def solution(right: Vector) -> Vector | None:
        found = [ZERO] * width
        for row, pivot in zip(table, pivots, strict=True):
            value = inner(row[width:], right)
            if pivot < width:
                found[pivot] = value
            elif value:
                return None
        return tuple(found)

    return solution


def inner(left: Sequence[Number], right: Sequence[Number]) -> Number:
    """The sum of the products of corresponding entries.

    >>> inner((ONE, ONE), (ONE, -ONE))
    Fraction(0, 1)
    """
    total = ZERO
    for a, b in zip(left, right, strict=True):
        if a and b:
            total = total + a * b
    return total


def apply(matrix: Matrix, vector: Sequence[Number]) -> Vector:
    """The vector A x.

    >>> apply(Matrix.of([[0, 1], [1, 0]]), (ONE, ZERO))
    (Fraction(0, 1), Fraction(1, 1))
    """
    return tuple(inner(row, vector) for row in matrix.rows)


def primitive(vector: Sequence[Number]) -> Vector:
    """The direction of a vector with short entries.

    A rational vector becomes coprime integers with a positive first entry; any other vector is
    divided by its first non-zero entry.

    >>> [int(entry) for entry in primitive((Fraction(-1, 2), Fraction(1, 3)))]
    [3, -2]
    """
    lead = next((entry for entry in vector if entry), None)
    if lead is None:
        return tuple(vector)
    fractions = [entry for entry in vector if isinstance(entry, Fraction)]
    if len(fractions) < len(vector):
        return tuple(entry / lead for entry in vector)
    scale = lcm(*(entry.denominator for entry in fractions))
    numerators = [int(entry * scale) for entry in fractions]
    divisor = gcd(*numerators) * (1 if lead > 0 else -1)
    return tuple(Fraction(numerator // divisor) for numerator in numerators)
