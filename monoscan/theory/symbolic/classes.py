"""The symbolic transition matrix of a model class, made from the shape that its region is."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

import sympy

from monoscan.errors import BadInput
from monoscan.theory.model_classes import ModelClass, get_model_class
from monoscan.theory.model_classes.number_sets import (
    AllNumbers,
    Moduli,
    NumberSet,
    Rationals,
)
from monoscan.theory.model_classes.shapes import (
    AnyMatrix,
    DiagonalEntries,
    EachLayerOneOf,
    Factors,
    FactorTimesDiagonal,
    RankOneUpdate,
    SameMatrix,
    SamePhase,
    Shape,
    SparseColumns,
    UpperTriangular,
)
from monoscan.theory.symbolic import families
from monoscan.theory.symbolic.parameters import ParameterError
from monoscan.theory.symbolic.transition import SymbolicTransition


class NoSymbolicFormError(BadInput):
    """A model class without a matrix in symbols."""


def of(model_class: ModelClass | str) -> SymbolicTransition:
    """The transition matrix of a model class with free parameters, small but typical.

    Diagonal and full matrices are 2 x 2, keys lie in the plane, and products have keys that span as
    many dimensions as there are factors. The functions of this package make other sizes.

    Args:
        model_class: the class or its id.

    Raises:
        UnknownId: if there is no class of this id.
        NoSymbolicFormError: if it has no matrices, or products of too many factors, or a shape or
            a set of numbers that no family here has.

    >>> of("gated-householder")
    gated-householder: g (I - b k k^T), g in [0, 1], b in [0, 2] (2 x 2), g in [0, 1], \
beta in [0, 2], theta a real angle
    """
    found = get_model_class(model_class) if isinstance(model_class, str) else model_class
    if found.shape is None:
        raise NoSymbolicFormError(f"{found.id} is {found.symbols}: it has no transition matrices")
    try:
        made = made_of_shape(found.shape)
    except ParameterError as error:
        raise NoSymbolicFormError(f"{found.id}: {error}") from None
    return replace(made, name=found.id, formula=found.symbols)


@singledispatch
def made_of_shape(shape: Shape) -> SymbolicTransition:
    """The symbolic transition of a shape; a new shape registers its own.

    Raises:
        ParameterError: if there is none.
    """
    raise ParameterError(
        f"no family of symbolic matrices has the shape {type(shape).__name__}; a shape registers "
        "its family with monoscan.theory.symbolic.classes.made_of_shape"
    )


def _range(numbers: NumberSet) -> Any:
    """The range of one parameter: of the modulus, for complex numbers that are given by it."""
    if not isinstance(numbers, Rationals | Moduli):
        raise ParameterError(f"{numbers} is no interval of numbers")
    *others, interval = numbers.intervals
    if others:
        raise ParameterError(f"a parameter lies in {numbers}; expected one interval")
    low, high = (sympy.Rational(str(end)) for end in (interval.low, interval.high))
    return sympy.Interval(low, high, interval.ends[0] == "(", interval.ends[1] == ")")


@made_of_shape.register
def _(shape: DiagonalEntries) -> SymbolicTransition:
    made = families.diagonal_complex if isinstance(shape.entries, Moduli) else families.diagonal
    return made(2, _range(shape.entries))


@made_of_shape.register
def _(shape: SameMatrix) -> SymbolicTransition:
    note = "All parameters are the same for every letter of a layer."
    return replace(made_of_shape(shape.shape), note=note)


@made_of_shape.register
def _(shape: SamePhase) -> SymbolicTransition:
    return families.common_phase(2, _range(shape.shape.entries))


@made_of_shape.register
def _(shape: EachLayerOneOf) -> SymbolicTransition:
    # The widest one: the others are said in words by the class.
    made = [made_of_shape(part) for part in shape.shapes]
    widest = max(made, key=lambda matrix: len(matrix.parameters))
    others = ", or ".join(matrix.formula for matrix in made if matrix is not widest)
    return replace(widest, note=f"{widest.note} Other layers are {others}.".strip())


@made_of_shape.register
def _(shape: UpperTriangular) -> SymbolicTransition:
    return families.triangular(is_complex=isinstance(shape.entries, Moduli | AllNumbers))


@made_of_shape.register
def _(_shape: AnyMatrix) -> SymbolicTransition:
    return families.dense(is_complex=True)


@made_of_shape.register
def _(shape: SparseColumns) -> SymbolicTransition:
    return families.permutation_diagonal(r=_range(shape.entries))


@made_of_shape.register
def _(shape: Factors) -> SymbolicTransition:
    beta = _range(shape.beta)
    if shape.at_most == 1:
        made = families.householder(beta=beta)
    else:
        made = families.householder_product(shape.at_most, beta=beta)
    return made if shape.gate is None else families.gated(made, _range(shape.gate))


@made_of_shape.register
def _(shape: FactorTimesDiagonal) -> SymbolicTransition:
    return families.householder_diagonal(beta=_range(shape.beta), a=_range(shape.entries))


@made_of_shape.register
def _(shape: RankOneUpdate) -> SymbolicTransition:
    if shape.erased is not None:
        return families.scalar_plus_rank_one(g=_range(shape.w), b=_range(shape.erased))
    return families.diagonal_plus_rank_one(
        w=_range(shape.w), a=_range(shape.a), c=_range(shape.c), is_transposed=shape.is_symmetric
    )
