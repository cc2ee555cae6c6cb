"""Whether one head of a layer lies in the region of a class of heads."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from monoscan.theory.number_faults import Fault, range_fault, real_fault
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

LEAST_DECAY = Fraction(109, 200)
"""The bound 0.545 of RWKV-7: its decays are exp(-exp(-1/2) s) with 0 < s < 1, above 0.5452."""


def head_test_of(class_id: str) -> Callable[[Transition], Fault]:
    """The test of one head of a class of heads; it says what is wrong, or None."""
    if class_id in _HEAD_TESTS:
        return _HEAD_TESTS[class_id]
    match = re.fullmatch(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative)?", class_id)
    assert match, class_id
    most = 1 if match[3] else 2
    return lambda head: _factors_fault(head, int(match[2] or 1), most, bool(match[1]))


def _factors_fault(head: Transition, n_h: int, most: int, gated: bool) -> Fault:
    if isinstance(head, Gated) and gated:
        fault = range_fault("the gate", [head.gate], 0, 1)
        if fault is not None:
            return fault
        head = head.factor
    factors = head.factors if isinstance(head, HouseholderProduct) else (head,)
    if len(factors) > n_h:
        return f"{len(factors)} factors; expected at most {n_h}"
    for factor in factors:
        if not isinstance(factor, Householder | DeltaRule):
            return f"{head_kind(head)}; expected matrices I - beta k k^T"
        fault = _factor_fault(factor, most)
        if fault is not None:
            return fault
    return None


def _factor_fault(factor: Householder | DeltaRule, most: int) -> Fault:
    direction = factor.v if isinstance(factor, Householder) else factor.k
    return real_fault("entry {} of the key", direction) or range_fault(
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


def head_kind(head: Transition) -> str:
    """How a head is written, for messages."""
    return f"a matrix written as {type(head).__name__}"


def _householder_diagonal(most: int, low: int) -> Callable[[Transition], Fault]:
    def test(head: Transition) -> Fault:
        if isinstance(head, Householder | DeltaRule):
            return _factor_fault(head, most)
        if isinstance(head, Diagonal):
            return range_fault("entry {} of the diagonal", head.entries, low, 1)
        if not isinstance(head, HouseholderDiagonal):
            return f"{head_kind(head)}; expected (I - beta k k^T) diag(a)"
        return (
            real_fault("entry {} of the key", head.v)
            or range_fault("beta", [head.beta], 0, most)
            or range_fault("entry {} of a", head.entries, low, 1)
        )

    return test


def _rank_one(head: Transition) -> Fault:
    if not isinstance(head, DiagonalPlusRankOne):
        return f"{head_kind(head)}; expected diag(w) - c k (k o a)^T"
    return (
        range_fault("entry {} of w", head.w, 0, 1)
        or range_fault("entry {} of a", head.a, 0, 1)
        or range_fault("c", [head.c], 0, 2)
        or real_fault("entry {} of k", head.k)
    )


def _released_rank_one(head: Transition) -> Fault:
    if isinstance(head, DiagonalPlusRankOne):
        fault = (
            range_fault("entry {} of w", head.w, LEAST_DECAY, 1, is_open=True)
            or range_fault("entry {} of a", head.a, 0, 1, is_open=True)
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
    return range_fault("b = c a", [head.c * head.a[0]], 0, 1)


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


_HEAD_TESTS: dict[str, Callable[[Transition], Fault]] = {
    "householder-open": _open_factor_fault,
    "diagonal-householder-nonnegative": _householder_diagonal(1, 0),
    "diagonal-householder": _householder_diagonal(2, -1),
    "scalar-plus-rank-one": _scalar_rank_one,
    "diagonal-plus-rank-one": _rank_one,
    "diagonal-plus-rank-one-transposed": _symmetric_rank_one,
    "rwkv-7-released": _released_rank_one,
}
