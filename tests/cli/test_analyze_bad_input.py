"""What `monoscan analyze` says to bad input, and what it still prints over a budget."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.command_line import besides_language, fails, printed_json, run_here

from monoscan.automata.properties import PROPERTIES

GOOD_DOT = """digraph {
  start [shape=point]; start -> even; even [shape=doublecircle];
  even -> odd [label=a]; odd -> even [label=a];
}"""
GOOD_JSON: dict[str, Any] = {
    "alphabet": ["a", "b"],
    "table": [["1", "0"], ["0", "1"]],
    "outputs": [True, False],
}


def refused(folder: Path, name: str, content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    message = fails(folder, "monoscan", "analyze", "--automaton", name)
    assert message.startswith(f"error: {name}: ")
    assert len(message) < 600
    return message.removeprefix(f"error: {name}: ")


# ------------------------------------------------------------------ options


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say which language: --regex R --alphabet LETTERS, --language ID or --automaton FILE"),
        (("--automaton", "a.json", "--language", "parity"), "one of --language and --automaton"),
        (
            ("--automaton", "a.json", "--alphabet", "ab"),
            "--alphabet a,b (in Python alphabet=...) means nothing for .json files",
        ),
        (
            ("--language", "parity", "--regex", "a", "--alphabet", "a"),
            "give one of --regex and --l",
        ),
        (("--language", "parity", "--alphabet", "01"), "--alphabet belongs to --regex"),
        (("--language", "partiy"), "there is no language 'partiy'; nearest: parity"),
        (("--language", "s99"), "N is 99 in sN; it must be from 3 to 6"),
        (("--language", "dyck-9-99"), "more than 10^12 states"),
        (
            ("--language", "parity", "--budget", "0"),
            "--budget 0: expected a whole number",
        ),
        (("--language", "parity", "--budget", "-3"), "--budget -3: expected"),
        (("--language", "parity", "--budget", "many"), "--budget"),
        (("--language", "parity", "more"), "more"),
        (
            ("--language", "parity", "--figure-formats", "svg"),
            "--figure-formats needs --figure DIR, the folder to write the pictures to",
        ),
        (("--language", "parity", "--figure-formats", ""), "--figure-formats needs --figure DIR"),
        (
            ("--language", "parity", "--figure", "pictures", "--figure-formats", "gif"),
            "--figure-formats gif: expected some of svg, pdf, png, separated by commas",
        ),
        (("--language", "parity", "--figure", "pictures", "--figure-formats", ""), "svg, pdf, png"),
    ],
    ids=" ".join,
)
def test_options(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(tmp_path, "monoscan", "analyze", *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("regex", "alphabet", "said"),
    [
        ("a", "", "--regex needs --alphabet, the letters in order; for example --alphabet 01"),
        ("a", "aa", "letter 'a' occurs twice; keep one of them\n  aa\n   ^\n"),
        ("a", "a,,b", "a letter is empty here; remove the comma\n  a,,b\n    ^\n"),
        ("a", "a b", "white space cannot be part of an alphabet\n  a b\n   ^\n"),
        ("swap rot", "swap,rot,swap", "letter 'swap' occurs twice"),
        ("a(", "ab", "this '(' is never closed; add ')'\n  a(\n   ^\n"),
        ("ac", "ab", "letter 'c' is not in the alphabet {a, b}"),
        ("", "ab", "\n  \n  ^\n"),
    ],
)
def test_regular_expressions(tmp_path: Path, regex: str, alphabet: str, said: str) -> None:
    arguments = ("--regex", regex, "--alphabet", alphabet)
    assert said in fails(tmp_path, "monoscan", "analyze", *arguments)


def test_a_regular_expression_over_budget(tmp_path: Path) -> None:
    arguments = ("--regex", "(a|b)*a(a|b){20}", "--alphabet", "ab")
    said = fails(tmp_path, "monoscan", "analyze", *arguments, code=4)
    assert "more than 100000 states" in said
    assert said.endswith("on the way, and no option raises this limit\n")


# ------------------------------------------------------------------ files


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"alphabet": []}, "the alphabet is empty; give at least one letter"),
        ({"alphabet": ["a", "a"]}, "letter 'a' occurs twice in the alphabet (numbers 0 and 1)"),
        ({"alphabet": ["a", "b c"]}, "letter 'b c' holds white space, which separates letters"),
        ({"alphabet": ["a", ""]}, "letter number 1 is the empty string"),
        ({"alphabet": "ab"}, 'alphabet is "ab"; expected a list'),
        ({"table": [["1"], ["0"]]}, "the table has shape (2, 1); expected (2, 2)"),
        ({"table": [["1", "0"], ["0"]]}, "the rows of the table have different lengths"),
        ({"table": [["1", "0"]]}, "the table has shape (1, 2); expected (2, 2)"),
        ({"table": [["0", "0"], ["0", "1"]]}, "1 of the 2 states of the table cannot be reached"),
        ({"table": [["7", "0"], ["0", "1"]]}, "leads to 7; it must lead to one of the states 0..1"),
        ({"table": [["-1", "0"], ["0", "1"]]}, "expected the number of a state, from 0 on"),
        ({"outputs": [1, 0]}, "the output of state 0 is 1, a int; outputs are True, False or str"),
        ({"outputs": [True, "no"]}, "outputs are all Boolean or all strings"),
        ({"states": 2}, "unknown key 'states'; expected alphabet, table, outputs"),
    ],
)
def test_tables(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in refused(tmp_path, "machine.json", json.dumps({**GOOD_JSON, **change}))


def test_the_table_of_these_tests_is_good(tmp_path: Path) -> None:
    (tmp_path / "machine.json").write_text(json.dumps(GOOD_JSON), encoding="utf-8")
    answer = run_here(tmp_path, "monoscan", "analyze", "--automaton", "machine.json", "--json")
    assert printed_json(answer)["monoid"]["groups"] == ["Z2"]


@pytest.mark.parametrize("name", ["machine.dot", "machine.DOT", "machine.gv"])
def test_a_drawing_with_a_cycle_is_an_automaton(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD_DOT, encoding="utf-8")
    answer = run_here(tmp_path, "monoscan", "analyze", "--automaton", name, "--json")
    assert printed_json(answer)["monoid"]["groups"] == ["Z2"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[label=a]", "[label=a, cost=3]", "the attribute 'cost' is unknown here and may change"),
        ("start -> even;", "start -> start;", "has the shape of a marker of the initial state"),
        ("start -> even;", "", "no initial state is marked; add a node of shape none"),
        ("start -> even;", "start -> even; start -> odd;", "a second arrow marks an initial state"),
        ("odd -> even [label=a];", "", "no transition for letter 'a'; add it, or let"),
        ("odd -> even [label=a];", "odd -> even;", "an arrow needs a label with a letter"),
        ("[label=a]", '[label="a b"]', "holds white space"),
        ("}", "lost -> even [label=a]; }", "state 'lost' cannot be reached from the initial state"),
        ("}", "subgraph cluster { even } }", "subgraphs are not read"),
        ("}", 'import "machine.dot"; }', "state 'import' has no transition for letter 'a'"),
        ("digraph", "graph", "automata are directed graphs"),
        ("}", "", "line 4: expected a name here"),
    ],
)
def test_drawings(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD_DOT
    assert said in refused(tmp_path, "machine.dot", GOOD_DOT.replace(old, new))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.json", "", "there is nothing in it; expected a JSON object\n"),
        ("blank.json", " \n\n", "there is nothing in it; expected a JSON object\n"),
        ("short.json", '{"table":\n', "no JSON: Expecting value (line 2); the text ends there\n"),
        ("typed.json", '{"table" 1}', 'delimiter (line 1)\n  {"table" 1}\n           ^\n'),
        ("net.json", '{"alphabet": ["a"], "layers": []}', "a file of a network, since it has the"),
        ("empty.dot", "", "there is nothing in it; expected a drawing, as in digraph"),
        ("bytes.json", b'{"\xff": 1}', "byte 2 is not UTF-8; save the file as UTF-8"),
        ("bytes.dot", b"digraph \xff", "byte 8 is not UTF-8; save the file as UTF-8"),
        ("list.json", "[]", "expected a JSON object; got []"),
        ("twice.json", '{"alphabet": [], "alphabet": []}', "the key 'alphabet' occurs twice"),
        ("deep.json", "[" * 100_000, "nested too deeply"),
    ],
)
def test_files_of_another_kind(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, name, content)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for name, said in (
        ("absent.json", "absent.json: No such file or directory; give a readable file"),
        ("folder.json", "folder.json: Is a directory; give a readable file"),
        ("machine.txt", "machine.txt: give a file whose name ends in .json, .dot, .gv"),
        ("machine", "machine: give a file whose name ends in .json"),
    ):
        message = fails(tmp_path, "monoscan", "analyze", "--automaton", name)
        assert message.startswith(f"error: {said}")


# ------------------------------------------------------------------ budgets

NEED_THE_MONOID = {"locally-testable", "l-trivial", "quasi-aperiodic", "solvable"}


def test_over_budget_everything_else_is_printed(tmp_path: Path) -> None:
    arguments = ("--language", "cerny-7", "--budget", "500")
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments)
    assert (answer.exit_code, besides_language(answer.stderr)) == (4, "")
    assert "minimal automaton: 7 states, 2 letters" in answer.stdout
    reached = "budget reached: more than 500"
    elements = f"{reached} elements of the transition monoid of 7 states; --budget raises it"
    assert f"syntactic monoid: unknown ({elements})" in answer.stdout
    assert f"cascade: unknown ({reached} coordinates of a cascade; --budget" in answer.stdout
    rows = [line.split() for line in answer.stdout.splitlines() if line.startswith("  ")][1:]
    assert [row[1] for row in rows] == list(PROPERTIES.ids())
    unknown = {row[1] for row in rows if row[0] == "unknown"}
    assert unknown == NEED_THE_MONOID
    assert answer.stdout.count(elements) == 1 + len(NEED_THE_MONOID)
    assert {row[1]: row[0] for row in rows}["aperiodic"] == "no"


def test_over_budget_what_needs_no_list_of_elements_is_decided(tmp_path: Path) -> None:
    arguments = ("--language", "count-mod-7", "--budget", "6", "--json")
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments)
    found = printed_json(answer)
    assert answer.exit_code == 4
    assert (found["minimal_states"], found["monoid"], found["cascade"]) == (7, None, None)
    unknown = {name for name, entry in found["properties"].items() if entry is None}
    assert unknown == NEED_THE_MONOID - {"solvable"}  # a group is seen from its letters
    held = {name for name, entry in found["properties"].items() if entry and entry["holds"]}
    assert held == {"group", "commutative", "solvable"}
