"""A command that fails ends with one line and an exit code that is no verdict."""

from __future__ import annotations

import errno
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from helpers.broken_streams import broken_stream
from helpers.command_line import besides_language, command, environment, scalar, write

from monoscan.cli import app, commands
from monoscan.cli.commands import COMMANDS
from monoscan.proofs_check.exit_codes import CLOSED_PIPE, INTERNAL_ERROR, NOT_WRITTEN

VERDICTS = (0, 1, 3, 4)
FULL = "error: cannot write to standard output: No space left on device\n"


class Ending(NamedTuple):
    code: int
    output: str
    errors: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ending]:
    """Runs an entry point in this process: on these arguments, with this standard output."""

    def ended(
        program: str,
        *arguments: str,
        stdout: io.TextIOWrapper | None = None,
        stderr: io.TextIOWrapper | None = None,
        encoding: str = "utf-8",
    ) -> Ending:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        monkeypatch.setattr(sys, "argv", [program, *arguments])
        monkeypatch.setattr(sys, "stdout", stdout or streams[0])
        monkeypatch.setattr(sys, "stderr", stderr or streams[1])
        code = app.exit_code(verify_only=program == "verify")
        sys.stdout.flush()
        sys.stderr.flush()
        said = [stream.buffer.getvalue().decode(encoding) for stream in streams]
        return Ending(code, *said)

    return ended


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], None]], None]:
    """Puts a function without options in the place of a command."""

    def put(name: str, function: Callable[[], None]) -> None:
        module = "catalogue" if name in ("list", "show") else name
        real = commands.import_module(f"monoscan.cli.{module}")
        monkeypatch.setattr(real, f"{name}_command", function)

    return put


def programs(name: str) -> list[tuple[str, ...]]:
    """The command lines that reach a command."""
    return [("monoscan", name), *([("verify",)] if name == "verify" else [])]


def raising(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def refuted() -> None:
    """A verdict, with the answer that says so."""
    sys.stdout.write("refuted\n")
    raise typer.Exit(1)


# --------------------------------------------------------------------------- every command

FAILURES = (
    RecursionError("maximum recursion depth exceeded"),
    ValueError("a reason\nand its details"),
    AssertionError(),
    ImportError("libgomp.so.1: cannot open shared object file"),
    EOFError("Ran out of input"),
    BrokenPipeError(errno.EPIPE, "Broken pipe"),  # of something else than standard output
    OSError(errno.ENOSPC, "No space left on device"),
    KeyError("x"),
    GeneratorExit("outside of any generator"),
)


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_crash(run: Any, instead: Any, name: str, error: BaseException) -> None:
    instead(name, raising(error))
    for program in programs(name):
        code, output, errors = run(*program)
        assert (code, output) == (INTERNAL_ERROR, "")
        assert code not in VERDICTS
        assert errors.startswith("error: monoscan itself failed, which says nothing about the")
        assert f"({type(error).__name__}: " in errors
        assert "MONOSCAN_TRACEBACK=1" in errors
        assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_out_of_memory(run: Any, instead: Any, name: str) -> None:
    instead(name, raising(MemoryError("Unable to allocate 9 TiB")))
    for program in programs(name):
        code, output, errors = run(*program)
        assert (code, output) == (INTERNAL_ERROR, "")
        assert errors.startswith("error: out of memory, which says nothing about the question (Mem")
        assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "ending"), [(errno.ENOSPC, (NOT_WRITTEN, FULL)), (errno.EPIPE, (CLOSED_PIPE, ""))]
)
@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_that_cannot_be_written(
    run: Any, instead: Any, name: str, number: int, ending: tuple[int, str]
) -> None:
    for program in programs(name):  # their help is an answer, too
        code, _, errors = run(*program, "--help", stdout=broken_stream(number))
        assert (code, errors) == ending
        assert code not in VERDICTS
    instead(name, refuted)
    for program in programs(name):
        assert run(*program) == (1, "refuted\n", "")
        code, _, errors = run(*program, stdout=broken_stream(number))
        assert (code, errors) == ending


@pytest.mark.parametrize("name", COMMANDS)
def test_an_ascii_terminal(run: Any, instead: Any, name: str) -> None:
    def answer() -> None:
        sys.stdout.write("ε ≤ \udcff 🎲\n")
        sys.stderr.write("ε\n")

    assert run("monoscan", name, "--help", encoding="ascii").code == 0
    instead(name, answer)
    for program in programs(name):
        escaped = "\\u03b5 \\u2264 \\udcff \\U0001f3b2\n"
        assert run(*program, encoding="ascii") == (0, escaped, "\\u03b5\n")


# --------------------------------------------------------------------------- what is particular


def test_errors_that_cannot_be_written_change_nothing(run: Any, instead: Any) -> None:
    assert run("monoscan", "list", "no-such-kind", stderr=broken_stream()).code == 2
    assert run("monoscan", "no-such-command", stderr=broken_stream()).code == 2
    instead("list", raising(ValueError()))
    assert run("monoscan", "list", stderr=broken_stream()).code == INTERNAL_ERROR


def test_the_traceback_is_to_be_had(run: Any, instead: Any, monkeypatch: Any) -> None:
    instead("list", raising(ZeroDivisionError("division by zero")))
    assert "Traceback" not in run("monoscan", "list").errors
    monkeypatch.setenv(app.TRACEBACK, "1")
    shown = run("monoscan", "list").errors
    assert shown.startswith("Traceback (most recent call last):\n")
    assert "in fail\n" in shown
    assert shown.splitlines()[-1].startswith("error: monoscan itself failed")


def test_a_long_message_is_cut(run: Any, instead: Any) -> None:
    instead("list", raising(ValueError("x" * 10_000)))
    assert len(run("monoscan", "list").errors) < 500


def test_a_command_that_cannot_be_imported(run: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "monoscan.cli.catalogue", None)
    code, output, errors = run("monoscan", "list")
    assert (code, output) == (INTERNAL_ERROR, "")
    assert "(ModuleNotFoundError: import of monoscan.cli.catalogue halted" in errors


def test_json_is_ascii(run: Any) -> None:
    code, output, errors = run("monoscan", "show", "s3", "--json", encoding="ascii")
    assert (code, errors) == (0, "")
    assert "\u03b5 -> ()" in json.loads(output)["examples"][0]


# --------------------------------------------------------------------------- in a shell


def in_a_shell(folder: Path, redirected: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        f"{shlex.join(command(*arguments))} {redirected}",
        shell=True,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
    )


@pytest.fixture
def refuting(tmp_path: Path) -> tuple[str, ...]:
    """A command whose answer is `refuted`."""
    write(tmp_path / "net.json", scalar(("1/2", "1")))
    return ("verify", "--lrnn", "net.json", "--language", "parity")


@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        ("", 1, ""),
        (">&-", 74, "error: cannot write to standard output: Bad file descriptor\n"),
        ("2>&-", 1, ""),
        (">&- 2>&-", 74, ""),
        ("<&- >&- 2>&-", 74, ""),
    ],
)
def test_closed_from_the_start(
    tmp_path: Path, refuting: tuple[str, ...], redirected: str, code: int, said: str
) -> None:
    answer = in_a_shell(tmp_path, redirected, *refuting)
    assert (answer.returncode, besides_language(answer.stderr)) == (code, said)
    # No file that was opened meanwhile became standard output.
    for path in (tmp_path / "certificates").rglob("*.json"):
        assert json.loads(path.read_text())["monoscan"] == "certificate"


def test_no_second_failure_at_exit(tmp_path: Path, refuting: tuple[str, ...]) -> None:
    """The interpreter flushes once more, and would end with 120 and a text of its own."""
    with subprocess.Popen(
        command(*refuting),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert besides_language(process.stderr.read().decode()) == ""
    assert process.returncode == CLOSED_PIPE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk(tmp_path: Path, refuting: tuple[str, ...]) -> None:
    for arguments in (refuting, (*refuting, "--json")):
        answer = in_a_shell(tmp_path, "> /dev/full", *arguments)
        assert (answer.returncode, besides_language(answer.stderr)) == (NOT_WRITTEN, FULL)
