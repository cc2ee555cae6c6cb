"""Texts of OpenFst: columns, weights, empty moves, symbol tables, and what is refused."""

from __future__ import annotations

import pytest

from monoscan.automata import Automaton, AutomatonError, AutomatonFileError
from monoscan.automata.sources import automaton_from_att, symbols_from_text

# a*b over {a, b}; a missing arc rejects.
ARCS = "0 0 a\n0 1 b\n1\n"


def test_a_missing_arc_rejects():
    told = []
    acceptor = automaton_from_att(ARCS, tell=told.append)
    assert acceptor == Automaton("ab", [[0, 1], [2, 2], [2, 2]], (False, True, False))
    assert told == ["completed: 2 missing transitions lead to a new rejecting state"]


@pytest.mark.parametrize(
    "text",
    [
        "0 0 a 0\n0 1 b\n1 0\n",
        "0\t0\ta\t0.0\n0\t1\tb\t0\n1\t0\n",
        "0 0 a a\n0 1 b b\n1\n",
        "0 0 a a 0\n0 1 b b\n1 0.0\n",
        "s s a\n\ns t b\r\nt\n",
        "0 0 <eps>\n0 0 a\n0 1 b\n1\n",
        "0 0 @0@ @0@\n0 0 a a\n0 1 b b\n1\n",
    ],
)
def test_the_same_acceptor_in_other_columns(text):
    assert automaton_from_att(text).accepts("aab")
    assert not automaton_from_att(text).accepts("aba")


def test_the_first_line_names_the_initial_state():
    assert automaton_from_att("7 3 a\n3\n").accepts("a")
    # Also if it is a final state.
    assert automaton_from_att("3\n3 3 a\n").accepts("aa")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 0 a 0.5\n0 0 b\n0", "line 1: the weight 0.5, and weights are not read; expected no"),
        ("0 0 a\n0 1", "line 2: the weight 1, and weights are not read"),
        ("0 0 a\n0 inf", "line 2: the weight inf, and weights"),
        ("0 0 a nan\n0 0 b", "line 1: the weight nan, and weights"),
        ("0 0 a b\n0 0 c\n0", "line 1: in the column of weights stands b, and weights"),
        ("0 0 a a 1\n0", "line 1: the weight 1, and weights are not read.*fstmap"),
        ("0 0 a b c d", "line 1: this line has 6 columns; expected arcs"),
        ("0 0 a\n0 0 b 0 0", "line 2: this line has 5 columns"),
        (
            "0 1 a b\n1",
            "line 1: this arc of a transducer writes something else.*Mealy machine: det",
        ),
        ("0 0 a <eps>\n0", "line 1: this arc of a transducer writes something else"),
        ("0 0 1 1\n0 0 2 0\n0", "line 2: this arc of a transducer"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(AutomatonFileError, match=f"(?s){message}"):
        automaton_from_att(text)


def test_a_deterministic_transducer_whose_states_are_all_final_is_a_mealy_machine():
    told = []
    machine = automaton_from_att("e o 1 odd\ne e 0 even\no e 1 even\no o 0 odd\ne\no",
                                 "01", tell=told.append)  # fmt: skip
    assert [machine.output(word) for word in ("1", "10", "101")] == ["odd", "odd", "even"]
    assert "read as a Mealy machine" in told[1]
    with pytest.raises(AutomatonFileError, match=r"line 2: .* with outputs is deterministic"):
        automaton_from_att("e o 1 x\ne e 1 y\no e 1 z\ne\no")
    with pytest.raises(AutomatonError, match="state 'o' has no transition for letter '1'"):
        automaton_from_att("e o 1 x\ne\no")


def test_zero_reads_nothing_unless_something_says_that_it_is_a_letter():
    parity = "0 0 0\n0 1 1\n1 1 0\n1 0 1\n0\n"
    told = []
    assert automaton_from_att(parity, tell=told.append).alphabet == ("1",)
    assert "'0' is read as the empty move; if it is a letter, name all letters by --alph" in told[0]
    told.clear()
    expected = Automaton("01", [[0, 1], [1, 0]], (True, False))
    assert automaton_from_att(parity, "01", tell=told.append) == expected
    assert automaton_from_att(parity, symbols={"<eps>": 0, "0": 1, "1": 2}) == expected
    assert told == []


def test_symbol_tables_name_numbers():
    symbols = {"<eps>": 0, "turn": 1, "swap": 2, "never": 3}
    acceptor = automaton_from_att("0 1 2\n1 1 1\n1 0 0\n1\n", symbols=symbols)
    assert acceptor.alphabet == ("turn", "swap")
    assert acceptor.accepts(["swap", "turn", "swap"])
    assert not acceptor.accepts(["turn"])
    with pytest.raises(
        AutomatonFileError, match="line 1: the label '4' is not in the symbol table"
    ):
        automaton_from_att("0 0 4\n0", symbols=symbols)
    with pytest.raises(
        AutomatonFileError, match="line 1: the label 'x' is not in the symbol table"
    ):
        automaton_from_att("0 0 x\n0 0 1\n0", symbols=symbols)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a", "line 1: expected a symbol and its number"),
        ("a 1 2", "line 1: expected a symbol and its number"),
        ("a 1\nb -1", "line 2: expected a symbol and its number"),
        ("a 1\na 2", "line 2: this symbol or number occurs twice"),
        ("a 1\nb 1", "line 2: this symbol or number occurs twice"),
        ("", "there is nothing in it; expected a symbol"),
    ],
)
def test_bad_symbol_tables(text, message):
    with pytest.raises(AutomatonFileError, match=message):
        symbols_from_text(text)


def test_letters_outside_the_alphabet():
    with pytest.raises(AutomatonFileError, match=r"line 2: .* is not in the given alphabet \{a\}"):
        automaton_from_att(ARCS, "a")
    assert automaton_from_att(ARCS, "abc").alphabet == ("a", "b", "c")
