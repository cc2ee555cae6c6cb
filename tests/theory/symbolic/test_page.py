"""docs/symbolic.md shows what the package and the command print, and the formats of the command."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

PAGE = Path(__file__).parents[3] / "docs" / "symbolic.md"


def test_the_examples_in_python() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (found.failed, found.attempted > 10) == (0, True)


def test_the_command_prints_what_the_page_shows(tmp_path: Path) -> None:
    shown = re.findall(r"^\$ (.+)\n((?:.+\n)+?)```", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(shown) == 1
    for command, output in shown:
        assert run_here(tmp_path, *command.split()).stdout == output


def test_formats(tmp_path: Path) -> None:
    arguments = ("show", "gated-householder", "--symbolic")
    latex = run_here(tmp_path, "monoscan", *arguments, "--format", "latex").stdout
    assert r"eigenvalues: g, - \beta g + g" in latex
    found = json.loads(run_here(tmp_path, "monoscan", *arguments, "--json").stdout)
    assert found["parameters"] == ["g in [0, 1]", "beta in [0, 2]", "theta a real angle"]
    assert found["text"]["an eigenvalue is not real"] == "never"
    assert found["latex"]["trace"] == r"- g \left(\beta - 2\right)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("parity", "--symbolic"), "there is no architecture or model class 'parity'"),
        (("transformer", "--symbolic"), "is no linear RNN (attention) and has no exact networks"),
        (("householder-product-9", "--symbolic"), "9 factors; expected a number from 1 to 3"),
        (("mamba", "--symbolic"), "more than one variant; say which:\n  'mamba, as released' "),
        (("householder", "--format", "latex"), "--format is of --symbolic"),
        (("householder", "--symbolic", "--format", "pdf"), "--format pdf: expected one of text, l"),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in fails(tmp_path, "monoscan", "show", *arguments)
