"""What the constructions refuse, and that they are right on every automaton that they accept."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.effort import examples
from helpers.published_constructions import automaton
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import (
    UnsupportedError,
    all_constructions,
    get_construction,
)
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.respelling import classes_of

PUBLISHED = [
    construction.id
    for construction in all_constructions()
    if ".published." in construction.build.__module__
]
FOUR_LAYERS = ["rwkv7-regular-four-layers", "sn-four-layer-lookup", "so3-four-layer-lookup"]
BUDGET = 60_000

REFUSED = [
    ("group-one-layer", "flip-flop", "so it permutes no states"),
    ("group-one-layer", "s5", "the automaton has 120 states"),
    ("sn-one-layer", "q8", "does not act faithfully on 5 points or fewer"),
    ("sn-one-layer", "s6", "a group of more than 120 elements"),
    ("sn-one-layer", "tomita-5-reset", "so it permutes no states"),
    ("cyclic-rotation-two-gh", "klein-four", "no element has an order above 2; it is not cyclic"),
    ("modadd-two-layer-reflections", "s3", "it is not cyclic"),
    ("abelian-one-layer", "s3", "do not commute"),
    ("abelian-one-layer", "tomita-5-reset", "so it permutes no states"),
    ("binary-counter", "z12", "a cyclic group of order 12; expected 2, 4, 8"),
    ("binary-counter", "klein-four", "it is not cyclic"),
    ("derived-series", "a5-involutions", "a group that is not solvable"),
    ("derived-series", "flip-flop", "so it permutes no states"),
    ("derived-series", "one-state", "a group that is trivial"),
    ("elementary-two-series", "z12", "a group that is no 2-group"),
    ("elementary-two-series", "a4", "a group that is no 2-group"),
    ("dihedral-two-layer", "q8", "not dihedral"),
    ("dihedral-one-layer", "z3", "not dihedral"),
    ("so3-groups-two-gh", "q8", "in no rotation group"),
    ("so3-groups-two-gh", "s5", "in no rotation group"),
    ("a5-involutions-one-reflection", "a5", "has an order above 2"),
    ("a5-involutions-one-reflection", "q8", "in no rotation group"),
    ("sn-four-layer-lookup", "s4", "at most 20000 are built"),
    ("sn-four-layer-lookup", "q8", "does not act faithfully"),
    ("so3-four-layer-lookup", "a4", "at most 20000 are built"),
    ("so3-four-layer-lookup", "q8", "in no rotation group"),
    ("so3-four-layer-lookup", "flip-flop", "so it permutes no states"),
    ("rwkv7-regular-four-layers", "s3", "at most 20000 are built"),
    ("rwkv7-one-layer", "z3", "neither constant, nor the identity, nor one swap"),
    ("rwkv7-one-layer", "s6", "the automaton has 720 states"),
    ("tracking-heads", "flip-flop", "so it permutes no states"),
    ("tracking-heads", "s5-swaps", "representations are searched up to 24"),
    ("signed-householder-one-layer", "flip-flop", "so it permutes no states"),
    ("signed-householder-one-layer", "f20", "no representation is found in which each letter"),
    ("signed-householder-one-layer", "a5", "representations are searched up to 24"),
    ("pd-ssm-n-states", "s6", "the automaton has 720 states"),
    ("dense-one-layer", "s6", "the automaton has 720 states"),
]


def named(name: str) -> Automaton:
    if name == "tomita-5-reset":
        return Automaton("ab", [[0, 1], [0, 0]], (False, True))
    return automaton(name)


@pytest.mark.parametrize(("construction", "name", "reason"), REFUSED)
def test_refused(construction: str, name: str, reason: str) -> None:
    found, target = get_construction(construction), named(name)
    why = found.supports(target)
    assert why is not None
    assert reason in why
    with pytest.raises(UnsupportedError, match=reason):
        found.build(target)


def test_every_construction_refuses_something() -> None:
    assert {row[0] for row in REFUSED} == set(PUBLISHED)


@st.composite
def permutation_automata(draw: st.DrawFn) -> Automaton:
    """Up to five states permuted by up to three letters; outputs may repeat."""
    n = draw(st.integers(1, 5))
    columns = draw(st.lists(st.permutations(range(n)), min_size=1, max_size=3))
    outputs = draw(st.lists(st.sampled_from("pqr"), min_size=n, max_size=n))
    return canonical("abc"[: len(columns)], np.array(columns).T, outputs)


@st.composite
def small_automata(draw: st.DrawFn) -> Automaton:
    """Up to three states and two letters that do anything."""
    n = draw(st.integers(1, 3))
    cells = st.lists(st.integers(0, n - 1), min_size=2, max_size=2)
    table = draw(st.lists(cells, min_size=n, max_size=n))
    return canonical("ab", table, draw(st.lists(st.booleans(), min_size=n, max_size=n)))


@given(st.data())
@pytest.mark.parametrize("id", [id for id in PUBLISHED if id not in FOUR_LAYERS])
@examples(15)
def test_right_on_every_permutation_automaton_that_it_supports(
    id: str, data: st.DataObject
) -> None:
    check(id, data.draw(permutation_automata()))


@given(st.data())
@pytest.mark.parametrize("id", FOUR_LAYERS)
@examples(5)
def test_four_layers_are_right_on_small_automata(id: str, data: st.DataObject) -> None:
    check(id, data.draw(small_automata()))


@given(st.data())
@pytest.mark.parametrize("id", ["pd-ssm-n-states", "dense-one-layer", "rwkv7-one-layer"])
@examples(15)
def test_right_on_small_automata(id: str, data: st.DataObject) -> None:
    check(id, data.draw(small_automata()))


def check(id: str, target: Automaton) -> None:
    """The network is right, or the refusal is the same twice."""
    found = get_construction(id)
    reason = found.supports(target)
    if reason is None:
        lrnn = found.build(target)
        assert len(lrnn.layers) == found.depth_for(target)
        for semantics in found.semantics(target):
            assert isinstance(explore(lrnn, semantics, target, BUDGET), Recognises)
        example = classes_of(network_of(found.matrices_for(target)))
        assert set(example) <= set(classes_of(lrnn))
    else:
        with pytest.raises(UnsupportedError) as caught:
            found.build(target)
        assert str(caught.value) == reason
