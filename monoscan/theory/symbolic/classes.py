"""The symbolic transition matrix of a model class."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from monoscan.theory.model_classes import ModelClass, get_model_class
from monoscan.theory.symbolic import families
from monoscan.theory.symbolic.parameters import ParameterError
from monoscan.theory.symbolic.transition import SymbolicTransition


class NoSymbolicFormError(ValueError):
    """A model class without a matrix in symbols."""


_UNIT, _SIGNED, _DOUBLE = "[0, 1]", "[-1, 1]", "[0, 2]"

_MADE: dict[str, Callable[[], SymbolicTransition]] = {
    "time-invariant-nonnegative": lambda: families.time_invariant(is_real=True),
    "time-invariant-diagonal": families.time_invariant,
    "diagonal-nonnegative": lambda: families.diagonal(2, _UNIT),
    "diagonal-open": lambda: families.diagonal(2, "(0, 1)"),
    "diagonal-real": lambda: families.diagonal(2, _SIGNED),
    "diagonal-real-open": lambda: families.diagonal(2, "(-1, 1)"),
    "diagonal-complex": families.diagonal_complex,
    "diagonal-complex-open": lambda: families.diagonal_complex(2, "[0, 1)"),
    "diagonal-common-phase": families.common_phase,
    "mixed-diagonal": lambda: replace(
        families.diagonal_complex(),
        note="In a layer either all angles phi are 0, or all parameters are the same for every "
        "letter.",
    ),
    "triangular-real": families.triangular,
    "triangular-complex": lambda: families.triangular(is_complex=True),
    "permutation-diagonal": families.permutation_diagonal,
    "dense": lambda: families.dense(is_complex=True),
    "householder-open": lambda: families.householder(beta="(0, 2)"),
    "diagonal-householder-nonnegative": lambda: families.householder_diagonal(beta=_UNIT, a=_UNIT),
    "diagonal-householder": families.householder_diagonal,
    "scalar-plus-rank-one": families.scalar_plus_rank_one,
    "diagonal-plus-rank-one": families.diagonal_plus_rank_one,
    "diagonal-plus-rank-one-transposed": lambda: families.diagonal_plus_rank_one(
        is_transposed=True
    ),
    "rwkv-7-released": lambda: families.diagonal_plus_rank_one(
        w="(109/200, 1)", a="(0, 1)", c=1, is_transposed=True
    ),
}

_HOUSEHOLDER = re.compile(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative)?")


def of(model_class: ModelClass | str) -> SymbolicTransition:
    """The transition matrix of a model class with free parameters, small but typical.

    Diagonal and full matrices are 2 x 2, keys lie in the plane, and products have keys that span as
    many dimensions as there are factors. The functions of this package make other sizes.

    Args:
        model_class: the class or its id.

    Raises:
        UnknownModelClassError: if there is no class of this id.
        NoSymbolicFormError: if it has no matrices, or products of too many factors.

    >>> of("gated-householder")
    gated-householder: g (I - b k k^T), g in [0, 1], b in [0, 2] (2 x 2), g in [0, 1], \
beta in [0, 2], theta a real angle
    """
    found = get_model_class(model_class) if isinstance(model_class, str) else model_class
    if not found.has_exact_networks:
        raise NoSymbolicFormError(f"{found.id} is {found.symbols}: it has no transition matrices")
    try:
        made = _MADE[found.id]() if found.id in _MADE else _householder(found.id)
    except ParameterError as error:
        raise NoSymbolicFormError(f"{found.id}: {error}") from None
    return replace(made, name=found.id, formula=found.symbols)


def _householder(class_id: str) -> SymbolicTransition:
    match = _HOUSEHOLDER.fullmatch(class_id)
    if match is None:
        raise NoSymbolicFormError(
            f"{class_id} has no matrix in symbols; monoscan/theory/symbolic/classes.py lists those "
            "that have one"
        )
    beta = _UNIT if match[3] else _DOUBLE
    product = families.householder_product
    made = product(int(match[2]), beta=beta) if match[2] else families.householder(beta=beta)
    return families.gated(made) if match[1] else made
