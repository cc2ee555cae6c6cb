"""Networks as values: they run, show their matrices, and come back from what they write."""

from __future__ import annotations

import json

import numpy as np
import pytest
from helpers.delayed_networks import DELAYED

import monoscan as ms
from monoscan.automata import WordError
from monoscan.errors import BadValue
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.lrnn import LRNNError, words_up_to
from monoscan.theory.lrnn_json import LRNNFileError
from monoscan.theory.semantics import SemanticsError

PARITY = ms.network(scalar_parity())


def test_it_runs_as_the_language_says():
    parity = ms.language("parity")
    for word in words_up_to(("0", "1"), 6):
        assert PARITY.run(word) == (word in parity)
        assert PARITY.run("".join(word), "op-round", "e4m3") == (word in parity)


def test_it_comes_back_from_what_it_writes(tmp_path):
    path = PARITY.write(tmp_path / "parity.json")
    assert ms.network(path) == ms.network(str(path)) == PARITY
    assert ms.network(json.loads(path.read_text())) == PARITY == ms.network(PARITY)


def test_matrices_and_eigenvalues():
    turn = PARITY.transition("1")
    assert turn.eigenvalues() == (-1,)
    assert turn.kind == "diagonal"
    assert turn.matrix.tolist() == [[-1]]
    assert repr(turn) == "transition of layer 1 on 1: diagonal [-1]"
    assert turn._repr_latex_().startswith("$$")
    assert [t.symbol for t in PARITY.transitions()] == [("0",), ("1",)]


def test_one_line():
    assert repr(PARITY) == "network over {0, 1}: 1 layer, diagonal 1 x 1"


def test_states_are_exact():
    assert PARITY.states("11") == PARITY.states("") != PARITY.states("1")


REFUSED = [
    (lambda: ms.network(3), TypeError, r"3 \(int\) is no network; expected the path"),
    (lambda: ms.network("absent.json"), LRNNFileError, "absent.json"),
    (lambda: ms.network({}), LRNNFileError, "alphabet"),
    (lambda: ms.network(np.eye(2)), TypeError, "ndarray"),
    (lambda: ms.network(ms.language("parity")), TypeError, "is a language and no network; constr"),
    (lambda: PARITY.run("012"), WordError, "letter '2'"),
    (lambda: PARITY.run("0", "op-round"), SemanticsError, "needs a number format"),
    (lambda: PARITY.run("0", "rounded"), BadValue, "semantics is 'rounded'; expected one of exact"),
    (lambda: PARITY.run("0", number_format="e4m3"), SemanticsError, "has no number format"),
    (lambda: PARITY.transition("2"), LRNNError, "has no matrix on '2'; it has them on '0'; '1'"),
    (
        lambda: PARITY.transition("1", layer=2),
        LRNNError,
        "there is no layer 2 with matrices; those are: 1",
    ),
]


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_bad_input_is_refused(case):
    make, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        make()


def test_a_network_with_a_delay() -> None:
    net = ms.network(DELAYED["ends-with-ab"]().lrnn)
    assert repr(net) == "network over {a, b}: 1 layer, diagonal 1 x 1; A sees 1 letter and B sees 2"
    assert (net.depth, net.windows) == (1, (1, 2))
    assert [net.run(word) for word in ("ab", "b", "abb", "aab")] == [True, False, False, True]
    assert net.transition("b", None) == net.transition("b", None, layer=2)
    assert str(net.transition("b", None).exact_matrix) == "[0]"
    with pytest.raises(LRNNError, match=r"layer 2 has no matrix on 'b'; .* 'b', None"):
        net.transition("b")
    assert [t.layer for t in net.transitions()] == [2] * 6
    with pytest.raises(LRNNError, match="there is no layer 1 with matrices; those are: 2"):
        net.transition("b", layer=1)
    assert ms.network(net.to_json()) == net
    decision = ms.decide(net, "ends-with-ab", architecture="diagonal-nonnegative")
    assert "It has delays: A sees 1 letter and B sees 2." in repr(decision)


def test_run_and_language_round_what_decide_rounds() -> None:
    net = ms.construct("parity", "deltanet, extended").network
    assert net.run("0110", "op-round", "e4m3") is True
    assert net.language("op-round", "e4m3") == ms.language("parity")
    assert ms.decide(net, "parity", "op-round", "e4m3").verdict == "proved"
