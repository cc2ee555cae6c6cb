"""`monoscan compile`, and `monoscan evaluate` of what it writes."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest
from helpers.command_line import besides_language, fails, run, run_here, write
from typer.main import get_command

from monoscan.automata import get_language
from monoscan.cli.commands import command_app
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.lrnn_json import lrnn_to_json

S3 = ("compile", "--language", "s3", "--class", "deltaproduct-2 [-1,1]", "-o", "s3.model")
X = ("-o", "x")
REFUSED = ("--language", "s3", "--class", "dense", "--layer", "diagonal", "--depth", "1")
SHORT = ("--check-length", "300", "--check-words", "2")
DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLES = DOCS / "examples"


def test_a_language_and_a_class(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", *S3, *SHORT)
    assert answer.exit_code == 0, answer.stderr
    text = " ".join(answer.stdout.split())
    assert "sn-one-layer: Siems et al., arXiv 2502.10297, Theorem 3 (i)" in text
    assert (
        "layer 1: deltaproduct [-1,1] (householder-product-2), n_h = 2, width 9 in 3 heads of 3, "
        "6 symbols" in text
    )
    assert "weights exact in bf16, fp32" in text
    assert "2 words of 300 letters (fp32, kernels: auto): every answer right" in text
    assert "written to s3.model" in text
    assert (tmp_path / "s3.model").is_file()


def test_as_json(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", *S3, *SHORT, "--precision", "fp64", "--json")
    value = json.loads(answer.stdout)
    assert value["origin"]["construction"] == "sn-one-layer"
    assert value["layers"][0]["n_h"] == 2
    assert value["check"]["wrong_answers"] == 0
    assert value["check"]["precision"] == "fp64"
    assert value["check"]["layers"][0]["step_error"] < 1e-14


def test_weights_that_are_exact(tmp_path: Path) -> None:
    asked = ("--language", "parity", "--class", "rwkv-7, c = 2", "-o", "parity.model")
    answer = run_here(tmp_path, "monoscan", "compile", *asked, *SHORT, "--precision", "bf16")
    assert answer.exit_code == 0
    assert "weights exact in bf16, fp32" in answer.stdout
    text = " ".join(answer.stdout.split())
    assert "a step from any state has no error in bf16, so nothing adds up" in text


def test_without_a_check(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", *S3, "--check-length", "0")
    assert answer.exit_code == 0
    assert "check:" not in answer.stdout
    value = json.loads(run_here(tmp_path, "monoscan", *S3, "--check-length", "0", "--json").stdout)
    assert value["check"] is None


def test_wrong_answers_are_told(tmp_path: Path) -> None:
    asked = ("--language", "a5-involutions", "--class", "householder", "-o", "a5.model")
    answer = run_here(
        tmp_path, "monoscan", "compile", *asked, "--check-length", "5000", "--precision", "bf16"
    )
    assert answer.exit_code == 1
    assert "wrong answers in" in answer.stdout
    assert "the first one after" in answer.stdout
    assert (tmp_path / "a5.model").is_file()


def test_a_network_file(tmp_path: Path) -> None:
    lrnn = get_construction("right-regular-band").build(get_language("flip-flop").build())
    write(tmp_path / "net.json", lrnn_to_json(lrnn))
    asked = ("compile", "--lrnn", "net.json", "-o", "net.model", *SHORT)
    answer = run_here(tmp_path, "monoscan", *asked)
    assert answer.exit_code == 0, answer.stderr
    assert "layer 1: diagonal [0,1]" in answer.stdout
    answer = run_here(tmp_path, "monoscan", *asked, "--layer", "gated-deltanet")
    assert "layer 1: gated_deltanet [0,1]" in answer.stdout


def test_a_network_that_always_answers_the_same(tmp_path: Path) -> None:
    # The mirror of a vector with a length that is rounded, and one answer for both states.
    mirror = {"kind": "householder", "v": [1, 2], "beta": 2}
    states = [[1, 0], ["3/5", "-4/5"]]
    network = {
        "alphabet": ["a"],
        "layers": [
            {
                "initial": [1, 0],
                "cases": [{"on": ["a"], "A": mirror, "B": [0, 0]}],
                "readout": {
                    "kind": "states",
                    "table": [{"state": state, "output": True} for state in states],
                },
            }
        ],
    }
    write(tmp_path / "net.json", network)
    asked = ("compile", "--lrnn", "net.json", "-o", "net.model", *SHORT)
    answer = run_here(tmp_path, "monoscan", *asked)
    assert answer.exit_code == 0, answer.stderr
    assert "and the report is always the same" in answer.stdout
    answer = run_here(tmp_path, "monoscan", *asked, "--json")
    value = json.loads(answer.stdout, parse_constant=lambda text: pytest.fail(text))
    assert value["check"]["layers"][0]["gap"] is None


def test_a_construction_by_name(tmp_path: Path) -> None:
    asked = ("--language", "s3", "--construction", "pd-ssm-n-states", "--layer", "pd_ssm")
    answer = run_here(tmp_path, "monoscan", "compile", *asked, "-o", "s3.model", *SHORT)
    assert answer.exit_code == 0
    assert "layer 1: pd_ssm complex" in answer.stdout


def test_evaluating_what_was_compiled(tmp_path: Path) -> None:
    run_here(tmp_path, "monoscan", *S3, "--check-length", "0")
    asked = ("evaluate", "s3.model", "--lengths", "8,500", "--words", "20")
    answer = run_here(tmp_path, "monoscan", *asked)
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout.split()[:3] == ["length", "8", "500"]
    assert "the same in every row: answers right 100.0%" in answer.stdout


@pytest.mark.slow
def test_in_a_process(tmp_path: Path) -> None:
    answer = run(tmp_path, "monoscan", *S3, *SHORT)
    assert (answer.returncode, besides_language(answer.stderr)) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--language", "s3", "--class", "deltanet"), "say where the network goes: -o FILE"),
        (
            ("--language", "s3", "-o", "x"),
            "give --lrnn FILE, or a language with either --architecture",
        ),
        (("--class", "deltanet", "-o", "x"), "say which language"),
        (("--language", "s33", "--class", "deltanet", "-o", "x"), "it must be from 3 to 6"),
        (
            ("--language", "s3", "--class", "deltanett", "-o", "x"),
            "there is no architecture or model class",
        ),
        (("--lrnn", "absent.json", "-o", "x"), "absent.json: No such file"),
        (("--lrnn", "a.json", "--class", "deltanet", "-o", "x"), "--lrnn FILE is the whole netw"),
        ((*S3[1:], "--precision", "fp8"), "unknown precision 'fp8'; expected fp32, bf16, fp64"),
        ((*S3[1:], "--backend", "fast"), "unknown backend 'fast'; expected auto, reference"),
        ((*S3[1:], "--backend", "triton"), "backend 'triton' cannot run: "),
        ((*S3[1:], "--backend", "triton"), "s3.model is written but not checked: choose another"),
        ((*S3[1:], "--seed", "-1"), "--seed -1: expected a whole number"),
        ((*S3[1:], "--layer", "gru"), "the layer 'gru' cannot be compiled to; expected diagonal"),
        (
            (*S3[1:], "--layer", "deltanet", "--depth", "1"),
            "factors in a head; this layer has one a token",
        ),
        ((*S3[1:], "--check-length", "-1"), "--check-length -1: expected a whole number"),
        ((*S3[1:], "--check-words", "0"), "--check-words 0: expected a whole number"),
        (
            (
                "--language",
                "s3",
                "--construction",
                "dihedral-one-layer",
                "--layer",
                "dense",
                "-o",
                "x",
            ),
            "divides each column by its 1.2-norm, so it must be 1 (or the column 0); another con",
        ),
        (
            (*REFUSED, *X),
            "the layers hold no network of this class; another layer may fit\n  sn-one-layer",
        ),
        (
            ("--language", "s3", "--class", "triangular-complex", "-o", "x"),
            "no layer has the matrices of the class triangular-complex",
        ),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    message = fails(tmp_path, "monoscan", "compile", *arguments)
    assert said in message
    assert "error: absent.json: absent.json" not in message


def test_words_that_do_not_fit(tmp_path: Path) -> None:
    many = ("--check-length", "1000000000", "--check-words", "1000000000000")
    message = fails(tmp_path, "monoscan", *S3, *many, code=4)
    assert "out of memory with 1000000000000 words of length 1000000000" in message


@pytest.mark.parametrize(
    ("language", "construction"), [("s3", "sn-one-layer"), ("count-mod-5", "sn-one-layer")]
)
def test_constructions_are_tried_in_turn(tmp_path: Path, language: str, construction: str) -> None:
    """The first for count-mod-5 rotates the plane; columns of a dense layer have the 1.2-norm 1."""
    asked = ("compile", "--language", language, "--class", "dense", "-o", "x.model")
    answer = run_here(tmp_path, "monoscan", *asked, *SHORT, "--json")
    assert answer.exit_code == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert found["origin"]["construction"] == construction
    assert {layer["layer"] for layer in found["layers"]} == {"dense"}
    assert found["check"]["wrong_answers"] == 0
    assert (tmp_path / "x.model").exists()


def test_every_reason_is_told_once(tmp_path: Path) -> None:
    first, *reasons = fails(tmp_path, "monoscan", "compile", *REFUSED, *X).splitlines()
    assert "the layers hold no network" in first
    said = [reason.partition(": ")[2] for reason in reasons]
    assert len(said) == len(set(said)) >= 2
    names = [name for reason in reasons for name in reason.partition(": ")[0].split(", ")]
    assert len(names) == len(set(names)) >= len(said)
    assert not (tmp_path / "x").exists()


def test_no_network_and_unknown(tmp_path: Path) -> None:
    asked = ("compile", "--language", "s3", "--class", "diagonal-real", "-o", "x")
    assert "no network recognises this language" in fails(tmp_path, "monoscan", *asked, code=1)


def test_more_states_than_can_be_listed(tmp_path: Path) -> None:
    asked = ("compile", "--lrnn", str(EXAMPLES / "fading-memory.json"), "-o", "x")
    said = fails(tmp_path, "monoscan", *asked)
    assert "too many states to read them off" in said
    assert "If words lead to infinitely many, as they may here, no list holds them" in said


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "afile").touch()
    asked = ("compile", "--lrnn", str(EXAMPLES / "reflection.json"), "-o", "afile/m")
    said = fails(tmp_path, "monoscan", *asked, "--check-length", "0")
    assert said.startswith("error: cannot write afile/m: Not a directory")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    message = fails(tmp_path, "monoscan", *S3[:-1], "file/s3.model")
    assert "cannot write file/s3.model" in message


def test_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "x.model").write_text("no tensors")
    assert "cannot be read" in fails(tmp_path, "monoscan", "evaluate", "x.model")


def test_without_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "torch" else find(name)
    )
    message = fails(tmp_path, "monoscan", *S3)
    assert "monoscan compile needs torch; install them with pip install" in message


def test_the_page_says_what_there_is(tmp_path: Path) -> None:
    page = (DOCS / "compile.md").read_text(encoding="utf-8")
    known = {"--lrnn"}
    for name in ("compile", "evaluate"):
        params = get_command(command_app(name)).params
        known |= {opt for p in params for opt in (*p.opts, *p.secondary_opts)}
    assert set(re.findall("--[a-z-]+[a-z]", page)) <= known
    parity = get_construction("scalar-parity").build(get_language("parity").build())
    write(tmp_path / "network.json", lrnn_to_json(parity))
    for line in re.findall(r"^    monoscan (.*)$", page, re.MULTILINE):
        short = SHORT if line.startswith("compile") else ("--words", "5", "--worst-letters", "99")
        assert run_here(tmp_path, "monoscan", *shlex.split(line), *short).exit_code == 0, line


@pytest.mark.slow
def test_the_page_prints_what_python_does() -> None:
    assert doctest.testfile(str(DOCS / "compile.md"), module_relative=False).failed == 0
