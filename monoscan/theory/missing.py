"""What an `unknown` prediction lacks, in words: limits that were reached, and results in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from monoscan.theory.model_classes import ModelClass
from monoscan.theory.model_classes.number_sets import Moduli
from monoscan.theory.model_classes.shapes import (
    Factors,
    FactorTimesDiagonal,
    RankOneUpdate,
    Shape,
    UpperTriangular,
)
from monoscan.theory.prediction import Question

_SHOWN = 3


def show_limits(limits: Mapping[str, str]) -> str:
    """Constructions that reached a limit, at most three of them, each reason once.

    Args:
        limits: for each construction's id the limit.

    >>> show_limits({"a": "too large", "b": "too large", "c": "too slow"})
    'a: too large; c: too slow; and 1 other construction'
    """
    first: dict[str, str] = {}
    for id, reason in limits.items():
        first.setdefault(reason, id)
    shown = [f"{id}: {in_one_line(reason)}" for reason, id in list(first.items())[:_SHOWN]]
    others = len(limits) - len(shown)
    if others:
        shown.append(f"and {others} other construction{'s' if others > 1 else ''}")
    return "; ".join(shown)


def in_one_line(reason: str) -> str:
    r"""A reason without the advice that may follow it on a second line.

    >>> in_one_line("budget reached: 9 states;\nraise the budget")
    'budget reached: 9 states'
    """
    return reason.splitlines()[0].rstrip(";")


def in_print(question: Question) -> str:
    """A published theorem about the class that does not cover it as it is here, or "".

    Args:
        question: the class, depth and arithmetic.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> rwkv_7 = get_model_class("diagonal-plus-rank-one-transposed")
    >>> in_print(Question(rwkv_7, 4)).startswith("Peng et al.")
    True
    """
    is_rwkv_7 = question.model_class.id == "diagonal-plus-rank-one-transposed"
    if not is_rwkv_7 or question.semantics != "exact" or question.depth in (1, 2, 3):
        return ""
    return (
        "Peng et al., arXiv 2503.14456, Theorem 3, recognises every regular language in four "
        "layers of RWKV-7; its proof is about diagonal-plus-rank-one, whose matrices multiply "
        "columns"
    )


def of_rounded_operations(model_class: ModelClass) -> str:
    """Why a class has neither a network nor an obstruction where every operation is rounded.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> of_rounded_operations(get_model_class("rwkv-7-released"))
    'diag(w) - c k (k o a)^T has no documented order of operations to be rounded'
    """
    shape = model_class.shape
    if isinstance(shape, RankOneUpdate):
        return "diag(w) - c k (k o a)^T has no documented order of operations to be rounded"
    if isinstance(shape, Factors | FactorTimesDiagonal):
        if all(interval.high <= 1 for interval in shape.intervals()):
            return (
                "rounding lets networks with beta at most 1 count (docs/semantics.md), and none is "
                "known for this language"
            )
        return "no network is known whose keys have length 1 in a number format"
    if isinstance(shape, UpperTriangular):
        return "no lemma is about rounded triangular matrices, and no network is known"
    if shape is not None and _is_complex(shape):
        return (
            "only real entries are rounded here: complex ones have no documented order of "
            "operations, and no network with real ones is known"
        )
    return "no network is known that is exact in a number format"


def _is_complex(shape: Shape) -> bool:
    for field in fields(shape):
        value = getattr(shape, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Moduli) or (isinstance(part, Shape) and _is_complex(part)):
                return True
    return False
