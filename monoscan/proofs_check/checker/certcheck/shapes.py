"""Shapes of matrices and of the layers that have them."""

from __future__ import annotations

from fractions import Fraction

from .limits import charge, require
from .networks import Layer
from .transitions import Transition

# How `op-round` asks that matrices are written, since equal ones may round differently.
DIAGONAL = "a `diagonal`"
UNIT_KEYS = "a `delta` whose k has the square sum 1"


def is_written(a: Transition, asked: str) -> bool:
    """Whether A is written so: as diagonals; without a `delta` whose k has another length."""
    if a.parts:
        return all(is_written(part, asked) for part in a.parts) and (
            a.kind == "blocks" or asked != DIAGONAL
        )
    if asked == DIAGONAL:
        return a.kind == "diagonal"
    if a.kind != "delta":
        return True
    square = Fraction(0)
    for x in a.written[:-1]:
        charge(x, x)
        charge(square, x, 2)
        square += x * x
    return square == 1


def is_diagonal(a: Transition) -> bool:
    """Whether all entries off the diagonal are 0."""
    f, rows = a.field.degree, enumerate(a.matrix.rows)
    return not any(x for i, row in rows for j, x in enumerate(row) if i // f != j // f)


def is_upper_triangular(a: Transition) -> bool:
    """Whether all entries below the diagonal are 0."""
    f, rows = a.field.degree, enumerate(a.matrix.rows)
    return not any(any(row[: i // f * f]) for i, row in rows)


def is_symmetric(a: Transition) -> bool:
    """Whether A = A^T (no entry is conjugated)."""
    n = a.rows_and_columns()
    return all(a.entry(i, j) == a.entry(j, i) for i in n for j in range(i))


def heads(a: Transition) -> tuple[Transition, ...]:
    """The blocks of A, which is its own only block when it is written as one matrix."""
    return a.parts if a.kind == "blocks" else (a,)


def require_same_heads(layer: Layer, where: str) -> None:
    """A row has the same head in all cases, except where it is a row of a `diagonal`."""
    found: dict[int, tuple[range, int]] = {}  # a row's head, and the case where it was met
    for index, case in enumerate(layer.cases.values()):
        start = 0
        for head in heads(case.a):
            rows = range(start, start + len(head.rows_and_columns()))
            start = rows.stop
            for row in rows if head.kind != "diagonal" else ():
                other, earlier = found.setdefault(row, (rows, index))
                require(
                    other == rows,
                    f"{where}, because heads are the same in all cases of a layer: row {row + 1} "
                    f"is in a head of rows {other.start + 1} to {other.stop} in cases[{earlier}].A "
                    f"and of rows {rows.start + 1} to {rows.stop} in cases[{index}].A",
                )


def have_common_phase(layer: Layer) -> bool:
    """Whether each entry of diagonal matrices is g z, g >= 0, with one z for all cases."""
    cases = [case.a for case in layer.cases.values()]
    for i in cases[0].rows_and_columns():
        entries = [x for x in (a.entry(i, i) for a in cases) if any(x)]
        products = (layer.field.times_conjugate(x, entries[0]) for x in entries)
        if not all(x[0] > 0 and not any(x[1:]) for x in products):
            return False
    return True
