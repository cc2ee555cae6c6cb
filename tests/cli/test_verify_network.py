"""`verify --lrnn`: proved, refuted or undecided under each semantics, with files that check."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from helpers.certificate_samples import Certificate
from helpers.command_line import besides_language, fails, run, run_here, scalar, write
from helpers.lone_checker import check_alone
from helpers.naive_network import answer

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

Json = Any
LANGUAGES = {
    "id": ("--language", "parity"),
    "regex": ("--regex", "0*(10*10*)*", "--alphabet", "01"),
}
SEMANTICS = {
    "exact": ("--semantics", "exact"),
    "threshold": ("--semantics", "threshold"),
    "cast-unrolled": ("--semantics", "cast-unrolled", "--number-format", "q5.3"),
    "seq-round": ("--semantics", "seq-round", "--number-format", "q5.3"),
    "op-round": ("--semantics", "op-round", "--number-format", "q5.3"),
}
FLIPS = scalar(("-1", "1"))
FADES = scalar(("1/2", "1"))
# Counts up to 15, the largest value of the format, and stays there.
COUNTS = scalar(("1", "1"), bound="10")
COMMON = {"language", "status", "problem", "classes", "certificates", "recheck", "seconds"}
REFUTED = {"word", "output", "expected", "is_shortest", "pair", "periodic", "computes"}


class Found(NamedTuple):
    """A run's exit code, its JSON, and the bodies of its certificates by file stem."""

    code: int
    report: dict[str, Json]
    bodies: dict[str, Certificate]


def verify(folder: Path, network: Json, *arguments: str) -> Found:
    write(folder / "net.json", network)
    result = run_here(
        folder, "verify", "--lrnn", "net.json", *arguments, "--certificates", "out", "--json"
    )
    assert result.stderr == ""
    report = json.loads(result.stdout)
    paths = [folder / entry["file"] for entry in report["certificates"]]
    assert all(entry["verdict"] == "valid" for entry in report["certificates"])
    assert sorted(paths) == sorted((folder / "out").rglob("*.json"))
    if paths:
        (folder / "alone").mkdir()
        alone = check_alone(folder / "alone", paths)
        assert (alone.code, alone.errors) == (0, "")
        assert all(entry["file"] in report["recheck"] for entry in report["certificates"])
    bodies = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    for body in bodies.values():
        assert body["automaton"]["alphabet"] == ["0", "1"]
        assert body["semantics"]["name"] in arguments
    return Found(result.exit_code, report, bodies)


def is_even(word: list[str]) -> bool:
    return word.count("1") % 2 == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_proved(tmp_path: Path, semantics: str, language: str) -> None:
    found = verify(tmp_path, FLIPS, *SEMANTICS[semantics], *LANGUAGES[language])
    assert (found.code, found.report["status"]) == (0, "proved")
    assert set(found.report) == COMMON | {"joint_states"}
    assert list(found.bodies) == ["recognizer"]
    body = found.bodies["recognizer"]
    assert len(body["states"]) == found.report["joint_states"] == 2
    assert ("terms" in body) == (semantics == "cast-unrolled")


def test_infinitely_many_states_are_enclosed(tmp_path: Path) -> None:
    """h <- h/2 + 1 on 1: 1, 3/2, 7/4, ..., none of them below 1."""
    options = ("--regex", "0*", "--alphabet", "01")
    found = verify(tmp_path, scalar(("1/2", "1")), *SEMANTICS["threshold"], *options)
    assert (found.code, found.report["status"]) == (0, "proved")
    assert set(found.report) == COMMON | {"cells", "boxes"}
    assert list(found.bodies) == ["boxes"]
    assert len(found.bodies["boxes"]["cells"]) == found.report["cells"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_refuted(tmp_path: Path, semantics: str, language: str) -> None:
    found = verify(tmp_path, FADES, *SEMANTICS[semantics], *LANGUAGES[language])
    report = found.report
    assert (found.code, report["status"]) == (1, "refuted")
    assert set(report) == COMMON | REFUTED
    assert (report["word"], report["is_shortest"]) == (["1", "1"], True)
    assert (report["output"], report["expected"]) == (False, True)
    assert set(report["pair"]) == {"first", "second", "observation", "answers"}
    assert set(report["periodic"]) == {"word", "settled_from_length", "period"}
    assert set(found.bodies) == {"failing-word", "inseparable-words"}
    assert found.bodies["failing-word"]["words"] == [report["word"]]
    pair = [report["pair"]["first"], report["pair"]["second"]]
    assert found.bodies["inseparable-words"]["words"] == pair


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_a_refutation_is_confirmed_by_running_the_network(tmp_path: Path, semantics: str) -> None:
    found = verify(tmp_path, COUNTS, *SEMANTICS[semantics], *LANGUAGES["id"])
    body, word = found.bodies["failing-word"], found.report["word"]
    if found.report["is_shortest"]:
        shorter = [list(w) for n in range(len(word)) for w in product("01", repeat=n)]
        for other in shorter:
            assert answer(body["semantics"], body["lrnn"], other)[1] == is_even(other)
    assert answer(body["semantics"], body["lrnn"], word)[1] == found.report["output"]
    assert found.report["output"] != found.report["expected"] == is_even(word)
    pair = found.report["pair"]
    first, second = (
        answer(body["semantics"], body["lrnn"], pair[key])[0] for key in ("first", "second")
    )
    assert first == second
    assert pair["answers"] == [is_even(pair["first"]), is_even(pair["second"])]
    assert pair["answers"][0] != pair["answers"][1]


@pytest.mark.parametrize(
    ("semantics", "form"),
    [("exact", ""), ("cast-unrolled", "q5.3"), ("seq-round", "binary16"), ("op-round", "binary16")],
)
def test_over_budget(tmp_path: Path, semantics: str, form: str) -> None:
    """0* is recognised, by a state that grows: 30 states say nothing about all words."""
    rounding = ("--number-format", form) if form else ()
    found = verify(
        tmp_path,
        scalar(("1", "1")),
        *("--semantics", semantics, *rounding),
        *("--regex", "0*", "--alphabet", "01", "--max-states", "30"),
    )
    assert (found.code, found.report["status"]) == (4, "undecided")
    assert (found.bodies, found.report["recheck"]) == ({}, None)
    assert found.report["joint_states"] == 30
    assert found.report["agrees_up_to_length"] > 20


def test_no_certificate_for_casts_that_change_a_number(tmp_path: Path) -> None:
    network = scalar(("-1", "0"), initial="1/3", relation=">", bound="0")
    network["layers"][0]["readout"]["table"] = [
        {"bits": "0", "output": False},
        {"bits": "1", "output": True},
    ]
    found = verify(tmp_path, network, *SEMANTICS["cast-unrolled"], *LANGUAGES["id"])
    assert (found.code, found.report["status"], found.bodies) == (3, "undecided", {})
    (tmp_path / "exact").mkdir()
    exact = verify(tmp_path / "exact", network, *SEMANTICS["exact"], *LANGUAGES["id"])
    assert (exact.code, exact.report["status"]) == (0, "proved")


def test_the_class_in_which_the_network_lies_is_named(tmp_path: Path) -> None:
    assert verify(tmp_path, FLIPS, *SEMANTICS["exact"], *LANGUAGES["id"]).report["classes"] == []
    asked = ("verify", "--lrnn", "net.json", *LANGUAGES["id"], "--certificates", "out")
    line = "It lies in the class diagonal-real: diagonal, entries in [-1, 1].\n"
    assert "lies in" not in run_here(tmp_path, *asked).stdout
    with_class = (*asked, "--class", "diagonal-real")
    assert line in run_here(tmp_path, *with_class).stdout
    found = json.loads(run_here(tmp_path, *with_class, "--json").stdout)
    assert found["classes"] == ["diagonal-real"]
    assert all(check["verdict"] == "valid" for check in found["certificates"])


def machine(folder: Path, outputs: tuple[Json, Json]) -> tuple[str, ...]:
    write(
        folder / "a.json", {"alphabet": ["0", "1"], "table": [[0, 1], [1, 0]], "outputs": outputs}
    )
    return ("verify", "--lrnn", "net.json", "--automaton", "a.json", "--certificates", "out")


def test_answers_of_different_kinds_are_bad_input(tmp_path: Path) -> None:
    write(tmp_path / "net.json", FLIPS)
    said = fails(tmp_path, *machine(tmp_path, ("even", "odd")))
    assert "the network answers false, true, the language 'even', 'odd'; no answer is" in said
    assert not (tmp_path / "out").exists()
    named = json.loads(json.dumps(FLIPS))
    for row in named["layers"][0]["readout"]["table"]:
        row["output"] = "even" if row["output"] else "other"
    write(tmp_path / "net.json", named)
    assert run_here(tmp_path, *machine(tmp_path, ("even", "odd"))).exit_code == 1
    fails(tmp_path, *machine(tmp_path, (True, False)))


def test_two_truth_values_are_a_refutation(tmp_path: Path) -> None:
    """A network that only answers true is wrong about the empty language, not of another kind."""
    constant = json.loads(json.dumps(FLIPS))
    for row in constant["layers"][0]["readout"]["table"]:
        row["output"] = True
    found = verify(tmp_path, constant, "--regex", "[]", "--alphabet", "01", "--semantics", "exact")
    assert (found.code, found.report["status"]) == (1, "refuted")


def test_a_network_is_judged_by_the_language_it_is_asked_about(tmp_path: Path) -> None:
    write(tmp_path / "net.json", FLIPS)
    arguments = ("verify", "--lrnn", "net.json", "--regex", "(0|1)*", "--alphabet", "01")
    found = run(tmp_path, *arguments)
    assert (found.returncode, besides_language(found.stderr)) == (1, "")
    first, *lines = found.stdout.splitlines()
    assert first == "refuted"
    assert any("failing word: 1:" in line for line in lines)
    assert (tmp_path / "certificates" / "net" / "failing-word.json").exists()


def test_two_layers(tmp_path: Path) -> None:
    """The second layer flips where the first says that the number of 1s is odd: 1s modulo 4."""
    lower = FLIPS["layers"][0]

    def on(symbol: list[Json], a: Json, b: Json) -> Json:
        return {"on": symbol, "A": {"kind": "diagonal", "entries": [a]}, "B": [b]}

    upper = {
        "initial": [0],
        "cases": [
            on(["0", True], 1, 0),
            on(["0", False], 1, 0),
            on(["1", False], 1, 0),
            on(["1", True], -1, 1),
        ],
        "readout": {
            "kind": "states",
            "table": [{"state": [0], "output": True}, {"state": [1], "output": False}],
        },
    }
    network = {"alphabet": ["0", "1"], "layers": [lower, upper]}
    regex = "0*((10*){4})*(10*)?"
    arguments = (*SEMANTICS["exact"], "--regex", regex, "--alphabet", "01")
    found = verify(tmp_path, network, *arguments)
    assert (found.code, found.report["joint_states"]) == (0, 4)


def test_a_class_is_part_of_the_certificate(tmp_path: Path) -> None:
    network = str(EXAMPLES / "reflection.json")
    command = ("verify", "--lrnn", network, "--language", "parity", "--class", "deltanet, extended")
    done = run_here(tmp_path, *command)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "proved")
    written = json.loads((tmp_path / "certificates/reflection/recognizer.json").read_text())
    assert written["properties"] == ["householder"]


def test_a_gate_that_spares_the_erased_part_reaches_minus_1(tmp_path: Path) -> None:
    """g I - b k k^T with g and b in [0, 1]: on 1 it is -1, so parity is recognised."""
    cases = [
        {
            "on": [letter],
            "A": {"kind": "diagonal-plus-rank-one", "w": [g], "k": [2], "a": [1], "c": b},
            "B": [0],
        }
        for letter, g, b in (("0", 1, 0), ("1", 0, 1))
    ]
    table = [{"state": [1], "output": True}, {"state": [-1], "output": False}]
    layer = {"initial": [1], "cases": cases, "readout": {"kind": "states", "table": table}}
    (tmp_path / "gate.json").write_text(json.dumps({"alphabet": ["0", "1"], "layers": [layer]}))
    command = ("verify", "--lrnn", "gate.json", "--language", "parity", "--class")
    done = run_here(tmp_path, *command, "comba, as released")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "proved")
    written = json.loads((tmp_path / "certificates/gate/recognizer.json").read_text())
    assert written["properties"] == ["scalar-plus-rank-one"]
    said = run_here(tmp_path, *command, "gated-deltanet, as released").stderr
    assert "does not lie in the class gated-householder-nonnegative" in said


def test_a_network_outside_the_class_is_bad_input(tmp_path: Path) -> None:
    network = str(EXAMPLES / "reflection.json")
    command = ("verify", "--lrnn", network, "--language", "parity", "--class")
    said = run_here(tmp_path, *command, "deltanet, as released")
    assert said.exit_code == 2
    assert "does not lie in the class householder-nonnegative: layer 1, on 1: beta" in said.stderr
    assert "has no exact networks" in run_here(tmp_path, *command, "lstm").stderr
    assert "model class 'nonsense'" in run_here(tmp_path, *command, "nonsense").stderr
