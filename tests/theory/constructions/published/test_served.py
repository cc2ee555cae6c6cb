"""Every row of the shared table: proved for all lengths, in its class, and no longer if changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from helpers.class_regions import is_member, most_reflections
from helpers.published_constructions import SERVED, Served

from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import all_constructions, get_construction
from monoscan.theory.explore import Recognises, UndefinedOutputError, explore
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.respelling import classes_of
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import (
    Blocks,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    transition_matrix,
)

BUDGET = 60_000
ROWS = pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=[pytest.mark.slow] if row.slow else []) for row in SERVED],
    ids=str,
)


@cache
def built(row: Served) -> LRNN:
    return get_construction(row.construction).build(row.automaton())


def recognises(lrnn: LRNN, row: Served) -> bool:
    try:
        return isinstance(explore(lrnn, Exact(), row.automaton(), BUDGET), Recognises)
    except UndefinedOutputError:
        return False


@ROWS
def test_proved_for_all_lengths(row: Served) -> None:
    found = explore(built(row), Exact(), row.automaton(), BUDGET)
    assert isinstance(found, Recognises)
    if row.states is not None:
        assert len(found.states) == row.states


@ROWS
def test_class_and_depth_are_as_stated(row: Served) -> None:
    construction, lrnn = get_construction(row.construction), built(row)
    assert construction.supports(row.automaton()) is None
    example = network_of(construction.matrices_for(row.automaton()))
    assert get_model_class(row.model_class).outside(example) is None
    assert set(classes_of(example)) <= set(classes_of(lrnn))
    assert construction.depth_for(row.automaton()) == row.depth == len(lrnn.layers)
    assert get_model_class(row.model_class).id == row.model_class
    assert is_member(lrnn, row.model_class)
    if row.n_h is not None:
        assert most_reflections(lrnn) == row.n_h


@ROWS
def test_a_changed_input_matrix_is_noticed(row: Served) -> None:
    for level, symbol in some_symbols(built(row)):
        case = built(row).layers[level].cases[symbol]
        first, *rest = case.input.entries()
        changed = Matrix.column([first + 1, *rest])
        mutant = with_case(built(row), level, symbol, Case(case.transition, changed))
        assert not recognises(mutant, row), (level, symbol)


@ROWS
def test_a_changed_transition_is_noticed(row: Served) -> None:
    if row.depth > 2:
        return  # A factor of the last layer may meet only states that it fixes.
    for level, symbol in some_symbols(built(row)):
        case = built(row).layers[level].cases[symbol]
        mutant = with_case(built(row), level, symbol, Case(bent(case.transition), case.input))
        assert not recognises(mutant, row), (level, symbol)


def some_symbols(lrnn: LRNN) -> Iterator[tuple[int, Symbol]]:
    """The first and the last symbol of each layer."""
    for level, layer in enumerate(lrnn.layers):
        symbols = list(layer.cases)
        yield from ((level, symbol) for symbol in dict.fromkeys([symbols[0], symbols[-1]]))


def with_case(lrnn: LRNN, level: int, symbol: Symbol, case: Case) -> LRNN:
    layers = list(lrnn.layers)
    old = layers[level]
    layers[level] = Layer(old.initial, {**old.cases, symbol: case}, old.readout, old.reads)
    return LRNN(lrnn.alphabet, tuple(layers))


def bent(transition: Transition) -> Transition:
    """The transition with one number of each head changed."""
    if isinstance(transition, Householder):
        return replace(transition, beta=transition.beta + 1)
    if isinstance(transition, HouseholderProduct):
        first, *rest = transition.factors
        return HouseholderProduct((replace(first, beta=first.beta + 1), *rest))
    if isinstance(transition, Diagonal):
        return Diagonal((transition.entries[0] + 1, *transition.entries[1:]))
    if isinstance(transition, DiagonalPlusRankOne):
        return replace(transition, c=transition.c + 1)
    if isinstance(transition, Dense):
        (entry, *row), *rows = transition_matrix(transition).rows
        return Dense(Matrix(((entry + 1, *row), *rows)))
    if isinstance(transition, HouseholderDiagonal):
        return replace(transition, beta=transition.beta + 1)
    assert isinstance(transition, Blocks), transition
    return Blocks(tuple(map(bent, transition.blocks)))


def test_every_published_construction_has_rows() -> None:
    published = {
        construction.id
        for construction in all_constructions()
        if ".published." in construction.build.__module__
    }
    assert published == {row.construction for row in SERVED}
