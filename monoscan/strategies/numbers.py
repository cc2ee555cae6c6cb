"""Random exact numbers, vectors and matrices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from hypothesis import strategies as st

from monoscan.strategies.errors import need, need_range
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, conjugate, cyclotomic

Numbers: TypeAlias = st.SearchStrategy[Number]
ORDERS = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 24)
"""Orders of cyclotomic fields in which computing is quick."""


def rationals(max_numerator: int = 4, max_denominator: int = 4) -> st.SearchStrategy[Fraction]:
    """Small fractions of either sign.

    Raises:
        EmptySetError: If a bound is below 0, or the largest denominator below 1.

    >>> from hypothesis import find
    >>> 0 < find(rationals(), lambda x: 0 < x < Fraction(1, 2)) < Fraction(1, 2)
    True
    """
    need_range("as numerator", 0, 0, max_numerator)
    need_range("as denominator", 1, 1, max_denominator)
    return st.builds(
        Fraction, st.integers(-max_numerator, max_numerator), st.integers(1, max_denominator)
    )


RATIONALS = rationals()


@st.composite
def _cyclotomics(draw: st.DrawFn, orders: tuple[int, ...]) -> Number:
    order = draw(st.sampled_from(orders))
    entries = rationals(3, 3)
    size = totient(order)
    return cyclotomic(order, tuple(draw(st.lists(entries, min_size=size, max_size=size))))


def cyclotomics(orders: Sequence[int] = ORDERS) -> Numbers:
    """Numbers of the field of an order, some of them rational.

    Args:
        orders: The n of the fields Q(e^(2 pi i/n)).

    Raises:
        EmptySetError: If there is no order.

    >>> from hypothesis import find
    >>> find(cyclotomics([4]), lambda x: x * x == -1).order
    4
    """
    need(len(orders) > 0, "numbers of no field: orders is empty")
    return _cyclotomics(tuple(orders))


def real_cyclotomics(orders: Sequence[int] = ORDERS) -> Numbers:
    """Real numbers of the field of an order: a number plus its conjugate.

    Raises:
        EmptySetError: If there is no order.

    >>> from hypothesis import find
    >>> find(real_cyclotomics([8]), lambda x: x * x == 2).order
    8
    """
    return cyclotomics(orders).map(lambda x: x + conjugate(x))


def vectors(size: int, entries: Numbers = RATIONALS) -> st.SearchStrategy[tuple[Number, ...]]:
    """Vectors with so many entries.

    Raises:
        EmptySetError: If the size is below 0.

    >>> from hypothesis import find
    >>> len(find(vectors(2), lambda v: v[0] > v[1]))
    2
    """
    need_range("entries", 0, 0, size)
    return st.lists(entries, min_size=size, max_size=size).map(tuple)


def directions(size: int) -> st.SearchStrategy[tuple[Number, ...]]:
    """Integer vectors that are not zero.

    Raises:
        EmptySetError: If the size is below 1.

    >>> from hypothesis import find
    >>> any(find(directions(2), lambda v: True))
    True
    """
    need_range("entries", 1, 1, size)
    return vectors(size, st.integers(-3, 3).map(Fraction)).filter(any)


def matrices(height: int, width: int, entries: Numbers = RATIONALS) -> st.SearchStrategy[Matrix]:
    """Matrices of one shape.

    Raises:
        EmptySetError: If there is no row or no column.

    >>> from hypothesis import find
    >>> find(matrices(1, 2), lambda m: m.rows[0][1] > 1).shape
    (1, 2)
    """
    need_range("rows", 1, 1, height)
    need_range("columns", 1, 1, width)
    return st.lists(vectors(width, entries), min_size=height, max_size=height).map(
        lambda rows: Matrix(tuple(rows))
    )
