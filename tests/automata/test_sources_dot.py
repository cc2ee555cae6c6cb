"""Dot drawings: round trips, drawings of other tools, and what is refused with its place."""

from __future__ import annotations

import pydot
import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    Automaton,
    AutomatonError,
    AutomatonFileError,
    compile_regex,
)
from monoscan.automata.sources import DotError, automaton_from_dot, automaton_to_dot
from monoscan.automata.sources.moves import EMPTY_MOVES
from monoscan.strategies.automata import automata

strange_letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters='",\\<>|;[]{}:#'),
    min_size=1,
    max_size=3,
).filter(lambda letter: letter not in EMPTY_MOVES and not any(map(str.isspace, letter)))
strange_outputs = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters='" ,\\<>|;[]{}:#\n'),
    max_size=4,
)


@given(st.one_of(automata(), automata(outputs=("x", "(1,2)", "b|c"))))
def test_round_trip(automaton):
    drawing = automaton_to_dot(automaton)
    assert automaton_from_dot(drawing) == automaton
    assert automaton_from_dot(drawing, automaton.alphabet) == automaton


@given(st.lists(strange_letters, min_size=1, max_size=3, unique=True), strange_outputs)
def test_round_trip_of_strange_letters_and_outputs(letters, output):
    table = [[1] * len(letters), [0] * len(letters)]
    automaton = Automaton(letters, table, ("first", output))
    drawing = automaton_to_dot(automaton)
    again = automaton_from_dot(drawing)
    assert set(again.alphabet) == set(letters)
    assert again.outputs == automaton.outputs


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
@examples(15)
@given(automata(outputs=("x", '"q" {z}')))
def test_what_is_written_is_dot(automaton):
    (graph,) = pydot.graph_from_dot_data(automaton_to_dot(automaton))
    assert len(graph.get_nodes()) == automaton.n_states + 1
    edges = {(state, target) for state, row in enumerate(automaton.table) for target in row}
    assert len(graph.get_edges()) == len(edges) + 1


AALPY_DFA = """digraph LearnedModel {
q0 [label="q0", shape=doublecircle];
q1 [label="q1"];
q0 -> q1 [label="a"];
q0 -> q0 [label="b"];
q1 -> q0 [label="a"];
q1 -> q1 [label="b"];
__start0 [shape=none, label=""];
__start0 -> q0 [label=""];
}
"""

AALPY_MOORE = """digraph LearnedModel {
q0 [label="q0|()", shape=record, style=rounded];
q1 [label="q1|(1,2)", shape=record, style=rounded];
q0 -> q1 [label="(1,2)"];
q1 -> q0 [label="(1,2)"];
__start0 [shape=none, label=""];
__start0 -> q0 [label=""];
}
"""

# After Graphviz has laid it out, as automata-lib saves it.
AUTOMATA_LIB = r"""strict digraph "" {
  graph [bb="0,0,2,3", rankdir=LR, ranksep=0.8];
  node [label="\N"];
  "cf-1" [fontsize=14.0, height=0.05, label="", pos="1.8,18", shape=point, tooltip=".", width=0.05];
  even [fontsize=14.0, shape=doublecircle];
  "cf-1" -> even [arrowsize=0.85, tooltip="->even"];
  odd [fontsize=14.0, shape=circle];
  even -> odd [label="a,c", pos="e,1,2"];
  even -> even [label=b];
  odd -> even [label="c , a"];
  odd -> odd [label="b"];
}
"""

BY_HAND = """// a drawing by hand
digraph finite_state_machine {
  rankdir=LR; size="8,5"
  /* accepting */ node [shape = doublecircle]; p;
  node [shape = circle];
# the rest
  start [shape=plaintext]
  start -> p
  p -> q -> p [label = "a"];
  edge [label=b]
  q -> q
  p -> p;
}
"""

EVEN = compile_regex("(b*ab*a)*b*", "ab")


def test_drawings_of_aalpy():
    assert automaton_from_dot(AALPY_DFA) == EVEN
    moore = automaton_from_dot(AALPY_MOORE, ["(1,2)"])
    assert (moore.alphabet, moore.outputs) == (("(1,2)",), ("()", "(1,2)"))


def test_drawings_of_automata_lib():
    acceptor = automaton_from_dot(AUTOMATA_LIB)
    assert acceptor == compile_regex("(b*[ac]b*[ac])*b*", "abc")


def test_drawings_by_hand():
    assert automaton_from_dot(BY_HAND) == EVEN


def test_records_may_be_upright_and_spaced():
    text = draw(r'q [shape=Mrecord, label="{q | x\ y }"]', "q -> q [label=a]")
    assert automaton_from_dot(text).outputs == ("x y",)


def test_peripheries_and_breaks_in_labels():
    text = draw("q [peripheries=2]", r'"q" -> q [label="a\nb"]')
    assert automaton_from_dot(text) == Automaton("ab", [[0, 0]], (True,))


def draw(*statements):
    return "digraph {\n__start0 [shape=none]\n__start0 -> q\n" + "\n".join(statements) + "\n}"


def test_partial_drawings_can_be_completed_and_trimmed():
    text = draw("q -> q [label=a]", "r -> q [label=b]")
    with pytest.raises(AutomatonError, match="state 'q' has no transition for letter 'b'"):
        automaton_from_dot(text)
    acceptor = automaton_from_dot(text, complete=True, trim=True)
    assert acceptor == Automaton("ab", [[0, 1], [1, 1]], (False, False))


def test_unknown_attributes_can_be_ignored_by_name():
    text = draw("q [cost=3]", "q -> q [label=a, probability=1]", "purpose=proof")
    with pytest.raises(DotError, match=r"--ignore cost \(in Python ignore=\('cost',\)\)"):
        automaton_from_dot(text)
    with pytest.raises(DotError, match=r"--ignore purpose \(in Python ignore=\('purpose',\)\)"):
        automaton_from_dot(text, ignore=("cost", "probability"))
    assert automaton_from_dot(text, ignore=("cost", "probability", "purpose")).n_states == 1


def test_an_attribute_that_the_drawing_lacks_cannot_be_ignored():
    text = draw("q [cost=3]", "q -> q [label=a]")
    assert automaton_from_dot(text, ignore=("cost",)).n_states == 1
    with pytest.raises(DotError, match="no attribute of the drawing is called 'csot', so nothing"):
        automaton_from_dot(text, ignore=("cost", "csot"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("graph { a -- b }", r"line 1: expected 'digraph'.*\n  graph { a -- b }\n  \^"),
        (
            "digraph { a -- b }",
            "'--' has no direction; write '->'\n  digraph { a -- b }\n              \\^",
        ),
        ("digraph { subgraph x { a } }", "subgraphs are not read; move their statements"),
        ("digraph { {a b} -> c }", "subgraphs are not read"),
        ("digraph { a:n -> b }", "ports are not read"),
        ("digraph { a [label=<b>] }", "HTML labels are not read; write a label in quotes"),
        ('digraph { a [label="b] }', "this quote is never closed"),
        ("digraph { /* a }", "this comment is never closed"),
        ("digraph { a! }", "the character '!' has no meaning here"),
        ("digraph { a", "expected"),
        ("digraph { a [color] }", "expected '=' here"),
        ("digraph { a [= 3] }", "expected a name here"),
        ("digraph { edge -> a }", "expected a name here"),
        ("digraph { a -> node }", "'node' is a word of the language; put it in quotes"),
        ("digraph {} digraph {}", "the graph ends before this; give one graph a file"),
        ("digraph { a -> a [label=x] }", "no initial state is marked; add a node of shape none"),
        (draw("__start1 -> q"), "line 4: a second arrow marks an initial state"),
        (draw("__start0 -> q [label=a]"), "so its arrow has no label and leads to a state"),
        (draw("p [shape=point]", "p -> p"), "leads to a state; give states another shape"),
        (draw("q -> __start0 [label=a]"), "the arrow leads to '__start0', which marks the initial"),
        (draw("q -> q"), "line 4: an arrow needs a label with a letter\n  q -> q\n  \\^"),
        (draw('q -> q [label="a,"]'), "an arrow needs a label with a letter"),
        (draw('q -> q [label="a b"]'), "the letter 'a b' holds white space"),
        (draw("q -> q [label=a, dir=back]"), "the attribute 'dir' is unknown here and may change"),
        (draw("q [shapes=box]", "q -> q [label=a]"), "line 4: the attribute 'shapes' is unknown"),
        (
            draw('q [shape=record, label="q|1"]', "q -> r [label=a]", "r -> r [label=a]"),
            "state 'r' has no output, but other states have outputs",
        ),
        (
            draw('q [shape=record, label="q|1", peripheries=2]', "q -> q [label=a]"),
            "state 'q' is accepting, but other states have outputs",
        ),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(DotError, match=message):
        automaton_from_dot(text)


def test_two_arrows_for_one_letter_make_sets_of_states_but_not_of_outputs():
    fork = ["q -> q [label=a]", "q -> r [label=a]", "r -> r [label=a]"]
    told = []
    acceptor = automaton_from_dot(draw(*fork, "r [peripheries=2]"), tell=told.append)
    assert (acceptor.accepts(""), acceptor.accepts("a")) == (False, True)
    assert acceptor.state_names == ("{q}", "{q, r}")
    assert "(line 5: from 'q' the letter 'a' leads to 'q' and to 'r')" in told[0]
    outputs = [f'{q} [shape=record, label="{q}|{q}"]' for q in "qr"]
    with pytest.raises(AutomatonFileError, match=r"line 5: .*; a machine with outputs is determ"):
        automaton_from_dot(draw(*fork, *outputs))


def test_long_texts_are_not_read():
    with pytest.raises(AutomatonFileError, match="has 16777217 characters; at most 16777216"):
        automaton_from_dot("x" * (16 * 2**20 + 1))


@pytest.mark.parametrize(
    ("alphabet", "error", "message"),
    [
        ((), AlphabetError, "the alphabet is empty"),
        (("a", "b", "a"), AlphabetError, "letter 'a' occurs twice"),
        (("a",), DotError, "the letter 'b' is not in the given alphabet {a}"),
        (("a", "b", "a,b"), DotError, "'a,b' can be read as one letter and as 2"),
    ],
)
def test_alphabets_of_drawings(alphabet, error, message):
    text = draw('q -> q [label="a,b"]')
    assert automaton_from_dot(text).alphabet == ("a", "b")
    assert automaton_from_dot(text, ["a,b"]).alphabet == ("a,b",)
    with pytest.raises(error, match=message):
        automaton_from_dot(text, alphabet)
