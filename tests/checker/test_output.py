"""A verdict that cannot be written is no verdict: its exit code is none of theirs."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.broken_streams import broken_stream
from helpers.certificate_rejections import INVALID
from helpers.certificate_samples import SAMPLE_MAKERS, load_checker, to_bytes
from helpers.lone_checker import copy_checker

checker = load_checker()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "valid.json").write_bytes(to_bytes(SAMPLE_MAKERS["recognizer-parity-scalar"]()))
    (tmp_path / "invalid.json").write_bytes(to_bytes(INVALID[0].build()))
    copy_checker(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["valid", "invalid"])
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (errno.ENOSPC, 74, "cannot write the verdicts: [Errno 28] No space left on device\n"),
        (errno.EPIPE, 141, ""),
    ],
)
def test_an_output_that_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, code: int, said: str
) -> None:
    errors = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["checker", str(folder / f"{name}.json")])
    monkeypatch.setattr(sys, "stdout", broken_stream(number))
    monkeypatch.setattr(sys, "stderr", errors)
    assert checker.protected_main() == code
    assert errors.getvalue() == said


def test_reasons_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["checker", str(folder / "invalid.json")])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", broken_stream())
    assert checker.protected_main() == 74


@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        (">&-", 74, "cannot write the verdicts: standard output is closed\n"),
        ("2>&-", 1, ""),
        (">&- 2>&-", 74, ""),
    ],
)
def test_closed_from_the_start(folder: Path, redirected: str, code: int, said: str) -> None:
    shell = f"'{sys.executable}' -I checker invalid.json {redirected}"
    answer = subprocess.run(shell, shell=True, cwd=folder, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (code, said)


def test_a_pipe_without_a_reader(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-I", "checker", "invalid.json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141
