"""Other spellings change the factors of a network, not its matrices."""

from __future__ import annotations

import pytest
from helpers.cascade_samples import ends_in_ab, symmetric
from helpers.class_regions import is_member

from monoscan.theory.constructions.cascades.permutations import gated_cascade
from monoscan.theory.constructions.cascades.solvable import reflection_cascade, sign_cascade
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.numbers import number
from monoscan.theory.readout import StateTable
from monoscan.theory.respelling import (
    as_delta_rules,
    as_householder_diagonal,
    as_householders,
    as_rank_one,
    respelled,
)
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    transition_matrix,
)


def matrices(lrnn: LRNN) -> list[Matrix]:
    return [transition_matrix(transition) for transition in lrnn.transitions()]


def test_matrices_stay() -> None:
    for lrnn in (sign_cascade(ends_in_ab()), reflection_cascade(symmetric(3))):
        for spell in (
            as_householders,
            as_delta_rules,
            as_rank_one,
            as_householder_diagonal,
        ):
            assert matrices(spell(lrnn)) == matrices(lrnn)
            assert spell(lrnn).layers[0].initial == lrnn.layers[0].initial


def test_classes_change() -> None:
    lrnn = sign_cascade(ends_in_ab())
    assert not is_member(lrnn, "householder")
    assert is_member(as_householders(lrnn), "householder")
    assert is_member(as_householders(lrnn), "diagonal-real")
    assert not is_member(as_householders(lrnn), "householder-nonnegative")
    assert is_member(as_rank_one(lrnn), "diagonal-plus-rank-one")


def test_delta_rules_with_any_key_are_rank_one() -> None:
    key = (number(1), number(-1))
    start = Matrix.column([0, 0])
    cases: dict[Symbol, Case] = {("a",): Case(DeltaRule(key, number("1/2")), start)}
    lrnn = LRNN(("a",), (Layer(start, cases, StateTable({start: True})),))
    assert matrices(as_rank_one(lrnn)) == matrices(lrnn)
    assert matrices(as_rank_one(as_delta_rules(sign_cascade(ends_in_ab())))) == matrices(
        sign_cascade(ends_in_ab())
    )
    assert is_member(as_delta_rules(sign_cascade(ends_in_ab())), "householder")


def gated_network() -> LRNN:
    """One layer with a gate in front of a reflection."""
    gated = Gated(number("1/2"), Householder((number(1), number(2)), number(2)))
    start = Matrix.column([0, 0])
    cases: dict[Symbol, Case] = {("a",): Case(gated, start)}
    return LRNN(("a",), (Layer(start, cases, StateTable({start: True})),))


def test_gates() -> None:
    lrnn = gated_network()
    assert matrices(as_rank_one(lrnn)) == matrices(lrnn)
    assert is_member(as_rank_one(lrnn), "diagonal-plus-rank-one")
    assert matrices(as_householder_diagonal(lrnn)) == matrices(lrnn)
    assert isinstance(as_householder_diagonal(lrnn).transitions()[0], HouseholderDiagonal)


def test_a_product_of_one_factor_becomes_the_factor() -> None:
    single = respelled(as_householders(scalar_parity()), product_of_one)
    ckda = get_model_class("diagonal-householder")
    assert get_model_class("householder").outside(single) is None
    assert "a matrix written as HouseholderProduct" in (ckda.outside(single) or "")
    assert ckda.outside(as_householder_diagonal(single)) is None
    assert matrices(as_householder_diagonal(single)) == matrices(single)


def product_of_one(transition: Transition) -> HouseholderProduct:
    assert isinstance(transition, Householder)
    return HouseholderProduct((transition,))


def test_products_are_no_rank_one_updates() -> None:
    with pytest.raises(ValueError, match="a head of kind HouseholderProduct cannot be written"):
        as_rank_one(gated_cascade(symmetric(3)))
    dense = respelled(gated_network(), lambda _: Dense(Matrix.identity(2)))
    with pytest.raises(ValueError, match="a head of kind Dense cannot be written"):
        as_rank_one(dense)
