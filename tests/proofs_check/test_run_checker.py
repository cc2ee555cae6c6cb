"""What the checker says reaches the report, each verdict with its own file, or is missed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import certificate_samples as samples
from helpers.certificate_rejections import INVALID, MALFORMED

from monoscan.proofs_check import run_checker as module
from monoscan.proofs_check.run_checker import (
    CHECKER,
    Checker,
    Verdict,
    checker_command,
    iterate_checker,
    read_answers,
    run_checker,
)

FILES = {
    "valid": samples.parity_scalar(),
    "incomplete": samples.SAMPLE_MAKERS["obstruction-exact"](),
    "invalid": INVALID[0].build(),
    "malformed": MALFORMED[0].build(),
}


def write(path: Path, verdict: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(samples.to_bytes(FILES[verdict]))
    return path


def test_each_file_gets_its_own_verdict_and_reason(tmp_path: Path) -> None:
    # The name of the second file ends with the whole of the first, and the third is not there.
    paths = [
        write(tmp_path / "a.json", "invalid"),
        write(tmp_path / str(tmp_path / "a.json")[1:], "incomplete"),
        tmp_path / "absent.json",
        write(tmp_path / "b.json", "valid"),
        write(tmp_path / "c.json", "malformed"),
    ]
    results = run_checker(paths)
    assert [result.path for result in results] == paths
    assert [result.verdict.value for result in results] == [
        "invalid",
        "incomplete",
        "malformed",
        "valid",
        "malformed",
    ]
    for result in results:
        expected = "" if result.verdict is Verdict.VALID else f"{result.path}: "
        assert result.reason.startswith(expected)
        assert bool(result.reason) == bool(expected)
        assert "\n" not in result.reason
    assert "cannot read the file" in results[2].reason


def test_a_file_that_takes_too_long_does_not_stop_the_others(tmp_path: Path) -> None:
    endless = tmp_path / "endless.json"
    os.mkfifo(endless)  # the checker waits for a writer
    paths = [
        write(tmp_path / "a.json", "invalid"),
        endless,
        write(tmp_path / "b.json", "incomplete"),
    ]
    results = run_checker([*paths, endless.with_name("absent.json")], time_limit=5)
    verdicts = [result.verdict.value for result in results]
    assert verdicts == ["invalid", "time-limit", "incomplete", "malformed"]
    assert results[1].reason == f"{endless}: the checker gave no answer within 5 seconds"
    assert all(result.reason.startswith(f"{result.path}: ") for result in results)
    with pytest.raises(OSError, match="No such device"):  # nobody waits any longer
        os.open(endless, os.O_WRONLY | os.O_NONBLOCK)


def test_an_answer_comes_before_the_next_file_is_done(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.json")
    paths = [write(tmp_path / "a.json", "valid"), write(tmp_path / "b.json", "invalid")]
    results = iterate_checker([*paths, tmp_path / "endless.json"])
    assert next(results).verdict is Verdict.VALID
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="No such device"):
        os.open(tmp_path / "endless.json", os.O_WRONLY | os.O_NONBLOCK)


def test_files_are_given_while_the_checker_works(tmp_path: Path) -> None:
    with Checker() as checker:
        found = []
        for number, verdict in enumerate(["valid", "invalid", "incomplete"]):
            checker.submit(write(tmp_path / f"{number}.json", verdict))
            while len(found) < number:  # the last one may still miss its reason
                found += checker.answers()
        assert [result.verdict.value for result in found] == ["valid", "invalid"]
        assert [result.verdict.value for result in checker.rest()] == ["incomplete"]
        assert list(checker.rest()) == []


def test_what_is_not_answered_in_time_is_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.json")
    with Checker() as checker:
        checker.submit(tmp_path / "endless.json")
        assert list(checker.rest(patience=0.1)) == []
    with pytest.raises(OSError, match="No such device"):  # nobody waits any longer
        os.open(tmp_path / "endless.json", os.O_WRONLY | os.O_NONBLOCK)


def test_more_names_than_a_pipe_holds_do_not_stop_the_command(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.json")
    absent = [tmp_path / ("x" * 200) / f"{number}.json" for number in range(500)]
    results = run_checker([tmp_path / "endless.json", *absent], time_limit=1)
    assert [result.verdict.value for result in results] == ["time-limit"] + ["malformed"] * 500


def test_no_file_needs_no_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    assert run_checker([]) == ()


@pytest.mark.parametrize(
    "name",
    ["two words", "naïve ☃", "tab\there", "line\nbreak", "return\rhere", "-rf", "a\udcffb", "x: y"],
)
def test_strange_names(tmp_path: Path, name: str) -> None:
    paths = [
        write(tmp_path / name / "a.json", "incomplete"),
        write(tmp_path / f"{name}.json", "valid"),
        write(tmp_path / name / "b.json", "invalid"),
    ]
    results = run_checker(paths)
    assert [result.verdict.value for result in results] == ["incomplete", "valid", "invalid"]
    assert [bool(result.reason) for result in results] == [True, False, True]


PATHS = [Path("a.json"), Path("b.json")]


@pytest.mark.parametrize(
    ("output", "verdicts"),
    [
        ("valid\tx\ta.json\tby\nvalid\tx\tb.json\tby\n", ["valid", "valid"]),
        ("", ["no-answer", "no-answer"]),
        ("valid\tx\ta.json\tby\n", ["valid", "no-answer"]),
        ("valid\tx\ta.json\tby\nvalid\tx\tb.json\tby", ["valid", "no-answer"]),
        ("valid\tx\ta.json\nvalid\tx\tb.json\tby\n", ["no-answer", "no-answer"]),
        ("valid\tx\tb.json\tby\nvalid\tx\ta.json\tby\n", ["no-answer", "no-answer"]),
        ("valid\tx\tb.json\tby\n", ["no-answer", "no-answer"]),
        ("fine\tx\ta.json\tby\nvalid\tx\tb.json\tby\n", ["no-answer", "no-answer"]),
        ("no-answer\tx\ta.json\tby\n", ["no-answer", "no-answer"]),
        ("time-limit\tx\ta.json\tby\n", ["no-answer", "no-answer"]),
        ("valid a.json\tby\nvalid\tx\tb.json\tby\n", ["no-answer", "no-answer"]),
        ("invalid\tx\ta.json\tby\nvalid\tx\tb.json\tby\n", ["invalid", "valid"]),
        ("valid\tx\taXjson\tby\n", ["no-answer", "no-answer"]),
        (" valid\tx\ta.json\tby\n", ["no-answer", "no-answer"]),
    ],
)
def test_what_is_not_said_about_a_file_is_no_answer(output: str, verdicts: list[str]) -> None:
    results = read_answers(PATHS, output, "one\ntwo\nthree\nfour\n")
    assert [result.verdict.value for result in results] == verdicts
    for result in results:
        if result.verdict is Verdict.NO_ANSWER:
            assert result.reason == f"{result.path}: no answer of the checker: two\nthree\nfour"


def test_silence_is_named() -> None:
    (result,) = read_answers([Path("a")], "", "")
    assert result.reason == "a: no answer of the checker: it printed nothing about this file"


@pytest.mark.parametrize("program", ["raise SystemExit(0)", "import os; os.abort()", "1 / 0"])
def test_a_checker_that_dies_accepts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    (tmp_path / "check.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(module, "CHECKER", tmp_path / "check.py")
    results = run_checker([write(tmp_path / "a.json", "valid")])
    assert [result.verdict for result in results] == [Verdict.NO_ANSWER]


def test_the_command_checks_again(tmp_path: Path) -> None:
    path = write(tmp_path / "two words'.json", "valid")
    command = checker_command([path])
    assert command.startswith(f"python -I {CHECKER} ")
    again = command.replace("python", sys.executable, 1)
    answer = subprocess.run(again, shell=True, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith(f"valid\trecognizer\t{path}\tchecked by ")
