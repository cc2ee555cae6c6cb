"""Orders of operations, as data: in which order a network's step is computed, and what is rounded.

Each order says which numbers are stored and which semantics the stored network has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from monoscan.errors import BadInput, BadValue
from monoscan.theory.chunk_scan import CHUNK, ChunkScan
from monoscan.theory.formats import NumberFormat, get_format
from monoscan.theory.horizon.stored import stored
from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.semantics import Exact, MixedRound, OpRound, Semantics, SeqRound
from monoscan.theory.transition import Dense, parameters


@dataclass(frozen=True)
class Order:
    """An order of operations.

    Attributes:
        name: what it is called.
        statement: what is computed and rounded, in words.
        semantics: the semantics of a network in a format.
        prepare: what is done to the network before its numbers are rounded.
    """

    name: str
    statement: str
    semantics: Callable[[NumberFormat], Semantics[Any]]
    prepare: Callable[[LRNN], LRNN] = lambda lrnn: lrnn


def _dense(lrnn: LRNN) -> LRNN:
    return lrnn.map_layers(_dense_layer)


def _dense_layer(layer: Layer) -> Layer:
    cases = {
        symbol: replace(case, transition=Dense(case.matrix)) for symbol, case in layer.cases.items()
    }
    return replace(layer, cases=cases)


ORDERS = {
    order.name: order
    for order in (
        Order(
            "operations",
            "every product and sum is rounded, as the transition is written: a delta rule as "
            "h - (beta (k . h)) k, a product factor by factor, a dense matrix row by row",
            OpRound,
        ),
        Order(
            "matrix",
            "the matrix A is computed exactly and rounded once; then every product and sum of "
            "A h + b is rounded, row by row",
            OpRound,
            _dense,
        ),
        Order(
            "mixed",
            "as operations, with every product and sum rounded to fp32 and the new state to the "
            "format, as tensor cores do with operands of 16 bits",
            lambda number_format: MixedRound(number_format, get_format("fp32")),
        ),
        Order("fused", "each step A h + b is computed exactly and rounded once", SeqRound),
        Order(
            "scan",
            "as matrix, but the steps of a chunk are multiplied before a state meets them: a "
            f"parallel scan of pairs (A, b) by doubling within {CHUNK} letters, then from chunk to "
            "chunk, every product and sum rounded",
            ChunkScan,
            _dense,
        ),
    )
}
"""The orders by their names; the first is the usual one."""


def computed(
    lrnn: LRNN, number_format: NumberFormat | None, order: str
) -> tuple[LRNN, Semantics[Any]]:
    """A network with the numbers that are stored, and the semantics in which it computes.

    Args:
        lrnn: the network, exact.
        number_format: to which numbers are rounded; None for exact arithmetic.
        order: the name of an order; of exact arithmetic "exact".

    Raises:
        BadValue: if there is no such order.
        BadInput: if exact arithmetic is asked of a network with irrational numbers.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.formats import get_format
    >>> computed(scalar_parity(), get_format("bf16"), "fused")[1].name
    'seq-round'
    """
    if number_format is None:
        _require_rational(lrnn)
        return lrnn, Exact()
    if order not in ORDERS:
        raise BadValue("order", order, f"one of {', '.join(ORDERS)}")
    found = ORDERS[order]
    return stored(found.prepare(lrnn), number_format), found.semantics(number_format)


def _require_rational(lrnn: LRNN) -> None:
    numbers: list[Number] = []
    for layer in lrnn.recurrent.values():
        numbers += layer.initial.entries()
        for case in layer.cases.values():
            numbers += [*parameters(case.transition), *case.input.entries()]
    irrational = next((x for x in numbers if isinstance(x, Cyclotomic)), None)
    if irrational is not None:
        raise BadInput(
            f"the network has the irrational number {irrational}; without a number format it is "
            "exact at all lengths or wrong, which `verify --lrnn` decides; name a format, such as "
            "bf16, to round it"
        )
