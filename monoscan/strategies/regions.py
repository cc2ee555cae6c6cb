"""Random transition matrices of one layer in the region of a model class."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import pairwise

from hypothesis import strategies as st

from monoscan.strategies.errors import need, need_range
from monoscan.strategies.numbers import Numbers, directions, matrices, vectors
from monoscan.strategies.transitions import Kinds, Transitions
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass, get_model_class
from monoscan.theory.numbers import Number, zeta
from monoscan.theory.transition import (
    Blocks,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    heads,
)


def _among(*numbers: str) -> Numbers:
    return st.sampled_from([Fraction(number) for number in numbers])


_UNIT = _among("0", "1", "1/2", "1/3")  # [0, 1]; the ends are what most proofs turn on
_SIGNED = _among("0", "1", "-1", "1/2", "-1/3")
_OPEN_UNIT = _among("1/2", "1/3", "3/4", "1/100")
_OPEN_SIGNED = _among("0", "1/2", "-1/2", "-99/100")
_TO_TWO = _among("0", "1", "2", "1/2", "3/2")
_OPEN_TO_TWO = _among("1", "1/2", "3/2", "1/100")
_PHASES: st.SearchStrategy[Number] = st.sampled_from([zeta(n) for n in (1, 2, 3, 4)])
_DISC = st.builds(lambda modulus, phase: modulus * phase, _UNIT, _PHASES)
_OPEN_DISC = st.builds(lambda modulus, phase: modulus * phase, _OPEN_SIGNED, _PHASES)
_ANY = _among("0", "1", "-1", "2", "-3/2")
_ANY_COMPLEX = st.builds(lambda number, phase: number * phase, _ANY, _PHASES)


def transitions_of_layer(
    model_class: ModelClass | str, size: int, symbols: int = 2
) -> st.SearchStrategy[tuple[Transition, ...]]:
    """The matrices of one layer in the region of a class, one for each symbol.

    They are drawn together: in classes of heads the layer has the same heads for every symbol, and
    in time-invariant classes the same matrix.

    Args:
        model_class: A class with exact networks, or its id.
        size: The number of rows.
        symbols: How many matrices.

    Raises:
        UnknownId: If there is no such class.
        EmptySetError: If the class has no exact networks, no strategy knows its region, or there
            is no row or no symbol.

    >>> from hypothesis import find
    >>> found = find(transitions_of_layer("householder", 2), lambda two: two[0].beta == 2)
    >>> len(found), found[0].beta
    (2, Fraction(2, 1))
    """
    found = get_model_class(model_class) if isinstance(model_class, str) else model_class
    need(
        found.has_exact_networks,
        f"transitions of {found.id}: the class has no exact networks; {found.note}",
    )
    need_range("rows", 1, 1, size)
    need_range("symbols", 1, 1, symbols)
    if found.id in _LAYERS:
        return _LAYERS[found.id](size, symbols)
    if found.id in _WHOLE:
        return _each(_WHOLE[found.id](size), symbols)
    head = _head_of(found.id)
    need(
        head is not None,
        f"transitions of {found.id}: no strategy knows its region; give the transitions yourself",
    )
    assert head is not None
    return _with_equal_heads(head, size, symbols)


def _each(drawn: Transitions, symbols: int) -> st.SearchStrategy[tuple[Transition, ...]]:
    return st.tuples(*[drawn] * symbols)


# --- classes of heads -----------------------------------------------------------------------------


@st.composite
def _with_equal_heads(
    draw: st.DrawFn, head: Kinds, size: int, symbols: int
) -> tuple[Transition, ...]:
    """Heads of the same sizes for every symbol, often one head."""
    ends = draw(st.sets(st.integers(1, size - 1))) if size > 1 and draw(st.booleans()) else set()
    cuts = [0, *sorted(ends), size]
    sizes = [last - first for first, last in pairwise(cuts)]
    found = []
    for _ in range(symbols):
        parts = tuple(part for n in sizes for part in heads(draw(head(n))))
        found.append(parts[0] if len(parts) == 1 else Blocks(parts))
    return tuple(found)


def _factor(size: int, betas: Numbers) -> st.SearchStrategy[Householder]:
    return st.builds(Householder, directions(size), betas)


def _factors(size: int, betas: Numbers, most: int) -> Transitions:
    one = _factor(size, betas)
    if most == 1:
        return one
    several = st.lists(one, min_size=1, max_size=most)
    return several.map(lambda drawn: HouseholderProduct(tuple(drawn)))


def _head_of(class_id: str) -> Kinds | None:
    if class_id in _HEADS:
        return _HEADS[class_id]
    match = re.fullmatch(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative)?", class_id)
    if match is None:
        return None
    betas, most = _UNIT if match[3] else _TO_TWO, int(match[2] or 1)
    if match[1]:
        return lambda size: st.builds(Gated, _UNIT, _factors(size, betas, most))
    return lambda size: _factors(size, betas, most)


def _householder_diagonal(betas: Numbers, entries: Numbers, size: int) -> Transitions:
    return st.builds(HouseholderDiagonal, directions(size), betas, vectors(size, entries))


def _rank_one(size: int) -> Transitions:
    entries = vectors(size, _UNIT)
    return st.builds(DiagonalPlusRankOne, entries, directions(size), entries, _TO_TWO)


@st.composite
def _symmetric_rank_one(
    draw: st.DrawFn, w: Numbers, a: Numbers, c: Numbers, size: int
) -> Transition:
    """diag(w) - c k (k o a)^T with equal entries of w and of a, which makes it symmetric."""
    decay, rate = draw(w), draw(a)
    return DiagonalPlusRankOne((decay,) * size, draw(directions(size)), (rate,) * size, draw(c))


_HEADS: dict[str, Kinds] = {
    "householder-open": lambda size: _factor(size, _OPEN_TO_TWO),
    "diagonal-householder-nonnegative": partial(_householder_diagonal, _UNIT, _UNIT),
    "diagonal-householder": partial(_householder_diagonal, _TO_TWO, _SIGNED),
    "diagonal-plus-rank-one": _rank_one,
    "diagonal-plus-rank-one-transposed": partial(_symmetric_rank_one, _UNIT, _UNIT, _TO_TWO),
    "scalar-plus-rank-one": partial(_symmetric_rank_one, _UNIT, _UNIT, st.just(Fraction(1))),
    "rwkv-7-released": partial(
        _symmetric_rank_one, _among("3/5", "3/4", "99/100"), _OPEN_UNIT, st.just(Fraction(1))
    ),
}

# --- classes whose matrices are drawn one by one --------------------------------------------------


def _diagonal(entries: Numbers) -> Kinds:
    return lambda size: vectors(size, entries).map(Diagonal)


@st.composite
def _upper_triangular(draw: st.DrawFn, entries: Numbers, size: int) -> Transition:
    full = draw(matrices(size, size, entries))
    return Dense(
        Matrix.of(
            [[full.rows[i][j] if j >= i else Fraction(0) for j in range(size)] for i in range(size)]
        )
    )


@st.composite
def _one_entry_a_column(draw: st.DrawFn, size: int) -> Transition:
    """P diag(a): column j has the entry a_j in a row of its own choice."""
    places = draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
    entries = draw(vectors(size, _DISC))
    rows = [
        [entries[j] if places[j] == i else Fraction(0) for j in range(size)] for i in range(size)
    ]
    return Dense(Matrix.of(rows))


_WHOLE: dict[str, Kinds] = {
    "diagonal-nonnegative": _diagonal(_UNIT),
    "diagonal-real": _diagonal(_SIGNED),
    "diagonal-complex": _diagonal(_DISC),
    "diagonal-open": _diagonal(_OPEN_UNIT),
    "diagonal-real-open": _diagonal(_OPEN_SIGNED),
    "diagonal-complex-open": _diagonal(_OPEN_DISC),
    "triangular-real": partial(_upper_triangular, _ANY),
    "triangular-complex": partial(_upper_triangular, _ANY_COMPLEX),
    "permutation-diagonal": _one_entry_a_column,
    "dense": lambda size: matrices(size, size, _ANY_COMPLEX).map(Dense),
}

# --- classes that say something about all matrices of a layer -------------------------------------


def _constant(
    entries: Numbers, size: int, symbols: int
) -> st.SearchStrategy[tuple[Transition, ...]]:
    return _diagonal(entries)(size).map(lambda drawn: (drawn,) * symbols)


@st.composite
def _common_phase(draw: st.DrawFn, size: int, symbols: int) -> tuple[Transition, ...]:
    phases = draw(vectors(size, _PHASES))
    found = []
    for _ in range(symbols):
        moduli = draw(vectors(size, _UNIT))
        found.append(Diagonal(tuple(g * phase for g, phase in zip(moduli, phases, strict=True))))
    return tuple(found)


_LAYERS: dict[str, Callable[[int, int], st.SearchStrategy[tuple[Transition, ...]]]] = {
    "time-invariant-nonnegative": partial(_constant, _UNIT),
    "time-invariant-diagonal": partial(_constant, _DISC),
    "mixed-diagonal": lambda size, symbols: st.one_of(
        _constant(_DISC, size, symbols), _each(_diagonal(_UNIT)(size), symbols)
    ),
    "diagonal-common-phase": _common_phase,
}
