"""Rotations and reflections of the plane by multiples of pi/m."""

from __future__ import annotations

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, cosine, number, sine
from monoscan.theory.transition import Householder


def point(k: int, m: int) -> Matrix:
    """The unit vector at the angle k pi/m, as a column.

    >>> print(point(2, 2))
    [-1; 0]
    """
    return Matrix.column([cosine(k % (2 * m), 2 * m), sine(k % (2 * m), 2 * m)])


def reflection(k: int, m: int) -> Householder:
    """The reflection [[cos a, sin a], [sin a, -cos a]] with a = k pi/m; it takes angle b to a - b.

    >>> from monoscan.theory.transition import transition_matrix
    >>> print(transition_matrix(reflection(1, 2)))
    [0, 1; 1, 0]
    """
    cosine_a, sine_a = point(k, m).entries()
    # (1 - cos a, -sin a) is 2 sin(a/2) times the unit normal: it needs no half angles.
    normal = (ONE - cosine_a, -sine_a) if cosine_a != ONE else (ZERO, ONE)
    return Householder(normal, number(2))


def rotation(k: int, m: int) -> tuple[Householder, ...]:
    """The rotation by k pi/m as two reflections, the first one applied last; none if it is I.

    >>> [len(rotation(k, 2)) for k in range(4)]
    [0, 2, 2, 2]
    """
    return () if k % (2 * m) == 0 else (reflection(k, m), reflection(0, m))
