"""The catalogue of model classes: ids, and the order by inclusion."""

from __future__ import annotations

import pytest

from monoscan.registry import UnknownId
from monoscan.theory.model_classes import (
    all_model_classes,
    containing,
    families,
    get_model_class,
    is_inside,
)

MEMBERS = [*all_model_classes(), *(family.member(n) for family in families() for n in (2, 3, 64))]

INCLUSIONS = [
    ("time-invariant-nonnegative", "time-invariant-diagonal"),
    ("time-invariant-nonnegative", "diagonal-nonnegative"),
    ("mixed-diagonal", "diagonal-common-phase"),
    ("diagonal-common-phase", "diagonal-complex"),
    ("diagonal-real", "scalar-plus-rank-one"),
    ("gated-householder-nonnegative", "scalar-plus-rank-one"),
    ("scalar-plus-rank-one", "diagonal-plus-rank-one"),
    ("scalar-plus-rank-one", "diagonal-plus-rank-one-transposed"),
    ("diagonal-open", "diagonal-nonnegative"),
    ("diagonal-open", "diagonal-real-open"),
    ("diagonal-real-open", "diagonal-complex-open"),
    ("diagonal-real-open", "diagonal-real"),
    ("diagonal-complex-open", "diagonal-complex"),
    ("diagonal-nonnegative", "diagonal-complex"),
    ("time-invariant-diagonal", "mixed-diagonal"),
    ("diagonal-nonnegative", "mixed-diagonal"),
    ("diagonal-nonnegative", "householder-nonnegative"),
    ("diagonal-real", "householder"),
    ("householder-nonnegative", "diagonal-householder-nonnegative"),
    ("householder", "diagonal-plus-rank-one-transposed"),
    ("householder", "diagonal-plus-rank-one"),
    ("rwkv-7-released", "diagonal-plus-rank-one-transposed"),
    ("householder", "diagonal-householder"),
    ("diagonal-householder-nonnegative", "diagonal-householder"),
    ("gated-householder-nonnegative", "gated-householder"),
    ("householder-product-3-nonnegative", "householder-product-3"),
    ("householder-product-2", "householder-product-5"),
    ("householder-product-4", "gated-householder-product-4"),
    ("householder-product-3-nonnegative", "gated-householder-product-3-nonnegative"),
    ("gated-householder-nonnegative", "gated-householder-product-2-nonnegative"),
    ("gated-householder-product-2-nonnegative", "gated-householder-product-3-nonnegative"),
    ("gated-householder-product-3-nonnegative", "gated-householder-product-3"),
    ("diagonal-complex", "permutation-diagonal"),
    ("triangular-real", "dense"),
]
NO_INCLUSIONS = [
    ("diagonal-common-phase", "mixed-diagonal"),
    ("diagonal-real", "diagonal-common-phase"),
    ("time-invariant-diagonal", "time-invariant-nonnegative"),
    ("householder", "scalar-plus-rank-one"),
    ("scalar-plus-rank-one", "gated-householder"),
    ("scalar-plus-rank-one", "diagonal-householder"),
    ("diagonal-real", "diagonal-nonnegative"),
    ("diagonal-real-open", "diagonal-nonnegative"),
    ("diagonal-complex-open", "diagonal-real"),
    ("gated-householder-product-3-nonnegative", "householder-product-3"),
    ("householder", "gated-householder-product-2-nonnegative"),
    ("diagonal-complex", "householder-product-4"),
    ("time-invariant-diagonal", "diagonal-nonnegative"),
    ("householder-product-3", "householder-product-2"),
    ("householder", "householder-nonnegative"),
    ("diagonal-plus-rank-one-transposed", "diagonal-householder"),
    ("diagonal-plus-rank-one-transposed", "diagonal-plus-rank-one"),
    ("diagonal-plus-rank-one", "diagonal-plus-rank-one-transposed"),
    ("permutation-diagonal", "diagonal-plus-rank-one-transposed"),
    ("nonlinear-rnn", "dense"),
]


@pytest.mark.parametrize(("inner", "outer"), INCLUSIONS)
def test_it_contains(inner: str, outer: str) -> None:
    assert is_inside(get_model_class(inner), get_model_class(outer))
    assert not is_inside(get_model_class(outer), get_model_class(inner))


@pytest.mark.parametrize(("inner", "outer"), NO_INCLUSIONS)
def test_it_does_not_contain(inner: str, outer: str) -> None:
    assert not is_inside(get_model_class(inner), get_model_class(outer))


@pytest.mark.parametrize("model_class", MEMBERS, ids=lambda c: c.id)
def test_every_name_leads_to_its_class(model_class) -> None:
    assert get_model_class(model_class.id) == model_class
    assert get_model_class(model_class.id.upper().replace("-", " ")) == model_class


@pytest.mark.parametrize("model_class", MEMBERS, ids=lambda c: c.id)
def test_parents_exist_and_inclusion_has_no_cycles(model_class) -> None:
    above = list(containing(model_class))
    assert above[0] == model_class
    assert all(not is_inside(parent, model_class) for parent in above[1:])


def test_every_class_with_exact_networks_lies_in_the_dense_one() -> None:
    dense = get_model_class("dense")
    assert all(is_inside(c, dense) for c in MEMBERS if c.has_exact_networks)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("diagonal-nonegative", "nearest: diagonal-nonnegative"),
        ("mamba", "there is no model class"),
        ("", "monoscan list classes"),
        ("householder-product-1", "N is 1 in householder-product-N; it must be from 2 to 64"),
        ("householder-product-65", "N is 65"),
        ("householder-product-02", "there is no model class"),
    ],
)
def test_an_unknown_name_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnknownId, match=said):
        get_model_class(name)


def test_the_limits_of_an_open_range_are_a_class_of_exact_networks() -> None:
    open_ranges = [c for c in MEMBERS if c.closure_contains]
    assert {c.id for c in open_ranges} == {
        *("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
        *("householder-open", "rwkv-7-released"),
    }
    for model_class in open_ranges:
        assert get_model_class(model_class.closure_contains).has_exact_networks
