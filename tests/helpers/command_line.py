"""Runs the commands, in processes of their own or here, and asks of every run what holds of all."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from typer.testing import CliRunner, Result

from monoscan.cli import commands, console

Answer = subprocess.CompletedProcess[str]
# What could colour or wrap the output of one person's terminal.
_UNWANTED = ("FORCE_COLOR", "COLUMNS", "PYTHONPATH", "TTY_COMPATIBLE")


def environment(**more: str) -> dict[str, str]:
    """The environment without what changes how output looks."""
    kept = {key: value for key, value in os.environ.items() if key not in _UNWANTED}
    return {**kept, **more}


def command(program: str, *arguments: str) -> list[str]:
    """The command line of `verify ...` or `monoscan ...`, for this very interpreter."""
    entry = {"verify": "verify_main", "monoscan": "main"}[program]
    code = f"import sys; sys.argv[0] = {program!r}; from monoscan.cli.app import {entry} as main;"
    return [sys.executable, "-c", f"{code} main()", *arguments]


def run(folder: Path, program: str, *arguments: str) -> Answer:
    """Runs a command in a folder; no run may end in a traceback."""
    answer = subprocess.run(
        command(program, *arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer


def run_here(folder: Path, program: str, *arguments: str) -> Result:
    """Runs a command in this process, which takes milliseconds instead of half a second.

    Lines of progress, which only a slow machine would show, are never due.
    """
    app = {"verify": commands.command_app("verify"), "monoscan": commands.app}[program]
    never = mock.patch.object(console, "_SECONDS_A_LINE", math.inf)
    with contextlib.chdir(folder), never:
        answer = CliRunner().invoke(app, list(arguments), prog_name=program)
    # Anything but the end of the program would be printed as a traceback.
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exc_info
    return answer


def besides_language(errors: str) -> str:
    """What stands on standard error beside the line that says which language was read."""
    return re.sub(r"^language: .*\n", "", errors, flags=re.MULTILINE)


def fails(folder: Path, program: str, *arguments: str, code: int = 2) -> str:
    """What a command that fails says on standard error; it says nothing on standard output."""
    answer = run_here(folder, program, *arguments)
    assert (answer.exit_code, answer.stdout) == (code, ""), answer.stderr
    return besides_language(answer.stderr)


def printed_json(answer: Answer) -> dict[str, Any]:
    """The one object on standard output; nothing else stands there."""
    value = json.loads(answer.stdout, parse_constant=lambda text: 1 / 0)
    assert isinstance(value, dict)
    assert answer.stderr == ""
    return value


# ------------------------------------------------------------------ networks as files

Json = Any


def scalar(
    one: tuple[Json, Json], *, initial: Json = "0", relation: str = ">=", bound: Json = "1"
) -> dict[str, Json]:
    """One number h, kept on 0 and replaced by a h + b on 1; answers true while below the bound."""

    def case(letter: str, a: Json, b: Json) -> Json:
        return {"on": [letter], "A": {"kind": "diagonal", "entries": [a]}, "B": [b]}

    readout = {
        "kind": "threshold",
        "functionals": [{"weights": ["1"], "relation": relation, "bound": bound}],
        "table": [{"bits": "0", "output": True}, {"bits": "1", "output": False}],
    }
    cases = [case("0", "1", "0"), case("1", *one)]
    return {
        "alphabet": ["0", "1"],
        "layers": [{"initial": [initial], "cases": cases, "readout": readout}],
    }


def write(path: Path, value: Json) -> Path:
    """Writes a JSON file."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
