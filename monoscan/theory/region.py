"""Whether a network lies in the region of a model class, and if not, which number lies outside.

The independent checker decides the same regions by its own code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import singledispatch
from itertools import accumulate

from monoscan.errors import BadInput
from monoscan.theory.head_region import head_fault, key_fault
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol, show_symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.model_classes.number_sets import NumberSet
from monoscan.theory.model_classes.shapes import (
    AnyMatrix,
    DiagonalEntries,
    EachLayerOneOf,
    Heads,
    SameMatrix,
    SamePhase,
    Shape,
    SparseColumns,
    UpperTriangular,
)
from monoscan.theory.number_faults import Fault, set_fault
from monoscan.theory.numbers import Number, conjugate
from monoscan.theory.transition import Diagonal, Transition, dimension, heads


def outside(lrnn: LRNN, model_class: ModelClass, *, as_written: bool = False) -> Fault:
    """Where a network leaves the region of a class: layer, symbol, entry and value.

    Args:
        lrnn: the network.
        model_class: a class with exact networks.
        as_written: whether diagonal matrices must be written as such, and keys of delta rules have
            length 1, as where every operation is rounded: the scalar 1 - (1 - a) is not computed
            like a, and I - 4 k k^T with k = 1/2 not like I - k k^T with k = 1.

    Returns:
        the first fault in words; None if the network lies in the class.

    Raises:
        ValueError: if the class has no exact networks.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.model_classes import get_model_class
    >>> outside(scalar_parity(), get_model_class("diagonal-real")) is None
    True
    >>> outside(scalar_parity(), get_model_class("diagonal-nonnegative"))
    'layer 1, on 1: entry 1 of the diagonal is -1; expected a number in [0, 1]'
    """
    shape = model_class.shape
    if shape is None:
        raise BadInput(f"{model_class.id} has no exact networks: {model_class.note}")
    for number, layer in lrnn.recurrent.items():
        fault = layer_fault(shape, layer)
        if fault is None and as_written:
            fault = _written_fault(shape, layer)
        if fault is not None:
            return f"layer {number}, {fault}"
    return None


def _written_fault(shape: Shape, layer: Layer) -> Fault:
    """What is not written as it has to be where every operation is rounded."""
    if shape.acts_by_entry:
        return _first(layer, lambda case: _heads_fault(case.transition, _not_diagonal))
    if shape.has_unit_keys:
        return _first(layer, lambda case: _heads_fault(case.transition, key_fault))
    return None


@singledispatch
def layer_fault(shape: Shape, layer: Layer) -> Fault:  # noqa: ARG001
    """What of a layer is not of a shape, and on which symbol; None if nothing is."""
    raise TypeError(
        f"no test for the shape {type(shape).__name__}; register one with layer_fault.register"
    )


@layer_fault.register
def _(_shape: AnyMatrix, _layer: Layer) -> Fault:
    return None


@layer_fault.register
def _(shape: DiagonalEntries, layer: Layer) -> Fault:
    return _first(layer, lambda case: _diagonal_fault(case.matrix, shape.entries))


@layer_fault.register
def _(shape: UpperTriangular, layer: Layer) -> Fault:
    return _first(
        layer,
        lambda case: (
            _misplaced(case.matrix, above=True)
            or set_fault("entry {}, row by row,", case.matrix.entries(), shape.entries)
        ),
    )


@layer_fault.register
def _(shape: SparseColumns, layer: Layer) -> Fault:
    return _first(layer, lambda case: _column_fault(case.matrix, shape.entries))


@layer_fault.register
def _(shape: SameMatrix, layer: Layer) -> Fault:
    first, *others = layer.cases.items()
    for symbol, case in others:
        if case.matrix != first[1].matrix:
            return (
                f"on {show_symbol(symbol)}: A is not the A on {show_symbol(first[0])}; expected "
                "the same matrix for every input"
            )
    return layer_fault(shape.shape, layer)


@layer_fault.register
def _(shape: SamePhase, layer: Layer) -> Fault:
    return layer_fault(shape.shape, layer) or _phase_fault(layer)


@layer_fault.register
def _(shape: EachLayerOneOf, layer: Layer) -> Fault:
    fault: Fault = None
    for one in shape.shapes:
        fault = layer_fault(one, layer)
        if fault is None:
            return None
    return fault


@layer_fault.register
def _(shape: Heads, layer: Layer) -> Fault:
    fault = _first(
        layer, lambda case: _heads_fault(case.transition, lambda head: head_fault(shape, head))
    )
    return fault or _heads_differ(layer)


def _first(layer: Layer, test: Callable[[Case], Fault]) -> Fault:
    seen: set[Transition] = set()
    for symbol, case in layer.cases.items():
        if case.transition not in seen:
            seen.add(case.transition)
            fault = test(case)
            if fault is not None:
                return f"on {show_symbol(symbol)}: {fault}"
    return None


def _heads_fault(transition: Transition, test: Callable[[Transition], Fault]) -> Fault:
    parts = heads(transition)
    for number, head in enumerate(parts, start=1):
        fault = test(head)
        if fault is not None:
            return fault if len(parts) == 1 else f"head {number}: {fault}"
    return None


def _not_diagonal(head: Transition) -> Fault:
    if isinstance(head, Diagonal):
        return None
    return (
        f"a matrix written as {type(head).__name__}; where every operation is rounded, expected "
        "it written as Diagonal"
    )


def _diagonal_fault(matrix: Matrix, entries: NumberSet) -> Fault:
    diagonal = (row[i] for i, row in enumerate(matrix.rows))
    return _misplaced(matrix, above=False) or set_fault(
        "entry {} of the diagonal", diagonal, entries
    )


def _misplaced(matrix: Matrix, *, above: bool) -> Fault:
    """The first entry off the diagonal; with `above` only of those below it."""
    for i, row in enumerate(matrix.rows):
        for j, entry in enumerate(row):
            if entry != 0 and (j < i or (above is False and j != i)):
                shape = "an upper triangular" if above else "a diagonal"
                return f"entry ({i + 1}, {j + 1}) is {entry}; expected {shape} matrix"
    return None


def _column_fault(matrix: Matrix, entries: NumberSet) -> Fault:
    for number, column in enumerate(matrix.transpose().rows, start=1):
        nonzero = [entry for entry in column if entry != 0]
        if len(nonzero) > 1:
            return f"column {number} has {len(nonzero)} non-zero entries; expected at most one"
        fault = set_fault(f"the non-zero entry of column {number}", nonzero, entries)
        if fault is not None:
            return fault
    return None


def _phase_fault(layer: Layer) -> Fault:
    """The first entry that is no g e^(i t) with g >= 0 and the t of an earlier case."""
    for index in range(layer.initial.shape[0]):
        known: tuple[str, Number] | None = None
        for symbol, case in layer.cases.items():
            entry, place = case.matrix.rows[index][index], show_symbol(symbol)
            if entry == 0:
                continue
            known = known or (place, entry)
            ratio = entry * conjugate(known[1])
            if not (isinstance(ratio, Fraction) and ratio > 0):
                return (
                    f"on {place}: entry {index + 1} of the diagonal is {entry}, and on {known[0]} "
                    f"it is {known[1]}; expected one of them times a positive number to be the "
                    "other: the same phase for every input"
                )
    return None


def _heads_differ(layer: Layer) -> Fault:
    """Two symbols that cut the state into different heads."""
    seen: dict[tuple[tuple[int, int], ...], tuple[Symbol, Case]] = {}
    for symbol, case in layer.cases.items():
        spans = _spans(case.transition)
        if spans not in seen:
            for others, (earlier, other) in seen.items():
                if _cross(spans, others):
                    return (
                        f"on {show_symbol(earlier)} {_sizes(other.transition)}, on "
                        f"{show_symbol(symbol)} {_sizes(case.transition)}; expected the same heads "
                        "for every input of a layer"
                    )
            seen[spans] = (symbol, case)
    return None


def _cross(spans: Iterable[tuple[int, int]], others: tuple[tuple[int, int], ...]) -> bool:
    return any(a != b and a[0] < b[1] and b[0] < a[1] for a in spans for b in others)


def _spans(transition: Transition) -> tuple[tuple[int, int], ...]:
    """The first row of each head and the first row after it; `Diagonal` can be cut anywhere."""
    return tuple(_spans_of(heads(transition)))


def _spans_of(parts: tuple[Transition, ...]) -> Iterator[tuple[int, int]]:
    for head, end in zip(parts, accumulate(map(dimension, parts)), strict=True):
        if not isinstance(head, Diagonal):
            yield end - dimension(head), end


def _sizes(transition: Transition) -> str:
    sizes = [str(dimension(head)) for head in heads(transition)]
    if len(sizes) == 1:
        return f"there is one head of size {sizes[0]}"
    return f"the heads have the sizes {', '.join(sizes)}"
