"""`monoscan check`: the checker's verdicts and exit codes, through the command."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from helpers.certificate_rejections import INVALID, MALFORMED
from helpers.certificate_samples import SAMPLE_MAKERS, Certificate, Json, seal, to_bytes
from helpers.command_line import command, environment, fails, printed_json, run, run_here

VALID = SAMPLE_MAKERS["counterexample-two-words"]()


def text(certificate: Certificate) -> str:
    return to_bytes(certificate).decode()


def edited(**changes: object) -> Certificate:
    return {**VALID, **changes}


def huge() -> Json:
    """The network with an entry of too many digits."""
    lrnn = copy.deepcopy(VALID["lrnn"])
    lrnn["layers"][0]["initial"] = [["9" * 3_000]]
    return lrnn


# Name -> content, verdict, and what the reason says.
FILES: dict[str, tuple[str, str, str]] = {
    "valid": (text(VALID), "valid", ""),
    "incomplete": (text(SAMPLE_MAKERS["obstruction-exact"]()), "incomplete", "sign-lemma"),
    "invalid": (text(INVALID[0].build()), "invalid", ""),
    "malformed": (text(MALFORMED[0].build()), "malformed", ""),
    "truncated": (text(VALID)[:-40], "malformed", "JSON"),
    "empty": ("", "malformed", "JSON"),
    "edited": (text(edited(words=[["1"], ["1"]])), "invalid", "digest"),
    "edited-and-sealed": (text(seal(edited(words=[["1"], ["1"]]))), "invalid", "expected"),
    "duplicate-key": (text(VALID).replace("{", '{"version": "1",', 1), "malformed", "version"),
    "huge-integer": (text(seal(edited(version="9" * 3_000))), "malformed", "version"),
    "huge-rational": (text(seal(edited(lrnn=huge()))), "malformed", "digits"),
    "deep": ("[" * 5_000 + "]" * 5_000, "malformed", "nest"),
    "a-number": (text(edited(version=1)), "malformed", "number"),
    "not-a-certificate": ('{"alphabet": ["0"]}', "malformed", "monoscan"),
}
CODES = {"valid": 0, "invalid": 1, "incomplete": 3, "malformed": 4}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (content, _, _) in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_each_file_gets_a_line(folder: Path) -> None:
    answer = run(folder, "monoscan", "check", *FILES)
    assert answer.returncode == 4
    lines = [line.split("\t") for line in answer.stdout.splitlines()]
    assert {name: verdict for verdict, _, name, _ in lines} == {
        name: verdict for name, (_, verdict, _) in FILES.items()
    }
    for name, (_, verdict, reason) in FILES.items():
        (said,) = [line for line in answer.stderr.splitlines() if line.startswith(f"{name}: ")] or [
            ""
        ]
        assert bool(said) == (verdict != "valid")
        assert reason in said


def test_json_says_the_same(folder: Path) -> None:
    answer = run_here(folder, "monoscan", "check", "--json", *FILES)
    found = json.loads(answer.stdout)
    assert set(found) == {"files", "exit_code"}
    assert found["exit_code"] == answer.exit_code == 4
    assert [entry["file"] for entry in found["files"]] == list(FILES)
    for entry in found["files"]:
        _, verdict, reason = FILES[entry["file"]]
        assert set(entry) == {"file", "verdict", "reason", "basis"}
        assert entry["basis"].startswith("checked by ")
        assert entry["verdict"] == verdict
        assert entry["reason"].startswith(f"{entry['file']}: ") == (verdict != "valid")
        assert reason in entry["reason"]


def test_json_stands_alone_on_standard_output(folder: Path) -> None:
    answer = run(folder, "monoscan", "check", "--json", "valid", "invalid")
    assert (answer.returncode, printed_json(answer)["exit_code"]) == (1, 1)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["valid"], 0),
        (["valid", "incomplete", "valid"], 3),
        (["incomplete", "edited", "valid"], 1),
        (["edited", "truncated", "incomplete"], 4),
    ],
)
def test_the_worst_verdict_is_the_exit_code(folder: Path, names: list[str], code: int) -> None:
    assert run_here(folder, "monoscan", "check", "--json", *names).exit_code == code
    assert code in CODES.values()


@pytest.mark.parametrize(("name", "said"), [("absent", "there is no such file"), (".", "a folder")])
@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_no_such_file(folder: Path, json_: tuple[str, ...], name: str, said: str) -> None:
    found = fails(folder, "monoscan", "check", *json_, "valid", name)
    assert found == f"error: {name}: {said}; give certificate files\n"


def test_the_exit_code_without_json(folder: Path) -> None:
    assert run(folder, "monoscan", "check", "edited").returncode == 1
    assert run(folder, "monoscan", "check", "valid", "incomplete").returncode == 3


@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_the_time_limit_is_an_outcome_of_its_own(folder: Path, json_: tuple[str, ...]) -> None:
    os.mkfifo(folder / "endless")  # the checker waits for a writer
    files = ("invalid", "endless", "valid")
    answer = run_here(folder, "monoscan", "check", "--time-limit", "5", *json_, *files)
    assert answer.exit_code == 4
    if json_:
        verdicts = [entry["verdict"] for entry in json.loads(answer.stdout)["files"]]
    else:
        verdicts = [line.split("\t")[0] for line in answer.stdout.splitlines()]
        said = "endless: the checker gave no answer within 5 seconds"
        assert said in answer.stderr.splitlines()
    assert verdicts == ["invalid", "time-limit", "valid"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the checker in /proc")
def test_a_checker_that_is_killed_is_an_internal_error(folder: Path) -> None:
    os.mkfifo(folder / "endless")  # the checker waits for a writer
    process = subprocess.Popen(
        command("monoscan", "check", "endless"),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process, (folder / "endless").open("wb"):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        os.kill(int(children), signal.SIGKILL)
        output, _ = process.communicate()
    assert output == "no-answer\t-\tendless\n"
    assert process.returncode == 70
