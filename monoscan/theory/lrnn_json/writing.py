"""From a network to the JSON of certificates: every number a string, nothing superfluous.

A layer with irrational numbers has the key "field", the order n of a cyclotomic field; an
irrational number is then the list of its coefficients of 1, zeta_n, zeta_n^2, ...
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache, singledispatch
from typing import Any, TypeAlias

from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.lrnn import LRNN, Delay, Layer, LRNNError, field_order
from monoscan.theory.lrnn_json.fields import MAX_DEGREE
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.readout import Readout, StateTable
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)

Json: TypeAlias = dict[str, Any]


def lrnn_to_json(lrnn: LRNN) -> Json:
    """A network as the object `lrnn` of the certificate format.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> lrnn_to_json(scalar_parity())["layers"][0]["cases"][1]
    {'on': ['1'], 'A': {'kind': 'diagonal', 'entries': ['-1']}, 'B': [['1']]}
    """
    return {
        "alphabet": list(lrnn.alphabet),
        "layers": [_item(layer) for layer in lrnn.layers],
    }


def matrix_to_json(matrix: Matrix, order: int = 1) -> list[list[str | list[str]]]:
    """A matrix as its list of rows of numbers.

    Args:
        matrix: the matrix.
        order: the n of the field Q(zeta_n) in which irrational numbers are written.
    """
    return [_vector(row, order) for row in matrix.rows]


def number_to_json(value: Number, order: int = 1) -> str | list[str]:
    """A rational as its text, an irrational number as its coefficients in Q(zeta_order).

    Raises:
        ValueError: if that field does not hold the number.

    >>> from monoscan.theory.numbers import sqrt_of
    >>> number_to_json(sqrt_of(2), 8), number_to_json(sqrt_of(4))
    (['0', '1', '0', '-1'], '2')
    """
    if isinstance(value, Cyclotomic):
        return [str(coefficient) for coefficient in value.coefficients_in(order)]
    return _text(value.numerator, value.denominator)


@lru_cache(maxsize=4_096)
def _text(numerator: int, denominator: int) -> str:
    # Most numbers are 0 and 1, and making a text takes longer than finding it.
    return str(Fraction(numerator, denominator))


def _vector(entries: Iterable[Number], order: int) -> list[str | list[str]]:
    return [number_to_json(entry, order) for entry in entries]


def _item(layer: Layer | Delay) -> Json:
    if isinstance(layer, Delay):
        return {"delay": {"of": str(layer.of), "steps": str(layer.steps)}}
    return _layer(layer)


def _layer(layer: Layer) -> Json:
    order = field_order(layer)
    _require_writable(layer, order)
    return {
        "initial": matrix_to_json(layer.initial, order),
        "cases": [
            {
                "on": list(symbol),
                "A": transition_to_json(case.transition, order),
                "B": matrix_to_json(case.input, order),
            }
            for symbol, case in layer.cases.items()
        ],
        "readout": _readout(layer.readout, order),
        **({} if layer.reads is None else {"reads": [str(number) for number in layer.reads]}),
        **({} if order == 1 else {"field": str(order)}),
    }


def _require_writable(layer: Layer, order: int) -> None:
    if totient(order) > MAX_DEGREE:
        raise LRNNError(
            f"a layer has numbers of the cyclotomic field of order {order}, whose degree is over "
            f"the limit of {MAX_DEGREE} of a file; use roots of unity of smaller orders"
        )
    if order > 1 and not isinstance(layer.readout, StateTable):
        raise LRNNError(
            "a layer with irrational numbers has a threshold read-out, which a file cannot hold; "
            "read out through a table of states"
        )


@singledispatch
def transition_to_json(transition: Transition, order: int) -> Json:
    """A transition as an object of the certificate format.

    Args:
        transition: the transition.
        order: the n of the field Q(zeta_n) in which irrational numbers are written; 1 for none.

    >>> from monoscan.theory.numbers import number
    >>> transition_to_json(Householder((number(1),), number(2)), 1)
    {'kind': 'householder', 'v': ['1'], 'beta': '2'}
    """
    kind = type(transition).__name__
    raise TypeError(f"{kind} is no transition, so it cannot be written in the field {order}")


@transition_to_json.register
def _(transition: Diagonal, order: int) -> Json:
    return {"kind": "diagonal", "entries": _vector(transition.entries, order)}


@transition_to_json.register
def _(transition: Householder, order: int) -> Json:
    return {
        "kind": "householder",
        "v": _vector(transition.v, order),
        "beta": number_to_json(transition.beta, order),
    }


@transition_to_json.register
def _(transition: DeltaRule, order: int) -> Json:
    return {
        "kind": "delta",
        "k": _vector(transition.k, order),
        "beta": number_to_json(transition.beta, order),
    }


@transition_to_json.register
def _(transition: HouseholderProduct, order: int) -> Json:
    return {
        "kind": "product",
        "factors": [transition_to_json(factor, order) for factor in transition.factors],
    }


@transition_to_json.register
def _(transition: Dense, order: int) -> Json:
    return {"kind": "dense", "rows": matrix_to_json(transition.matrix, order)}


@transition_to_json.register
def _(transition: Gated, order: int) -> Json:
    return {
        "kind": "gated",
        "gate": number_to_json(transition.gate, order),
        "factor": transition_to_json(transition.factor, order),
    }


@transition_to_json.register
def _(transition: DiagonalPlusRankOne, order: int) -> Json:
    return {
        "kind": "diagonal-plus-rank-one",
        "w": _vector(transition.w, order),
        "k": _vector(transition.k, order),
        "a": _vector(transition.a, order),
        "c": number_to_json(transition.c, order),
    }


@transition_to_json.register
def _(transition: HouseholderDiagonal, order: int) -> Json:
    return {
        "kind": "householder-diagonal",
        "v": _vector(transition.v, order),
        "beta": number_to_json(transition.beta, order),
        "entries": _vector(transition.entries, order),
    }


@transition_to_json.register
def _(transition: Blocks, order: int) -> Json:
    return {
        "kind": "blocks",
        "blocks": [transition_to_json(block, order) for block in transition.blocks],
    }


def _readout(readout: Readout, order: int) -> Json:
    if isinstance(readout, StateTable):
        return {
            "kind": "states",
            "table": [
                {"state": matrix_to_json(state, order), "output": output}
                for state, output in readout.table.items()
            ],
        }
    return {
        "kind": "threshold",
        "functionals": [
            {
                "weights": matrix_to_json(functional.weights),
                "relation": functional.relation,
                "bound": number_to_json(functional.bound),
            }
            for functional in readout.functionals
        ],
        "table": [{"bits": bits, "output": output} for bits, output in readout.table.items()],
    }
