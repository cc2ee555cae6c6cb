"""Every command that reads a language says in one line which one it read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.command_line import printed_json, run_here, scalar, write

from monoscan.automata import get_language

PARITY = "accepts ε, 0, 00, 11, ...; rejects 1, 01, 10, 001, ...\n"
NAMED = {
    "alphabet": ["a"],
    "initial": "even",
    "accepting": ["even"],
    "transitions": {"even": {"a": "odd"}, "odd": {"a": "even"}},
}
COMMANDS = {
    "analyze": ("analyze", "--language", "parity"),
    "predict": ("predict", "--language", "parity", "--class", "diagonal-real"),
    "construct": ("construct", "--language", "parity", "--class", "diagonal-real", "-o", "x.json"),
    "verify": ("verify", "--lrnn", "net.json", "--language", "parity"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_and_the_same_in_json(tmp_path: Path, name: str) -> None:
    write(tmp_path / "net.json", scalar(("-1", "1"), bound="1/2"))
    plain = run_here(tmp_path, "monoscan", *COMMANDS[name])
    assert plain.stderr == f"language: parity over {{0, 1}}: 2 states; {PARITY}"
    as_json = run_here(tmp_path, "monoscan", *COMMANDS[name], "--json")
    assert printed_json(as_json)["language"] == {
        "name": "parity",
        "alphabet": ["0", "1"],
        "states": 2,
        "accepts": [[], ["0"], ["0", "0"], ["1", "1"]],
        "rejects": [["1"], ["0", "1"], ["1", "0"], ["0", "0", "1"]],
    }


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--regex", "a*b", "--alphabet", "ab"),
         "a*b over {a, b}: 3 states; accepts b, ab, aab, aaab, ...; rejects ε, a, aa, ba, ..."),
        (("--past-ltl", "O a", "--alphabet", "ab"),
         "O a over {a, b}: 2 states; accepts a, aa, ab, ba, ...; rejects ε, b, bb, bbb, ..."),
        (("--group", "(1 2)"),
         "(1 2) over {(1,2)}: 2 states; answers () to ε; answers (1,2) to (1,2)"),
        (("--automaton", "named.json"),
         "named.json over {a}: 2 states; accepts ε, aa, aaaa, aaaaaa, ...; rejects a, aaa, aaaaa, "
         "aaaaaaa, ..."),
        (("--regex", "[]", "--alphabet", "a"),
         "[] over {a}: 1 state; accepts no word; rejects ε, a, aa, aaa, ..."),
        (("--regex", "(a{99}){101}", "--alphabet", "a"),
         f"(a{{99}}){{101}} over {{a}}: 10001 states; accepts {'a' * 24}... (9999 letters), ...; "
         "rejects ε, a, aa, aaa, ..."),
    ],
)  # fmt: skip
def test_what_the_language_is_called(tmp_path: Path, options: tuple[str, ...], line: str) -> None:
    write(tmp_path / "named.json", NAMED)
    answer = run_here(tmp_path, "monoscan", "convert", *options, "-o", "out.dot")
    assert (answer.exit_code, answer.stderr) == (0, f"language: {line}\n")


def test_the_options_are_refused_before_the_line(tmp_path: Path) -> None:
    for wrong in (("--class", "none"), ("--depth", "0"), ("--max-states", "0")):
        said = run_here(tmp_path, "monoscan", "predict", "--language", "parity", *wrong).stderr
        assert said.startswith("error: ")


def test_other_outputs_and_names_of_states_in_json(tmp_path: Path) -> None:
    write(tmp_path / "named.json", NAMED)
    found = run_here(tmp_path, "monoscan", "analyze", "--automaton", "named.json", "--json")
    assert printed_json(found)["language"]["state_names"] == ["even", "odd"]
    found = run_here(tmp_path, "monoscan", "analyze", "--language", "z2", "--json")
    assert json.loads(found.stdout)["language"]["answers"] == [
        {"word": [], "output": output} if output == get_language("z2").build().outputs[0] else
        {"word": [output], "output": output}
        for output in get_language("z2").build().outputs
    ]  # fmt: skip


def test_the_line_stays_one_line(tmp_path: Path) -> None:
    write(tmp_path / "odd\nname.json", {**NAMED, "alphabet": ["a" * 90]} | {
        "transitions": {"even": {"a" * 90: "odd"}, "odd": {"a" * 90: "even"}}
    })  # fmt: skip
    answer = run_here(tmp_path, "monoscan", "analyze", "--automaton", "odd\nname.json")
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith("language: odd name.json over 1 letters: 2 states; ")


JFLAP = """<structure><type>fa</type><automaton>
<state id="0" name="even"><initial/><final/></state><state id="1" name="odd"></state>
<transition><from>0</from><to>1</to><read>1</read></transition>
<transition><from>1</from><to>0</to><read>1</read></transition>
</automaton></structure>"""


def test_witnesses_call_states_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "even.jff").write_text(JFLAP, encoding="utf-8")
    language = ("--automaton", "even.jff")
    answer = run_here(tmp_path, "monoscan", "predict", *language, "--class", "mamba, released")
    cycle = "the word 1 moves 2 states in a cycle: even -> odd -> even"
    assert f"{cycle} (psd-products-aperiodic)" in answer.stdout
    options = (*language, "--class", "mamba, released", "--json")
    predictions = printed_json(run_here(tmp_path, "monoscan", "predict", *options))["predictions"]
    assert predictions[0]["evidence"]["witness"] == cycle
    analyzed = run_here(tmp_path, "monoscan", "analyze", *language).stdout
    assert "states even odd" in analyzed
    facts = printed_json(run_here(tmp_path, "monoscan", "analyze", *language, "--json"))
    assert facts["minimal_state_names"] == ["even", "odd"]
