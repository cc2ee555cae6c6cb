"""Automaton: what is accepted, what is rejected and why, and that it cannot change."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import AlphabetError, Automaton, AutomatonError, canonical
from monoscan.strategies.automata import automata

PARITY = Automaton(("0", "1"), [[0, 1], [1, 0]], (True, False))
TRANSITIONS = {"e": {"0": "e", "1": "o"}, "o": {"0": "o", "1": "e"}}
OUTPUTS = {"e": True, "o": False}


def test_runs_words():
    assert PARITY.n_states == 2
    assert PARITY.is_acceptor
    assert PARITY.state_after("0111") == 1
    assert PARITY.accepts(["1", "1"])
    assert not PARITY.accepts("1")
    assert PARITY.letter_index("1") == 1
    assert type(PARITY.state_after("1")) is int


def test_outputs_can_be_strings():
    last = Automaton(("left", "right"), [[0, 1], [0, 1]], ("L", "R"))
    assert last.output(["left", "right"]) == "R"
    assert not last.is_acceptor
    with pytest.raises(AutomatonError, match=r"outputs strings such as 'L'.*use output\(word\)"):
        last.accepts([])


def test_unknown_letter_lists_the_alphabet():
    with pytest.raises(AlphabetError, match=r"letter '2' is not in the alphabet \{0, 1\}"):
        PARITY.accepts("012")
    last = Automaton(("left", "right"), [[0, 1], [0, 1]], ("L", "R"))
    with pytest.raises(AlphabetError, match="give the word as a list of letters"):
        last.output("left")


@pytest.mark.parametrize(
    ("alphabet", "table", "outputs", "message"),
    [
        ((), [[]], [True], "the alphabet is empty"),
        (("a", "a"), [[0, 0]], [True], r"'a' occurs twice in the alphabet \(numbers 0 and 1\)"),
        (("",), [[0]], [True], "number 0 is the empty string"),
        (("a b",), [[0]], [True], "'a b' holds white space"),
        ((1,), [[0]], [True], "number 0 is 1, a int"),
        (("a",), [[0]], [], "no outputs, so no states"),
        (("a",), [[0]], [1], "output of state 0 is 1, a int"),
        (("a",), [[1], [0]], [True, "x"], "state 1 has the output 'x', state 0 has True"),
        (("a",), [[0], [0, 0]], [True, True], "rows of the table have different lengths"),
        (("a", "b"), [[0]], [True], r"shape \(1, 1\); expected \(1, 2\)"),
        (("a",), [[0]], [True, True], r"shape \(1, 1\); expected \(2, 1\)"),
        (("a",), [[0.0]], [True], "holds float64 values; states are integers"),
        (("a",), [[False]], [True], "holds bool values"),
        (("a", "b"), [[0, 1], [0, 2]], [True, False], "state 1 letter 'b' leads to 2"),
        (("a",), [[-1]], [True], "state 0 letter 'a' leads to -1"),
        (("a",), [[0], [0]], [True, False], "state 1 cannot be reached from state 0"),
        (
            ("a", "b"),
            [[2, 1], [0, 0], [0, 0]],
            [True, False, True],
            "state 0 by letter 'a' first reaches 2, which should have number 1",
        ),
    ],
)
def test_rejects(alphabet, table, outputs, message):
    with pytest.raises(AutomatonError, match=message):
        Automaton(alphabet, table, outputs)


def test_cannot_change():
    automaton = Automaton(("a",), np.array([[0]]), (True,))
    with pytest.raises(dataclasses.FrozenInstanceError):
        automaton.outputs = (False,)  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        automaton.table[0, 0] = 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        automaton.table.flags.writeable = True


def test_does_not_share_the_given_array():
    given_table = np.array([[0, 1], [1, 0]], dtype=np.int32)
    automaton = Automaton(("0", "1"), given_table, (True, False))
    given_table[0, 1] = 0
    assert automaton == PARITY


@given(automata())
def test_equality_hash_copies_and_repr(automaton):
    again = Automaton(automaton.alphabet, automaton.table.tolist(), automaton.outputs)
    for twin in (again, copy.deepcopy(automaton), pickle.loads(pickle.dumps(automaton))):
        assert twin == automaton
        assert hash(twin) == hash(automaton)
        assert not twin.table.flags.writeable
    assert eval(repr(automaton), {"Automaton": Automaton}) == automaton


def test_equality_sees_every_part():
    assert Automaton(("0", "1"), [[0, 1], [1, 0]], (False, True)) != PARITY
    assert Automaton(("0", "1"), [[0, 1], [0, 1]], (True, False)) != PARITY
    assert Automaton(("1", "0"), [[0, 1], [1, 0]], (True, False)) != PARITY
    assert PARITY != "parity"


def test_accepts_numpy_outputs():
    automaton = Automaton(("a",), [[0]], np.array([True]))
    assert automaton.outputs == (True,)
    assert type(automaton.outputs[0]) is bool


@given(automata(max_states=6), st.randoms(use_true_random=False))
def test_canonical_form_does_not_depend_on_the_numbering(automaton, random):
    order = list(range(automaton.n_states))
    random.shuffle(order)
    shuffled = [[0, 0] for _ in order]
    outputs = [False] * len(order)
    for state, place in enumerate(order):
        shuffled[place] = [order[target] for target in automaton.table[state]]
        outputs[place] = automaton.outputs[state]
    assert canonical(automaton.alphabet, shuffled, outputs, initial=order[0]) == automaton


def test_canonical_drops_unreachable_states_and_checks_the_initial_state():
    assert canonical("a", [[1], [0], [0]], (True, False, True)).n_states == 2
    with pytest.raises(AutomatonError, match=r"initial state is 3; .* states 0\.\.2"):
        canonical("a", [[1], [0], [0]], (True, False, True), initial=3)
    with pytest.raises(AutomatonError, match="leads to 7"):
        canonical("a", [[7]], (True,))


class TestFromTransitions:
    def build(self, transitions=None, initial="e", outputs=None, **options):
        return Automaton.from_transitions(
            "01", transitions or TRANSITIONS, initial, outputs or OUTPUTS, **options
        )

    def test_any_names(self):
        assert self.build() == PARITY

    def test_trims_only_when_asked(self):
        transitions = {**TRANSITIONS, (1, 2): {"0": "e", "1": "e"}}
        outputs = {**OUTPUTS, (1, 2): True}
        with pytest.raises(
            AutomatonError, match=r"state \(1, 2\) cannot be reached .* 'e'; .*trim=True"
        ):
            self.build(transitions, outputs=outputs)
        assert self.build(transitions, outputs=outputs, trim=True) == PARITY

    @pytest.mark.parametrize(
        ("transitions", "initial", "outputs", "message"),
        [
            (None, "x", None, "initial state 'x' has no transitions"),
            ({"e": {"0": "e"}}, "e", {"e": True}, "'e' has no transition for letter '1'"),
            ({"e": {"0": "e", "1": "z"}}, "e", {"e": True}, "letter '1' leads to 'z', which has"),
            ({"e": {"0": "e", "1": "e", "2": "e"}}, "e", {"e": True}, r"'2', which is not in .*0"),
            (None, "e", {"e": True}, "state 'o' has no output"),
            (None, "e", {"e": True, "o": True, "p": True}, "'p' has an output but no transitions"),
        ],
    )
    def test_rejects(self, transitions, initial, outputs, message):
        with pytest.raises(AutomatonError, match=message):
            self.build(transitions, initial, outputs)


def test_the_room_imports_no_heavy_library():
    code = (
        "import sys, monoscan.automata as m; m.all_languages(); "
        "print(sorted({'automata', 'networkx', 'sympy', 'torch'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]", answer.stderr
