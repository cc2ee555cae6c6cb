"""RWKV-7: the transposes of diag(w) - c k (k * a)^T, because the layer's state is on their left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from monoscan.models.compile.cells import Cell, Piece, common_cells, pieces_in, rows_of
from monoscan.models.compile.errors import (
    NotHeld,
    for_each_symbol,
    require_real,
    require_within,
)
from monoscan.models.compile.floats import Floats, to_floats
from monoscan.models.compile.plan import Head, LayerPlan, n_columns
from monoscan.models.compile.queries import (
    Vector,
    first_axis,
    key_of,
    multiples_of,
    query_heads,
    value_of,
)
from monoscan.models.layers.ranges import NONNEGATIVE, SIGNED
from monoscan.theory.factor.elimination import inner
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    dimension,
)


@final
@dataclass(frozen=True)
class Removal:
    """What a symbol does in a cell: h <- (diag(w) - (rates * k) k^T / (k^T k)) h + k written^T.

    Attributes:
        w: The diagonal.
        k: The key, not 0.
        rates: For each coordinate c times the in-context learning rate, in [0, 2].
        written: A number for each column of the state.
    """

    w: Vector
    k: Vector
    rates: Vector
    written: Vector


def rwkv7_plan(cases: Mapping[Symbol, Case]) -> LayerPlan:
    """The plan of an RWKV-7 layer whose transitions are the matrices of the cases.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> rwkv7_plan(scalar_parity().layers[0].cases).heads[0].tables["rate"].flatten().tolist()
    [-2.0, 2.0]
    """
    cells = common_cells(case.transition for case in cases.values())
    done = for_each_symbol(cases, lambda case: [_read(case, cell) for cell in cells])
    everything = [part for row in done for part in row]
    signed = any(rate > 1 for part in everything for rate in part.rates)
    writes = any(any(part.written) for part in everything)
    heads: list[Head] = []
    for place, cell in enumerate(cells):
        tables = _tables([row[place] for row in done], signed)
        if not writes:
            del tables["value"]
        heads += query_heads(cell, tables)
    range_ = SIGNED if signed else NONNEGATIVE
    return LayerPlan("rwkv7", range_, 1, writes, tuple(heads), n_columns(cases))


def _tables(parts: Sequence[Removal], signed: bool) -> dict[str, Floats]:
    """The tables of one cell; decays and rates go through the inverse of the clamp."""
    rate = np.array([[to_floats(part.rates)] for part in parts])
    return {
        "key": np.array([[key_of(part.k)] for part in parts]),
        "decay": 4.0 * np.array([[to_floats(part.w)] for part in parts]) - 2.0,
        "rate": 2.0 * rate - 2.0 if signed else 4.0 * rate - 2.0,
        "value": np.array([[value_of(part.k, part.written)] for part in parts]),
    }


def _read(case: Case, cell: Cell) -> Removal:
    w: list[Number] = [ONE] * len(cell)
    terms: list[tuple[Vector, Vector]] = []
    for piece in pieces_in(case.transition, cell):
        diagonal, left, right = _piece(piece)
        start = piece.start - cell.start
        w[start : start + len(diagonal)] = diagonal
        if any(left) and any(right):
            terms.append((piece.padded(left, cell), piece.padded(right, cell)))
    if len(terms) > 1:
        raise NotHeld(f"{len(terms)} terms of rank one in a head; this layer has one a token")
    rows = rows_of(case.input, cell)
    require_real("the input", rows.entries())
    require_within("the decay", w, 0, 1)
    if terms:
        k, rates = terms[0][1], _rates(*terms[0])
    else:
        k, rates = _writer(rows, len(cell)), (ZERO,) * len(cell)
    return Removal(tuple(w), k, rates, multiples_of([k], rows)[0])


def _piece(piece: Piece) -> tuple[Vector, Vector, Vector]:
    """w, left and right of the matrix diag(w) - left right^T of a head."""
    head = piece.transition
    ones = (ONE,) * dimension(head)
    if isinstance(head, Diagonal):
        entry = head.entries[0]
        require_real("the diagonal", [entry])
        return ((entry,), (ZERO,), (ZERO,)) if entry >= 0 else (ones, ones, (ONE - entry,))
    if isinstance(head, DiagonalPlusRankOne):
        weight = head.c / inner(head.k, head.k)
        right = tuple(weight * x * rate for x, rate in zip(head.k, head.a, strict=True))
        return head.w, head.k, right
    gate: Number = ONE
    if isinstance(head, Gated):
        gate, head = head.gate, head.factor
    if isinstance(head, Householder | DeltaRule):
        v = head.v if isinstance(head, Householder) else head.k
        square = inner(v, v)
        weight = gate * head.effective_beta() / square if square else ZERO
        return tuple(gate * x for x in ones), v, tuple(weight * x for x in v)
    raise NotHeld(f"a matrix written as {type(head).__name__}; expected diag(w) - c k (k * a)^T")


def _rates(left: Vector, right: Vector) -> Vector:
    """The rates r with (r * k) k^T / (k^T k) = left right^T for k = right."""
    require_real("a key", (*left, *right))
    square = inner(right, right)
    rates: list[Number] = []
    for out, read in zip(left, right, strict=True):
        if out and not read:
            raise NotHeld(
                "the term of rank one changes an entry that it does not read. The layer multiplies "
                "its state from the right, so it has the transpose of this matrix and not the "
                "matrix itself (a copy of one entry to another is of this kind)"
            )
        rates.append(out * square / read if out else ZERO)
    require_within("the learning rate times c that the transpose needs", rates, 0, 2)
    return tuple(rates)


def _writer(rows: Matrix, size: int) -> Vector:
    """The direction of what is written; the layer removes nothing along it."""
    columns = rows.transpose().rows
    return next((column for column in columns if any(column)), first_axis(size))
