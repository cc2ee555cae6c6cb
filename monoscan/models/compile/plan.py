"""A layer as tables: for each symbol what the layer's linear maps must give, head by head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from monoscan.models.compile.cells import Cell
from monoscan.models.compile.floats import Floats
from monoscan.models.layers import LayerConfig
from monoscan.theory.lrnn import Case, Symbol

SCALARS = ("beta", "gate")
"""The linear maps with one number a head; the others have one for each channel."""

DICTIONARIES = {"pd_ssm": "places", "dense": "matrices"}
"""What the layers with a dictionary of matrices call it."""


UNLIKELY: Final = -1000.0
"""A score whose exponential is 0 in every format."""

NO_DICTIONARY: Final[Floats] = np.zeros((0, 0, 0))


@final
@dataclass(frozen=True, eq=False)
class Head:
    """One head of the layer: a cell of the exact state.

    Attributes:
        cell: Its coordinates.
        copy: Which of the equal heads of the cell: one for each coordinate where a query reads
            one of them, one for each column of the state where a head holds one of them.
        tables: name of a linear map -> [symbols, outer, m]: its outputs for each symbol. The
            outer dimension counts the factors of a token, or real and imaginary parts.
        dictionary: [size, n, n], the matrices of which one is chosen; empty if there are none.
    """

    cell: Cell
    copy: int
    tables: Mapping[str, Floats]
    dictionary: Floats


@final
@dataclass(frozen=True, eq=False)
class LayerPlan:
    """All heads of one layer.

    Attributes:
        layer: Kind of layer.
        range: Its range of eigenvalues.
        n_h: Factors a token.
        additive: Whether tokens write into the state.
        heads: At least one.
        n_columns: Columns of the exact state.
    """

    layer: str
    range: str
    n_h: int
    additive: bool
    heads: tuple[Head, ...]
    n_columns: int

    @property
    def is_matrix(self) -> bool:
        """Whether a head holds a matrix, all columns of the exact state at once, as rows."""
        return "query" in self.heads[0].tables

    @property
    def head_width(self) -> int:
        """Channels of a head."""
        longest = max(len(head.cell) for head in self.heads)
        return max(longest, self.n_columns) if self.is_matrix else longest


def n_columns(cases: Mapping[Symbol, Case]) -> int:
    """The number of columns of a layer's state.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> n_columns(scalar_parity().layers[0].cases)
    1
    """
    return next(iter(cases.values())).input.shape[1]


@final
@dataclass(frozen=True, eq=False)
class Weights:
    """A plan as parameters.

    Attributes:
        config: The layer.
        embedding: [symbols, width], the input of the layer for each symbol.
        weights: name of a linear map -> [rows, width].
    """

    config: LayerConfig
    embedding: Floats
    weights: Mapping[str, Floats]


def fit(plan: LayerPlan) -> Weights:
    """Embedding and linear maps that give the tables of a plan.

    The first channel of the embedding is 1, each other one lists a parameter that differs between
    symbols; so a row of a linear map has at most one entry that is not 0, and its product with an
    embedding is exact in every arithmetic that holds the entry. There are as many heads as the
    channels need; heads beyond those of the plan hold the zero state.

    >>> from monoscan.models.compile.kinds import plan_layer
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> exact = scalar_parity().layers[0]
    >>> weights = fit(plan_layer("diagonal", 1, exact.cases, exact.initial))
    >>> weights.embedding.tolist()
    [[1.0, 2.0, 0.0], [1.0, -2.0, 1.0]]
    >>> weights.weights["entry"][0].tolist(), weights.weights["input"][0].tolist()
    ([0.0, 1.0, 0.0], [0.0, 0.0, 1.0])
    """
    tables = {name: _joined(plan, name, len(plan.heads)) for name in plan.heads[0].tables}
    channels = _Channels(next(iter(tables.values())).shape[0])
    for table in tables.values():
        channels.add(table)
    width = plan.head_width
    heads = max(len(plan.heads), -(-len(channels.columns) // width))
    config = LayerConfig(
        plan.layer,
        plan.range,
        width=heads * width,
        heads=heads,
        n_h=plan.n_h,
        additive_input=plan.additive,
    )
    weights = {name: channels.rows(_joined(plan, name, heads), config.width) for name in tables}
    return Weights(config, channels.embedding(config.width), weights)


def _joined(plan: LayerPlan, name: str, heads: int) -> Floats:
    """The table of a linear map, [symbols, rows], rows in the order of the layer's own code."""
    n_symbols, outer, _ = plan.heads[0].tables[name].shape
    filler = 0.0
    if name in SCALARS:
        inner = 1
    elif name in DICTIONARIES.values():
        inner, filler = max(len(head.dictionary) for head in plan.heads), UNLIKELY
    else:
        inner = plan.head_width
    table = np.full((n_symbols, outer, heads, inner), filler)
    for place, head in enumerate(plan.heads):
        own = head.tables[name]
        table[:, :, place, : own.shape[2]] = own
    return table.reshape(n_symbols, -1)


class _Channels:
    """The different columns of tables: what an embedding lists."""

    def __init__(self, n_symbols: int) -> None:
        self.columns: dict[tuple[float, ...], int] = {(1.0,) * n_symbols: 0}

    def add(self, table: Floats) -> None:
        for column in map(tuple, table.T.tolist()):
            if len(set(column)) > 1:
                self.columns.setdefault(column, len(self.columns))

    def rows(self, table: Floats, width: int) -> Floats:
        weights = np.zeros((table.shape[1], width))
        for row, column in enumerate(map(tuple, table.T.tolist())):
            if len(set(column)) > 1:
                weights[row, self.columns[column]] = 1.0
            else:
                weights[row, 0] = column[0]
        return weights

    def embedding(self, width: int) -> Floats:
        table = np.array(list(self.columns)).T
        return np.pad(table, ((0, 0), (0, width - table.shape[1])))
