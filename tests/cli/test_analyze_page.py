"""docs/analyze.md shows what the command prints and names every property."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from helpers.command_line import run_here

PAGE = Path(__file__).resolve().parents[2] / "docs" / "analyze.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```text\n\$ monoscan (.*)\n((?:.*\n)*?)```", TEXT)


def printed(command: str, folder: Path) -> str:
    shown = run_here(folder, "monoscan", *shlex.split(command)).stdout
    return re.sub(r" +$", "", shown, flags=re.MULTILINE)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_the_examples_print_what_is_shown(command: str, shown: str, tmp_path: Path) -> None:
    assert printed(command, tmp_path) == shown


def test_there_are_two_examples_and_a_wrong_one_is_found(tmp_path: Path) -> None:
    (command, shown), _ = EXAMPLES
    assert printed(command.replace("abab", "ab"), tmp_path) != shown


def test_the_exit_codes_are_those_of_the_page(tmp_path: Path) -> None:
    codes = [run_here(tmp_path, "monoscan", *shlex.split(line)).exit_code for line, _ in EXAMPLES]
    assert codes == [0, 4]


def test_the_python_examples_run() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted == 5
    assert result.failed == 0
