"""`verify --claim parity-needs-negative-eigs` as its user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from helpers.command_line import Answer, command, environment

from monoscan.proofs_check.claim import get_claim
from monoscan.proofs_check.exit_codes import CLOSED_PIPE

CLAIM = "parity-needs-negative-eigs"
VERIFY = ("verify", "--claim", CLAIM)
ROW = {
    "key",
    "semantics",
    "class",
    "statement",
    "status",
    "expected",
    "lemma",
    "formal",
    "evidence",
    "witness",
    "problem",
    "seconds",
    "certificates",
}
REPORT = {
    "claim",
    "statement",
    "sources",
    "provenance",
    "tags",
    "errata",
    "rows",
    "seconds",
    "recheck",
    "exit_code",
}


def test_the_console_scripts_are_these_entry_points() -> None:
    scripts = {script.name: script.value for script in entry_points(group="console_scripts")}
    assert scripts["verify"] == "monoscan.cli.app:verify_main"
    assert scripts["monoscan"] == "monoscan.cli.app:main"


# At the end of the run, writes down which modules it has loaded.
LISTING_MODULES = """
import atexit, pathlib, sys
atexit.register(lambda: pathlib.Path("modules").write_text(" ".join(sys.modules)))
from monoscan.cli.app import verify_main
verify_main()
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, Path]:
    """One run without options, and the folder in which it ran."""
    folder, stand_ins = tmp_path_factory.mktemp("claim"), tmp_path_factory.mktemp("path")
    for name in ("torch", "sympy"):  # so that a test means something where they are not installed
        (stand_ins / f"{name}.py").touch()
    answer = subprocess.run(
        [sys.executable, "-c", LISTING_MODULES, "--claim", CLAIM],
        cwd=folder,
        env=environment(PYTHONPATH=str(stand_ins)),
        capture_output=True,
        text=True,
        timeout=600,
    )
    return answer, folder


def test_no_torch_and_no_sympy(printed: tuple[Answer, Path]) -> None:
    _, folder = printed
    names = (folder / "modules").read_text(encoding="utf-8").split()
    loaded = {name.split(".")[0] for name in names}
    assert {"monoscan", "numpy", "typer"} <= loaded
    assert loaded & {"torch", "sympy", "triton"} == set()


def test_a_person_reads_every_row(printed: tuple[Answer, Path]) -> None:
    answer, _ = printed
    rows = "|".join(re.escape(row.key) for row in get_claim(CLAIM).rows)
    assert answer.returncode == 0, answer.stderr
    assert re.fullmatch(f"(({rows}|the independent checker)\n)*", answer.stderr)  # if it was slow
    assert "\x1b" not in answer.stdout
    words = answer.stdout.split()
    assert CLAIM in words
    for status, count in (
        ("proved", 8),
        ("proved (formal)", 4),
        ("refuted", 4),
    ):
        assert f"{count} {status}" in answer.stdout
    for lemma in ("sign-lemma", "psd-lemma", "monotone-rounding"):
        assert f"docs/lemmas/{lemma}.md" in answer.stdout


def test_certificates_are_in_the_default_folder(printed: tuple[Answer, Path]) -> None:
    answer, folder = printed
    files = list((folder / "certificates" / CLAIM).iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["certificates", "modules"]
    assert len(files) == 34
    assert all(path.suffix == ".json" and path.stat().st_mode & 0o444 == 0o444 for path in files)
    assert f"34 certificates in certificates/{CLAIM}: 4 incomplete, 30 valid" in answer.stdout


def test_the_printed_command_checks_again(printed: tuple[Answer, Path]) -> None:
    answer, folder = printed
    again = answer.stdout.splitlines()[-1].strip()
    assert again.startswith("python -I ")
    shell = subprocess.run(
        again.replace("python", sys.executable, 1),
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert shell.returncode == 3
    assert len(shell.stdout.splitlines()) == 34


def pipeline(folder: Path, arguments: tuple[str, ...], reader: str) -> tuple[int, int, str, str]:
    """`command | reader`: both exit codes, and what is printed by the reader and the command."""
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        read = subprocess.run(
            reader, shell=True, stdin=process.stdout, capture_output=True, text=True, timeout=600
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    return process.returncode, read.returncode, read.stdout, errors


def test_json_through_a_pipe(tmp_path: Path) -> None:
    options = ("--certificates", str(tmp_path / "a b"), "--seed", "7", "--strict", "--json")
    reader = f"{sys.executable} -m json.tool"
    code, read, shown, errors = pipeline(tmp_path, (*VERIFY, *options), reader)
    assert (read, errors) == (0, "")
    report = json.loads(shown)
    assert code == report["exit_code"] == 0  # strictly: no row is conditional
    assert set(report) == REPORT
    assert report["claim"] == CLAIM
    for row in report["rows"]:
        assert set(row) == ROW
        assert row["status"] == row["expected"]
        assert row["problem"] is None
        assert (row["lemma"] is not None) == (row["status"] in ("conditional", "proved (formal)"))
        assert bool(row["witness"]) == (row["status"] == "refuted")
        for certificate in row["certificates"]:
            assert set(certificate) == {"file", "verdict", "reason", "basis"}
            assert Path(certificate["file"]).parent == tmp_path / "a b" / CLAIM
            accepted = "incomplete" if row["lemma"] else "valid"
            assert certificate["verdict"] == accepted
            assert (row["lemma"] or "") in certificate["reason"]
    assert any("seed 7" in row["evidence"] for row in report["rows"])
    again = report["recheck"].replace("python", sys.executable, 1)
    shell = subprocess.run(again, shell=True, cwd="/", capture_output=True, text=True)
    assert (shell.returncode, len(shell.stdout.splitlines())) == (3, 34)


@pytest.mark.parametrize("reader", ["head -1", "true"])
@pytest.mark.parametrize(
    "arguments", [("monoscan", "list", "languages"), ("monoscan", "show", CLAIM, "--json")]
)
def test_a_reader_that_goes_away(tmp_path: Path, arguments: tuple[str, ...], reader: str) -> None:
    code, read, shown, errors = pipeline(tmp_path, arguments, reader)
    assert (read, errors) == (0, "")
    assert code in (0, CLOSED_PIPE)  # 0: finished before the reader left
    assert len(shown.splitlines()) == (1 if reader == "head -1" else 0)


def test_a_reader_that_goes_away_from_a_claim(tmp_path: Path) -> None:
    code, read, _, errors = pipeline(tmp_path, VERIFY, "true")
    assert (code, read, errors) == (CLOSED_PIPE, 0, "")
