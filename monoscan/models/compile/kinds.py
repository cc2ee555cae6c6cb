"""Which layers of the training code can hold the matrices of an exact layer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from monoscan.models.compile.ckda import ckda_plan
from monoscan.models.compile.errors import CompileError, NotHeld, require_real
from monoscan.models.compile.matrices import dense_plan, diagonal_plan, pd_ssm_plan
from monoscan.models.compile.plan import LayerPlan
from monoscan.models.compile.reflections import reflections_plan
from monoscan.models.compile.rwkv7 import rwkv7_plan
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix

Cases: TypeAlias = Mapping[Symbol, Case]
Planner: TypeAlias = Callable[[Cases, Matrix], LayerPlan]


def _reflections(name: str, *, gated: bool, product: bool) -> Planner:
    def plan(cases: Cases, initial: Matrix) -> LayerPlan:
        require_real("the initial state", initial.entries())
        return reflections_plan(name, cases, gated=gated, product=product)

    return plan


def _of_real_state(planner: Callable[[Cases], LayerPlan]) -> Planner:
    def plan(cases: Cases, initial: Matrix) -> LayerPlan:
        require_real("the initial state", initial.entries())
        return planner(cases)

    return plan


PLANNERS: Final[Mapping[str, Planner]] = {
    "diagonal": diagonal_plan,
    "deltanet": _reflections("deltanet", gated=False, product=False),
    "deltaproduct": _reflections("deltaproduct", gated=False, product=True),
    "gated_deltanet": _reflections("gated_deltanet", gated=True, product=False),
    "gated_deltaproduct": _reflections("gated_deltaproduct", gated=True, product=True),
    "ckda": _of_real_state(ckda_plan),
    "rwkv7": _of_real_state(rwkv7_plan),
    "pd_ssm": lambda cases, initial: pd_ssm_plan(cases),
    "dense": dense_plan,
}
"""The layers that can be compiled, in the order in which they are tried."""

_OF_CLASS: Final = (
    ("(time-invariant-|mixed-)?diagonal(-nonnegative|-real|-complex|-common-phase)?", "diagonal"),
    ("time-invariant-nonnegative", "diagonal"),
    ("householder(-nonnegative)?", "deltanet"),
    (r"householder-product-\d+(-nonnegative)?", "deltaproduct"),
    ("gated-householder(-nonnegative)?", "gated_deltanet"),
    (r"gated-householder-product-\d+(-nonnegative)?", "gated_deltaproduct"),
    ("diagonal-householder(-nonnegative)?", "ckda"),
    ("scalar-plus-rank-one|diagonal-plus-rank-one(-transposed)?", "rwkv7"),
    ("permutation-diagonal", "pd_ssm"),
    ("dense", "dense"),
)


def layer_of_class(model_class: str) -> str:
    """The layer of the training code whose transitions are those of a model class.

    Args:
        model_class: Id of a class.

    Raises:
        CompileError: If there is none.

    >>> layer_of_class("householder-product-4")
    'deltaproduct'
    """
    for pattern, layer in _OF_CLASS:
        if re.fullmatch(pattern, model_class):
            return layer
    raise CompileError(
        f"no layer has the matrices of the class {model_class}; write an exact network of it with "
        f"monoscan construct, or choose a class of {', '.join(PLANNERS)}"
    )


def plan_layer(layer: str, number: int, cases: Cases, initial: Matrix) -> LayerPlan:
    """The plan of an exact layer as a layer of the training code.

    Args:
        layer: Kind of layer.
        number: Which layer of the network this is, from 1, for messages.
        cases: What the symbols do.
        initial: The initial state.

    Raises:
        CompileError: If this kind does not hold the layer; names layer and symbol.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> exact = scalar_parity().layers[0]
    >>> plan_layer("deltanet", 1, exact.cases, exact.initial).n_h
    1
    """
    try:
        return PLANNERS[layer](cases, initial)
    except NotHeld as error:
        raise CompileError(f"layer {number} is no {layer} layer: {error}") from None
