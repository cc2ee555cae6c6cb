"""Whatever the text, a reader gives an automaton or an error of this room, never a crash."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, AutomatonError
from monoscan.automata.sources import (
    automaton_from_att,
    automaton_from_ba,
    automaton_from_dot,
    automaton_from_hoa,
    automaton_from_jff,
    automaton_from_json,
    automaton_to_att,
    automaton_to_dot,
    automaton_to_jff,
    automaton_to_json,
    compile_past_ltl,
    parse_permutation,
    symbols_from_text,
)
from monoscan.strategies.automata import automata

READERS = {
    "dot": (
        automaton_from_dot,
        'digraph { } [ ] -> -- = ; , : " \\ a b label shape point none /* #',
    ),
    "att": (automaton_from_att, "0 1 2 a b <eps> 0.5 inf"),
    "symbols": (symbols_from_text, "<eps> 0 1 2 a b"),
    "ba": (automaton_from_ba, "p q a , -> a,p->q [p]"),
    "hoa": (
        automaton_from_hoa,
        'HOA: v1 States: Start: AP: 1 2 "a" "b" Alias: @a acc-name: Finite Acceptance: Inf(0) t '
        "--BODY-- State: [ ] { } ! & | ( ) --END-- --ABORT--",
    ),
    "jff": (
        automaton_from_jff,
        "<structure> </structure> <type> fa </type> <automaton> </automaton> <state> <state/> "
        "<transition> </transition> <from> <to> <read/> <initial/> <!DOCTYPE & ; id= name= 0",
    ),
    "json": (automaton_from_json, '{ } [ ] : , " \\ alphabet table outputs initial 0 1 true null'),
    "past-ltl": (
        lambda text: compile_past_ltl(text, "ab"),
        "a b ! & | -> ( ) Y O H S U X < > \\ -",
    ),
    "permutation": (parse_permutation, "( ) , 1 2 30 x ()"),
}


@pytest.mark.parametrize("reader", READERS)
@given(data=st.data())
def test_any_sequence_of_tokens(reader, data):
    read, tokens = READERS[reader]
    pieces = st.one_of(st.sampled_from([*tokens.split(), " ", "\n"]), st.characters())
    text = "".join(data.draw(st.lists(pieces, max_size=25)))
    with suppress(AutomatonError):
        read(text)


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (automaton_to_att, automaton_from_att),
        (automaton_to_dot, automaton_from_dot),
        (automaton_to_jff, automaton_from_jff),
        (automaton_to_json, automaton_from_json),
    ],
    ids=["att", "dot", "jff", "json"],
)
@given(automaton=automata(max_states=3), data=st.data())
def test_texts_with_one_place_changed(write, read, automaton, data):
    text = write(automaton)
    place = data.draw(st.integers(0, len(text) - 1))
    insertion = data.draw(st.text(max_size=2))
    kept = data.draw(st.integers(0, 3))
    with suppress(AutomatonError):
        assert isinstance(read(text[:place] + insertion + text[place + kept :]), Automaton)
