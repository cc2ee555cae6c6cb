"""Whether one head of a layer has the form that a class of heads asks for."""

from __future__ import annotations

from functools import singledispatch

from monoscan.theory.model_classes.number_sets import NumberSet, Reals
from monoscan.theory.model_classes.shapes import (
    Factors,
    FactorTimesDiagonal,
    Heads,
    RankOneUpdate,
)
from monoscan.theory.number_faults import Fault, set_fault
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import (
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    transition_matrix,
)


@singledispatch
def head_fault(shape: Heads, head: Transition) -> Fault:  # noqa: ARG001
    """What of a head is not of a shape, in words; None if nothing is."""
    raise TypeError(
        f"no test for the shape {type(shape).__name__}; register one with head_fault.register"
    )


@head_fault.register
def _(shape: Factors, head: Transition) -> Fault:
    if isinstance(head, Gated) and shape.gate is not None:
        fault = set_fault("the gate", [head.gate], shape.gate)
        if fault is not None:
            return fault
        head = head.factor
    factors = head.factors if isinstance(head, HouseholderProduct) else (head,)
    if len(factors) > shape.at_most:
        return f"{len(factors)} factors; expected at most {shape.at_most}"
    for factor in factors:
        if not isinstance(factor, Householder | DeltaRule):
            return f"a matrix written as {type(head).__name__}; expected matrices I - beta k k^T"
        fault = _factor_fault(factor, shape.beta)
        if fault is not None:
            return fault
    return None


def _factor_fault(factor: Householder | DeltaRule, beta: NumberSet) -> Fault:
    direction = factor.v if isinstance(factor, Householder) else factor.k
    return set_fault("entry {} of the key", direction, Reals()) or set_fault(
        "beta (for a unit key)", [factor.effective_beta()], beta
    )


def key_fault(head: Transition) -> Fault:
    """The first key of a delta rule, as it is stored, whose length is not 1."""
    inner = head.factor if isinstance(head, Gated) else head
    for factor in inner.factors if isinstance(inner, HouseholderProduct) else (inner,):
        if isinstance(factor, DeltaRule):
            square = sum((entry * entry for entry in factor.k), ZERO)
            if square != ONE:
                return (
                    f"a key of square sum {square}; where every operation is rounded, expected "
                    "the key of a delta rule to have length 1 as it is stored"
                )
    return None


@head_fault.register
def _(shape: FactorTimesDiagonal, head: Transition) -> Fault:
    if isinstance(head, Householder | DeltaRule):
        return _factor_fault(head, shape.beta)
    if isinstance(head, Diagonal):
        return set_fault("entry {} of the diagonal", head.entries, shape.entries)
    if not isinstance(head, HouseholderDiagonal):
        return f"a matrix written as {type(head).__name__}; expected (I - beta k k^T) diag(a)"
    return (
        set_fault("entry {} of the key", head.v, Reals())
        or set_fault("beta", [head.beta], shape.beta)
        or set_fault("entry {} of a", head.entries, shape.entries)
    )


@head_fault.register
def _(shape: RankOneUpdate, head: Transition) -> Fault:
    if not isinstance(head, DiagonalPlusRankOne):
        return f"a matrix written as {type(head).__name__}; expected diag(w) - c k (k o a)^T"
    return (
        set_fault("entry {} of w", head.w, shape.w)
        or set_fault("entry {} of a", head.a, shape.a)
        or set_fault("c", [head.c], shape.c)
        or set_fault("entry {} of k", head.k, Reals())
        or (None if shape.erased is None else _scalar_fault(head, shape.erased))
        or (_asymmetry(head) if shape.is_symmetric else None)
    )


def _scalar_fault(head: DiagonalPlusRankOne, erased: NumberSet) -> Fault:
    for name, values in (("w", head.w), ("a", head.a)):
        if len(set(values)) > 1:
            shown = ", ".join(map(str, values))
            return f"{name} is ({shown}); expected equal entries: g I - b k k^T has one gate"
    return set_fault("b = c a", [head.c * head.a[0]], erased)


def _asymmetry(head: DiagonalPlusRankOne) -> Fault:
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
