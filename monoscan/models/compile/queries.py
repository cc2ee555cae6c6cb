"""What all layers with a matrix state have in common: keys, what is written, and queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from monoscan.models.compile.cells import Cell
from monoscan.models.compile.errors import NotHeld
from monoscan.models.compile.floats import Floats, to_float, to_floats
from monoscan.models.compile.plan import NO_DICTIONARY, Head
from monoscan.theory.factor.elimination import inner, primitive, solve
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number

Vector: TypeAlias = tuple[Number, ...]


def query_heads(cell: Cell, tables: dict[str, Floats]) -> list[Head]:
    """One head for each coordinate of a cell; its query reads that coordinate.

    Args:
        cell: The coordinates.
        tables: The tables that all of these heads share, ``key`` among them.

    >>> heads = query_heads(range(2), {"key": np.ones((1, 1, 2))})
    >>> [head.tables["query"].flatten().tolist() for head in heads]
    [[1.0, 0.0], [0.0, 1.0]]
    """
    n_symbols = len(tables["key"])
    found = []
    for copy in range(len(cell)):
        query = np.zeros((n_symbols, 1, len(cell)))
        query[:, :, copy] = 1.0
        found.append(Head(cell, copy, {**tables, "query": query}, NO_DICTIONARY))
    return found


def key_of(vector: Vector) -> Floats:
    """A key of some direction; coprime integers if it is rational, for the layer normalises it.

    >>> from fractions import Fraction
    >>> key_of((Fraction(1, 2), Fraction(-1, 2))).tolist()
    [1.0, -1.0]
    """
    return to_floats(primitive(vector))


def value_of(vector: Vector, multiples: Sequence[Number], beta: Number = ONE) -> Floats:
    """The values v with beta k v^T = vector multiples^T, for the unit key k along the vector.

    >>> from fractions import Fraction
    >>> value_of((Fraction(-2),), [Fraction(3)]).tolist()
    [-6.0]
    """
    short = primitive(vector)
    length = to_float(inner(short, short)) ** 0.5
    place = next(i for i, entry in enumerate(vector) if entry)
    ratio = vector[place] / short[place] / beta
    found: Floats = to_floats([multiple * ratio for multiple in multiples]) * length
    return found


def first_axis(size: int) -> Vector:
    """The key of a factor that does nothing.

    >>> [int(x) for x in first_axis(2)]
    [1, 0]
    """
    return (ONE,) + (ZERO,) * (size - 1)


def multiples_of(vectors: Sequence[Vector], written: Matrix) -> tuple[Vector, ...]:
    """For each vector u_i its multiples v_i with B = sum of u_i v_i^T.

    Args:
        vectors: n numbers each.
        written: B, n x d.

    Raises:
        NotHeld: If there are none.

    >>> from fractions import Fraction
    >>> multiples_of([(ONE, ONE)], Matrix.of([[2], [2]]))
    ((Fraction(2, 1),),)
    """
    nothing = (ZERO,) * len(vectors)
    columns = []
    for column in written.transpose().rows:
        found: Vector | None = nothing
        if any(column):
            found = solve(Matrix(tuple(vectors)).transpose(), column) if vectors else None
        if found is None:
            shown = ", ".join(map(str, column))
            raise NotHeld(
                f"the input ({shown}) is no combination of the keys of the factors that act; this "
                "layer writes along those only"
            )
        columns.append(found)
    return tuple(zip(*columns, strict=True))
