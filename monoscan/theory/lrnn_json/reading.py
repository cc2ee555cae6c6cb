"""From JSON to a network, with errors that name the place in the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from monoscan.automata import Output
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, LRNNError, Symbol, show_symbol
from monoscan.theory.lrnn_json.fields import Field, LRNNFileError
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.readout import Functional, Readout, StateTable, Threshold
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Factor,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    RankOne,
    Transition,
)

T = TypeVar("T")

MAX_BYTES = 16 * 2**20

__all__ = ["LRNNFileError", "lrnn_from_json", "read_lrnn"]


def read_lrnn(path: Path) -> LRNN:
    """The network in a JSON file.

    Raises:
        LRNNFileError: if the file cannot be read or does not describe a network.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LRNNFileError(f"{path}: {error.strerror or error}; give a readable file") from None
    if len(data) > MAX_BYTES:
        raise LRNNFileError(f"{path}: {len(data)} bytes are over the limit of {MAX_BYTES}")
    try:
        return lrnn_from_json(_parse(data))
    except LRNNFileError as error:
        raise LRNNFileError(f"{path}: {error}") from None
    except RecursionError:
        raise LRNNFileError(
            f"{path}: the brackets are nested too deeply for a network file"
        ) from None


def _parse(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique_keys)
    except LRNNFileError:
        raise
    except UnicodeDecodeError as error:
        raise LRNNFileError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise LRNNFileError(
            f"line {error.lineno}, column {error.colno}: not JSON ({error.msg})"
        ) from None
    except ValueError as error:  # an integer beyond Python's limit of digits
        raise LRNNFileError(f"a number is too long: {error}") from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise LRNNFileError(f"the key {key!r} stands twice in one object; keep one of them")
        result[key] = value
    return result


def lrnn_from_json(value: object) -> LRNN:
    """The network that a JSON value describes.

    Raises:
        LRNNFileError: naming the place and what was expected.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.lrnn_json import lrnn_to_json
    >>> lrnn_from_json(lrnn_to_json(scalar_parity())) == scalar_parity()
    True
    """
    fields = Field(value, "").object(("alphabet", "layers"))
    alphabet = tuple(letter.text() for letter in fields["alphabet"].items())
    layers = tuple(_item(item) for item in fields["layers"].items())
    try:
        return LRNN(alphabet, layers)
    except LRNNError as error:
        raise LRNNFileError(str(error)) from None


def _item(field: Field) -> Layer | Delay:
    if not (isinstance(field.value, dict) and "delay" in field.value):
        return _layer(field)
    fields = field.object(("delay",))["delay"].object(("of", "steps"))
    try:
        return Delay(fields["of"].integer(), fields["steps"].integer())
    except LRNNError as error:
        raise field.fail(str(error)) from None


def _layer(field: Field) -> Layer:
    fields = field.object(("initial", "cases", "readout"), ("reads", "field"))
    if "field" in fields:
        order = fields["field"].field_order()
        fields = {key: value.within(order) for key, value in fields.items()}
    cases: dict[Symbol, Case] = {}
    for case in fields["cases"].items():
        symbol, content = _case(case)
        if symbol in cases:
            raise case.fail(f"a second case on {show_symbol(symbol)}; keep one of them")
        cases[symbol] = content
    initial = fields["initial"].matrix()
    readout = _readout(fields["readout"])
    reads = (
        tuple(item.integer() for item in fields["reads"].items(0)) if "reads" in fields else None
    )
    try:
        return Layer(initial, cases, readout, reads)
    except (LRNNError, ShapeError) as error:
        raise field.fail(str(error)) from None


def _case(field: Field) -> tuple[Symbol, Case]:
    fields = field.object(("on", "A", "B"))
    symbol = tuple(part.output_or_null() for part in fields["on"].items())
    return symbol, Case(_transition(fields["A"]), fields["B"].matrix())


def _transition(field: Field) -> Transition:
    kind = _kind(field)
    reader = _TRANSITIONS.get(kind)
    if reader is None:
        raise field.fail(f"unknown kind {kind!r}; expected one of {', '.join(_TRANSITIONS)}")
    try:
        return reader(field)
    except LRNNFileError:
        raise
    except ValueError as error:
        raise field.fail(str(error)) from None


def _kind(field: Field) -> str:
    if not isinstance(field.value, dict) or "kind" not in field.value:
        raise field.fail('expected an object with the key "kind"')
    return Field(field.value["kind"], f"{field.path}.kind").text()


def _diagonal(field: Field) -> Diagonal:
    return Diagonal(field.object(("kind", "entries"))["entries"].vector())


def _householder(field: Field) -> Householder:
    fields = field.object(("kind", "v", "beta"))
    return Householder(fields["v"].vector(), fields["beta"].number())


def _delta(field: Field) -> DeltaRule:
    fields = field.object(("kind", "k", "beta"))
    return DeltaRule(fields["k"].vector(), fields["beta"].number())


_RANK_ONE: dict[str, Callable[[Field], RankOne]] = {"householder": _householder, "delta": _delta}


def _factor(field: Field, kinds: Mapping[str, Callable[[Field], T]], what: str) -> T:
    reader = kinds.get(_kind(field))
    if reader is None:
        raise field.fail(f"{what} of kind {' or '.join(kinds)}")
    return reader(field)


def _product(field: Field) -> HouseholderProduct:
    items = field.object(("kind", "factors"))["factors"].items()
    return HouseholderProduct(
        tuple(_factor(item, _RANK_ONE, "the factors of a product are") for item in items)
    )


def _dense(field: Field) -> Dense:
    return Dense(field.object(("kind", "rows"))["rows"].matrix())


def _gated(field: Field) -> Gated:
    fields = field.object(("kind", "gate", "factor"))
    factor = _factor(fields["factor"], _FACTORS, "the factor of a gate is")
    return Gated(fields["gate"].number(), factor)


def _diagonal_plus_rank_one(field: Field) -> DiagonalPlusRankOne:
    fields = field.object(("kind", "w", "k", "a", "c"))
    w, k, a = (fields[key].vector() for key in ("w", "k", "a"))
    return DiagonalPlusRankOne(w, k, a, fields["c"].number())


def _householder_diagonal(field: Field) -> HouseholderDiagonal:
    fields = field.object(("kind", "v", "beta", "entries"))
    return HouseholderDiagonal(
        fields["v"].vector(), fields["beta"].number(), fields["entries"].vector()
    )


def _blocks(field: Field) -> Blocks:
    items = field.object(("kind", "blocks"))["blocks"].items()
    for item in items:
        if _kind(item) == "blocks":
            raise item.fail("a block is of any kind but blocks; list all blocks in one list")
    return Blocks(tuple(_transition(item) for item in items))


_FACTORS: dict[str, Callable[[Field], Factor]] = {**_RANK_ONE, "product": _product}
_TRANSITIONS: dict[str, Callable[[Field], Transition]] = {
    "diagonal": _diagonal,
    **_FACTORS,
    "dense": _dense,
    "gated": _gated,
    "diagonal-plus-rank-one": _diagonal_plus_rank_one,
    "householder-diagonal": _householder_diagonal,
    "blocks": _blocks,
}


def _readout(field: Field) -> Readout:
    kind = _kind(field)
    if kind not in ("states", "threshold"):
        raise field.fail(f"unknown kind {kind!r}; expected one of states, threshold")
    if kind == "threshold" and field.order > 1:
        raise field.fail(
            'a layer with the key "field" reads out through a table of states, kind states'
        )
    try:
        return _state_table(field) if kind == "states" else _threshold(field)
    except LRNNFileError:
        raise
    except ValueError as error:
        raise field.fail(str(error)) from None


def _state_table(field: Field) -> StateTable:
    table: dict[Matrix, Output] = {}
    for row in field.object(("kind", "table"))["table"].items():
        fields = row.object(("state", "output"))
        state = fields["state"].matrix()
        if state in table:
            raise row.fail(f"the state {state} is listed twice; keep one of them")
        table[state] = fields["output"].output()
    return StateTable(table)


def _threshold(field: Field) -> Threshold:
    fields = field.object(("kind", "functionals", "table"))
    functionals = tuple(_functional(item) for item in fields["functionals"].items())
    table: dict[str, Output] = {}
    for row in fields["table"].items():
        entry = row.object(("bits", "output"))
        bits = entry["bits"].text()
        if bits in table:
            raise row.fail(f"the bits {bits} are listed twice; keep one of them")
        table[bits] = entry["output"].output()
    return Threshold(functionals, table)


def _functional(field: Field) -> Functional:
    fields = field.object(("weights", "relation", "bound"))
    relation = fields["relation"].choice((">=", ">"))
    return Functional(
        fields["weights"].matrix(),
        ">=" if relation == ">=" else ">",
        fields["bound"].number(),
    )
