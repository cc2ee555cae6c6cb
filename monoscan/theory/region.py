"""Whether a network lies in a model class, and if not, which number of it lies outside.

The regions are those of the certificate format's properties; the independent checker decides them
by its own code. Where a class is one of heads, they are heads of the layer: the same for every
input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import accumulate

from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol, show_symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.numbers import Number, conjugate, is_real, squared_modulus
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    dimension,
    heads,
    transition_matrix,
)

Fault = str | None
LEAST_DECAY = Fraction(109, 200)
"""The bound 0.545 of RWKV-7: its decays are exp(-exp(-1/2) s) with 0 < s < 1, above 0.5452."""


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
    return f"{_kind(head)}; where every operation is rounded, expected it written as Diagonal"


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
    return _first(layer, _each_head(_head_test_of(class_id))) or _heads_differ(layer)


def _head_test_of(class_id: str) -> Callable[[Transition], Fault]:
    if class_id in _HEAD_TESTS:
        return _HEAD_TESTS[class_id]
    match = re.fullmatch(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative)?", class_id)
    assert match, class_id
    most = 1 if match[3] else 2
    return lambda head: _factors_fault(head, int(match[2] or 1), most, bool(match[1]))


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


def _range_fault(
    what: str,
    values: Iterable[Number],
    low: int | Fraction,
    high: int,
    *,
    is_open: bool = False,
) -> Fault:
    for index, value in enumerate(values, start=1):
        inside = isinstance(value, Fraction) and low <= value <= high
        if not inside or (is_open and value in (low, high)):
            bounds = f"({low}, {high})" if is_open else f"[{low}, {high}]"
            return f"{what.format(index)} is {value}; expected a number in {bounds}"
    return None


def _real_fault(what: str, values: Iterable[Number]) -> Fault:
    for index, value in enumerate(values, start=1):
        if not is_real(value):
            return f"{what.format(index)} is {value}; expected a real number"
    return None


def _diagonal_entries(matrix: Matrix) -> Iterator[Number]:
    return (row[i] for i, row in enumerate(matrix.rows))


def _within_diagonal(low: int, *, is_open: bool = False) -> Callable[[Transition, Matrix], Fault]:
    def test(_transition: Transition, matrix: Matrix) -> Fault:
        return _off_diagonal(matrix, above=False) or _range_fault(
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
    return fault or _real_fault("entry {}, row by row,", matrix.entries())


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


def _each_head(test: Callable[[Transition], Fault]) -> Callable[[Transition, Matrix], Fault]:
    def check(transition: Transition, _matrix: Matrix) -> Fault:
        parts = heads(transition)
        for number, head in enumerate(parts, start=1):
            fault = test(head)
            if fault is not None:
                return fault if len(parts) == 1 else f"head {number}: {fault}"
        return None

    return check


def _factors_fault(head: Transition, n_h: int, most: int, gated: bool) -> Fault:
    if isinstance(head, Gated) and gated:
        fault = _range_fault("the gate", [head.gate], 0, 1)
        if fault is not None:
            return fault
        head = head.factor
    factors = head.factors if isinstance(head, HouseholderProduct) else (head,)
    if len(factors) > n_h:
        return f"{len(factors)} factors; expected at most {n_h}"
    for factor in factors:
        if not isinstance(factor, Householder | DeltaRule):
            return f"{_kind(head)}; expected matrices I - beta k k^T"
        fault = _factor_fault(factor, most)
        if fault is not None:
            return fault
    return None


def _factor_fault(factor: Householder | DeltaRule, most: int) -> Fault:
    direction = factor.v if isinstance(factor, Householder) else factor.k
    return _real_fault("entry {} of the key", direction) or _range_fault(
        "beta (for a unit key)", [factor.effective_beta()], 0, most
    )


def _open_factor_fault(head: Transition) -> Fault:
    fault = _factors_fault(head, 1, 2, gated=False)
    factor = head.factors[0] if isinstance(head, HouseholderProduct) else head
    if fault is None and isinstance(factor, Householder | DeltaRule):
        beta = factor.effective_beta()
        if beta in (0, 2):
            return f"beta (for a unit key) is {beta}; expected a number strictly between 0 and 2"
    return fault


def _kind(head: Transition) -> str:
    return f"a matrix written as {type(head).__name__}"


def _householder_diagonal(most: int, low: int) -> Callable[[Transition], Fault]:
    def test(head: Transition) -> Fault:
        if isinstance(head, Householder | DeltaRule):
            return _factor_fault(head, most)
        if isinstance(head, Diagonal):
            return _range_fault("entry {} of the diagonal", head.entries, low, 1)
        if not isinstance(head, HouseholderDiagonal):
            return f"{_kind(head)}; expected (I - beta k k^T) diag(a)"
        return (
            _real_fault("entry {} of the key", head.v)
            or _range_fault("beta", [head.beta], 0, most)
            or _range_fault("entry {} of a", head.entries, low, 1)
        )

    return test


def _rank_one(head: Transition) -> Fault:
    if not isinstance(head, DiagonalPlusRankOne):
        return f"{_kind(head)}; expected diag(w) - c k (k o a)^T"
    return (
        _range_fault("entry {} of w", head.w, 0, 1)
        or _range_fault("entry {} of a", head.a, 0, 1)
        or _range_fault("c", [head.c], 0, 2)
        or _real_fault("entry {} of k", head.k)
    )


def _released_rank_one(head: Transition) -> Fault:
    if isinstance(head, DiagonalPlusRankOne):
        fault = (
            _range_fault("entry {} of w", head.w, LEAST_DECAY, 1, is_open=True)
            or _range_fault("entry {} of a", head.a, 0, 1, is_open=True)
            or (None if head.c == 1 else f"c is {head.c}; expected 1")
        )
        if fault is not None:
            return fault
    return _symmetric_rank_one(head)


def _scalar_rank_one(head: Transition) -> Fault:
    fault = _rank_one(head)
    if fault is not None or not isinstance(head, DiagonalPlusRankOne):
        return fault
    for name, values in (("w", head.w), ("a", head.a)):
        if len(set(values)) > 1:
            shown = ", ".join(map(str, values))
            return f"{name} is ({shown}); expected equal entries: g I - b k k^T has one gate"
    return _range_fault("b = c a", [head.c * head.a[0]], 0, 1)


def _symmetric_rank_one(head: Transition) -> Fault:
    fault = _rank_one(head)
    if fault is not None:
        return fault
    matrix = transition_matrix(head)
    for i, row in enumerate(matrix.rows):
        for j in range(i):
            if row[j] != matrix.rows[j][i]:
                return (
                    f"entry ({i + 1}, {j + 1}) is {row[j]} and entry ({j + 1}, {i + 1}) is "
                    f"{matrix.rows[j][i]}; expected a symmetric matrix: its transpose is of the "
                    "form diag(w) - c k (k o a)^T as well"
                )
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
_HEAD_TESTS: dict[str, Callable[[Transition], Fault]] = {
    "householder-open": _open_factor_fault,
    "diagonal-householder-nonnegative": _householder_diagonal(1, 0),
    "diagonal-householder": _householder_diagonal(2, -1),
    "scalar-plus-rank-one": _scalar_rank_one,
    "diagonal-plus-rank-one": _rank_one,
    "diagonal-plus-rank-one-transposed": _symmetric_rank_one,
    "rwkv-7-released": _released_rank_one,
}
