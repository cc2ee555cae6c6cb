"""Each class lies in its parents: its networks, written in their parameters, answer alike."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from hypothesis import given

from monoscan.strategies import networks
from monoscan.theory.lrnn import LRNN, words_up_to
from monoscan.theory.model_classes import ModelClass, get_model_class
from monoscan.theory.numbers import NotRealError
from monoscan.theory.respelling import standard_classes, written_in


def above(model_class: ModelClass) -> list[ModelClass]:
    return [get_model_class(parent) for parent in model_class.parents]


def answers(lrnn: LRNN) -> list[object]:
    """What it says to short words; None where a threshold would read a number that is not real."""
    said: list[object] = []
    for word in words_up_to(lrnn.alphabet, 3):
        try:
            said.append(lrnn.output(word))
        except NotRealError:
            said.append(None)
    return said


@pytest.mark.parametrize("model_class", standard_classes(), ids=lambda c: c.id)
def test_networks_lie_in_the_parents_of_their_class(model_class: ModelClass) -> None:
    @examples(40, least=6)
    @given(networks(model_class.id, alphabet="ab"))
    def check(lrnn: LRNN) -> None:
        for parent in above(model_class):
            found = written_in(lrnn, parent)
            assert found is not None, parent.id
            assert answers(found) == answers(lrnn), parent.id

    check()
