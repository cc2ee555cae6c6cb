"""DeltaNet, DeltaProduct and their gated versions: a gate, then rank-one factors one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from monoscan.models.compile.cells import Cell, common_cells, pieces_in, rows_of
from monoscan.models.compile.errors import (
    NotHeld,
    for_each_symbol,
    require_real,
    require_within,
)
from monoscan.models.compile.floats import Floats, to_float
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
from monoscan.theory.numbers import ONE, Number
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
)


@final
@dataclass(frozen=True)
class Factor:
    """I - beta k k^T / (k^T k).

    Attributes:
        k: Its direction, not 0.
        beta: Its strength, not 0.
    """

    k: Vector
    beta: Number

    def apply(self, vector: Vector) -> Vector:
        """The image of a vector."""
        weight = self.beta * inner(self.k, vector) / inner(self.k, self.k)
        return tuple(x - weight * y for x, y in zip(vector, self.k, strict=True))


@final
@dataclass(frozen=True)
class Reflections:
    """What a symbol does in a cell: h <- F_m ... F_1 (gate h) + B.

    Attributes:
        gate: In [0, 1].
        factors: F_1, ..., F_m, the first one applied first.
        written: For each factor the multiples of its k that it adds to the columns of the state;
            with what the later factors make of them they are B.
    """

    gate: Number
    factors: tuple[Factor, ...]
    written: tuple[Vector, ...]


def reflections_plan(
    layer: str, cases: Mapping[Symbol, Case], *, gated: bool, product: bool
) -> LayerPlan:
    """The plan of a layer of this family.

    Args:
        layer: Its kind.
        cases: What the symbols do.
        gated: Whether the layer has a gate.
        product: Whether a token may have several factors.

    Raises:
        NotHeld: If a case does not fit.

    >>> from monoscan.theory.constructions.parity import householder_parity
    >>> cases = householder_parity().layers[0].cases
    >>> plan = reflections_plan("deltanet", cases, gated=False, product=False)
    >>> plan.range, plan.heads[0].tables["key"][1].tolist()
    ('[-1,1]', [[1.0, -1.0]])
    """
    cells = common_cells(case.transition for case in cases.values())

    def read(case: Case) -> list[Reflections]:
        found = [_reflections(case, cell) for cell in cells]
        for part in found:
            if not gated and part.gate != 1:
                raise NotHeld(f"the gate {part.gate}, and this layer has none")
            if not product and len(part.factors) > 1:
                raise NotHeld(f"{len(part.factors)} factors in a head; this layer has one a token")
        return found

    done = for_each_symbol(cases, read)
    everything = [part for row in done for part in row]
    n_h = max(1, *(len(part.factors) for part in everything))
    signed = any(factor.beta > 1 for part in everything for factor in part.factors)
    writes = any(any(vector) for part in everything for vector in part.written)
    shape = _Shape(n_h, SIGNED if signed else NONNEGATIVE, n_columns(cases), gated, writes)
    heads: list[Head] = []
    for place, cell in enumerate(cells):
        heads += query_heads(cell, shape.tables([row[place] for row in done], len(cell)))
    return LayerPlan(layer, shape.range, n_h, writes, tuple(heads), shape.n_columns)


@dataclass(frozen=True)
class _Shape:
    """What all cells of a layer have in common."""

    n_h: int
    range: str
    n_columns: int
    gated: bool
    writes: bool

    def tables(self, parts: Sequence[Reflections], size: int) -> dict[str, Floats]:
        """The tables of a cell of this size."""
        n_symbols = len(parts)
        scale, shift = (2.0, 2.0) if self.range == SIGNED else (4.0, 2.0)  # the clamp's inverse
        key = np.tile(key_of(first_axis(size)), (n_symbols, self.n_h, 1))
        beta = np.zeros((n_symbols, self.n_h, 1))
        value = np.zeros((n_symbols, self.n_h, self.n_columns))
        for row, part in enumerate(parts):
            for place, factor in enumerate(part.factors):
                key[row, place] = key_of(factor.k)
                beta[row, place] = to_float(factor.beta)
                value[row, place] = value_of(factor.k, part.written[place], factor.beta)
        gate = np.array([to_float(part.gate) for part in parts]).reshape(-1, 1, 1)
        tables = {"key": key, "beta": scale * beta - shift}
        if self.gated:
            tables["gate"] = 4.0 * gate - 2.0
        if self.writes:
            tables["value"] = value
        return tables


def _reflections(case: Case, cell: Cell) -> Reflections:
    gate: Number = ONE
    factors: list[Factor] = []
    found = pieces_in(case.transition, cell)
    for piece in found:
        head = piece.transition
        if isinstance(head, Gated):
            if len(found) > 1 and head.gate != 1:
                raise NotHeld(
                    f"a head with the gate {head.gate} lies in a larger head of another symbol"
                )
            gate, head = head.gate, head.factor
        factors += [Factor(piece.padded(f.k, cell), f.beta) for f in _factors(head)]
    require_within("the gate", [gate], 0, 1)
    for factor in factors:
        require_real("a key", factor.k)
        require_within("beta (for a unit key)", [factor.beta], 0, 2)
    rows = rows_of(case.input, cell)
    require_real("the input", rows.entries())
    return Reflections(gate, tuple(factors), multiples_of(_carried(factors), rows))


def _factors(head: Transition) -> list[Factor]:
    """The factors of a head that do something, the first one applied first."""
    if isinstance(head, Diagonal):
        found = [Factor((ONE,), ONE - head.entries[0])]
    elif isinstance(head, Householder | DeltaRule):
        found = [_factor(head)]
    elif isinstance(head, HouseholderProduct):
        found = [_factor(part) for part in reversed(head.factors)]
    else:
        raise NotHeld(
            f"a matrix written as {type(head).__name__}; expected products of I - beta k k^T"
        )
    return [factor for factor in found if factor.beta]


def _factor(part: Householder | DeltaRule) -> Factor:
    return Factor(part.v if isinstance(part, Householder) else part.k, part.effective_beta())


def _carried(factors: Sequence[Factor]) -> list[Vector]:
    """What the later factors make of the key of each factor."""
    carried = []
    for place, factor in enumerate(factors):
        vector = factor.k
        for later in factors[place + 1 :]:
            vector = later.apply(vector)
        carried.append(vector)
    return carried
