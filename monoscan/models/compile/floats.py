"""Exact numbers as the nearest floating-point numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Cyclotomic, Number, is_real, zeta

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

_BITS = 80  # more than the 53 of a double, so that the middle of the bounds rounds like the number


def to_float(value: Number) -> float:
    """The real part of a number in double precision.

    >>> from monoscan.theory.numbers import sqrt_of
    >>> to_float(sqrt_of(2)) == 2**0.5, to_float(Fraction(1, 2))
    (True, 0.5)
    """
    if isinstance(value, Fraction):
        return float(value)
    low, high = value.bounds(_BITS)
    return float((low + high) / 2)


def to_complex(value: Number) -> complex:
    """A number in double precision.

    >>> to_complex(zeta(4))
    1j
    """
    if not isinstance(value, Cyclotomic):
        return complex(float(value))
    opposite = value.conjugate()
    # Both parts are exact numbers first, so that those of i are 0 and 1 and not only close to them.
    return complex(to_float((value + opposite) / 2), to_float((value - opposite) * zeta(4, -1) / 2))


def to_floats(values: Sequence[Number]) -> Floats:
    """Real numbers in double precision.

    >>> to_floats([Fraction(1, 4)]).tolist()
    [0.25]
    """
    return np.array([to_float(value) for value in values], dtype=np.float64)


def to_array(matrix: Matrix) -> Complexes:
    """A matrix in double precision, [rows, columns].

    >>> to_array(Matrix.of([[1, "1/2"]])).tolist()
    [[(1+0j), (0.5+0j)]]
    """
    return np.array([[to_complex(x) for x in row] for row in matrix.rows], dtype=np.complex128)


def all_real(matrix: Matrix) -> bool:
    """Whether all entries are real.

    >>> all_real(Matrix.of([[zeta(3)]])), all_real(Matrix.of([[zeta(3) + zeta(3, 2)]]))
    (False, True)
    """
    return all(is_real(x) for x in matrix.entries())
