"""Real representations cut out of signed permutation representations, exactly.

A symmetric matrix that commutes with the group has invariant eigenspaces. On the whole space a
piece with projector P is the representation g -> I - P + M_g P: it is orthogonal, and the rank of
its difference from I is the one on the piece. No orthonormal basis of the piece is needed. All
symmetric commuting matrices with small entries are tried (the orbitals), and their eigenvalues
are found if they are rational, quadratic, or 2 cos(2 pi k/n).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from monoscan.theory.factor.elimination import Vector, solve
from monoscan.theory.factor.roots import square_root
from monoscan.theory.householder_number.modules import Integers, SignedModule
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine, rational
from monoscan.theory.polynomial import Polynomial, degree, divide, evaluate, polynomial


@dataclass(frozen=True, eq=False)
class Piece:
    """An invariant subspace of a signed permutation representation.

    Attributes:
        module: the representation on the whole space.
        column: P e_0, the image of the first basis vector under the projector; the group carries
            it to the other columns.
    """

    module: SignedModule
    column: Vector

    @cached_property
    def projector(self) -> Matrix:
        """P."""
        columns = [
            _moved(self.module, g, self.column, int(self.module.signs[g, 0]))
            for g in self.module.carriers()
        ]
        return Matrix(tuple(zip(*columns, strict=True)))

    @property
    def dimension(self) -> Number:
        """The dimension of the piece: the trace of P, whose diagonal entries are equal."""
        return self.column[0] * self.module.degree

    @cached_property
    def character(self) -> tuple[Number, ...]:
        """The trace of each group element on the piece."""
        rows, points = self.projector.rows, range(self.module.degree)
        traces: list[Number] = []
        for images, signs in zip(
            self.module.images.tolist(), self.module.signs.tolist(), strict=True
        ):
            total = ZERO
            for x in points:
                entry = rows[x][images[x]]
                if entry:
                    total = total + entry if signs[x] == 1 else total - entry
            traces.append(total)
        return tuple(traces)

    def matrix(self, g: int, sign: int) -> Matrix:
        """I - P + sign M_g P for a group element, on the whole space."""
        size = self.module.degree
        rows: list[Vector] = [()] * size
        for x in range(size):
            factor = ONE * int(self.module.signs[g, x]) * sign
            image = int(self.module.images[g, x])
            rows[image] = tuple(factor * entry for entry in self.projector.rows[x])
        return Matrix.identity(size) - self.projector + Matrix(tuple(rows))


def pieces(module: SignedModule, exponent: int) -> tuple[Piece, ...]:
    """The pieces into which the orbitals' eigenspaces cut the space.

    Args:
        module: the representation.
        exponent: n in the eigenvalues 2 cos(2 pi k/n) that are tried.
    """
    unit = tuple(ONE if x == 0 else ZERO for x in range(module.degree))
    found = [Piece(module, unit)]
    for matrix in _symmetric_orbitals(module):
        spaces = list(_eigenspaces(module, matrix, exponent))
        if len(spaces) > 1:
            found = [part for piece in found for part in _cut(piece, matrix, spaces)]
    return tuple(found)


def _symmetric_orbitals(module: SignedModule) -> Iterator[Integers]:
    seen: set[bytes] = set()
    for second in range(1, module.degree):
        matrix = module.orbital(second)
        if matrix is None:
            continue
        symmetric = matrix if np.array_equal(matrix, matrix.T) else matrix + matrix.T
        if symmetric.any() and not {symmetric.tobytes(), (-symmetric).tobytes()} & seen:
            seen.add(symmetric.tobytes())
            yield symmetric


def _cut(piece: Piece, matrix: Integers, spaces: list[Vector]) -> list[Piece]:
    """The piece cut by eigenspaces, if its projector commutes with the matrix."""
    start = tuple(Fraction(int(entry)) for entry in matrix[:, 0])
    if _times(piece.projector.rows, start) != _times(_exact(matrix), piece.column):
        return [piece]
    columns = (_times(piece.projector.rows, space) for space in spaces)
    return [Piece(piece.module, column) for column in columns if any(column)]


def _eigenspaces(module: SignedModule, matrix: Integers, exponent: int) -> Iterator[Vector]:
    """P e_0 for the projector P onto each eigenspace, the unknown ones taken together.

    The vector e_0 generates the space under the group, so its minimal polynomial under a commuting
    matrix is that of the matrix. With p = (x - a) q, P e_0 = q(C) e_0 / q(a).
    """
    powers = [tuple(ONE if x == 0 else ZERO for x in range(module.degree))]
    rows, relation = _exact(matrix), None
    while relation is None:
        image = _times(rows, powers[-1])
        relation = solve(Matrix(tuple(zip(*powers, strict=True))), image)
        powers.append(image)
    p = polynomial([*(-entry for entry in relation), ONE])
    rest = powers[0]
    for root in _roots(p, exponent):
        quotient = divide(p, (-root, ONE))[0]
        value = evaluate(quotient, root)
        space = [ZERO] * module.degree
        for coefficient, power in zip(quotient, powers, strict=False):
            space = [a + coefficient / value * b for a, b in zip(space, power, strict=True)]
        rest = tuple(a - b for a, b in zip(rest, space, strict=True))
        yield tuple(space)
    if any(rest):
        yield rest


def _roots(p: Polynomial, exponent: int) -> list[Number]:
    """The roots of an integer polynomial without multiple roots, as far as they are found."""
    found: list[Number] = []
    bound = 1 + max(abs(int(rational(coefficient))) for coefficient in p)
    candidates = [*range(-min(bound, 200), min(bound, 200) + 1)]
    rest = p
    for candidate in [Fraction(n) for n in candidates]:
        if degree(rest) and not evaluate(rest, candidate):
            rest = divide(rest, (-candidate, ONE))[0]
            found.append(candidate)
    if degree(rest) == 2:
        return found + _quadratic_roots(rest)
    if degree(rest) > 2:
        cosines = {2 * cosine(k, exponent) for k in range(exponent // 2 + 1)}
        found += [value for value in cosines if not evaluate(rest, value)]
    return found


def _quadratic_roots(p: Polynomial) -> list[Number]:
    half = -p[1] / (2 * p[2])
    squared = half * half - p[0] / p[2]
    root = square_root(squared) if squared >= 0 else None
    return [] if root is None else [half - root, half + root]


def _exact(matrix: Integers) -> tuple[Vector, ...]:
    return tuple(tuple(Fraction(entry) for entry in row) for row in matrix.tolist())


def _times(rows: tuple[Vector, ...], vector: Vector) -> Vector:
    terms = [(j, entry) for j, entry in enumerate(vector) if entry]
    return tuple(sum((row[j] * entry for j, entry in terms if row[j]), ZERO) for row in rows)


def _moved(module: SignedModule, g: int, vector: Vector, factor: int) -> Vector:
    """The vector M_g v, times a sign."""
    result = [ZERO] * module.degree
    for x, entry in enumerate(vector):
        if entry:
            sign = int(module.signs[g, x]) * factor
            result[int(module.images[g, x])] = entry if sign == 1 else -entry
    return tuple(result)
