"""Networks drawn by class lie in it, and the finite ones answer like their automata."""

import pytest
from helpers.effort import examples, first_drawn
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies import (
    FiniteNetwork,
    finite_networks,
    networks,
    transitions_of_layer,
    words,
)
from monoscan.theory.lrnn import LRNN
from monoscan.theory.model_classes import all_model_classes, families, get_model_class
from monoscan.theory.region import outside
from monoscan.theory.transition import Blocks

CLASSES = [
    *(each.id for each in all_model_classes() if each.has_exact_networks),
    *(family.member(3).id for family in families()),
]


@pytest.mark.parametrize("name", CLASSES)
def test_networks_lie_in_their_class(name: str) -> None:
    @examples(50)
    @given(networks(name, alphabet="abc"))
    def check(network: LRNN) -> None:
        assert outside(network, get_model_class(name)) is None

    check()


@pytest.mark.parametrize("name", sorted(set(CLASSES) - {"dense"}))
def test_the_classes_exclude_something(name: str) -> None:
    """The positive control: a matrix with entries above 1, or below the diagonal, lies outside."""
    first_drawn(
        networks("dense"), lambda network: outside(network, get_model_class(name)) is not None
    )


def test_there_are_several_heads() -> None:
    drawn = transitions_of_layer("householder", 3)
    first, second = first_drawn(drawn, lambda two: isinstance(two[0], Blocks))
    assert [len(head.v) for head in first.blocks] == [len(head.v) for head in second.blocks]


@pytest.mark.parametrize("semantics", ["exact", "seq-round", "op-round"])
@examples(40)
@given(st.data(), st.integers(1, 2))
def test_a_finite_network_answers_like_its_language(
    semantics: str, data: st.DataObject, depth: int
) -> None:
    drawn: FiniteNetwork = data.draw(finite_networks(semantics, depth=depth))
    word = data.draw(words(max_length=12))
    states = drawn.semantics.states(drawn.lrnn, word)
    last = drawn.lrnn.layers[-1]
    assert last.output(drawn.semantics.visible(states[-1])) == drawn.language.output(word)
    assert drawn.language.n_states <= drawn.automaton.n_states <= 48
