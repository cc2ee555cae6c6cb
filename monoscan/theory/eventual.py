"""Eventual behaviour of linear recurrent sequences as lassos: sign conditions, casts, their sums.

All indices are explicit and proved by `recurrence.eventual_sign`. Sequences whose shortest
recurrence has roots of other arguments than 0 are split into residue classes: with real roots of
either sign two classes suffice (docs/lemmas/sign-lemma.md), and a few more strides cover
rotations by a root of unity of small order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from monoscan.theory.formats import NumberFormat
from monoscan.theory.formats.base import Threshold
from monoscan.theory.lasso import Lasso, common_horizon, interleave
from monoscan.theory.numbers import ZERO, Number, rational
from monoscan.theory.recurrence import (
    MAX_INDEX,
    EventualSign,
    SettlesTooLate,
    Term,
    eventual_sign,
)

T = TypeVar("T")
STRIDES = (1, 2, 3, 4, 6)


def eventual_signs(term: Term, order: int) -> Lasso[int] | None:
    """The signs of a linear recurrent sequence, if they are found to be eventually periodic.

    Args:
        term: n -> n-th term, n >= 0.
        order: bound on the order of its recurrence.

    Returns:
        the signs as a lasso, or None if no stride splits it into sequences with real roots >= 0.

    Raises:
        SettlesTooLate: as `recurrence.eventual_sign` does.

    >>> eventual_signs(lambda n: ZERO + (-2) ** n, 1)
    Lasso(stem=(), cycle=(1, -1))
    """
    return _first_stride(term, lambda part: _sign_lasso(part, order))


def _first_stride(term: Term, classify: Callable[[Term], Lasso[T] | None]) -> Lasso[T] | None:
    for stride in STRIDES:
        parts: list[Lasso[T]] = []
        for residue in range(stride):
            part = classify(_every(term, stride, residue))
            if part is None:
                break
            parts.append(part)
        if len(parts) == stride:
            return interleave(parts).shortened()
    return None


def _every(term: Term, stride: int, residue: int) -> Term:
    return lambda n: term(stride * n + residue)


def _sign_lasso(term: Term, order: int) -> Lasso[int] | None:
    found = eventual_sign(term, order)
    if found is None:
        return None
    return Lasso(tuple(_sign(term(n)) for n in range(found.index)), (found.sign,))


def _sign(value: Number) -> int:
    return (value > 0) - (value < 0)


def eventual_cast(term: Term, order: int, datatype: NumberFormat) -> Lasso[Number] | None:
    """The casts of a linear recurrent sequence to a finite monotone datatype.

    Args:
        term: n -> n-th term.
        order: bound on the order of its recurrence.
        datatype: the values and the rounding.

    Returns:
        the casts as a lasso, or None as in `eventual_signs`.

    Raises:
        SettlesTooLate: as `recurrence.eventual_sign` does.
    """
    thresholds = _thresholds(datatype)
    return _first_stride(term, lambda part: _cast_lasso(part, order, datatype, thresholds))


@lru_cache(maxsize=16)
def _thresholds(datatype: NumberFormat) -> tuple[Threshold, ...]:
    return datatype.thresholds()


def _cast_lasso(
    term: Term, order: int, datatype: NumberFormat, thresholds: Sequence[Threshold]
) -> Lasso[Number] | None:
    """Finds by bisection the last threshold that the sequence passes for good."""
    passed, missed = 0, len(thresholds)
    index_passed = index_missed = 0
    while passed < missed:
        middle = (passed + missed) // 2
        side = _eventual_side(term, order, thresholds[middle])
        if side is None:
            return None
        if _is_passed(side.sign, thresholds[middle]):
            passed, index_passed = middle + 1, side.index
        else:
            missed, index_missed = middle, side.index
    start = max(index_passed, index_missed)
    stem: tuple[Number, ...] = tuple(datatype.round(term(n)) for n in range(start))
    return Lasso(stem, (datatype.round(term(start)),))


def _eventual_side(term: Term, order: int, threshold: Threshold) -> EventualSign | None:
    return eventual_sign(lambda n: term(n) - threshold.bound, order + 1)


def _is_passed(sign: int, threshold: Threshold) -> bool:
    return sign > 0 or (sign == 0 and threshold.relation == ">=")


def eventual_cast_of_sum(
    base: Lasso[Number], increments: Lasso[Number], datatype: NumberFormat
) -> Lasso[Number]:
    """The casts of n -> base_n + increments_0 + ... + increments_(n-1).

    Along a common period the sum grows by a constant D; if D is not 0 the cast saturates.

    Raises:
        SettlesTooLate: if it saturates only after `MAX_INDEX`.

    >>> from monoscan.theory.formats import FixedPoint
    >>> one = ZERO + 1
    >>> small = FixedPoint(one, -one, one)
    >>> eventual_cast_of_sum(Lasso((), (ZERO,)), Lasso((), (one,)), small)
    Lasso(stem=(Fraction(0, 1),), cycle=(Fraction(1, 1),))
    """
    start, period = common_horizon([base, increments])
    growth = sum((increments[start + i] for i in range(period)), ZERO)
    settled = start
    if growth:
        settled += period * _periods_to_saturate(base, increments, start, period, growth, datatype)
    if settled > MAX_INDEX:
        raise SettlesTooLate(f"a sum of casts saturates only at index {settled}")
    values: list[Number] = []
    partial = ZERO
    for n in range(settled + period):
        values.append(datatype.round(base[n] + partial))
        partial += increments[n]
    return Lasso(tuple(values[:settled]), tuple(values[settled:])).shortened()


def _periods_to_saturate(
    base: Lasso[Number],
    increments: Lasso[Number],
    start: int,
    period: int,
    growth: Number,
    datatype: NumberFormat,
) -> int:
    """After so many periods the sum lies beyond the extreme value in every residue class."""
    partial = sum((increments[n] for n in range(start)), ZERO)
    extreme = datatype.largest if growth > 0 else datatype.smallest
    needed = 0
    for n in range(start, start + period):
        missing = rational((extreme - base[n] - partial) / growth)
        needed = max(needed, -(-missing.numerator // missing.denominator))
        partial += increments[n]
    return needed
