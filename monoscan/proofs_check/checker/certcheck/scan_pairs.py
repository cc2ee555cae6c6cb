"""The semantics `chunk-scan`: steps are combined as pairs (A, B) before a state meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from .formats import Format
from .limits import WORK, charge
from .matrices import Matrix, to_matrix

Rows = tuple[tuple[Fraction, ...], ...]
Pair = tuple[Rows, Rows]
ZERO = Fraction(0)


def pair_rows(matrix: Matrix) -> Rows:
    """The entries."""
    return tuple(map(tuple, matrix.fractions()))


def rounded_product(left: Rows, right: Rows, form: Format) -> Rows:
    """The product, every operation rounded."""
    columns = list(zip(*right, strict=True))
    WORK.spend(300 * len(left) * len(columns) * (len(right) + 5))
    return tuple(tuple([scan_dot(row, x, form) for x in columns]) for row in left)


def scan_dot(row: Sequence[Fraction], column: Sequence[Fraction], form: Format) -> Fraction:
    """The scalar product from left to right; to add 0 changes nothing."""
    total = ZERO
    for x, y in zip(row, column, strict=True):
        if x and y:
            charge(x, y)
            term = form.round(x * y)
            if total:
                charge(total, term)
                term = form.round(total + term)
            total = term
    return total


def apply_pair(pair: Pair, state: Rows, form: Format) -> Rows:
    """A H + B, every operation rounded."""
    moved = rounded_product(pair[0], state, form)
    rows = []
    for line, added in zip(moved, pair[1], strict=True):
        row = []
        for x, y in zip(line, added, strict=True):
            if y:
                charge(x, y)
            row.append(form.round(x + y) if y else x)
        rows.append(tuple(row))
    return tuple(rows)


def join(first: Pair, second: Pair, form: Format) -> Pair:
    """The pair of two parts of a word, one after the other."""
    return rounded_product(second[0], first[0], form), apply_pair(second, first[1], form)


def keep_pair(pair: Pair) -> None:
    """Charge for a pair that stays in memory."""
    WORK.keep(3 * sum(len(row) for part in pair for row in part), 3)


def scanned_states(
    initial: Matrix, steps: Iterable[tuple[Matrix, Matrix]], form: Format, chunk: int
) -> Iterator[Matrix]:
    """The state after each step: by doubling within a chunk, then from chunk to chunk."""
    carried, passes = pair_rows(initial), list[list[Pair]]()
    for a, b in steps:
        found = [(pair_rows(a), pair_rows(b))]
        keep_pair(found[0])
        while (reach := 1 << (len(found) - 1)) <= len(passes):
            before = passes[len(passes) - reach]
            found.append(join(before[min(len(found), len(before)) - 1], found[-1], form))
            keep_pair(found[-1])
        passes.append(found)
        state = apply_pair(found[-1], carried, form)
        yield to_matrix(state)
        if len(passes) == chunk:
            carried, passes = state, []
