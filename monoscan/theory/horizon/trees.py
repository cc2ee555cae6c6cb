"""How far rounding leads from the exact state, along any tree that combines the steps of a word.

A step is the matrix M = (A B; 0 I), or A where no step of the layer adds anything; a state is H
with I below it, or H. Let g >= 1 be at least the norm of every M. The rounded product of two
matrices with norms of at most x >= 1 and y >= 1 is within D x y of the exact product, D from the
format. So, by induction over the tree, with p = g (1 + D): what is computed from m letters has a
norm of at most p^m / (1 + D) and is within p^m / (1 + D) - g^m of the exact product; a state after
N letters is within G (p^N - g^N) of the exact one, for G the larger one of 1 and the norm of the
initial state. Numbers on the way are at most G p^N.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from monoscan.theory.formats import Minifloat, NumberFormat
from monoscan.theory.horizon.lengths import length_of, upwards
from monoscan.theory.lrnn import Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import rational


def product_error(number_format: NumberFormat, rows: int, columns: int, shifted: bool) -> Fraction:
    """D: how far a rounded product is from the exact one, for norms of at most 1.

    A rounding of x is within u |x| + s of x. Each product of two numbers passes through at most
    `rows` roundings, one more with a shift, and an entry is made by fewer than 2 rows + 1 of them.

    Args:
        number_format: the format.
        rows: of the state.
        columns: of the state.
        shifted: whether steps add something, so that M has rows below A.

    >>> float(product_error(Minifloat(8, -126, Fraction(2**20)), 1, 1, False)) < 0.004
    True
    """
    nearest = number_format.rounding_mode.is_nearest
    absolute = number_format.spacing(Fraction(0)) / (2 if nearest else 1)
    relative = Fraction(0)
    if isinstance(number_format, Minifloat):
        relative = Fraction(2, 2 ** (number_format.precision + nearest))
    roundings = rows + shifted
    grown = (1 + relative) ** roundings
    # At least the root of the number of entries, and the product of two ratios of norms.
    side = rows + columns if shifted else max(rows, columns)
    return side * (grown - 1 + (rows + roundings) * absolute * grown)


def is_shifted(cases: Iterable[Case]) -> bool:
    """Whether any step adds something."""
    return any(any(case.input.entries()) for case in cases)


def step_matrix(case: Case, shifted: bool) -> Matrix:
    """M: the matrix (A B; 0 I), or A."""
    if not shifted:
        return case.matrix
    width = case.input.shape[1]
    pairs = zip(case.matrix.rows, case.input.rows, strict=True)
    below = Matrix.identity(width).rows
    zeros = Matrix.zeros(width, case.matrix.shape[0]).rows
    return Matrix(
        (
            *((*row, *added) for row, added in pairs),
            *((*zero, *one) for zero, one in zip(zeros, below, strict=True)),
        )
    )


@dataclass(frozen=True)
class TreeError:
    """What bounds the distance of a computed state from the exact one.

    Attributes:
        growth: g.
        added: D.
        start: G.
        largest: of the values that the format has of either sign.
    """

    growth: Fraction
    added: Fraction
    start: Fraction
    largest: Fraction

    def after(self, letters: int) -> Fraction | None:
        """G (p^N - g^N), rounded up; None if a number may be beyond the largest value.

        >>> TreeError(Fraction(1), Fraction(1, 2), Fraction(2), Fraction(9)).after(2)
        Fraction(5, 2)
        """
        found = Fraction(1), Fraction(1), Fraction(0)
        step = upwards(self.growth * (1 + self.added)), self.growth, self.growth * self.added
        while letters:
            if letters & 1:
                found = _times(step, found)
            letters >>= 1
            if letters:
                step = _times(step, step)
            if max(step[0], found[0]) * self.start > self.largest:
                return None
        return self.start * found[2]


def _times(x: tuple[Fraction, ...], y: tuple[Fraction, ...]) -> tuple[Fraction, Fraction, Fraction]:
    """The powers p^(m + n), g^(m + n) and their difference from those of m and of n."""
    return upwards(x[0] * y[0]), upwards(x[1] * y[1]), upwards(x[2] * y[0] + x[1] * y[2])


def tree_error(
    layer: Layer, cases: Iterable[Case], growth: Fraction, form: NumberFormat
) -> TreeError:
    """The bound of a layer whose steps M stretch by at most `growth` >= 1."""
    shifted = is_shifted(cases)
    rows, columns = layer.initial.shape
    square = [rational(x) for x in layer.initial.entries()] + [Fraction(1)] * (columns * shifted)
    return TreeError(
        growth,
        product_error(form, rows, columns, shifted),
        max(Fraction(1), length_of(iter(square))),
        min(form.largest, -form.smallest),
    )
