"""What rounding adds to a state along any tree, for evidence of the kind `balls` in a scan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .formats import Format
from .limits import WORK, charge, require
from .matrices import Matrix, to_matrix
from .networks import Case, Layer
from .rounded_up import above, norm_above

ZERO, ONE = Fraction(0), Fraction(1)


def is_shifted(cases: Sequence[Case]) -> bool:
    """Whether any step adds something."""
    return any(x for case in cases for x in case.b.entries())


def step_matrix(case: Case, shifted: bool) -> Matrix:
    """(A B; 0 I), or A where no step of the layer adds anything."""
    if not shifted:
        return case.a.matrix
    a, b = case.a.matrix.fractions(), case.b.fractions()
    height, width = len(a), len(b[0])
    WORK.spend(100 * (height + width) ** 2)
    below = [[ZERO] * height + [Fraction(i == j) for j in range(width)] for i in range(width)]
    return to_matrix([x + y for x, y in zip(a, b, strict=True)] + below)


def product_error(form: Format, rows: int, columns: int, shifted: bool) -> Fraction:
    """D: how far a rounded product is from the exact one, for norms of at most 1."""
    nearest = form.mode.startswith("nearest")
    absolute = Fraction(*form.spacing(ZERO)) / (2 if nearest else 1)
    relative = Fraction(2, 2 ** (form.precision + nearest)) if form.precision else ZERO
    roundings = rows + shifted
    WORK.multiply(100, 2 * roundings + 70, 2 * roundings + 70)
    grown = (ONE + relative) ** roundings
    side = rows + columns if shifted else max(rows, columns)
    return side * (grown - 1 + (rows + roundings) * absolute * grown)


def tree_error(
    layer: Layer, cases: Sequence[Case], growth: Fraction, form: Format, letters: int
) -> Fraction:
    """At least the distance of a computed state from the exact one after so many letters."""
    require(growth >= 1, "bounds: the growth is below 1")
    shifted = is_shifted(cases)
    rows = layer.initial.fractions()
    below = [[ONE] * (len(rows[0]) * shifted)]
    start = max(ONE, norm_above([*rows, *below]))
    error = product_error(form, len(rows), len(rows[0]), shifted)
    powers = ONE, ONE, ZERO  # p^n, g^n, p^n - g^n for p = g (1 + D)
    charge(growth, error, 3)
    step = above(growth, ONE + error), growth, growth * error
    while letters:
        if letters & 1:
            powers = joined(step, powers)
        letters >>= 1
        if letters:
            step = joined(step, step)
    last = above(powers[0], start)
    inside = min(form.high, -form.low) >= last
    require(inside, "a number may lie beyond the largest value of the format")
    return above(powers[2], start)


def joined(
    x: tuple[Fraction, Fraction, Fraction], y: tuple[Fraction, Fraction, Fraction]
) -> tuple[Fraction, Fraction, Fraction]:
    """The powers for m + n letters from those for m and for n."""
    return above(x[0], y[0]), above(x[1], y[1]), above(x[2], y[0], above(x[1], y[2]))
