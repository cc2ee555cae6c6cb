"""`monoscan convert`: files of one format become files of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import besides_language, fails, printed_json, run_here

from monoscan.automata import compile_regex, get_language
from monoscan.automata.sources import read_automaton

ENDS_WITH_AB = """digraph { i [shape=point]; i -> p; r [shape=doublecircle];
p -> p [label="a,b"]; p -> q [label=a]; q -> r [label=b]; }"""
EXPECTED = compile_regex("(a|b)*ab", "ab")
LANGUAGE = ("--language", "parity")


@pytest.mark.parametrize("name", ["x.json", "x.dot", "x.gv", "x.jff", "x.att", "x.fst.txt"])
def test_a_nondeterministic_drawing_becomes_any_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "nfa.dot").write_text(ENDS_WITH_AB, encoding="utf-8")
    options = ("--automaton", "nfa.dot", "--minimal", "-o", name)
    answer = run_here(tmp_path, "monoscan", "convert", *options)
    assert "NFA with 3 states -> DFA with 3 states, 3 minimal" in answer.stderr
    files = [name] + (["x.syms"] if name == "x.att" else ["x.fst.syms"] * (name == "x.fst.txt"))
    assert answer.stdout == f"3 states, written to {' and '.join(files)}\n"
    assert read_automaton(tmp_path / name) == EXPECTED
    found = printed_json(run_here(tmp_path, "monoscan", "convert", *LANGUAGE, "-o", name, "--json"))
    assert (found["language"]["states"], found["files"]) == (2, files)


def test_a_symbol_table_makes_it_readable_again(tmp_path: Path) -> None:
    run_here(tmp_path, "monoscan", "convert", *LANGUAGE, "-o", "x.att")
    options = ("--automaton", "x.att", "--symbols", "x.syms", "-o", "y.json")
    answer = run_here(tmp_path, "monoscan", "convert", *options)
    assert (answer.exit_code, besides_language(answer.stderr)) == (0, "")
    assert read_automaton(tmp_path / "y.json").alphabet == ("0", "1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say where the automaton goes: -o FILE.json"),
        (("-o", "x.ba"), "x.ba: a file of RABIT is only read; give a file whose name ends in"),
        (("-o", "x"), "x: give a file whose name ends in .json"),
        (("-o", "absent/x.json"), "cannot write absent/x.json: No such file or directory"),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(tmp_path, "monoscan", "convert", *LANGUAGE, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_other_outputs_need_a_format_that_has_them(tmp_path: Path) -> None:
    s3 = ("--language", "s3")
    said = fails(tmp_path, "monoscan", "convert", *s3, "-o", "x.att")
    assert "outputs strings such as '()'" in said
    assert run_here(tmp_path, "monoscan", "convert", *s3, "-o", "x.jff").exit_code == 0
    expected = get_language("s3").build()
    assert read_automaton(tmp_path / "x.jff", expected.alphabet) == expected
