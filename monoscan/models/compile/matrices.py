"""The layers that hold whole matrices: diagonal, PD-SSM and dense."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from monoscan.models.compile.cells import Cell, block, common_cells, rows_of
from monoscan.models.compile.errors import (
    NotHeld,
    for_each_symbol,
    require_real,
    require_within,
)
from monoscan.models.compile.floats import Complexes, Floats, all_real, to_array, to_complex
from monoscan.models.compile.plan import NO_DICTIONARY, UNLIKELY, Head, LayerPlan, n_columns
from monoscan.models.layers.ranges import COMPLEX, NONNEGATIVE, SIGNED
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number, is_real, squared_modulus

_BEYOND: Final = 4.0
"""How far outside the disc a number on the circle is written; the clamp brings it back."""

_NORM: Final = 1.2
_TOLERANCE: Final = 1e-12


def diagonal_plan(cases: Mapping[Symbol, Case], initial: Matrix) -> LayerPlan:
    """The plan of a diagonal layer: each entry of the state is a head.

    Args:
        cases: What the symbols do.
        initial: The initial state; with complex numbers the layer is complex.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> layer = scalar_parity().layers[0]
    >>> diagonal_plan(layer.cases, layer.initial).heads[0].tables["entry"].flatten().tolist()
    [2.0, -2.0]
    """
    rows = for_each_symbol(cases, _diagonal)
    values = [x for row in rows for x in row]
    real = all(map(is_real, values)) and all_real(initial)
    real = real and all(all_real(case.input) for case in cases.values())
    if not real:
        range_, entry = COMPLEX, _in_disc
    elif min(values) >= 0:
        range_, entry = NONNEGATIVE, _nonnegative
    else:
        range_, entry = SIGNED, _signed
    writes = _writes(cases)
    heads = []
    for place in range(len(rows[0])):
        cell = range(place, place + 1)
        table = np.array([entry(row[place]) for row in rows])[:, :, None]
        for copy in range(n_columns(cases)):
            tables = {"entry": table}
            if writes:
                tables["input"] = _inputs(cases, cell, copy, real=real)
            heads.append(Head(cell, copy, tables, NO_DICTIONARY))
    return LayerPlan("diagonal", range_, 1, writes, tuple(heads), n_columns(cases))


def pd_ssm_plan(cases: Mapping[Symbol, Case]) -> LayerPlan:
    """The plan of a PD-SSM layer.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> pd_ssm_plan(scalar_parity().layers[0].cases).heads[0].dictionary.tolist()
    [[[1.0]]]
    """
    cells = common_cells(case.transition for case in cases.values())
    done = for_each_symbol(cases, lambda case: [_places(block(case.matrix, c)) for c in cells])
    heads: list[Head] = []
    for number, cell in enumerate(cells):
        parts = [row[number] for row in done]
        entry = np.array([[_in_disc(x) for x in part[1]] for part in parts]).transpose(0, 2, 1)
        chosen, dictionary = _dictionary([part[0] for part in parts])
        heads += _heads(cases, cell, {"places": chosen, "entry": entry}, dictionary, real=False)
    return LayerPlan("pd_ssm", COMPLEX, 1, _writes(cases), tuple(heads), n_columns(cases))


def dense_plan(cases: Mapping[Symbol, Case], initial: Matrix) -> LayerPlan:
    """The plan of a dense layer, whose matrices have columns of 1.2-norm one, or zero columns.

    Args:
        cases: What the symbols do.
        initial: The initial state, which must be real.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> layer = scalar_parity().layers[0]
    >>> dense_plan(layer.cases, layer.initial).heads[0].dictionary.flatten().tolist()
    [1.0, -1.0]
    """
    require_real("the initial state", initial.entries())
    cells = common_cells(case.transition for case in cases.values())
    done = for_each_symbol(cases, lambda case: [_normal(case, cell) for cell in cells])
    heads: list[Head] = []
    for number, cell in enumerate(cells):
        chosen, dictionary = _dictionary([row[number] for row in done])
        heads += _heads(cases, cell, {"matrices": chosen}, dictionary, real=True)
    return LayerPlan("dense", COMPLEX, 1, _writes(cases), tuple(heads), n_columns(cases))


def _heads(
    cases: Mapping[Symbol, Case],
    cell: Cell,
    tables: dict[str, Floats],
    dictionary: Floats,
    *,
    real: bool,
) -> list[Head]:
    """One head for each column of the state."""
    heads = []
    for copy in range(n_columns(cases)):
        own = dict(tables)
        if _writes(cases):
            own["input"] = _inputs(cases, cell, copy, real=real)
        heads.append(Head(cell, copy, own, dictionary))
    return heads


def _writes(cases: Mapping[Symbol, Case]) -> bool:
    return any(any(case.input.entries()) for case in cases.values())


def _inputs(cases: Mapping[Symbol, Case], cell: Cell, column: int, *, real: bool) -> Floats:
    """What is added to a column of the state: [symbols, parts, n]."""
    written = [to_array(rows_of(case.input, cell))[:, column] for case in cases.values()]
    table: Complexes = np.array(written)
    return np.stack([table.real] if real else [table.real, table.imag], axis=1)


def _diagonal(case: Case) -> tuple[Number, ...]:
    for i, row in enumerate(case.matrix.rows):
        for j, entry in enumerate(row):
            if entry and i != j:
                raise NotHeld(f"entry ({i + 1}, {j + 1}) is {entry}; expected a diagonal matrix")
    entries = tuple(row[i] for i, row in enumerate(case.matrix.rows))
    require_within("the squared modulus of a diagonal entry", map(squared_modulus, entries), 0, 1)
    return entries


def _places(matrix: Matrix) -> tuple[Floats, tuple[Number, ...]]:
    """The one-hot columns of P and the diagonal D of a matrix P D."""
    size = len(matrix.rows)
    places, entries = np.zeros((size, size)), []
    for j, column in enumerate(matrix.transpose().rows):
        filled = [i for i, entry in enumerate(column) if entry]
        if len(filled) > 1:
            raise NotHeld(f"column {j + 1} has {len(filled)} non-zero entries; expected at most 1")
        i = filled[0] if filled else j
        places[i, j] = 1.0
        entries.append(column[i] if filled else ZERO)
    require_within("the squared modulus of an entry", map(squared_modulus, entries), 0, 1)
    return places, tuple(entries)


def _normal(case: Case, cell: Cell) -> Floats:
    """The block of a cell, if the layer's normalisation of columns leaves it as it is."""
    matrix = block(case.matrix, cell)
    require_real("the matrix", matrix.entries())
    require_real("the input", rows_of(case.input, cell).entries())
    found = to_array(matrix).real
    for j, norm in enumerate((np.abs(found) ** _NORM).sum(axis=0) ** (1 / _NORM)):
        if norm and abs(norm - 1) > _TOLERANCE:
            raise NotHeld(
                f"column {j + 1} has the 1.2-norm {norm:.6g}; the dense layer divides each column "
                "by its 1.2-norm, so it must be 1 (or the column 0)"
            )
    return found


def _dictionary(matrices: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Scores that choose a matrix for each symbol, [symbols, 1, size], and the matrices."""
    different: dict[bytes, int] = {}
    places = [different.setdefault(matrix.tobytes(), len(different)) for matrix in matrices]
    scores = np.full((len(matrices), 1, len(different)), UNLIKELY)
    scores[np.arange(len(places)), 0, places] = 0.0
    first = [places.index(number) for number in range(len(different))]
    return scores, np.array([matrices[number] for number in first])


Entry = Callable[[Number], tuple[float, ...]]


def _nonnegative(value: Number) -> tuple[float, ...]:
    return (4.0 * to_complex(value).real - 2.0,)


def _signed(value: Number) -> tuple[float, ...]:
    return (2.0 * to_complex(value).real,)


def _in_disc(value: Number) -> tuple[float, ...]:
    found = to_complex(value) * (_BEYOND if squared_modulus(value) == 1 else 1.0)
    return found.real, found.imag
