"""Householder factors as delta rules, whose keys have length 1 as they are stored.

Most directions v of our networks have an irrational length, and v / |v| is a value of no format.
But an entry of the state can be kept several times, as its multiples by w_1, w_2, ...: then v
becomes the vector of all v_i w_j, whose squared length is |v|^2 |w|^2, and some whole w with at
most four entries makes that a square. The swap of two entries has v = (1, -1); with every entry
kept twice it has the key (1, 1, -1, -1)/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import isqrt
from typing import Final, TypeAlias

from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, rational
from monoscan.theory.readout import Readout, StateTable
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    Gated,
    Householder,
    HouseholderProduct,
    Transition,
    dimension,
    heads,
)

_Multiples: TypeAlias = tuple[Fraction, ...]
_ONCE: Final[_Multiples] = (Fraction(1),)
_MAX_SQUARE: Final = 10**6


def with_delta_rules(lrnn: LRNN) -> LRNN:
    """The same network with I - beta v v^T / (v^T v) as I - beta v v^T wherever v^T v = 1.

    No matrix changes. But the operations of a delta rule can be rounded one by one; those of a
    Householder factor divide by v^T v, which no network does.

    >>> from monoscan.theory.constructions.parity import householder_parity, scalar_parity
    >>> with_delta_rules(scalar_parity()) == scalar_parity()
    True
    """
    return lrnn.map_layers(_layer)


def with_unit_keys(lrnn: LRNN) -> LRNN:
    """A network that answers alike, with delta rules of unit keys for all Householder factors.

    Each entry of a head becomes its multiples by the entries of a vector w, as the module says.

    Raises:
        ValueError: if a head has two keys whose squared lengths are not one number times squares
            (one w for both does not exist), or numbers that are not rational.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.constructions.published.group_one_layer import group_one_layer
    >>> swap = with_unit_keys(group_one_layer(get_language("parity").build())).transitions()[1]
    >>> [str(x) for x in swap.k]
    ['1/2', '1/2', '-1/2', '-1/2']
    """
    return lrnn.map_layers(_multiplied_out)


def _multiplied_out(layer: Layer) -> Layer:
    rows = _multiples(layer)
    cases = {
        symbol: Case(_spread_transition(case.transition, rows), _spread(case.input, rows))
        for symbol, case in layer.cases.items()
    }
    readout = _spread_readout(layer.readout, rows)
    return replace(layer, initial=_spread(layer.initial, rows), cases=cases, readout=readout)


def _multiples(layer: Layer) -> list[_Multiples]:
    """For each entry of the state the multiples of it that are kept."""
    squares: dict[tuple[int, int], set[int]] = {}
    for case in layer.cases.values():
        for start, head in _placed(case.transition):
            if not isinstance(head, Diagonal):
                span = start, start + dimension(head)
                squares.setdefault(span, set()).update(map(_square_class, _factors(head)))
    rows: list[_Multiples] = [_ONCE] * layer.initial.shape[0]
    for (start, end), found in squares.items():
        if len(found - {0}) > 1:
            raise ValueError(
                f"the squared lengths of the keys of a head are {sorted(found - {0})} times "
                "squares; expected one number times squares"
            )
        w = _whole_vector(max(found, default=0) or 1)
        rows[start:end] = [w] * (end - start)
    return rows


def _placed(transition: Transition) -> Iterator[tuple[int, Transition]]:
    """The heads with their first rows."""
    parts = heads(transition)
    yield from zip(accumulate(map(dimension, parts[:-1]), initial=0), parts, strict=True)


def _factors(head: Transition) -> tuple[Householder | DeltaRule, ...]:
    inner = head.factor if isinstance(head, Gated) else head
    factors = inner.factors if isinstance(inner, HouseholderProduct) else (inner,)
    return tuple(x for x in factors if isinstance(x, Householder | DeltaRule))


def _key(factor: Householder | DeltaRule) -> tuple[Fraction, ...]:
    return tuple(map(rational, factor.v if isinstance(factor, Householder) else factor.k))


def _square_class(factor: Householder | DeltaRule) -> int:
    """The squarefree number that is the squared length of a key times a square; 0 if beta = 0."""
    if not factor.beta:
        return 0
    square = sum((x * x for x in _key(factor)), Fraction(0))
    return _squarefree(square.numerator * square.denominator)


@cache
def _squarefree(n: int) -> int:
    if n > _MAX_SQUARE:
        raise ValueError(f"the squared length of a key has the factor {n}, above {_MAX_SQUARE}")
    for root in range(isqrt(n), 1, -1):
        if n % (root * root) == 0:
            return n // (root * root)
    return n


@cache
def _whole_vector(n: int) -> _Multiples:
    """The shortest whole vector whose squared length is n; four entries suffice (Lagrange)."""

    def find(rest: int, entries: int) -> tuple[int, ...] | None:
        if entries == 0:
            return () if rest == 0 else None
        for x in range(isqrt(rest), 0, -1):
            found = find(rest - x * x, entries - 1)
            if found is not None:
                return (x, *found)
        return None

    found = next(filter(None, (find(n, entries) for entries in range(1, 5))))
    return tuple(map(Fraction, found))


def _spread_transition(transition: Transition, rows: list[_Multiples]) -> Transition:
    spread: list[Transition] = [
        _spread_head(head, rows[start : start + dimension(head)])
        for start, head in _placed(transition)
    ]
    return spread[0] if len(spread) == 1 else Blocks(tuple(spread))


def _spread_head(head: Transition, rows: list[_Multiples]) -> Transition:
    if isinstance(head, Diagonal):
        pairs = zip(head.entries, rows, strict=True)
        return Diagonal(tuple(entry for entry, w in pairs for _ in w))
    if isinstance(head, Gated):
        return replace(head, factor=_spread_product(head.factor, rows[0]))
    if isinstance(head, Householder | DeltaRule | HouseholderProduct):
        return _spread_product(head, rows[0])
    if rows[0] == _ONCE:
        return head
    raise ValueError(f"a head of kind {type(head).__name__} is not multiplied out")


def _spread_product(
    head: Householder | DeltaRule | HouseholderProduct, w: _Multiples
) -> DeltaRule | HouseholderProduct:
    if isinstance(head, HouseholderProduct):
        return HouseholderProduct(tuple(_spread_factor(factor, w) for factor in head.factors))
    return _spread_factor(head, w)


def _spread_factor(factor: Householder | DeltaRule, w: _Multiples) -> DeltaRule:
    key = [x * y for x in _key(factor) for y in w]
    if not factor.beta:
        return DeltaRule((ONE, *[ZERO] * (len(key) - 1)), ZERO)
    square = sum((x * x for x in key), Fraction(0))
    length = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    beta = factor.beta
    if isinstance(factor, DeltaRule):
        beta *= sum((x * x for x in factor.k), ZERO)
    return DeltaRule(tuple(x / length for x in key), beta)


def _spread(column: Matrix, rows: list[_Multiples]) -> Matrix:
    return Matrix(
        tuple(
            tuple(entry * y for entry in row)
            for row, w in zip(column.rows, rows, strict=True)
            for y in w
        )
    )


def _spread_readout(readout: Readout, rows: list[_Multiples]) -> Readout:
    if isinstance(readout, StateTable):
        return StateTable({_spread(state, rows): output for state, output in readout.table.items()})
    first: list[_Multiples] = [(1 / w[0], *[Fraction(0)] * (len(w) - 1)) for w in rows]
    bits = (replace(b, weights=_spread(b.weights, first)) for b in readout.functionals)
    return replace(readout, functionals=tuple(bits))


def _layer(layer: Layer) -> Layer:
    cases = {
        symbol: replace(case, transition=_transition(case.transition))
        for symbol, case in layer.cases.items()
    }
    return replace(layer, cases=cases)


def _transition(transition: Transition) -> Transition:
    if isinstance(transition, Blocks):
        return Blocks(tuple(map(_transition, transition.blocks)))
    if isinstance(transition, HouseholderProduct):
        return HouseholderProduct(tuple(map(_factor, transition.factors)))
    if isinstance(transition, Gated):
        factor = transition.factor
        if isinstance(factor, HouseholderProduct):
            return replace(
                transition, factor=HouseholderProduct(tuple(map(_factor, factor.factors)))
            )
        return replace(transition, factor=_factor(factor))
    return _factor(transition) if isinstance(transition, Householder) else transition


def _factor(factor: Householder | DeltaRule) -> Householder | DeltaRule:
    if isinstance(factor, Householder) and sum((x * x for x in factor.v), ZERO) == ONE:
        return DeltaRule(factor.v, factor.beta)
    return factor
