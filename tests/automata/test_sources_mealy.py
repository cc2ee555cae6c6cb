"""Mealy machines: the output after each word is the last answer of the machine itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import AutomatonError, is_minimal, minimize
from monoscan.automata.sources import DotError, automaton_from_dot, automaton_to_dot, from_words
from monoscan.automata.sources.mealy import automaton_from_mealy
from monoscan.theory.lrnn import words_up_to

LETTERS = "ab"


@st.composite
def machines(draw):
    """Transitions and answers of a machine with all states reachable after trimming."""
    n_states = draw(st.integers(1, 4))
    states = st.integers(0, n_states - 1)
    rows = st.fixed_dictionaries(dict.fromkeys(LETTERS, states))
    texts = st.fixed_dictionaries(dict.fromkeys(LETTERS, st.sampled_from("xyz")))
    lists = st.lists(rows, min_size=n_states, max_size=n_states)
    answers = st.lists(texts, min_size=n_states, max_size=n_states)
    return dict(enumerate(draw(lists))), dict(enumerate(draw(answers)))


def last_answer(transitions, answers, word):
    state, answer = 0, None
    for letter in word:
        state, answer = transitions[state][letter], answers[state][letter]
    return answer


@given(machine=machines())
def test_the_output_is_the_last_answer(machine):
    automaton = automaton_from_mealy(LETTERS, *machine, 0, trim=True)
    for word in words_up_to(tuple(LETTERS), 5):
        if word:
            assert automaton.output(word) == last_answer(*machine, word)


@given(machine=machines())
def test_the_empty_word_has_an_answer_that_leads_back(machine):
    transitions, answers = machine
    empty = automaton_from_mealy(LETTERS, *machine, 0, trim=True).output("")
    reached, pending = {0}, [0]
    for state in pending:
        new = set(transitions[state].values()) - reached
        reached |= new
        pending += new
    back = {answers[state][a] for state in reached for a in LETTERS if transitions[state][a] == 0}
    assert empty == min(back, default="none")


DRAWING = (
    'digraph {{ __start0 [shape=none]; __start0 -> p; {states} p -> q [label="{label}"]; {more} }}'
)


def draw(label, more='q -> p [label="a/no"];', states=""):
    return DRAWING.format(label=label, more=more, states=states)


@pytest.mark.parametrize(
    ("label", "more", "output"),
    [
        ("a/yes", 'q -> p [label="a/no"];', "yes"),
        ("a / yes", 'q -> p [label=" a /  no "];', "yes"),
        ("a / yes, sir", 'q -> p [label="a / no"];', "yes, sir"),
        (r"a/yes\nb/yes", 'q -> p [label="a,b/no"];', "yes"),
        (r"a/y\\/es", 'q -> p [label="a/no"];', "y/es"),
        ("a / km/h", 'q -> p [label="a / no"];', "km/h"),
    ],
)
def test_drawings(label, more, output):
    told = []
    automaton = automaton_from_dot(draw(label, more), tell=told.append)
    assert (automaton.output("a"), automaton.output("aa"), automaton.n_states) == (output, "no", 2)
    assert len(told) == 1
    assert "read as a Mealy machine" in told[0]
    assert "the output of the empty word is 'no', an answer that leads back to the start" in told[0]


def test_a_state_is_split_if_arrows_into_it_answer_differently():
    last = automaton_from_dot(
        draw("a/1", 'p -> p [label="b/0"]; q -> q [label="a/1"]; q -> p [label="b/2"];')
    )
    assert [last.output(word) for word in ("", "a", "ab", "b", "aa")] == ["0", "1", "2", "0", "1"]
    assert (last.n_states, is_minimal(last)) == (3, True)


def test_no_arrow_leads_back():
    told = []
    automaton = automaton_from_dot(draw("a/x", 'q -> q [label="a/x"];'), tell=told.append)
    assert automaton.outputs == ("none", "x")
    assert "'none', as there is no arrow that leads back" in told[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (draw("a/x", "q -> p [label=a];"), "this arrow has no letter/answer, but others have"),
        (draw("a/x", states="q [shape=doublecircle];"), "state 'q' is accepting, and an arrow has"),
        (draw("a/x", states='q [shape=record, label="q|1"]; p [shape=record, label="p|1"];'),
         "state 'p' has an output, and an arrow has"),
        (draw("a/x/y"), "this arrow has no letter/answer"),
        (draw("a/x", 'p -> q [label="a/y"]; q -> p [label="a/x"];'), "with 'x' and to 'q' with"),
        (draw("a/x,b/y"), "state 'q' has no transition for letter 'b'"),
        (draw("a b/x"), "holds white space"),
    ],
)  # fmt: skip
def test_no_machine(text, said):
    with pytest.raises((DotError, AutomatonError), match=said):
        automaton_from_dot(text)


def test_a_machine_is_not_completed():
    with pytest.raises(AutomatonError, match=r"--complete .* adds a rejecting state"):
        automaton_from_dot(draw("a/x,b/y"), complete=True)


@pytest.mark.parametrize("letter", ["/", "a/b", "//", r"\/", "a,/b"])
def test_letters_with_slashes_are_written_and_read_back(letter):
    automaton = minimize(from_words([(letter,), ("c", letter)], [letter, "c"]))
    assert automaton_from_dot(automaton_to_dot(automaton), automaton.alphabet) == automaton


def test_slashes_of_a_given_alphabet_are_no_answers():
    drawing = draw("a/b", states="q [shape=doublecircle];", more='q -> q [label="a/b"];')
    assert automaton_from_dot(drawing, ["a/b"]).accepts(["a/b"])
