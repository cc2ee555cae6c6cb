"""From a network to the JSON of certificates: every number a string, nothing optional."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any, TypeAlias

from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, number_to_text
from monoscan.theory.readout import Readout, StateTable
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    Transition,
)

Json: TypeAlias = dict[str, Any]


def lrnn_to_json(lrnn: LRNN) -> Json:
    """A network as the object `lrnn` of the certificate format.

    >>> from monoscan.theory.constructions import scalar_parity
    >>> lrnn_to_json(scalar_parity())["layers"][0]["cases"][1]
    {'on': ['1'], 'A': {'kind': 'diagonal', 'entries': ['-1']}, 'B': [['1']]}
    """
    return {
        "alphabet": list(lrnn.alphabet),
        "layers": [_layer(layer) for layer in lrnn.layers],
    }


def matrix_to_json(matrix: Matrix) -> list[list[str]]:
    """A matrix as its list of rows of texts."""
    return [_vector(row) for row in matrix.rows]


def _vector(entries: Iterable[Number]) -> list[str]:
    return [number_to_text(entry) for entry in entries]


def _layer(layer: Layer) -> Json:
    return {
        "initial": matrix_to_json(layer.initial),
        "cases": [
            {
                "on": list(symbol),
                "A": _transition(case.transition),
                "B": matrix_to_json(case.input),
            }
            for symbol, case in layer.cases.items()
        ],
        "readout": _readout(layer.readout),
    }


@singledispatch
def _transition(transition: Transition) -> Json:
    raise TypeError(f"{type(transition).__name__} is no transition")


@_transition.register
def _(transition: Diagonal) -> Json:
    return {"kind": "diagonal", "entries": _vector(transition.entries)}


@_transition.register
def _(transition: Householder) -> Json:
    return {
        "kind": "householder",
        "v": _vector(transition.v),
        "beta": number_to_text(transition.beta),
    }


@_transition.register
def _(transition: DeltaRule) -> Json:
    return {
        "kind": "delta",
        "k": _vector(transition.k),
        "beta": number_to_text(transition.beta),
    }


@_transition.register
def _(transition: HouseholderProduct) -> Json:
    return {"kind": "product", "factors": [_transition(factor) for factor in transition.factors]}


@_transition.register
def _(transition: Dense) -> Json:
    return {"kind": "dense", "rows": matrix_to_json(transition.matrix)}


def _readout(readout: Readout) -> Json:
    if isinstance(readout, StateTable):
        return {
            "kind": "states",
            "table": [
                {"state": matrix_to_json(state), "output": output}
                for state, output in readout.table.items()
            ],
        }
    return {
        "kind": "threshold",
        "functionals": [
            {
                "weights": matrix_to_json(functional.weights),
                "relation": functional.relation,
                "bound": number_to_text(functional.bound),
            }
            for functional in readout.functionals
        ],
        "table": [{"bits": bits, "output": output} for bits, output in readout.table.items()],
    }
