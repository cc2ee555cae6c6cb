"""Whether a network lies in a model class, and if not, which number of it lies outside.

The regions are those of the certificate format's properties; the independent checker decides them
by its own code. Where a class is one of heads, they are heads of the layer: the same for every
input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import accumulate

from monoscan.theory.head_region import head_kind, head_test_of
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol, show_symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.number_faults import Fault, range_fault, real_fault
from monoscan.theory.numbers import Number, conjugate, squared_modulus
from monoscan.theory.transition import (
    Diagonal,
    Transition,
    dimension,
    heads,
)


def outside(lrnn: LRNN, model_class: ModelClass, *, as_written: bool = False) -> str | None:
    """Where a network leaves the region of a class: layer, symbol, entry and value.

    Args:
        lrnn: the network.
        model_class: a class with exact networks.
        as_written: whether diagonal matrices must be written as such, as where every operation
            is rounded: the scalar 1 - (1 - a) is not computed like a.

    Returns:
        the first fault in words; None if the network lies in the class.

    Raises:
        ValueError: if the class has no exact networks.

    >>> from monoscan.theory.constructions import scalar_parity
    >>> from monoscan.theory.model_classes import get_model_class
    >>> outside(scalar_parity(), get_model_class("diagonal-real")) is None
    True
    >>> outside(scalar_parity(), get_model_class("diagonal-nonnegative"))
    'layer 1, on 1: entry 1 of the diagonal is -1; expected a number in [0, 1]'
    """
    if not model_class.has_exact_networks:
        raise ValueError(f"{model_class.id} has no exact networks: {model_class.note}")
    for number, layer in enumerate(lrnn.layers, start=1):
        fault = _layer_fault(layer, model_class.id)
        if fault is None and as_written and model_class.id in _DIAGONAL:
            fault = _first(layer, _each_head(_written_as_diagonal))
        if fault is not None:
            return f"layer {number}, {fault}"
    return None


_DIAGONAL = (
    "time-invariant-nonnegative",
    "time-invariant-diagonal",
    "diagonal-common-phase",
    "mixed-diagonal",
    "diagonal-nonnegative",
    "diagonal-real",
    "diagonal-complex",
    "diagonal-open",
    "diagonal-real-open",
    "diagonal-complex-open",
)


def _written_as_diagonal(head: Transition) -> Fault:
    if isinstance(head, Diagonal):
        return None
    return f"{head_kind(head)}; where every operation is rounded, expected it written as Diagonal"


def _layer_fault(layer: Layer, class_id: str) -> Fault:
    if class_id == "mixed-diagonal":
        fault = _time_varies(layer)
        return None if fault is None else _first(layer, _within_diagonal(0))
    if class_id == "time-invariant-diagonal":
        return _time_varies(layer)
    if class_id == "time-invariant-nonnegative":
        return _time_varies(layer) or _first(layer, _within_diagonal(0))
    if class_id == "diagonal-common-phase":
        return _first(layer, _complex_diagonal) or _phase_varies(layer)
    if class_id in _TESTS:
        return _first(layer, _TESTS[class_id])
    return _first(layer, _each_head(head_test_of(class_id))) or _heads_differ(layer)


def _heads_differ(layer: Layer) -> Fault:
    """Two symbols that cut the state into different heads."""
    seen: dict[tuple[tuple[int, int], ...], tuple[Symbol, Case]] = {}
    for symbol, case in layer.cases.items():
        spans = _spans(case.transition)
        if spans not in seen:
            for others, (earlier, other) in seen.items():
                if any(a != b and a[0] < b[1] and b[0] < a[1] for a in spans for b in others):
                    return (
                        f"on {show_symbol(earlier)} {_sizes(other.transition)}, on "
                        f"{show_symbol(symbol)} {_sizes(case.transition)}; expected the same heads "
                        "for every input of a layer"
                    )
            seen[spans] = (symbol, case)
    return None


def _spans(transition: Transition) -> tuple[tuple[int, int], ...]:
    """The first row of each head and the first row after it; `Diagonal` can be cut anywhere."""
    sizes = [dimension(head) for head in heads(transition)]
    ends = accumulate(sizes)
    return tuple(
        (end - size, end)
        for head, size, end in zip(heads(transition), sizes, ends, strict=True)
        if not isinstance(head, Diagonal)
    )


def _sizes(transition: Transition) -> str:
    sizes = [str(dimension(head)) for head in heads(transition)]
    if len(sizes) == 1:
        return f"there is one head of size {sizes[0]}"
    return f"the heads have the sizes {', '.join(sizes)}"


def _each_head(test: Callable[[Transition], Fault]) -> Callable[[Transition, Matrix], Fault]:
    def check(transition: Transition, _matrix: Matrix) -> Fault:
        parts = heads(transition)
        for number, head in enumerate(parts, start=1):
            fault = test(head)
            if fault is not None:
                return fault if len(parts) == 1 else f"head {number}: {fault}"
        return None

    return check


def _first(layer: Layer, test: Callable[[Transition, Matrix], Fault]) -> Fault:
    seen: set[Transition] = set()
    for symbol, case in layer.cases.items():
        if case.transition not in seen:
            seen.add(case.transition)
            fault = test(case.transition, case.matrix)
            if fault is not None:
                return f"on {show_symbol(symbol)}: {fault}"
    return None


def _time_varies(layer: Layer) -> Fault:
    cases = list(layer.cases.items())
    first: Case = cases[0][1]
    for symbol, case in cases[1:]:
        if case.matrix != first.matrix:
            return (
                f"on {show_symbol(symbol)}: A is not the A on {show_symbol(cases[0][0])}; expected "
                "the same matrix for every input"
            )
    return _first(layer, _complex_diagonal)


def _phase_varies(layer: Layer) -> Fault:
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


def _off_diagonal(matrix: Matrix, *, above: bool) -> Fault:
    """The first entry off the diagonal; with `above` only of those below it."""
    for i, row in enumerate(matrix.rows):
        for j, entry in enumerate(row):
            if entry != 0 and (j < i or (above is False and j != i)):
                shape = "an upper triangular" if above else "a diagonal"
                return f"entry ({i + 1}, {j + 1}) is {entry}; expected {shape} matrix"
    return None


def _diagonal_entries(matrix: Matrix) -> Iterator[Number]:
    return (row[i] for i, row in enumerate(matrix.rows))


def _within_diagonal(low: int, *, is_open: bool = False) -> Callable[[Transition, Matrix], Fault]:
    def test(_transition: Transition, matrix: Matrix) -> Fault:
        return _off_diagonal(matrix, above=False) or range_fault(
            "entry {} of the diagonal", _diagonal_entries(matrix), low, 1, is_open=is_open
        )

    return test


def _complex_diagonal(_transition: Transition, matrix: Matrix) -> Fault:
    fault = _off_diagonal(matrix, above=False)
    return fault or _modulus_fault("entry {} of the diagonal", _diagonal_entries(matrix))


def _open_complex_diagonal(transition: Transition, matrix: Matrix) -> Fault:
    entries = list(_diagonal_entries(matrix))
    for index, value in enumerate(entries, start=1):
        if squared_modulus(value) == 1:
            return f"entry {index} of the diagonal is {value}; expected a modulus below 1"
    return _complex_diagonal(transition, matrix)


def _modulus_fault(what: str, values: Iterable[Number]) -> Fault:
    for index, value in enumerate(values, start=1):
        square = squared_modulus(value)
        if not isinstance(square, Fraction) or square > 1:
            return f"{what.format(index)} is {value}; expected a modulus of at most 1"
    return None


def _real_triangular(_transition: Transition, matrix: Matrix) -> Fault:
    fault = _off_diagonal(matrix, above=True)
    return fault or real_fault("entry {}, row by row,", matrix.entries())


def _complex_triangular(_transition: Transition, matrix: Matrix) -> Fault:
    return _off_diagonal(matrix, above=True)


def _sparse_columns(_transition: Transition, matrix: Matrix) -> Fault:
    for number, column in enumerate(matrix.transpose().rows, start=1):
        nonzero = [entry for entry in column if entry != 0]
        if len(nonzero) > 1:
            return f"column {number} has {len(nonzero)} non-zero entries; expected at most one"
        fault = _modulus_fault(f"the non-zero entry of column {number}", nonzero)
        if fault is not None:
            return fault
    return None


_TESTS: dict[str, Callable[[Transition, Matrix], Fault]] = {
    "diagonal-nonnegative": _within_diagonal(0),
    "diagonal-real": _within_diagonal(-1),
    "diagonal-complex": _complex_diagonal,
    "diagonal-open": _within_diagonal(0, is_open=True),
    "diagonal-real-open": _within_diagonal(-1, is_open=True),
    "diagonal-complex-open": _open_complex_diagonal,
    "triangular-real": _real_triangular,
    "triangular-complex": _complex_triangular,
    "permutation-diagonal": _sparse_columns,
    "dense": lambda transition, matrix: None,
}
