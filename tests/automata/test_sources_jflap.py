"""Files of JFLAP: finite automata, Moore and Mealy machines, and XML that is refused."""

from __future__ import annotations

import pytest

from monoscan.automata import Automaton, AutomatonError, AutomatonFileError
from monoscan.automata.sources import automaton_from_jff

# As JFLAP 7 writes it: comments, places, labels, and an accepted language that needs no dead state.
WRITTEN_BY_JFLAP = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!--Created with JFLAP 7.1.-->
<structure>&#13;
\t<type>fa</type>&#13;
\t<automaton>&#13;
\t\t<!--The list of states.-->&#13;
\t\t<state id="0" name="start">&#13;
\t\t\t<x>85.0</x>&#13;
\t\t\t<y>147.0</y>&#13;
\t\t\t<initial/>&#13;
\t\t</state>&#13;
\t\t<state id="1" name="seen b">&#13;
\t\t\t<x>240.0</x>&#13;
\t\t\t<y>142.0</y>&#13;
\t\t\t<label>yes</label>&#13;
\t\t\t<final/>&#13;
\t\t</state>&#13;
\t\t<!--The list of transitions.-->&#13;
\t\t<transition>&#13;
\t\t\t<from>0</from>&#13;
\t\t\t<to>0</to>&#13;
\t\t\t<read>a</read>&#13;
\t\t</transition>&#13;
\t\t<transition>&#13;
\t\t\t<from>0</from>&#13;
\t\t\t<to>1</to>&#13;
\t\t\t<read>b</read>&#13;
\t\t</transition>&#13;
\t\t<note><text>a note</text></note>
\t</automaton>&#13;
</structure>"""


def states(*rows):
    return "".join(
        f'<state id="{number}" name="q{number}">{inside}</state>' for number, inside in rows
    )


def move(source, target, read, more=""):
    ends = f"<from>{source}</from><to>{target}</to>"
    return f"<transition>{ends}<read>{read}</read>{more}</transition>"


def jff(*parts, kind="fa"):
    body = "\n".join(parts)
    return f"<structure><type>{kind}</type>\n<automaton>\n{body}</automaton></structure>"


ONE = states((0, "<initial/><final/>"))


def test_a_file_that_jflap_wrote():
    told = []
    acceptor = automaton_from_jff(WRITTEN_BY_JFLAP, tell=told.append)
    assert acceptor == Automaton("ab", [[0, 1], [2, 2], [2, 2]], (False, True, False))
    assert acceptor.state_names == ("start", "seen b", "trap")
    assert told == ["completed: 2 missing transitions lead to a new rejecting state"]


def test_files_without_the_element_automaton_and_names_that_are_alike():
    old = jff(ONE, move(0, 0, "a")).replace("<automaton>", "").replace("</automaton>", "")
    assert automaton_from_jff(old).accepts("aa")
    alike = '<state id="7" name="q"><initial/></state><state id="8" name="q"><final/></state>'
    both = automaton_from_jff(jff(alike, move(7, 8, "a"), move(8, 7, "a")))
    assert both.state_names == ("7", "8")


def test_moore_machines():
    both = states((0, "<initial/><output>even</output>"), (1, "<output>odd</output>"))
    machine = automaton_from_jff(jff(both, move(0, 1, "1"), move(1, 0, "1"), kind="moore"))
    assert (machine.outputs, machine.state_names) == (("even", "odd"), ("q0", "q1"))
    with pytest.raises(AutomatonError, match="state 'q1' has no transition for letter '1'"):
        automaton_from_jff(jff(both, move(0, 1, "1"), kind="moore"))


def test_mealy_machines():
    both = states((0, "<initial/>"), (1, ""))
    moves = [
        move(0, 1, "1", "<transout>odd</transout>"),
        move(1, 0, "1", "<transout>even</transout>"),
    ]
    machine = automaton_from_jff(jff(both, *moves, kind="mealy"))
    assert machine.outputs == ("even", "odd")
    silent = moves[0].replace("odd", "")
    with pytest.raises(
        AutomatonFileError, match="line 4, <transition>: this transition answers not"
    ):
        automaton_from_jff(jff(both, silent, moves[1], kind="mealy"))


def test_letters_of_several_characters_need_the_alphabet():
    text = jff(ONE, move(0, 0, "swap"))
    with pytest.raises(AutomatonFileError, match=r"line 4, .*: JFLAP reads 'swap' as 4 letters"):
        automaton_from_jff(text)
    assert automaton_from_jff(text, ["swap", "rot"]).accepts(["swap"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            jff(states((0, "")), move(0, 0, "a")),
            "line 2, <automaton>: no state is initial; mark one",
        ),
        (
            jff(ONE, states((1, "<initial/>")), move(0, 1, "a")),
            "line 4, <state>: a second state is i",
        ),
        (jff(ONE, ONE), "line 4, <state>: a second state has the id '0'"),
        (jff(ONE, move(0, 3, "a")), "line 4, <transition>: there is no state with the id '3'"),
        (jff(ONE, "<transition><from>0</from><to>0</to></transition>"), "<read> is missing in it"),
        (jff(ONE, move(0, 0, "a", "<pop>b</pop>")), "line 4, <pop>: not known in a <transition>"),
        (
            jff(ONE, move(0, 0, " ")),
            "line 4, <transition>: it reads white space, which is no letter",
        ),
        (jff("<state><initial/></state>"), "line 3, <state>: the attribute 'id' is missing"),
        (jff(ONE, "<block/>"), "line 4, <block>: the element <block> is not known"),
        (
            jff(kind="pda"),
            "line 1, <structure>: the file holds a 'pda' of JFLAP; expected a finite",
        ),
        ("<structure/>", "line 1, <structure>: the element <type> is missing"),
        ("<automaton/>", "line 1, <automaton>: expected the element <structure> of JFLAP here"),
        (
            jff(states((0, "<initial/><output>x</output>"))),
            "line 3, <output>: not known in a <state>",
        ),
        (
            jff(states((0, "<initial/><final/><output>x</output>")), kind="moore"),
            "is final; remove",
        ),
        (jff(states((0, "<initial/><initial/>"))), "line 3, <initial>: a second <initial> in one"),
        (jff(ONE)[:-12], r"line 3: this is no XML \(no element found\)"),
        ("<structure>&lol;</structure>", r"line 1: this is no XML \(undefined entity\)"),
        ("<a>" * 30, "line 1, <a>: elements are nested deeper than 20"),
        (jff(ONE, move(0, 0, "")), "no move reads a letter, so the alphabet is not known"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(AutomatonError, match=message):
        automaton_from_jff(text)


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
    ids=["a billion laughs", "another file", "another site"],
)
def test_no_entity_is_declared(declared):
    bomb = f"{declared}\n{jff(states((0, '<initial/>')), move(0, 0, 'a'))}".replace("q0", "&l9;")
    with pytest.raises(
        AutomatonFileError, match="line 1: the file declares a document type or ent"
    ):
        automaton_from_jff(bomb)
