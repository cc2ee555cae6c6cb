"""Steps of a layer in exact arithmetic on integers.

A state is an integer vector (denominator, numerators row by row) in lowest terms. With A = A'/D and
B = B'/D, the state n/d goes to (A' n + d B')/(D d): a linear map of the vector (d, n), after which
a common divisor is taken out. Over a cyclotomic field each entry has phi(n) coefficients, and
multiplication by a number of the field is a matrix on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from operator import itemgetter
from typing import TypeAlias

from monoscan.theory.cyclotomic_field import power_table, totient
from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, bit_size, coefficients, cyclotomic

MAX_BITS = 4096

# Beyond this order a number has many coefficients, and few layers are worth their integer matrices.
MAX_ORDER = 120

Vector: TypeAlias = tuple[int, ...]
Step: TypeAlias = Callable[[Vector], Vector]


class NumberTooLargeError(ArithmeticError):
    """A state with a numerator or denominator of more than `MAX_BITS` bits."""


@lru_cache(maxsize=4096)
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


def vector_of(state: Matrix, order: int) -> Vector:
    """A state as an integer vector, in lowest terms.

    Args:
        state: the state.
        order: the n of a field Q(zeta_n) that holds its entries; 1 for Q.

    >>> vector_of(Matrix.column(["1/2", "3"]), 1)
    (2, 1, 6)
    """
    parts = [part for entry in state.entries() for part in coefficients(entry, order)]
    denominator = lcm(*(part.denominator for part in parts))
    return (
        denominator,
        *(part.numerator * (denominator // part.denominator) for part in parts),
    )


def matrix_of(vector: Vector, width: int, order: int) -> Matrix:
    """The state behind an integer vector.

    Args:
        vector: what `vector_of` made of it.
        width: the number of its columns.
        order: the n of the field.

    >>> print(matrix_of((2, 1, 6), 1, 1))
    [1/2; 3]
    """
    degree = totient(order)
    parts = [_fraction(numerator, vector[0]) for numerator in vector[1:]]
    entries = [
        cyclotomic(order, tuple(parts[i : i + degree])) for i in range(0, len(parts), degree)
    ]
    return Matrix(tuple(tuple(entries[i : i + width]) for i in range(0, len(entries), width)))


@lru_cache(maxsize=4096)
def compiled_step(case: Case, order: int) -> Step:
    """One step H -> A H + B on vectors; remembered, because many symbols share one case.

    Args:
        case: A and B.
        order: the n of a field Q(zeta_n) that holds their entries; 1 for Q.

    Returns:
        A function that raises `NumberTooLargeError` if numbers outgrow `MAX_BITS` bits.
    """
    rows = _homogeneous_rows(case, order)
    if all(len(row) == 1 and row[0][1] == 1 for row in rows):
        return _copying([row[0][0] for row in rows])

    def step(vector: Vector) -> Vector:
        reduced = _reduced(tuple([sum([factor * vector[j] for j, factor in row]) for row in rows]))
        if max(reduced[0], max(reduced), -min(reduced)).bit_length() > MAX_BITS:
            # The common denominator may be long although no entry is.
            require_moderate(Fraction(x, reduced[0]) for x in reduced[1:])
        return reduced

    return step


def _copying(places: list[int]) -> Step:
    """The step that copies some entries: no arithmetic, and no growth."""
    copy: Step = itemgetter(*places)
    if len(set(places)) == len(places):
        return copy  # a permutation leaves no new divisor
    return lambda vector: _reduced(copy(vector))


def _reduced(vector: Vector) -> Vector:
    divisor = gcd(*vector)
    return vector if divisor == 1 else tuple([x // divisor for x in vector])


def _homogeneous_rows(case: Case, order: int) -> list[list[tuple[int, int]]]:
    """The rows of the integer matrix that maps (d, n) to (D d, A' n + d B'), without zeros."""
    rows = [row for i, line in enumerate(case.matrix.rows) for row in _rows(case, i, line, order)]
    scale = lcm(*(factor.denominator for row in rows for _, factor in row))
    scaled = [
        [(j, factor.numerator * (scale // factor.denominator)) for j, factor in row] for row in rows
    ]
    return [[(0, scale)], *scaled]


def _rows(
    case: Case, i: int, line: Sequence[Number], order: int
) -> Iterator[list[tuple[int, Fraction]]]:
    """One row of factors for each coefficient of each entry in row i of A H + B."""
    degree, width = totient(order), case.input.shape[1]
    products = [(j, _multiplication(entry, order)) for j, entry in enumerate(line) if entry]
    for column in range(width):
        added = coefficients(case.input.rows[i][column], order)
        for part in range(degree):
            terms = [(0, added[part])]
            for j, images in products:
                place = 1 + (j * width + column) * degree
                terms += [(place + q, image[part]) for q, image in enumerate(images)]
            yield [(index, factor) for index, factor in terms if factor]


def _multiplication(factor: Number, order: int) -> list[tuple[Fraction, ...]]:
    """The coefficients of factor * zeta^q for each power of zeta in the basis."""
    images = [coefficients(factor, order)]
    above = power_table(order)[totient(order) % order]  # zeta^phi(n), in the basis
    while len(images) < len(above):
        *low, lead = images[-1]
        carried = (Fraction(0), *low)
        images.append(
            tuple([x + lead * y if y else x for x, y in zip(carried, above, strict=True)])
            if lead
            else carried
        )
    return images


def require_moderate(entries: Iterable[Number]) -> None:
    """Refuses numbers of more than `MAX_BITS` bits.

    Raises:
        NumberTooLargeError: if there is one.

    >>> require_moderate([Fraction(1, 3)])
    """
    for entry in entries:
        if bit_size(entry) > MAX_BITS:
            raise NumberTooLargeError(f"a state has a number of more than {MAX_BITS} bits")
