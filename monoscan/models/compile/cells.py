"""The cells of a layer: the diagonal blocks that all of its transition matrices share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number
from monoscan.theory.transition import Diagonal, Transition, dimension, heads

Cell: TypeAlias = range
"""Consecutive coordinates of a layer's state."""


@final
@dataclass(frozen=True)
class Piece:
    """A head of a transition, or one entry of a diagonal.

    Attributes:
        start: Its first coordinate.
        transition: What it does.
    """

    start: int
    transition: Transition

    @property
    def stop(self) -> int:
        """The coordinate after its last one."""
        return self.start + dimension(self.transition)

    def padded(self, vector: Sequence[Number], cell: Cell) -> tuple[Number, ...]:
        """A vector of the piece's coordinates with zeros for the others of a cell."""
        before, after = self.start - cell.start, cell.stop - self.stop
        return (ZERO,) * before + tuple(vector) + (ZERO,) * after


def pieces(transition: Transition) -> tuple[Piece, ...]:
    """The heads of a transition, a diagonal entry by entry.

    >>> from monoscan.theory.numbers import ONE
    >>> [piece.start for piece in pieces(Diagonal((ONE, ONE)))]
    [0, 1]
    """
    found: list[Piece] = []
    start = 0
    for head in heads(transition):
        if isinstance(head, Diagonal):
            found += [Piece(start + i, Diagonal((x,))) for i, x in enumerate(head.entries)]
        else:
            found.append(Piece(start, head))
        start += dimension(head)
    return tuple(found)


def common_cells(transitions: Iterable[Transition]) -> tuple[Cell, ...]:
    """The finest cells that are unions of pieces of every transition.

    >>> from monoscan.theory.numbers import ONE
    >>> from monoscan.theory.transition import Householder
    >>> common_cells([Diagonal((ONE, ONE)), Householder((ONE, ONE), ONE)])
    (range(0, 2),)
    """
    ends = [{piece.stop for piece in pieces(transition)} for transition in transitions]
    shared = [0, *sorted(set.intersection(*ends))]
    return tuple(map(range, shared, shared[1:]))


def pieces_in(transition: Transition, cell: Cell) -> tuple[Piece, ...]:
    """The pieces of a transition that lie in a cell.

    >>> from monoscan.theory.numbers import ONE
    >>> [piece.start for piece in pieces_in(Diagonal((ONE, ONE, ONE)), range(1, 3))]
    [1, 2]
    """
    return tuple(p for p in pieces(transition) if p.start >= cell.start and p.stop <= cell.stop)


def block(matrix: Matrix, cell: Cell) -> Matrix:
    """The rows and columns of a cell.

    >>> print(block(Matrix.identity(3), range(1, 3)))
    [1, 0; 0, 1]
    """
    return Matrix(tuple(row[cell.start : cell.stop] for row in matrix.rows[cell.start : cell.stop]))


def rows_of(matrix: Matrix, cell: Cell) -> Matrix:
    """The rows of a cell.

    >>> print(rows_of(Matrix.of([[1], [2]]), range(1, 2)))
    [2]
    """
    return Matrix(matrix.rows[cell.start : cell.stop])
