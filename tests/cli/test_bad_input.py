"""Bad input ends with exit code 2 or 4, a message that helps, and never a traceback."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.command_line import besides_language, fails, run, scalar, write
from helpers.effort import EVERYTHING

CLAIM = "parity-needs-negative-eigs"
PARITY = scalar(("-1", "1"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "net.json", PARITY)
    return tmp_path


NET = ("verify", "--lrnn", "net.json")
ON_PARITY = (*NET, "--language", "parity")


def test_the_network_of_these_tests_is_good(folder: Path) -> None:
    assert run(folder, *ON_PARITY).returncode == 0


# ------------------------------------------------------------------ as processes


AS_PROCESSES = (
    (("verify",), 2, "error: give one of --claim ID, --all, --tag TAG or --lrnn FILE"),
    (("verify", "--claim", "parity"), 2, f"error: there is no claim 'parity'; nearest: {CLAIM}"),
    ((*NET, "--regex", "0(", "--alphabet", "01"), 2, "\n  0(\n   ^\n"),
    ((*NET, "--regex", "(0|1)*1(0|1){20}", "--alphabet", "01"), 4, " states of an automaton"),
    (("verify", "--lrnn", "absent", "--language", "parity"), 2, "error: absent: No such file"),
    (
        (*ON_PARITY, "--certificates", "net.json"),
        2,
        "error: cannot write certificates to net.json: ",
    ),
    ((*ON_PARITY, "--max-states", "many"), 2, "--max-states"),
    (("monoscan", "show", "parrity"), 2, "error: nothing is called 'parrity'"),
    (("monoscan", "no-such-command"), 2, "no-such-command"),
)


@pytest.mark.parametrize(
    ("arguments", "code", "said"), AS_PROCESSES, ids=[" ".join(row[0]) for row in AS_PROCESSES]
)
def test_in_a_process_and_here(
    folder: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert said in fails(folder, *arguments, code=code)
    if EVERYTHING or arguments in (AS_PROCESSES[0][0], AS_PROCESSES[3][0], AS_PROCESSES[8][0]):
        answer = run(folder, *arguments)
        assert (answer.returncode, answer.stdout) == (code, "")
        assert said in answer.stderr


# ------------------------------------------------------------------ options


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify",), "--tag TAG or --lrnn FILE; for example --claim parity-needs"),
        (
            ("verify", "--claim", CLAIM, "--lrnn", "net.json"),
            "one of --claim ID, --all, --tag TAG or --lrnn FILE",
        ),
        (("verify", "--all", "--claim", CLAIM), "one of --claim ID, --all"),
        (("verify", "--all", "--tag", "parity"), "one of --claim ID, --all"),
        (("verify", "--tag", "zzz"), "no claim has the tag 'zzz'; the tags are "),
        (
            ("verify", "--all", "--regex", "a"),
            "--regex belongs to --lrnn and means nothing for claims",
        ),
        (("verify", "--claim", ""), "give one of --claim ID, --all, --tag TAG or --lrnn FILE"),
        (("verify", "--claim", "parity"), f"there is no claim 'parity'; nearest: {CLAIM}"),
        (("verify", "--claim", CLAIM, "--regex", ""), "--regex belongs to --lrnn and means"),
        (("verify", "--claim", CLAIM, "--language", "parity"), "--language belongs to --lrnn"),
        (
            ("verify", "--claim", CLAIM, "--number-format", "e4m3"),
            "--number-format belongs to",
        ),
        (("verify", "--claim", CLAIM, "--semantics", "exact"), "--semantics belongs to --lrnn"),
        (("verify", "--claim", CLAIM, "--max-states", "5"), "--max-states belongs to --lrnn"),
        (
            NET,
            "say which language: --regex R --alphabet LETTERS, --language ID or --automaton FILE",
        ),
        ((*ON_PARITY, "--regex", "0", "--alphabet", "01"), "give one of --regex and --language"),
        ((*NET, "--regex", "0"), "--regex needs --alphabet, the letters in order; for example"),
        ((*ON_PARITY, "--alphabet", "01"), "and means nothing for --language; leave it out"),
        ((*NET, "--language", "parrity"), "there is no language 'parrity'; nearest: parity"),
        ((*ON_PARITY, "--semantics", "op"), "--semantics op: expected one of exact, threshold, "),
        (
            (*ON_PARITY, "--semantics", "op-round"),
            "op-round needs a number format, for exam",
        ),
        (
            (*ON_PARITY, "--number-format", "e4m3"),
            "exact arithmetic has no number format; leave it out, or name a semantics",
        ),
        (
            (*ON_PARITY, "--max-states", "-3"),
            "--max-states -3: expected a whole number",
        ),
        (
            (*ON_PARITY, "--max-states", "0"),
            "--max-states 0: expected a whole number",
        ),
        (
            (*ON_PARITY, "--max-prefix", "-1"),
            "--max-prefix -1: expected a whole number",
        ),
        (
            (*ON_PARITY, "--max-period", "0"),
            "--max-period 0: expected a whole number",
        ),
        ((*ON_PARITY, "--max-states", "many"), "--max-states many: expected a whole number"),
        (("verify", "--no-such-option"), "--no-such-option"),
        (("monoscan", "no-such-command"), "no-such-command"),
        (("monoscan", "check"), "files"),
        (
            ("monoscan", "list", "words"),
            "list words: expected one of claims, tags, lang",
        ),
        (("monoscan", "show", "parrity"), "nothing is called 'parrity'; nearest: parity"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_options(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(folder, *arguments)
    assert sorted(path.name for path in folder.iterdir()) == ["net.json"]


@pytest.mark.parametrize(
    ("semantics", "text", "said"),
    [
        ("op-round", "e4m", "unknown number format 'e4m': did you mean e4m3 or e4m3fn?"),
        ("seq-round", "fixed:1/2", "has 1 fields after 'fixed', not 3: expected NAME"),
        ("seq-round", "fixed:0.5:0:1", "must be an exact rational such as -16 or 127/8"),
        ("op-round", "fixed:0:-1:1", "number format fixed:0:-1:1: step must be positive, got 0"),
        ("op-round", "fixed:1/3:0:1", "layer 1, symbol 1, A: -1 is no value of the format"),
    ],
)
def test_formats(folder: Path, semantics: str, text: str, said: str) -> None:
    arguments = (*ON_PARITY, "--semantics", semantics, "--number-format", text)
    assert said in fails(folder, *arguments)


# ------------------------------------------------------------------ regular expressions


@pytest.mark.parametrize(
    ("regex", "alphabet", "said"),
    [
        ("(0|1", "01", "error: this '(' is never closed; add ')'\n  (0|1\n  ^\n"),
        ("0*2", "01", "letter '2' is not in the alphabet {0, 1}"),
        ("0*2", "01", "\n  0*2\n    ^\n"),
        ("0{3,1}", "01", "\n  0{3,1}\n"),
        ("0", "00", "letter '0' occurs twice; keep one of them\n  00\n   ^\n"),
        (
            "a",
            "ab",
            "the network's alphabet is 0, 1, the language's is a, b; they must have the "
            "same letters, in any order",
        ),
        ("", "01", "\n  \n  ^\n"),
    ],
)
def test_regular_expressions(folder: Path, regex: str, alphabet: str, said: str) -> None:
    assert said in fails(folder, *NET, "--regex", regex, "--alphabet", alphabet)


def test_a_regular_expression_over_budget_is_no_verdict(folder: Path) -> None:
    regex = "(0|1)*1(0|1){20}"
    said = fails(folder, *NET, "--regex", regex, "--alphabet", "01", code=4)
    assert re.match(rf"error: --regex {re.escape(regex)}: more than \d+ states ", said)
    assert said.endswith("on the way, and no option raises this limit\n")


# ------------------------------------------------------------------ network files


def changed(place: str, value: Any) -> Callable[[], str]:
    """The good network with another value at `place`, keys separated by blanks."""

    def build() -> str:
        network = copy.deepcopy(PARITY)
        *keys, last = (int(key) if key.isdigit() else key for key in place.split())
        part: Any = network
        for key in keys:
            part = part[key]
        if value is None:
            del part[last]
        else:
            part[last] = value
        return json.dumps(network)

    return build


ONE = "layers 0 cases 1"
FILES: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "A of another shape": (
        changed(f"{ONE} A entries", ["1", "0"]),
        "layers[0]: on 1: A is 2 x 2, but the initial state has 1 rows",
    ),
    "B of another shape": (
        changed(f"{ONE} B", [["1"], ["0"]]),
        "on 1: B has shape (2, 1)",
    ),
    "B with two columns": (
        changed(f"{ONE} B", [["1", "0"]]),
        "on 1: B has shape (1, 2)",
    ),
    "ragged rows": (changed(f"{ONE} A", {"kind": "dense", "rows": [["1"], ["1", "2"]]}), "cases["),
    "a matrix that is not square": (
        changed(f"{ONE} A", {"kind": "dense", "rows": [["1", "2"]]}),
        "layers[0].cases[1].A",
    ),
    "weights of another shape": (
        changed("layers 0 readout functionals 0 weights", ["1", "1"]),
        "layers[0]",
    ),
    "no entries": (changed(f"{ONE} A entries", []), "cases[1].A.entries: expected a list of at"),
    "a zero reflection": (
        changed(f"{ONE} A", {"kind": "householder", "v": [0], "beta": 2}),
        "layers[0].cases[1].A",
    ),
    "a missing letter": (changed(f"{ONE}", None), "layer 1 has no case for the letter '1'; add"),
    "a letter that is not in the alphabet": (
        changed(f"{ONE} on", ["2"]),
        "has a case on 2",
    ),
    "a letter twice": (changed(f"{ONE} on", ["0"]), "a second case on"),
    "no rational": (changed(f"{ONE} A entries", ["pi"]), "layers[0].cases[1].A.entries[0]: "),
    "a fraction over 0": (changed(f"{ONE} B", ["1/0"]), "layers[0].cases[1].B[0]: "),
    "NaN": (changed(f"{ONE} A entries", [float("nan")]), "layers[0].cases[1].A.entries[0]: "),
    "infinity": (changed(f"{ONE} B", [float("inf")]), "layers[0].cases[1].B[0]: "),
    "the text nan": (changed("layers 0 initial", ["nan"]), "layers[0].initial[0]: "),
    "a float": (changed(f"{ONE} A entries", [0.5]), "layers[0].cases[1].A.entries[0]: 0.5 "),
    "a truth value": (changed(f"{ONE} A entries", [True]), "layers[0].cases[1].A.entries[0]: "),
    "a missing key": (changed("layers 0 initial", None), "the key 'initial' is missing"),
    "an unknown kind": (changed(f"{ONE} A kind", "magic"), "unknown kind 'magic'; expected one"),
    "an unknown relation": (changed("layers 0 readout functionals 0 relation", "<"), "'<' is not"),
    "bits of another length": (changed("layers 0 readout table 0 bits", "00"), "layers[0].readout"),
    "no layers": (changed("layers", []), "layers: expected a list of at least 1 items"),
    "not JSON": (lambda: "{'alphabet': 1}", "line 1, column 2: not JSON"),
    "cut short": (lambda: json.dumps(PARITY)[:-9], "not JSON"),
    "an empty file": (lambda: "", "line 1, column 1: not JSON"),
    "not UTF-8": (lambda: b'{"\xff": 1}', "byte 2 is not UTF-8; save the file as UTF-8"),
    "a list": (lambda: "[]", "the file: expected an object with the keys alphabet, layers"),
    "a key twice": (lambda: '{"alphabet": [], "alphabet": []}', "'alphabet' stands twice"),
    "deep brackets": (lambda: "[" * 100_000, "nested too deeply"),
    "a long integer": (
        lambda: json.dumps(PARITY).replace('"-1"', "1" * 10_000),
        "number",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_network_files(tmp_path: Path, name: str) -> None:
    build, said = FILES[name]
    content = build()
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / "net.json").write_bytes(data)
    message = fails(tmp_path, *ON_PARITY)
    assert message.startswith("error: net.json: ")
    assert said in message
    assert len(message) < 1_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net.json"]


def test_network_files_that_cannot_be_read(tmp_path: Path) -> None:
    for name, said in (("absent.json", "No such file"), (".", "Is a directory")):
        message = fails(tmp_path, "verify", "--lrnn", name, "--language", "parity")
        assert message.startswith(f"error: {name}: {said}")


def test_a_read_out_that_is_reached_outside_its_table(tmp_path: Path) -> None:
    network = copy.deepcopy(PARITY)
    del network["layers"][0]["readout"]["table"][1]
    write(tmp_path / "net.json", network)
    assert "the read-out table has no entry for the reachable bits" in fails(tmp_path, *ON_PARITY)


# ------------------------------------------------------------------ folders for certificates


@pytest.mark.parametrize("target", [("--claim", CLAIM), ("--lrnn", "net.json")])
def test_a_file_in_the_way_of_the_certificates(folder: Path, target: tuple[str, str]) -> None:
    more = ("--language", "parity") if target[0] == "--lrnn" else ()
    message = fails(folder, "verify", *target, *more, "--certificates", "net.json")
    assert message.startswith("error: cannot write certificates to net.json: ")
    assert "with --certificates" in message
    assert json.loads((folder / "net.json").read_text(encoding="utf-8")) == PARITY


def test_a_folder_in_the_place_of_a_certificate(folder: Path) -> None:
    (folder / "out" / "net" / "recognizer.json").mkdir(parents=True)
    message = fails(folder, *ON_PARITY, "--certificates", "out")
    assert message.startswith("error: cannot write certificates to out: ")
    assert [path.name for path in (folder / "out" / "net").iterdir()] == ["recognizer.json"]


# ------------------------------------------------------------------ budgets


def test_a_search_over_budget_says_what_it_found(tmp_path: Path) -> None:
    write(tmp_path / "count.json", scalar(("1", "1")))
    arguments = ("--lrnn", "count.json", "--regex", "0*", "--alphabet", "01", "--max-states", "40")
    answer = run(tmp_path, "verify", *arguments)
    assert (answer.returncode, besides_language(answer.stderr)) == (4, "")
    assert answer.stdout.startswith("undecided\n")
    assert "40 joint states explored" in " ".join(answer.stdout.split())
    assert "Raise --max-states." in answer.stdout
    answer = run(tmp_path, "verify", *arguments, "--json")
    found = json.loads(answer.stdout)
    assert (answer.returncode, found["status"]) == (4, "undecided")
    assert (found["joint_states"], found["certificates"], found["recheck"]) == (40, [], None)
    assert found["agrees_up_to_length"] >= 35
    assert found["periodic_words_decided"] > 0
