"""CKDA: (I - beta k k^T) diag(a)."""

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
from monoscan.models.compile.floats import Floats, to_float, to_floats
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
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    Gated,
    Householder,
    HouseholderDiagonal,
    dimension,
)


@final
@dataclass(frozen=True)
class ReflectedDiagonal:
    """What a symbol does in a cell: h <- (I - beta k k^T / (k^T k)) diag(entries) h + k written^T.

    Attributes:
        entries: The diagonal.
        k: The key, not 0.
        beta: Its strength.
        written: A number for each column of the state.
    """

    entries: Vector
    k: Vector
    beta: Number
    written: Vector


def ckda_plan(cases: Mapping[Symbol, Case]) -> LayerPlan:
    """The plan of a CKDA layer.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> ckda_plan(scalar_parity().layers[0].cases).range
    '[-1,1]'
    """
    cells = common_cells(case.transition for case in cases.values())
    done = for_each_symbol(cases, lambda case: [_read(case, cell) for cell in cells])
    everything = [part for row in done for part in row]
    signed = any(part.beta > 1 or min(part.entries) < 0 for part in everything)
    writes = any(any(part.written) for part in everything)
    range_ = SIGNED if signed else NONNEGATIVE
    heads: list[Head] = []
    for place, cell in enumerate(cells):
        tables = _tables([row[place] for row in done], signed)
        if not writes:
            del tables["value"]
        heads += query_heads(cell, tables)
    return LayerPlan("ckda", range_, 1, writes, tuple(heads), n_columns(cases))


def _tables(parts: Sequence[ReflectedDiagonal], signed: bool) -> dict[str, Floats]:
    """The tables of one cell; entries and strengths go through the inverse of the clamp."""
    entry = np.array([[to_floats(part.entries)] for part in parts])
    beta = np.array([[[to_float(part.beta)]] for part in parts])
    nothing = np.zeros(len(parts[0].written))
    return {
        "key": np.array([[key_of(part.k)] for part in parts]),
        "entry": 2.0 * entry if signed else 4.0 * entry - 2.0,
        "beta": 2.0 * beta - 2.0 if signed else 4.0 * beta - 2.0,
        "value": np.array(
            [
                [value_of(part.k, part.written, part.beta) if part.beta else nothing]
                for part in parts
            ]
        ),
    }


def _read(case: Case, cell: Cell) -> ReflectedDiagonal:
    entries: list[Number] = [ONE] * len(cell)
    terms: list[tuple[Vector, Number]] = []
    found = pieces_in(case.transition, cell)
    for piece in found:
        diagonal, v, beta = _piece(piece, alone=len(cell) == 1)
        start = piece.start - cell.start
        entries[start : start + len(diagonal)] = diagonal
        if beta:
            terms.append((piece.padded(v, cell), beta))
    if len(terms) > 1:
        raise NotHeld(f"{len(terms)} factors in a head; this layer has one a token")
    rows = rows_of(case.input, cell)
    k, beta = terms[0] if terms else _writer(entries, rows)
    require_real("a key", k)
    require_real("the input", rows.entries())
    require_within("beta (for a unit key)", [beta], 0, 2)
    require_within("the diagonal entry", entries, -1, 1)
    written = multiples_of([k] if beta else [], rows)
    return ReflectedDiagonal(
        tuple(entries), k, beta, written[0] if written else (ZERO,) * rows.shape[1]
    )


def _piece(piece: Piece, *, alone: bool) -> tuple[Vector, Vector, Number]:
    """Diagonal, key and strength of a head."""
    head = piece.transition
    ones = (ONE,) * dimension(head)
    if isinstance(head, Diagonal):
        # In a head of its own a number is written as 1 - (1 - a): then it can also be written to.
        return (ones, ones, ONE - head.entries[0]) if alone else (head.entries, ones, ZERO)
    if isinstance(head, HouseholderDiagonal):
        return head.entries, head.v, head.beta
    gate: Number = ONE
    if isinstance(head, Gated):
        gate, head = head.gate, head.factor
    if isinstance(head, Householder | DeltaRule):
        v = head.v if isinstance(head, Householder) else head.k
        return tuple(gate * x for x in ones), v, head.effective_beta()
    raise NotHeld(f"a matrix written as {type(head).__name__}; expected (I - beta k k^T) diag(a)")


def _writer(entries: Sequence[Number], rows: Matrix) -> tuple[Vector, Number]:
    """A key for what is written where the diagonal forgets everything along it."""
    for column in rows.transpose().rows:
        if any(column) and not any(x and e for x, e in zip(column, entries, strict=True)):
            return column, ONE
    return first_axis(len(entries)), ZERO
