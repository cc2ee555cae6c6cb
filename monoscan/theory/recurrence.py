"""Linear recurrent sequences of rationals: the shortest recurrence, and the eventual sign.

`eventual_sign` is the sign lemma (docs/lemmas/sign-lemma.md) as an algorithm: a sequence whose
shortest recurrence has only real non-negative roots has an eventually constant sign, and here is
an index from which it is constant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from monoscan.theory.numbers import ONE, ZERO, Cyclotomic, Number
from monoscan.theory.polynomial import (
    Polynomial,
    RealRoot,
    count_real_roots,
    degree,
    polynomial,
    real_roots,
    root_multiplicity,
    squarefree_part,
)

Term: TypeAlias = Callable[[int], Number]
Interval: TypeAlias = tuple[Number, Number]

MAX_INDEX = 100_000
_MAX_BITS = 3 * 10**7
_FIRST_BITS = 8


class SettlesTooLate(Exception):
    """A sequence whose behaviour is settled only at an index beyond the reach of exact terms."""


@dataclass(frozen=True)
class EventualSign:
    """The sign of a sequence from some index on.

    Attributes:
        sign: -1, 0 or 1.
        index: least index from which every term has that sign.
    """

    sign: int
    index: int


def shortest_recurrence(terms: Sequence[Number]) -> Polynomial:
    """The monic minimal polynomial of a linear recurrent sequence, by Berlekamp-Massey.

    Args:
        terms: the first 2 d terms or more of a sequence that obeys some recurrence of order <= d.

    >>> [int(c) for c in shortest_recurrence([ONE * n for n in (0, 1, 1, 2, 3, 5)])]
    [-1, -1, 1]
    """
    current: list[Number] = [ONE]
    previous: list[Number] = [ONE]
    order, gap, last_error = 0, 1, ONE
    for n in range(len(terms)):
        error = sum(
            (current[i] * terms[n - i] for i in range(min(len(current), n + 1))), start=ZERO
        )
        if not error:
            gap += 1
            continue
        corrected = current + [ZERO] * (len(previous) + gap - len(current))
        for i, coefficient in enumerate(previous):
            corrected[i + gap] -= error / last_error * coefficient
        if 2 * order <= n:
            order, previous, last_error, gap = n + 1 - order, current, error, 1
        else:
            gap += 1
        current = corrected
    padded = current + [ZERO] * (order + 1 - len(current))
    return polynomial(list(reversed(padded[: order + 1])))


def eventual_sign(term: Term, order: int) -> EventualSign | None:
    """The eventual sign of a sequence, if its shortest recurrence has real roots >= 0 only.

    Args:
        term: n -> exact n-th term, n >= 0.
        order: the sequence obeys some linear recurrence of at most this order.

    Returns:
        the sign and the least index from which it holds, or None if some root of the shortest
        recurrence is not real or is negative.

    Raises:
        SettlesTooLate: if the sign is not certain by index `MAX_INDEX`, or not before the exact
            terms fill some megabytes.

    >>> eventual_sign(lambda n: ONE * (100 - 2**n), 2)
    EventualSign(sign=-1, index=7)
    """
    minimal = shortest_recurrence([term(n) for n in range(2 * order + 2)])
    zeros = _multiplicity_of_zero(minimal)
    positive_part = minimal[zeros:]
    if degree(positive_part) == 0:
        return _from_first_index(term, EventualSign(0, zeros))
    roots = _positive_roots(positive_part)
    if roots is None:
        return None
    return _from_first_index(term, _cone_entry(term, zeros, roots))


def _multiplicity_of_zero(p: Polynomial) -> int:
    return next(index for index, coefficient in enumerate(p) if coefficient)


@lru_cache(maxsize=4096)
def _positive_roots(p: Polynomial) -> tuple[RealRoot, ...] | None:
    """All roots of p, ascending, each as often as its multiplicity; None if one is not positive.

    Remembered, because all entries of all powers of one matrix share a few recurrences.
    """
    squarefree = squarefree_part(p)
    if count_real_roots(squarefree, low=ZERO) != degree(squarefree):
        return None
    roots = [(root.refined(_FIRST_BITS), root_multiplicity(p, root)) for root in real_roots(p)]
    return tuple(root for root, multiplicity in roots for _ in range(multiplicity))


def _cone_entry(term: Term, start: int, roots: tuple[RealRoot, ...]) -> EventualSign:
    """An index at which all derived sequences w^k have one sign, which they then keep.

    w^0 = s and w^k = (E - lambda_k) w^(k-1), so that w^k_(n+1) = lambda_(k+1) w^k_n + w^(k+1)_n
    with lambda >= 0 and w^d = 0. The lemma says that such an index exists. With multiple roots,
    w^(d-1) is smaller than w^0 by a factor of up to n^(d-1), so each doubling of the index needs
    d more bits of the roots.
    """
    offset = 0
    while True:
        index = start + offset
        window = [term(index + j) for j in range(len(roots))]
        sign = _common_sign(window, [(root.low, root.high) for root in roots])
        if sign:
            return EventualSign(sign, index)
        _require_reach(index, window)
        offset = 2 * offset + 1
        roots = tuple(root.refined(times=len(roots) + 1) for root in roots)


def _require_reach(index: int, window: Sequence[Number]) -> None:
    bits = max(_bits(term) for term in window)
    if index > MAX_INDEX or index * bits > _MAX_BITS:
        raise SettlesTooLate(f"the sign of a sequence is not settled by index {index}")


def _bits(term: Number) -> int:
    if isinstance(term, Cyclotomic):
        return max(_bits(coefficient) for coefficient in term.coefficients)
    return term.numerator.bit_length() + term.denominator.bit_length()


def _common_sign(window: Sequence[Number], roots: Sequence[Interval]) -> int:
    """+1 or -1 if w^0, ..., w^(d-1) are all certainly positive or all negative, else 0."""
    level: list[Interval] = [(value, value) for value in window]
    signs = {_sign(level[0])}
    for root in roots[:-1]:
        level = [_minus(level[j + 1], _times(root, level[j])) for j in range(len(level) - 1)]
        signs.add(_sign(level[0]))
    return signs.pop() if len(signs) == 1 else 0


def _sign(interval: Interval) -> int:
    return (interval[0] > 0) - (interval[1] < 0)


def _times(left: Interval, right: Interval) -> Interval:
    corners = [a * b for a in left for b in right]
    return min(corners), max(corners)


def _minus(left: Interval, right: Interval) -> Interval:
    return left[0] - right[1], left[1] - right[0]


def _from_first_index(term: Term, found: EventualSign) -> EventualSign:
    index = found.index
    while index and _sign((term(index - 1), term(index - 1))) == found.sign:
        index -= 1
    return EventualSign(found.sign, index)
