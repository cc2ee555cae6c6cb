"""The options that name a language, the same for every command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.command_line import fails, run_here, write

from monoscan.automata import read_automaton
from monoscan.cli.commands import COMMANDS, command_app
from monoscan.cli.language import LanguageOptions

PARTIAL = {
    "alphabet": ["a", "b"],
    "initial": "p",
    "accepting": ["p"],
    "transitions": {"p": {"a": "q"}, "q": {"a": "p", "b": "q"}, "lost": {"a": "p", "b": "p"}},
}
MEALY = 'digraph { s [shape=point]; s -> p; p -> p [label="0 / no"]; p -> q [label="1 / yes"];\n'
MEALY += 'q -> q [label="0 / yes"]; q -> p [label="1 / no"]; }'


def analyzed(folder: Path, *arguments: str) -> tuple[dict[str, Any], str]:
    answer = run_here(folder, "monoscan", "analyze", *arguments, "--json")
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout), answer.stderr


@pytest.mark.parametrize(
    "command", ["analyze", "predict", "construct", "compile", "convert", "verify", "train"]
)
def test_every_command_has_them(command: str) -> None:
    assert command in COMMANDS
    [info] = command_app(command).registered_commands
    assert info.callback is not None
    from typer.main import get_params_from_function

    names = set(get_params_from_function(info.callback))
    assert set(LanguageOptions.__dataclass_fields__) <= names
    assert "target" not in names


def test_a_partial_automaton_names_the_remedy(tmp_path: Path) -> None:
    write(tmp_path / "p.json", PARTIAL)
    said = fails(tmp_path, "monoscan", "analyze", "--automaton", "p.json")
    assert said.startswith("error: p.json: state 'p' has no transition for letter 'b'; add it, or")
    assert "by --complete (in Python complete=True)" in said
    said = fails(tmp_path, "monoscan", "analyze", "--automaton", "p.json", "--complete")
    assert "'lost' cannot be reached" in said
    assert "by --trim (in Python trim=True)" in said
    found, said = analyzed(tmp_path, "--automaton", "p.json", "--complete", "--trim")
    assert found["states"] == 3
    assert said.splitlines() == [
        "note: p.json: completed: 1 missing transition leads to a new rejecting state",
        "note: p.json: trimmed: 1 of 4 states cannot be reached",
    ]


def test_attributes_of_a_drawing(tmp_path: Path) -> None:
    drawing = "digraph { s [shape=point]; s -> p; p [shape=doublecircle];\n"
    drawing += "p -> p [label=a, key=0, pos=0]; }"
    (tmp_path / "a.dot").write_text(drawing, encoding="utf-8")
    assert analyzed(tmp_path, "--automaton", "a.dot")[0]["states"] == 1
    drawing = drawing.replace("pos=0", "pos=0, cost=1, owner=me")
    (tmp_path / "a.dot").write_text(drawing, encoding="utf-8")
    said = fails(tmp_path, "monoscan", "analyze", "--automaton", "a.dot", "--ignore", "cost")
    assert "let it be ignored by --ignore owner" in said
    many = ("--ignore", "cost", "--ignore", "owner")
    assert analyzed(tmp_path, "--automaton", "a.dot", *many)[0]["states"] == 1


def test_a_mealy_machine(tmp_path: Path) -> None:
    (tmp_path / "m.dot").write_text(MEALY, encoding="utf-8")
    found, said = analyzed(tmp_path, "--automaton", "m.dot")
    assert (found["minimal_states"], found["monoid"]["groups"]) == (2, ["Z2"])
    assert said.startswith("note: m.dot: read as a Mealy machine")
    assert "the output of the empty word is 'no'" in said


def test_a_file_that_accepts_nothing_is_noticed(tmp_path: Path) -> None:
    drawing = "digraph { s [shape=point]; s -> p; p -> p [label=a]; }"
    (tmp_path / "a.gv").write_text(drawing, encoding="utf-8")
    said = analyzed(tmp_path, "--automaton", "a.gv")[1]
    assert said == "note: a.gv: no state accepts, so this is the empty language\n"


def test_plus_between_operands(tmp_path: Path) -> None:
    said = analyzed(tmp_path, "--regex", "(a+b)*a", "--alphabet", "ab")[1]
    assert said.startswith("note: '+' is read as one or more; for union, ")
    assert "write '|'\n  (a+b)*a\n    ^\n" in said
    for regex in ("(a+|b)a", "a+", "a+?", "a+{2}", "(a+)b", r"a\+b"):
        assert analyzed(tmp_path, "--regex", regex, "--alphabet", "ab+")[1] == ""


def test_past_ltl(tmp_path: Path) -> None:
    formula = ("--past-ltl", "H (b -> Y a)", "--alphabet", "ab")
    found, said = analyzed(tmp_path, *formula)
    assert (found["properties"]["aperiodic"]["holds"], said) == (True, "")
    assert analyzed(tmp_path, *formula, "--empty-word")[0]["minimal_states"] == 3
    said = analyzed(tmp_path, "--past-ltl", "O (a & b)", "--alphabet", "ab")[1]
    assert said.startswith("note: a & b is never true: at each position stands exactly one letter")


def test_groups(tmp_path: Path) -> None:
    found, said = analyzed(tmp_path, "--group", "(1 2 3), (1 2)")
    assert (found["alphabet"], found["states"], said) == (["(1,2,3)", "(1,2)"], 6, "")
    found, _ = analyzed(tmp_path, "--group", "(1 2)(3 4),(1 3)(2 4)", "--alphabet", "v,w")
    assert (found["alphabet"], found["monoid"]["groups"]) == (["v", "w"], ["Z2 x Z2"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--past-ltl", "O a"), "--past-ltl needs --alphabet, the letters in order"),
        (("--past-ltl", "F a", "--alphabet", "a"), "only past LTL is read"),
        (("--past-ltl", "a", "--group", "(1 2)"), "give one of --past-ltl and --group"),
        (("--language", "parity", "--complete"), "--complete belongs to --automaton"),
        (("--language", "parity", "--trim"), "--trim belongs to --automaton"),
        (("--language", "parity", "--ignore", "x"), "--ignore belongs to --automaton"),
        (("--group", "(1 2)", "--empty-word"), "--empty-word belongs to --past-ltl"),
        (("--group", "(1 2),(1 2 2)"), "point 2 occurs twice in this cycle\n  (1 2),(1 2 2)\n"),
        (("--group", "(1 2),(1 x)"), "in cycles of points 1, 2, ..., as (1,2,3)(4,5)\n"),
        (("--group", "(1 2),"), "a permutation is missing here; the identity is written ()\n"),
        (("--group", "(1 2),,(1 3)"), "a permutation is missing here"),
        (("--group", ""), "a permutation is missing here"),
        (("--group", "(1 2),(2 1)"), "(1,2) is given twice as a letter"),
        (
            ("--group", "(1 2),(2 3)", "--alphabet", "a"),
            "1 letters are named and 2 permutations given",
        ),
        (
            ("--automaton", "a.json", "--ignore", "x"),
            "--ignore x (in Python ignore=...) means nothing for .json",
        ),
        (("--automaton", "a.fsm"), "give a file whose name ends in .json, .dot, .gv"),
        (("--automaton", "a.json", "--symbols", "s"), "--symbols s (in Python symbols=...) mea"),
        (("--language", "parity", "--symbols", "s"), "--symbols belongs to --automaton"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(tmp_path, "monoscan", "analyze", *arguments)


def test_the_options_as_they_are_typed() -> None:
    options = LanguageOptions(regex="", alphabet="01", complete=True, ignore=["a b", "c"])
    assert str(options) == "--regex '' --alphabet 01 --complete --ignore 'a b' --ignore c"
    assert not LanguageOptions().is_given


def test_construct_names_the_language_as_it_was_given(tmp_path: Path) -> None:
    answer = run_here(
        tmp_path,
        "monoscan",
        "construct",
        "--group",
        "(1 2)",
        "--class",
        "householder",
        "-o",
        "x.json",
    )
    assert "verify --lrnn x.json --group '(1 2)'" in answer.stdout
    verified = run_here(tmp_path, "verify", "--lrnn", "x.json", "--group", "(1 2)")
    assert (verified.exit_code, verified.stdout.split()[0]) == (0, "proved")


@pytest.mark.parametrize("text", ["\ufeff{}", "{}\r\n"], ids=["byte order mark", "CRLF"])
def test_files_of_other_editors(tmp_path: Path, text: str) -> None:
    complete = {**PARTIAL, "transitions": {"p": {"a": "p", "b": "p"}}}
    path = tmp_path / "p.json"
    path.write_bytes(text.replace("{}", json.dumps(complete, indent=1)).encode())
    assert analyzed(tmp_path, "--automaton", "p.json")[0]["states"] == 1
    assert read_automaton(path).n_states == 1


def test_empty_moves_are_no_letters_in_silence(tmp_path: Path) -> None:
    drawing = 'digraph { s [shape=point]; s -> p; p [shape=doublecircle]; p -> p [label="a,ε"]; }'
    (tmp_path / "a.dot").write_text(drawing, encoding="utf-8")
    said = analyzed(tmp_path, "--automaton", "a.dot")[1]
    assert "note: a.dot: 'ε' is read as the empty move; if it is a letter, name all" in said
    assert "NFA with 1 state -> DFA with 1 state, 1 minimal" in said
    found, said = analyzed(tmp_path, "--automaton", "a.dot", "--alphabet", "a,ε")
    assert (found["alphabet"], said) == (["a", "ε"], "")


def test_states_that_are_numbers(tmp_path: Path) -> None:
    numbers = {**PARTIAL, "initial": 0, "accepting": [0], "transitions": {"0": {"a": 0, "b": 0}}}
    write(tmp_path / "p.json", numbers)
    said = fails(tmp_path, "monoscan", "analyze", "--automaton", "p.json")
    assert "transitions['0']['a'] is 0; expected a string, written in quotes" in said
