"""Files in the Hanoi format: labels against truth tables, and what is refused by name."""

from __future__ import annotations

from itertools import product

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import AutomatonError, AutomatonFileError
from monoscan.automata.sources import automaton_from_hoa

HEADER = 'HOA: v1\nStates: 2\nStart: 0\nAP: 2 "a" "b"\nacc-name: Finite\nAcceptance: 1 Inf(0)\n'
# The number of letters with a and without b is odd.
EXPLICIT = (
    HEADER
    + """--BODY--
State: 0 "even" [0&!1] 1 [!0 | 1] 0
State: 1 "odd" {0} [0&!1] 0 [!0 | 1] 1
--END--"""
)
IMPLICIT = (
    HEADER
    + """/* !a&!b, a&!b, !a&b, a&b */
--BODY-- State: 0 0 1 0 0 State: 1 {0} 1 0 1 1 --END--"""
)
ALIASES = (
    HEADER
    + """Alias: @x 0 Alias: @y @x & !1 tool: "t" "1" name: "odd" properties: deterministic
--BODY-- State: 0 [@y] 1 [!@y] 0 State: 1 {0} [@y] 0 [!(@y)] 1 --END--"""
)


@pytest.mark.parametrize("text", [EXPLICIT, IMPLICIT, ALIASES], ids=["labels", "implicit", "alias"])
def test_one_language_in_three_spellings(text):
    told = []
    acceptor = automaton_from_hoa(text, tell=told.append)
    assert acceptor.alphabet == ("!a&!b", "a&!b", "!a&b", "a&b")
    assert (acceptor.table.tolist(), acceptor.outputs) == (
        [[0, 1, 0, 0], [1, 0, 1, 1]],
        (False, True),
    )
    assert told == ["the letters are the valuations !a&!b, a&!b, ..."]


def test_names_of_states_and_labels_of_states():
    assert automaton_from_hoa(EXPLICIT).state_names == ("even", "odd")
    shared = (
        HEADER.replace("States: 2\n", "") + "--BODY-- State: [t] 0 1 State: [0] 1 {0} 1 --END--"
    )
    acceptor = automaton_from_hoa(shared)
    assert acceptor.accepts(["!a&b", "a&b"])
    assert not acceptor.accepts(["!a&b", "!a&b"])


def test_no_proposition_makes_one_letter_and_a_true_acceptance_accepts_everywhere():
    text = (
        "HOA: v1 Start: 0 AP: 0 properties: finite-words Acceptance: 0 t --BODY-- State: 0 [t] 1 "
    )
    acceptor = automaton_from_hoa(text + "State: 1 --END--")
    assert acceptor.alphabet == ("t",)
    assert [acceptor.accepts(["t"] * n) for n in range(4)] == [True, True, False, False]


def _operations(label):
    """Labels made of labels; a left operand has no brackets, since & binds tighter than |."""
    pairs = st.tuples(label, st.sampled_from("&|"), label)
    return st.one_of(label.map("!({})".format), pairs.map(lambda p: f"{p[0]} {p[1]} ({p[2]})"))


labels = st.recursive(st.sampled_from("tf01"), _operations, max_leaves=6)


@given(labels)
@examples(60)
def test_labels_are_what_they_say(label):
    acceptor = automaton_from_hoa(
        f"{HEADER}--BODY-- State: 0 [{label}] 1 State: 1 {{0}} --END--", trim=True
    )
    # In Python `not` binds tighter than `and`, and `and` tighter than `or`.
    for sign, word in {"!": "not ", "&": "and", "|": "or", "0": "a", "1": "b"}.items():
        label = label.replace(sign, word)
    for (b, a), letter in zip(product((False, True), repeat=2), acceptor.alphabet, strict=True):
        truth = eval(label, {}, {"t": True, "f": False, "a": a, "b": b})
        assert acceptor.accepts([letter]) is truth


def changed(old, new, text=EXPLICIT):
    assert old in text
    return text.replace(old, new)


BUCHI = (
    "acceptance is Buchi: omega automata are not supported; expected one of finite words: acc-name"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (changed("acc-name: Finite", "acc-name: Buchi"), f"line 6: the {BUCHI}"),
        (
            changed("acc-name: Finite\n", ""),
            r"line 5: the acceptance is 1Inf\(0\): omega automata are",
        ),
        (
            changed("acc-name: Finite\nAcceptance: 1 Inf(0)\n", ""),
            "the acceptance is missing: omega",
        ),
        (
            changed("1 Inf(0)", "2 Inf(0)&Inf(1)"),
            r"line 6: Acceptance: 2Inf\(0\)&Inf\(1\); expected 1",
        ),
        (changed("Start: 0", "Start: 0 & 1"), "line 3: alternating automata are not read"),
        (changed("[0&!1] 1", "[0&!1] 1 & 0"), "line 8: alternating automata are not read"),
        (
            changed("[0&!1] 1", "[0&!1] 1 {0}"),
            r"line 8: marks on edges are not read; expected \{0\}",
        ),
        (changed("{0}", "{1}"), "line 9: the mark 1 is not known; expected"),
        (changed("Start: 0\n", ""), "no state is initial; add the header Start: 0"),
        (changed("Start: 0", "Start: 7"), "there is no state 7; add State: 7, or change States:"),
        (changed("[0&!1] 1", "[0&!1] 5"), "there is no state 5"),
        (changed("State: 1", "State: 0"), "line 9: a second State: 0 in one automaton"),
        (changed("[!0 | 1] 0", "[!0 | 2] 0"), "line 8: there is no proposition 2; AP: has 2"),
        (changed("[!0 | 1] 0", "[@z] 0"), "line 8: the alias @z is not defined above"),
        (changed("[!0 | 1] 0", "[!0 | ] 0"), r"line 8: expected a number, got \]"),
        (
            changed("[!0 | 1] 0", f"[{'(' * 200}0{')' * 200}] 0"),
            "labels are nested deeper than 100",
        ),
        (
            changed('AP: 2 "a" "b"', 'AP: 3 "a" "b"'),
            "AP: 3 .*; expected their number and different",
        ),
        (changed('AP: 2 "a" "b"', 'AP: 2 "a" "a"'), "expected their number and different"),
        (
            changed('AP: 2 "a" "b"', "AP: 2 a b"),
            "expected their number and different names in quotes",
        ),
        (changed('"b"', '"b c"'), "letter '!a&!b c' holds white space"),
        (
            changed('AP: 2 "a" "b"', "AP: 12 " + " ".join(f'"p{i}"' for i in range(12))),
            r"make 2\^12 let",
        ),
        (changed("States: 2", "States: 2\nStates: 2"), "line 3: a second header States: in one"),
        (changed("States: 2", "States: two"), "line 2: expected one number after States:, got two"),
        (changed("States: 2", "Fairness: 2"), "line 2: the header Fairness: is not known"),
        (
            changed("HOA: v1", "HOA: v2"),
            "line 2: version v2 of the format is not known; expected v1",
        ),
        (changed("--END--", "--ABORT--"), "line 10: the program that wrote this file gave up"),
        (changed("\n--END--", ""), "line 9: expected State: or --END--, got the end of the file"),
        (EXPLICIT + "\n" + EXPLICIT, "line 11: a second automaton begins here"),
        (
            changed("--BODY--", ""),
            "expected a header, got the end of the file|the header State: is",
        ),
        (
            changed("State: 0 0 1 0 0", "State: 0 0 1 0", IMPLICIT),
            "has 3 edges without a label; exp",
        ),
        (changed("State: 0 0 1 0 0", "State: 0 0 1 0 0 0", IMPLICIT), "more than 4 edges without"),
        (changed("[0&!1] 1", "[0&!1] 99999999999"), "has too many digits"),
        (changed("State: 0", "; State: 0"), "line 8: ';' has no meaning here"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(AutomatonError, match=message):
        automaton_from_hoa(text)


def test_too_many_moves():
    names = " ".join(f'"p{i}"' for i in range(10))
    edges = " ".join("[t] 0" for _ in range(1000))
    text = f"HOA: v1 Start: 0 AP: 10 {names} acc-name: finite Acceptance: 0 t"
    text += f" --BODY-- State: 0 {edges}"
    with pytest.raises(
        AutomatonFileError, match="stand for 1024000 moves by single letters; at most"
    ):
        automaton_from_hoa(text + " --END--")
