"""What an unknown prediction says is missing."""

from __future__ import annotations

import pytest
from helpers.effort import part_of
from helpers.published_constructions import automaton as named

from monoscan.automata import Automaton, get_language
from monoscan.theory.lemmas import Depth
from monoscan.theory.missing import show_limits
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question


def missing(automaton: Automaton, name: str, depth: Depth = "any", semantics: str = "exact") -> str:
    question = Question(get_model_class(name), depth, semantics)
    evidence = Predictor(automaton).predict(question).evidence
    assert isinstance(evidence, str), evidence
    return evidence


def test_at_most_three_limits_and_the_number_of_the_others() -> None:
    assert show_limits({}) == ""
    assert show_limits({"a": "x"}) == "a: x"
    many = {id: f"limit {id}" for id in "abcde"}
    shown = "a: limit a; b: limit b; c: limit c; and 2 other constructions"
    assert show_limits(many) == shown
    assert show_limits(dict.fromkeys("abc", "limit")) == "a: limit; and 2 other constructions"


def test_constructions_that_could_not_tell_are_named() -> None:
    reason = missing(get_language("random-20-2-1").build(), "diagonal-householder", 9)
    assert "reflection-cascade: budget reached: " in reason
    assert "and 1 other construction" in reason
    assert "not decided" not in reason
    assert "\n" not in reason


def test_a_network_that_is_too_large_is_named() -> None:
    reason = missing(get_language("count-mod-67").build(), "permutation-diagonal", 1)
    assert "pd-ssm-n-states: its states have 67 rows" in reason
    reason = missing(get_language("count-mod-37").build(), "diagonal-complex")
    assert "abelian-one-layer: its numbers are of the cyclotomic field of order 37" in reason


@pytest.mark.parametrize(
    ("depth", "is_named"), part_of([(3, False), (1, False), (4, True), (9, True)], 2)
)
def test_what_is_in_print_for_rwkv_7_is_named(depth, is_named: bool) -> None:
    reason = missing(get_language("cerny-7").build(), "diagonal-plus-rank-one-transposed", depth)
    assert ("Peng et al., arXiv 2503.14456, Theorem 3" in reason) == is_named


@pytest.mark.parametrize(
    ("model_class", "reason"),
    [
        ("diagonal-complex", "its numbers are irrational, and no format holds them"),
        ("mixed-diagonal", "only real entries are rounded here"),
        ("triangular-real", "no lemma is about rounded triangular matrices"),
        ("householder-nonnegative", "rounding lets networks with beta at most 1 count"),
        ("householder-product-2-nonnegative", "rounding lets networks with beta"),
        ("rwkv-7-released", "no documented order of operations to be rounded"),
        ("diagonal-plus-rank-one", "no documented order of operations to be rounded"),
    ],
)
def test_operations_without_a_network_are_explained(model_class: str, reason: str) -> None:
    assert reason in missing(get_language("s3").build(), model_class, semantics="op-round")


def test_no_network_of_a_depth() -> None:
    assert missing(named("f20"), "diagonal-householder", 1).endswith(
        "no construction gives a network with one layer"
    )
