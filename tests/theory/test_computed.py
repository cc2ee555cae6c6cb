"""The automaton that a network computes: its answers are the network's, and its limits are said."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.effort import examples
from hypothesis import given, reject
from hypothesis import strategies as st

import monoscan as ms
from monoscan.automata.budget import BudgetExceeded
from monoscan.errors import BadValue
from monoscan.strategies.formats import number_formats, semantics_of
from monoscan.strategies.networks import networks_of_values
from monoscan.theory.computed import computed_automaton
from monoscan.theory.explore import UndefinedOutputError
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import words_up_to
from monoscan.theory.semantics import SemanticsError

# h <- 2 h on b from 1, read out by a threshold.
DOUBLING: dict[str, Any] = {
    "alphabet": ["a", "b"],
    "layers": [
        {
            "initial": [1],
            "cases": [
                {"on": ["a"], "A": {"kind": "diagonal", "entries": [1]}, "B": [0]},
                {"on": ["b"], "A": {"kind": "diagonal", "entries": [2]}, "B": [0]},
            ],
            "readout": {
                "kind": "threshold",
                "functionals": [{"weights": [1], "relation": ">", "bound": 3}],
                "table": [{"bits": "0", "output": False}, {"bits": "1", "output": True}],
            },
        }
    ],
}


@pytest.mark.parametrize("name", ["seq-round", "op-round"])
@given(st.data(), number_formats(wrap=True))
@examples(10)
def test_it_answers_like_the_network(
    name: str, data: st.DataObject, number_format: NumberFormat
) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=data.draw(st.integers(1, 2))))
    semantics = semantics_of(name, number_format)
    try:
        computed = computed_automaton(lrnn, semantics, 1_000)
    except BudgetExceeded:
        reject()  # a few networks run through most states that two entries and two layers can have
    for word in words_up_to(lrnn.alphabet, 5):
        assert computed.output(word) == semantics.output(lrnn, word)


def test_what_a_rounded_network_computes_instead() -> None:
    net = ms.network(DOUBLING)
    assert net.language("op-round", "e2m1") == ms.regex(".*b.*b.*", "ab")
    assert net.language("op-round", "int4:wrap") != net.language("op-round", "int4")


def test_its_limits() -> None:
    net = ms.network(DOUBLING)
    with pytest.raises(
        BudgetExceeded, match="more than 50 states, and in exact arithmetic they may"
    ):
        net.language(max_states=50)
    with pytest.raises(BadValue, match="max_states is 0; expected"):
        net.language(max_states=0)
    with pytest.raises(UndefinedOutputError, match=r"after the word b b b .*rounded to infinity"):
        net.language("seq-round", "e2m1:infinity")
    with pytest.raises(SemanticsError, match="op-round needs a number format"):
        net.language("op-round")
