"""Commands are imported when they are used, and the help text says what their own help says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.command_line import command, environment, run_here
from typer.main import get_command

from monoscan import __version__
from monoscan.cli.commands import COMMANDS, EXAMPLES, app, command_app


def modules_after(arguments: list[str]) -> list[str]:
    """What is imported when the command line has been read and the command has ended."""
    code = (
        "import json, sys; from typer.testing import CliRunner; from monoscan.cli.commands import "
        f"app; answer = CliRunner().invoke(app, {arguments!r}); assert answer.exit_code in (0, 2); "
        "print(json.dumps(list(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    return list(json.loads(answer.stdout))


@pytest.mark.parametrize("arguments", [["--help"], ["no-such-command"]])
def test_help_imports_no_command(arguments: list[str]) -> None:
    loaded = modules_after(arguments)
    found = {name for name in loaded if name.startswith("monoscan.cli")}
    light = ("commands", "endings", "errors")
    assert found == {"monoscan.cli", *(f"monoscan.cli.{name}" for name in light)}
    assert "numpy" not in loaded


def test_options_that_are_texts_and_defaults_are_not_converted() -> None:
    assert "pydantic" not in modules_after(["show", "--format", "md", "no-such-thing"])


def test_the_version(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", "--version")
    assert (answer.exit_code, answer.stdout) == (0, f"monoscan {__version__}\n")


def test_what_a_command_imports_is_seen() -> None:
    assert "monoscan.cli.table" in modules_after(["table", "--help"])


def test_verify_imports_neither_constructions_nor_tables() -> None:
    loaded = modules_after(["verify", "--help"])
    assert "monoscan.cli.verify" in loaded
    foreign = ("monoscan.theory.constructions", "monoscan.report", "matplotlib", "sympy", "torch")
    assert [name for name in loaded if name.startswith(foreign)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_is_the_first_of_the_command(name: str) -> None:
    own = get_command(command_app(name)).help
    assert own is not None
    assert COMMANDS[name] == " ".join(own.split("\n\n")[0].split())


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_there_are(tmp_path: Path, name: str) -> None:
    params = get_command(command_app(name)).params
    known = {option for parameter in params for option in parameter.opts}
    shown = " ".join(run_here(tmp_path, "monoscan", name, "--help").stdout.split())
    for example in EXAMPLES[name]:
        assert " ".join(example.split()) in shown
        assert example.split()[0] == name
        options = {word.split("=")[0] for word in example.split() if word.startswith("-")}
        assert options <= known


def test_the_help_of_all_commands_loads_nothing_that_draws() -> None:
    loaded = modules_after(["--help"])
    assert "typer" in loaded
    assert [name for name in loaded if name.startswith(("rich.markdown", "markdown_it"))] == []


@pytest.mark.parametrize(
    ("program", "words", "offered"),
    [
        ("monoscan", "monoscan pre", ["predict"]),
        ("monoscan", "monoscan predict --language par", ["parity"]),
        ("monoscan", "monoscan predict --class deltan", ["deltanet"]),
        ("monoscan", "monoscan verify --claim parity-needs", ["parity-needs-negative-eigs"]),
        ("verify", "verify --claim parity-needs", ["parity-needs-negative-eigs"]),
        ("verify", "verify --number-f", ["--number-format"]),
    ],
)
def test_a_shell_completes(program: str, words: str, offered: list[str]) -> None:
    asked = {
        f"_{program.upper()}_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    answer = subprocess.run(
        command(program), env=environment(**asked), capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == offered


def test_every_command_is_listed() -> None:
    assert list(getattr(get_command(app), "commands")) == list(COMMANDS)  # noqa: B009
