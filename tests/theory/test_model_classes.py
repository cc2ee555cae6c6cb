"""The catalogue of model classes: names, aliases, and the order by inclusion."""

from __future__ import annotations

import pytest

from monoscan.theory.model_classes import (
    UnknownModelClassError,
    all_model_classes,
    containing,
    families,
    get_model_class,
    is_inside,
)

MEMBERS = [*all_model_classes(), *(family.member(n) for family in families() for n in (2, 3, 64))]

INCLUSIONS = [
    ("mamba-sigmoid", "mamba"),
    ("mamba-sigmoid", "mamba-negative-sigmoid"),
    ("mamba-negative-sigmoid", "gateloop-sigmoid"),
    ("mamba-negative-sigmoid", "mamba-negative"),
    ("gateloop-sigmoid", "gateloop"),
    ("mamba", "gateloop"),
    ("s4", "s4-mamba"),
    ("mamba", "s4-mamba"),
    ("mamba", "deltanet-0-1"),
    ("mamba-negative", "deltanet"),
    ("deltanet-0-1", "kda"),
    ("deltanet", "rwkv-7"),
    ("deltanet", "diagonal-plus-rank-one"),
    ("rwkv-7-released", "rwkv-7"),
    ("deltanet", "ckda"),
    ("kda", "ckda"),
    ("gated-deltanet-0-1", "gated-deltanet"),
    ("deltaproduct-3-0-1", "deltaproduct-3"),
    ("deltaproduct-2", "deltaproduct-5"),
    ("deltaproduct-4", "gated-deltaproduct-4"),
    ("deltaproduct-3-0-1", "gated-deltaproduct-3-0-1"),
    ("gated-deltanet-0-1", "gated-deltaproduct-2-0-1"),
    ("gated-deltaproduct-2-0-1", "gated-deltaproduct-3-0-1"),
    ("gated-deltaproduct-3-0-1", "gated-deltaproduct-3"),
    ("gateloop", "pd-ssm"),
    ("triangular-real", "sd-ssm"),
]
NO_INCLUSIONS = [
    ("mamba-negative", "mamba"),
    ("mamba-negative-sigmoid", "mamba"),
    ("gateloop-sigmoid", "mamba-negative"),
    ("gated-deltaproduct-3-0-1", "deltaproduct-3"),
    ("deltanet", "gated-deltaproduct-2-0-1"),
    ("gateloop", "deltaproduct-4"),
    ("s4", "mamba"),
    ("deltaproduct-3", "deltaproduct-2"),
    ("deltanet", "deltanet-0-1"),
    ("rwkv-7", "ckda"),
    ("rwkv-7", "diagonal-plus-rank-one"),
    ("diagonal-plus-rank-one", "rwkv-7"),
    ("pd-ssm", "rwkv-7"),
    ("lstm", "dense"),
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
    for alias in model_class.aliases:
        assert get_model_class(alias.upper()) == model_class


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
        ("mamba3000", "nearest: mamba"),
        ("", "monoscan list classes"),
        ("deltaproduct-1", "N is 1; expected a number from 2 to 64"),
        ("householder-product-65", "N is 65"),
        ("deltaproduct-02", "there is no model class"),
    ],
)
def test_an_unknown_name_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnknownModelClassError, match=said):
        get_model_class(name)


def test_the_limits_of_an_open_range_are_a_class_of_exact_networks() -> None:
    open_ranges = [c for c in MEMBERS if c.closure_contains]
    assert {c.id for c in open_ranges} == {
        *("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
        *("householder-open", "rwkv-7-released"),
    }
    for model_class in open_ranges:
        assert get_model_class(model_class.closure_contains).has_exact_networks
