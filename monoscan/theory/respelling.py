"""The same network in the parameters of another class.

A scalar a is the Householder matrix I - (1 - a) of size 1, so a layer with a diagonal matrix is
also a layer of many Householder heads of size 1. That a network lies in a class up to such a step
is nothing that a reader or the checker should have to take: it is taken here, and a certificate is
about the network as it is written then. Each function `as_...` writes every transition of a network
anew; all but `as_open_householders` change no matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass, all_model_classes, families
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.readout import Readout, StateTable
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    heads,
)
from monoscan.theory.unit_keys import with_unit_keys


def ways_of(model_class: ModelClass, *, is_rounded: bool = False) -> Iterator[str]:
    """The ways in which networks may be written in the parameters of a class, best first.

    Args:
        model_class: any class.
        is_rounded: whether every operation is rounded. Some forms have no order of operations that
            could be rounded. A delta rule h - (1 - a) h rounds other numbers than a h, so the
            answers of a network that is written anew are to be looked at once more.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> list(ways_of(get_model_class("householder")))
    ['', 'householders', 'open-householders']
    """
    if model_class.shape is not None:
        yield ""
        known = _ROUNDED_WAYS if is_rounded else _WAYS
        yield from (way for way in model_class.shape.respellings if way in known)


def rounded_ways() -> tuple[str, ...]:
    """All ways in which networks are written whose operations are rounded.

    >>> rounded_ways()[0]
    ''
    """
    return ("", *_ROUNDED_WAYS)


def written(lrnn: LRNN, way: str, *, is_rounded: bool = False) -> LRNN | None:
    """The network, written in one of the ways of `ways_of`; None if a head has no such form.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> written(scalar_parity(), "householders").transitions()[1]
    Householder(v=(Fraction(1, 1),), beta=Fraction(2, 1))
    """
    try:
        return (_ROUNDED_WAYS if is_rounded else _WAYS)[way](lrnn) if way else lrnn
    except ValueError:
        return None


def written_in(lrnn: LRNN, model_class: ModelClass, *, is_rounded: bool = False) -> LRNN | None:
    """A network in the parameters of a class; None if no way is known in which it lies in it.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.model_classes import get_model_class
    >>> print(written_in(scalar_parity(), get_model_class("householder-nonnegative")))
    None
    """
    for way in ways_of(model_class, is_rounded=is_rounded):
        found = written(lrnn, way, is_rounded=is_rounded)
        if found is not None and model_class.outside(found, as_written=is_rounded) is None:
            return found
    return None


def classes_of(lrnn: LRNN, *, is_rounded: bool = False) -> tuple[ModelClass, ...]:
    """All classes of the catalogue, and of the families with small N, that hold a network.

    Args:
        lrnn: the network as it is written.
        is_rounded: whether every operation is rounded.

    >>> from monoscan.theory.constructions.parity import householder_parity
    >>> [c.id for c in classes_of(householder_parity())][:2]
    ['householder', 'gated-householder']
    """
    return tuple(c for c in standard_classes() if c.outside(lrnn, as_written=is_rounded) is None)


@cache
def standard_classes() -> tuple[ModelClass, ...]:
    """The classes with exact networks, of the families those with N up to 4."""
    fixed = [c for c in all_model_classes() if c.has_exact_networks]
    small = [family.member(n) for family in families() for n in (2, 3, 4)]
    return (*fixed, *small)


def as_householders(lrnn: LRNN) -> LRNN:
    """Diagonal matrices as Householder heads of size 1; other transitions stay as they are.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> as_householders(scalar_parity()).transitions()[1]
    Householder(v=(Fraction(1, 1),), beta=Fraction(2, 1))
    """
    return respelled(lrnn, _in_householders)


def as_delta_rules(lrnn: LRNN) -> LRNN:
    """Diagonal matrices as delta-rule heads of size 1 with the key 1; others stay as they are.

    Other than the operations of a Householder factor, which is divided by its norm, those of a
    delta rule can be rounded one by one.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> as_delta_rules(scalar_parity()).transitions()[1]
    DeltaRule(k=(Fraction(1, 1),), beta=Fraction(2, 1))
    """
    return respelled(lrnn, _in_delta_rules)


def as_rank_one(lrnn: LRNN) -> LRNN:
    """Diagonal, delta-rule and Householder heads as diagonal plus rank one (RWKV-7).

    A diagonal matrix becomes heads of size 1 with w = a = 1 and c = 1 - entry. A Householder head
    may have a gate.

    Raises:
        ValueError: for a head of another kind.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> as_rank_one(scalar_parity()).transitions()[1].c
    Fraction(2, 1)
    """
    return respelled(as_householders(lrnn), _in_rank_one)


def as_scalar_plus_rank_one(lrnn: LRNN) -> LRNN:
    """Diagonal, delta-rule and Householder heads as g I - b k k^T, in the form of `as_rank_one`.

    An entry of a diagonal matrix becomes a head of size 1: its positive part is g, its negative
    part is b.

    Raises:
        ValueError: for a head of another kind.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> as_scalar_plus_rank_one(scalar_parity()).transitions()[1].w
    (Fraction(0, 1),)
    """
    return as_rank_one(respelled(lrnn, _in_signed_heads))


def as_decayed_rank_one(lrnn: LRNN) -> LRNN:
    """Diagonal entries as heads diag(w) - (k o a) k^T of size 1 with k = 1, w = 3/4, a = w - entry.

    So w and a stay inside their open ranges for entries strictly between -1/4 and 3/4.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> as_decayed_rank_one(scalar_parity()).transitions()[0].a
    (Fraction(-1, 4),)
    """
    return respelled(lrnn, _in_decayed_heads)


def as_householder_diagonal(lrnn: LRNN) -> LRNN:
    """Gated Householder heads as (I - beta v v^T) diag(g, ..., g), the form of CKDA.

    A product of one factor becomes that factor; other heads stay as they are.

    >>> from monoscan.theory.constructions.parity import householder_parity
    >>> as_householder_diagonal(householder_parity()) == householder_parity()
    True
    """
    return respelled(lrnn, _in_householder_diagonal)


def as_open_householders(lrnn: LRNN) -> LRNN:
    """Diagonal matrices with entries in (-1, 1] as heads of size 2 with beta in (0, 2).

    A head is an entry of the state and a dummy entry that stays 0. I - beta k k^T multiplies the
    entry by 1 - beta if k points along it, and keeps it if k points along the dummy. So beta stays
    inside the open interval, where a doubled sigmoid reaches it.

    Raises:
        ValueError: for a head that is no diagonal matrix, or another entry.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.constructions.last_blocks import right_regular_band
    >>> flip_flop = right_regular_band(get_language("flip-flop").build())
    >>> written = as_open_householders(flip_flop)
    >>> [[int(x) for x in written.layers[0].cases[(a,)].transition.v] for a in written.alphabet]
    [[1, 0], [1, 0], [0, 1]]
    """
    transition = cache(_in_open_householders)
    return lrnn.map_layers(lambda layer: _with_dummies(layer, transition))


def _with_dummies(layer: Layer, function: Callable[[Transition], Transition]) -> Layer:
    cases = {
        symbol: Case(function(case.transition), _spread(case.input))
        for symbol, case in layer.cases.items()
    }
    readout = _without_dummies(layer.readout)
    return replace(layer, initial=_spread(layer.initial), cases=cases, readout=readout)


def _without_dummies(readout: Readout) -> Readout:
    """The read-out of a state with dummy entries, which does not look at them."""
    if isinstance(readout, StateTable):
        return StateTable({_spread(state): output for state, output in readout.table.items()})
    bits = (replace(bit, weights=_spread(bit.weights)) for bit in readout.functionals)
    return replace(readout, functionals=tuple(bits))


def _spread(column: Matrix) -> Matrix:
    """The rows, a row of zeros after each of them."""
    zeros = (ZERO,) * column.shape[1]
    return Matrix(tuple(row for kept in column.rows for row in (kept, zeros)))


def _in_open_householders(transition: Transition) -> Transition:
    written: list[Transition] = []
    for head in heads(transition):
        if not isinstance(head, Diagonal):
            raise ValueError(f"{head}; expected a diagonal matrix")
        for entry in head.entries:
            if not isinstance(entry, Fraction) or not -1 < entry <= 1:
                raise ValueError(f"the entry {entry} is not above -1 and at most 1")
            written.append(
                Householder((ZERO, ONE), ONE)
                if entry == 1
                else Householder((ONE, ZERO), ONE - entry)
            )
    return written[0] if len(written) == 1 else Blocks(tuple(written))


def respelled(lrnn: LRNN, function: Callable[[Transition], Transition]) -> LRNN:
    """The network with a function applied to each transition.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> respelled(scalar_parity(), lambda transition: transition) == scalar_parity()
    True
    """
    return lrnn.map_layers(lambda layer: _layer(layer, cache(function)))


def _layer(layer: Layer, function: Callable[[Transition], Transition]) -> Layer:
    cases = {
        symbol: Case(function(case.transition), case.input) for symbol, case in layer.cases.items()
    }
    return replace(layer, cases=cases)


def _in_householders(transition: Transition) -> Transition:
    return _in_scalar_heads(transition, lambda entry: Householder((ONE,), ONE - entry))


def _in_delta_rules(transition: Transition) -> Transition:
    return _in_scalar_heads(transition, lambda entry: DeltaRule((ONE,), ONE - entry))


def _in_decayed_heads(transition: Transition) -> Transition:
    w = Fraction(3, 4)
    return _in_scalar_heads(
        transition, lambda entry: DiagonalPlusRankOne((w,), (ONE,), (w - entry,), ONE)
    )


def _in_signed_heads(transition: Transition) -> Transition:
    return _in_scalar_heads(transition, _signed_head)


def _signed_head(entry: Number) -> Transition:
    if not isinstance(entry, Fraction):
        raise ValueError(f"the entry {entry} is not rational, and g and b are")
    return DiagonalPlusRankOne((max(entry, ZERO),), (ONE,), (ONE,), max(-entry, ZERO))


def _in_scalar_heads(transition: Transition, factor: Callable[[Number], Transition]) -> Transition:
    written: list[Transition] = []
    for head in heads(transition):
        if isinstance(head, Diagonal):
            written += [factor(entry) for entry in head.entries]
        else:
            written.append(head)
    return written[0] if len(written) == 1 else Blocks(tuple(written))


def _in_rank_one(transition: Transition) -> Transition:
    written = [_rank_one(head) for head in heads(transition)]
    return written[0] if len(written) == 1 else Blocks(tuple(written))


def _rank_one(head: Transition) -> Transition:
    if isinstance(head, DiagonalPlusRankOne):
        return head
    if isinstance(head, DeltaRule):
        ones = (ONE,) * len(head.k)
        squared_norm = sum((entry * entry for entry in head.k), start=ZERO)
        return DiagonalPlusRankOne(w=ones, k=head.k, a=ones, c=head.beta * squared_norm)
    if isinstance(head, Householder):
        ones = (ONE,) * len(head.v)
        return DiagonalPlusRankOne(w=ones, k=head.v, a=ones, c=head.beta)
    if isinstance(head, Gated) and isinstance(head.factor, Householder):
        gates = (head.gate,) * len(head.factor.v)
        return DiagonalPlusRankOne(w=gates, k=head.factor.v, a=gates, c=head.factor.beta)
    raise ValueError(
        f"a head of kind {type(head).__name__} cannot be written as diagonal plus rank one; "
        "expected diagonal, delta-rule, Householder and gated Householder heads"
    )


def _in_householder_diagonal(transition: Transition) -> Transition:
    written: list[Transition] = []
    for head in heads(transition):
        if isinstance(head, Gated) and isinstance(head.factor, Householder):
            v, beta = head.factor.v, head.factor.beta
            written.append(HouseholderDiagonal(v, beta, (head.gate,) * len(v)))
        elif isinstance(head, HouseholderProduct) and len(head.factors) == 1:
            written.append(head.factors[0])
        else:
            written.append(head)
    return written[0] if len(written) == 1 else Blocks(tuple(written))


_WAYS: dict[str, Callable[[LRNN], LRNN]] = {
    "householders": as_householders,
    "open-householders": as_open_householders,
    "householder-diagonals": lambda lrnn: as_householder_diagonal(as_householders(lrnn)),
    "scalar-plus-rank-one": as_scalar_plus_rank_one,
    "rank-one": as_rank_one,
    "decayed-rank-one": as_decayed_rank_one,
}
# The other forms have no order of operations that could be rounded one by one.
_ROUNDED_WAYS: dict[str, Callable[[LRNN], LRNN]] = {
    "householders": lambda lrnn: with_unit_keys(as_delta_rules(lrnn)),
    "open-householders": lambda lrnn: with_unit_keys(as_open_householders(lrnn)),
    "householder-diagonals": lambda lrnn: with_unit_keys(as_householder_diagonal(lrnn)),
}
