"""Files of RABIT, read as acceptors of finite words."""

from __future__ import annotations

import pytest

from monoscan.automata import Automaton, AutomatonError
from monoscan.automata.sources import automaton_from_ba

PARITY = "[even]\n1,[even]->[odd]\n1,[odd]->[even]\n0,[even]->[even]\n0,[odd]->[odd]\n[even]\n"


def test_finite_words_are_meant_and_that_is_told():
    told = []
    acceptor = automaton_from_ba(PARITY, tell=told.append)
    assert acceptor == Automaton("01", [[0, 1], [1, 0]], (True, False))
    assert acceptor.state_names == ("[even]", "[odd]")
    assert told == [
        ".ba files are of Büchi automata; this one is read as an acceptor of finite words"
    ]


def test_what_may_be_left_out():
    told = []
    acceptor = automaton_from_ba("a,p->q\nb,q->p", tell=told.append)
    assert [acceptor.accepts(word) for word in ("", "a", "ab", "b")] == [True, True, True, False]
    assert told[1:] == [
        "no accepting state is listed, so all states accept, as in RABIT",
        "completed: 2 missing transitions lead to a new rejecting state",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("p\nq\na,p->q", "line 2: a second initial state; expected the initial state, transitions"),
        ("p\na,p->p\np\na,p->p", "line 4: a transition after the accepting states"),
        ("p\np->p", "line 2: no transition; expected"),
        ("p\n,p->p", "line 2: no transition; expected"),
        ("p\na,p->", "line 2: no transition; expected"),
        ("p\na,p->p\nq", "no transition leads to the accepting state 'q'"),
        ("p", "no move reads a letter, so the alphabet is not known"),
        ("p\na,q->q", "state 'q' cannot be reached from the initial state 'p'"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(AutomatonError, match=message):
        automaton_from_ba(text)
