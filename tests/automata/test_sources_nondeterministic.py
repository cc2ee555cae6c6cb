"""Nondeterministic automata in every format: the sets of states, against runs one by one."""

from __future__ import annotations

import json

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import AutomatonError, AutomatonFileError, BudgetExceeded
from monoscan.automata.sources import (
    automaton_from_att,
    automaton_from_ba,
    automaton_from_dot,
    automaton_from_hoa,
    automaton_from_jff,
    automaton_from_json,
)
from monoscan.automata.sources.moves import Move, automaton_from_moves
from monoscan.theory.lrnn import words_up_to

STATES = ("p", "q", "r", "s")
LETTERS = ("a", "b")
arrows = st.tuples(
    st.sampled_from(STATES), st.sampled_from(("", *LETTERS)), st.sampled_from(STATES)
)


def accepts(moves, start, accepting, word):
    """Whether some run accepts, by following all of them."""

    def closed(states):
        while True:
            more = states | {t for s, a, t in moves if not a and s in states}
            if more == states:
                return states
            states = more

    states = closed({start})
    for letter in word:
        states = closed({t for s, a, t in moves if a == letter and s in states})
    return bool(states & accepting)


def as_att(moves, start, accepting):
    order = sorted(moves, key=lambda move: move[0] != start)
    arcs = [f"{s} {t} {a or '<eps>'}" for s, a, t in order]
    return "\n".join([*arcs, *sorted(accepting)])


def as_jff(moves, start, accepting):
    marks = {s: "<initial/>" * (s == start) + "<final/>" * (s in accepting) for s in STATES}
    states = [f'<state id="{s}" name="{s}">{marks[s]}</state>' for s in STATES]
    lines = [
        f"<transition><from>{s}</from><to>{t}</to><read>{a}</read></transition>"
        for s, a, t in moves
    ]
    body = "".join([*states, *lines])
    return f"<structure><type>fa</type><automaton>{body}</automaton></structure>"


def as_dot(moves, start, accepting):
    nodes = [f"{s} [shape={'doublecircle' if s in accepting else 'circle'}];" for s in STATES]
    lines = [f'{s} -> {t} [label="{a or "ε"}"];' for s, a, t in moves]
    return f"digraph {{ i [shape=point]; {' '.join(nodes)} i -> {start}; {' '.join(lines)} }}"


def as_json(moves, start, accepting):
    rows = {s: {} for s in STATES}
    for s, a, t in moves:
        rows[s].setdefault(a, []).append(t)
    rows[start].setdefault("a", [])
    named = {"alphabet": LETTERS, "initial": start, "transitions": rows}
    return json.dumps({**named, "accepting": sorted(accepting)})


def as_library_json(moves, start, accepting):
    named = json.loads(as_json(moves, start, accepting))
    return json.dumps(
        {
            "states": STATES,
            "input_symbols": named["alphabet"],
            "transitions": {state: row for state, row in named["transitions"].items() if row},
            "initial_state": start,
            "final_states": named["accepting"],
        }
    )


FORMATS = {
    "att": lambda *given: automaton_from_att(as_att(*given), LETTERS, trim=True),
    "jff": lambda *given: automaton_from_jff(as_jff(*given), LETTERS, trim=True),
    "dot": lambda *given: automaton_from_dot(as_dot(*given), LETTERS, trim=True, complete=True),
    "json": lambda *given: automaton_from_json(as_json(*given), trim=True),
    "library json": lambda *given: automaton_from_json(as_library_json(*given), trim=True),
}


@pytest.mark.parametrize("form", FORMATS)
@given(
    moves=st.lists(arrows, min_size=1, max_size=9, unique=True),
    accepting=st.sets(st.sampled_from(STATES)),
)
@examples(60)
def test_the_words_that_some_run_accepts(form, moves, accepting):
    start = moves[0][0]
    automaton = FORMATS[form](moves, start, accepting)
    for word in words_up_to(LETTERS, 4):
        assert automaton.accepts(word) is accepts(moves, start, accepting, word)


@given(
    moves=st.lists(arrows.filter(lambda move: move[1]), min_size=1, max_size=9, unique=True),
    accepting=st.sets(st.sampled_from(STATES)),
)
def test_files_of_rabit(moves, accepting):
    start = moves[0][0]
    known = {start, *(state for s, _, t in moves for state in (s, t))}
    accepting &= known
    text = "\n".join([start, *(f"{a},{s}->{t}" for s, a, t in moves), *sorted(accepting)])
    automaton = automaton_from_ba(text, LETTERS, trim=True)
    for word in words_up_to(LETTERS, 4):
        assert automaton.accepts(word) is accepts(moves, start, accepting or known, word)


def test_hanoi_files_may_start_in_several_states():
    text = """HOA: v1 States: 2 Start: 0 Start: 1 AP: 1 "a" acc-name: Finite Acceptance: 1 Inf(0)
    --BODY-- State: 0 [0] 0 State: 1 {0} [!0] 1 --END--"""
    told = []
    automaton = automaton_from_hoa(text, tell=told.append)
    words = [(), ("!a",), ("a",), ("!a", "!a"), ("!a", "a")]
    assert [automaton.accepts(word) for word in words] == [True, True, False, True, False]
    assert told == [
        "read as an NFA (initial states: 0, 1): NFA with 2 states -> DFA with 4 states, 2 minimal"
    ]


FORK = [Move("p", "a", "p", "line 1"), Move("p", "a", "q", "line 2")]


def test_the_sizes_and_the_reason_are_told():
    told = []
    automaton = automaton_from_moves(FORK, ["p"], {"p": False, "q": True}, tell=told.append)
    assert automaton.state_names == ("{p}", "{p, q}")
    assert told == [
        "read as an NFA (line 2: from 'p' the letter 'a' leads to 'p' and to 'q'): NFA with 2 "
        "states -> DFA with 2 states, 2 minimal"
    ]


def test_equal_moves_make_nothing_nondeterministic():
    told = []
    moves = [Move("p", "a", "p", "line 1"), Move("p", "a", "p", "line 2")]
    automaton = automaton_from_moves(moves, ["p"], {"p": True}, tell=told.append)
    assert (automaton.n_states, automaton.state_names, told) == (1, ("p",), [])


def test_the_third_letter_from_the_end_takes_eight_sets():
    moves = [Move("0", a, "0") for a in LETTERS] + [Move("0", "a", "1")]
    moves += [Move(str(i), a, str(i + 1)) for i in (1, 2) for a in LETTERS]
    outputs = {str(i): i == 3 for i in range(4)}
    told = []
    assert automaton_from_moves(moves, ["0"], outputs, tell=told.append).n_states == 8
    assert "NFA with 4 states -> DFA with 8 states, 8 minimal" in told[0]
    with pytest.raises(BudgetExceeded, match="8 states of an automaton found, at most 7 allowed"):
        automaton_from_moves(moves, ["0"], outputs, budget=7)


@pytest.mark.parametrize(
    ("moves", "outputs", "error", "message"),
    [
        (FORK, {"p": "x", "q": "y"}, AutomatonFileError,
         "line 2: .* to 'p' and to 'q'; a machine with outputs is deterministic"),
        ([Move("p", "", "q", "line 7")], {"p": "x", "q": "y"}, AutomatonFileError,
         "line 7: from 'p' an empty move leads to 'q'; a machine with outputs"),
        ([Move("p", "a", "q", "", "x"), Move("p", "a", "q", "", "y")], {"p": False, "q": False},
         AutomatonFileError, "to 'q' with 'x' and to 'q' with 'y'; a machine with outputs"),
        ([Move("p", "a", "z", "line 3")], {"p": True}, AutomatonFileError,
         "line 3: from 'p' the letter 'a' leads to 'z', and there is no state 'z'"),
        ([*FORK, Move("q", "c", "q", "line 3")], {"p": True, "q": True}, AutomatonFileError,
         r"line 3: .*, and the letter is not in the given alphabet \{a, b\}"),
        (FORK, {"p": True, "q": True, "r": True}, AutomatonError,
         "state 'r' cannot be reached from the initial state 'p'; remove it, or drop .* --trim"),
    ],
)  # fmt: skip
def test_what_is_refused(moves, outputs, error, message):
    with pytest.raises(error, match=message):
        automaton_from_moves(moves, ["p"], outputs, LETTERS)


def test_without_letters_the_alphabet_must_be_given():
    with pytest.raises(AutomatonError, match=r"no move reads a letter.*--alphabet"):
        automaton_from_moves([Move("p", "", "p")], ["p"], {"p": True})
    assert automaton_from_moves([], ["p"], {"p": True}, "ab", complete=True).n_states == 2


def test_unreachable_states_are_dropped_on_request():
    told = []
    outputs = {"p": True, "q": True, "r": True}
    automaton = automaton_from_moves(FORK, ["p"], outputs, trim=True, tell=told.append)
    assert automaton.n_states == 2
    assert told[0] == "trimmed: 1 of 3 states cannot be reached"
