"""0/1 matrices with one 1 in each column as products of swaps and copies.

RWKV-7 (arXiv:2503.14456), appendix D, Lemma 3: n factors suffice. Such a matrix is a map f of the
n coordinates, A e_i = e_f(i). A swap exchanges two coordinates; the copy x -> y sends e_x to e_y
and fixes the rest. Both are diag(w) - c k (k o a)^T / (k^T k) with k = e_x - e_y, w = 1 and c = 2:
a = 1 gives the swap, a = e_x the copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import DiagonalPlusRankOne


@dataclass(frozen=True)
class SwapCopy:
    """A swap of two coordinates, or a copy that sends one basis vector to another.

    Attributes:
        kind: `swap` or `copy`.
        size: the dimension n.
        source: a coordinate, counted from 0.
        target: another coordinate; a copy sends e_source to e_target.
    """

    kind: Literal["swap", "copy"]
    size: int
    source: int
    target: int

    def __post_init__(self) -> None:
        if self.kind not in ("swap", "copy"):
            raise ValueError(f"the kind {self.kind!r} is unknown; expected 'swap' or 'copy'")
        if not (0 <= self.source < self.size and 0 <= self.target < self.size):
            raise ValueError(
                f"{self.kind} {self.source}, {self.target}: coordinates are 0..{self.size - 1}"
            )
        if self.source == self.target:
            raise ValueError(
                f"{self.kind} {self.source}, {self.target}: the coordinates must differ; the "
                "identity is the product of no factors"
            )

    def images(self) -> tuple[int, ...]:
        """The map of the coordinates."""
        result = list(range(self.size))
        result[self.source] = self.target
        if self.kind == "swap":
            result[self.target] = self.source
        return tuple(result)

    def transition(self) -> DiagonalPlusRankOne:
        """The same matrix as RWKV-7 writes it, with c = 2.

        >>> from monoscan.theory.transition import transition_matrix
        >>> print(transition_matrix(SwapCopy("copy", 2, 0, 1).transition()))
        [0, 0; 1, 1]
        """
        axes = Matrix.identity(self.size).rows
        key = tuple(x - y for x, y in zip(axes[self.source], axes[self.target], strict=True))
        ones = (ONE,) * self.size
        gate = ones if self.kind == "swap" else axes[self.source]
        return DiagonalPlusRankOne(w=ones, k=key, a=gate, c=ONE + ONE)


def map_matrix(images: Sequence[int]) -> Matrix:
    """The matrix with A e_i = e_(images[i]) for any map of the coordinates 0, ..., n-1.

    Raises:
        ValueError: if an image is no coordinate.

    >>> print(map_matrix((1, 1)))
    [0, 0; 1, 1]
    """
    size = len(images)
    for point, image in enumerate(images):
        if not 0 <= image < size:
            raise ValueError(
                f"the image of {point} is {image}; images are coordinates 0..{size - 1}"
            )
    return Matrix.of([[int(images[j] == i) for j in range(size)] for i in range(size)])


def matrix_map(matrix: Matrix) -> tuple[int, ...]:
    """The map f with A e_i = e_f(i).

    Raises:
        ValueError: if the matrix is not square with exactly one 1 and otherwise 0 in each column.

    >>> matrix_map(Matrix.of([[0, 0], [1, 1]]))
    (1, 1)
    """
    if not matrix.is_square:
        raise ValueError(f"a map of coordinates is a square matrix; the shape is {matrix.shape}")
    images = []
    for number, column in enumerate(zip(*matrix.rows, strict=True)):
        ones = [i for i, entry in enumerate(column) if entry == ONE]
        if len(ones) != 1 or sum(entry != ZERO for entry in column) != 1:
            shown = ", ".join(str(entry) for entry in column)
            raise ValueError(
                f"column {number} is ({shown}); a map of coordinates has exactly one 1 and "
                "otherwise 0 in each column"
            )
        images.append(ones[0])
    return tuple(images)


def swaps_and_copies(images: Sequence[int]) -> tuple[SwapCopy, ...]:
    """A map f of n coordinates as F_1 F_2 ... F_m, m <= n; F_1 is applied last.

    A point of each non-empty preimage represents it, a fixed point where there is one. First every
    other point is copied to the representative with the same image (n - r copies, r the number
    of images), then at most r swaps bring the representatives to their images.

    Args:
        images: the images of 0, ..., n-1.

    Raises:
        ValueError: if an image is no coordinate.

    >>> [(f.kind, f.source, f.target) for f in swaps_and_copies((1, 2, 2))]
    [('swap', 0, 1), ('copy', 1, 2)]
    """
    size = len(images)
    map_matrix(images)  # raises for an image that is no coordinate
    chosen: dict[int, int] = {}
    for point in range(size):
        if images[point] not in chosen or images[point] == point:
            chosen[images[point]] = point
    applied = [
        SwapCopy("copy", size, point, chosen[images[point]])
        for point in range(size)
        if chosen[images[point]] != point
    ]
    goal = {point: image for image, point in chosen.items()}
    where = dict(zip(chosen.values(), chosen.values(), strict=True))
    for point, image in sorted(goal.items()):
        place = where[point]
        if place == image:
            continue
        applied.append(SwapCopy("swap", size, place, image))
        for other in where:
            if where[other] == image:
                where[other] = place
        where[point] = image
    return tuple(reversed(applied))
