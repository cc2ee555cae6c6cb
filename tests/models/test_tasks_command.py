"""`monoscan train` and `evaluate` on expressions and text, with what cannot be asked."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

SMALL = ("--width", "16", "--heads", "2", "--max-length", "12", "--batch", "8", "--steps", "3")
DELTANET = ("train", "--layer", "deltanet", "--range=-1,1", *SMALL, "-o", "RUN")


def test_expressions(tmp_path: Path) -> None:
    options = (*DELTANET, "--expressions", "5", "--operators=+-", "--json")
    value = json.loads(run_here(tmp_path, "monoscan", *options).stdout)
    assert value["task"] == "expressions modulo 5 with brackets, + -"
    assert list(value["losses"]) == ["1", "3"]
    answer = run_here(tmp_path, "monoscan", "evaluate", "RUN", "--lengths", "20", "--words", "9")
    assert answer.exit_code == 0
    assert answer.stdout.split("\n")[0].split()[-1] == "bits"
    answer = run_here(tmp_path, "monoscan", "spectra", "RUN", "--json")
    words = {spectrum["word"] for spectrum in json.loads(answer.stdout)["spectra"]}
    assert words == {*"01234", *"+-*()="}


def test_expressions_without_brackets(tmp_path: Path) -> None:
    options = (*DELTANET, "--expressions", "3", "--no-brackets")
    answer = run_here(tmp_path, "monoscan", *options)
    assert "training reached length 4; fresh words of length 12" in answer.stdout


def test_text(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", *DELTANET, "--corpus", "stdlib")
    assert "files for validation, in pieces of 12 characters: " in answer.stdout
    assert "bits a character" in answer.stdout
    answer = run_here(tmp_path, "monoscan", *DELTANET, "--corpus", "stdlib", "--json")
    value = json.loads(answer.stdout)
    assert value["task"] == "corpus stdlib"
    assert 4 < value["validation"]["bits"] < 9
    answer = run_here(tmp_path, "monoscan", "evaluate", "RUN", "--lengths", "30", "--words", "9")
    assert answer.exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "say which language: --regex R --alphabet LETTERS, --language ID or --automaton FILE"),
        (
            ("--corpus", "stdlib", "--language", "parity"),
            "give one task: a language, --expressions",
        ),
        (("--corpus", "stdlib", "--expressions", "5"), "give one task: a language, --expressions"),
        (("--corpus", "nowhere"), "there is no folder "),
        (("--corpus", "stdlib", "--targets", "last"), "targets and words belong to a language"),
        (("--expressions", "5", "--words", "balanced"), "targets and words belong to a language"),
        (("--expressions", "1"), "the modulus is 1; expected a number from 2 to 100"),
        (("--expressions", "5", "--operators=/"), "the operators are '/'; expected some of +-*"),
        (
            ("--language", "parity", "--no-brackets"),
            "--operators and --no-brackets belong to --exp",
        ),
        (("--corpus", "stdlib", "--operators=+"), "--operators and --no-brackets belong to --expr"),
        (("--expressions", "5", "--max-length", "1"), "the length is 1; expected at least 2"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_tasks_that_cannot_be(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    assert said in fails(tmp_path, "monoscan", *DELTANET, *options)


def test_the_benchmark_of_one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2])
    options = importlib.import_module("benchmarks._options").Options(only=("s3",))
    row, slowest = importlib.import_module("benchmarks.tasks").run(options)
    assert (row["language"], row["letters"], row["states"]) == ("s3", 6, 6)
    assert slowest["slowest_uniform"] == (row["uniform_Mtok_s"], "s3")
    assert slowest["slowest_balanced"] == (row["balanced_Mtok_s"], "s3")
    assert min(row["uniform_Mtok_s"], row["balanced_Mtok_s"]) > 0
