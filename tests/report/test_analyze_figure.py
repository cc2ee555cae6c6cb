"""`monoscan analyze --figure DIR` writes the pictures and lists them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.command_line import environment, fails, printed_json, run_here

NAMES = {"automaton", "egg-box", "cascade"}


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_svg_and_pdf(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", "analyze", "--language", "parity", "--figure", "a/b")
    assert answer.exit_code == 0
    expected = {f"{name}.{kind}" for name in NAMES for kind in ("svg", "pdf")}
    assert files(tmp_path / "a" / "b") == expected
    lines = answer.stdout[answer.stdout.index("pictures") :].splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["written"] * 3
    assert "automaton.svg" in lines[1]


def test_json_lists_the_files(tmp_path: Path) -> None:
    arguments = ("--language", "parity", "--figure", "f", "--figure-formats", "png", "--json")
    found = printed_json(run_here(tmp_path, "monoscan", "analyze", *arguments))
    assert found["figures"] == {name: {"files": [f"f/{name}.png"]} for name in NAMES}
    assert files(tmp_path / "f") == {f"{name}.png" for name in NAMES}


def test_without_the_option_nothing_is_said_of_figures(tmp_path: Path) -> None:
    found = printed_json(
        run_here(tmp_path, "monoscan", "analyze", "--language", "parity", "--json")
    )
    assert "figures" not in found


def test_too_many_states_skip_one_picture(tmp_path: Path) -> None:
    answer = run_here(tmp_path, "monoscan", "analyze", "--language", "s5", "--figure", ".")
    assert answer.exit_code == 0
    assert "skipped  automaton: 120 states; the picture is legible up to 60" in answer.stdout
    assert "syntactic monoid: 120 elements" in answer.stdout
    assert {path.split(".")[0] for path in files(tmp_path)} == NAMES - {"automaton"}


def test_a_budget_that_is_reached_skips_its_pictures(tmp_path: Path) -> None:
    arguments = ("--language", "random-20-2-1", "--budget", "1000", "--figure", ".", "--json")
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments)
    assert answer.exit_code == 4
    found = printed_json(answer)
    assert "more elements than the budget" in found["figures"]["egg-box"]["skipped"]
    assert "reached the budget" in found["figures"]["cascade"]["skipped"]
    assert found["figures"]["automaton"]["files"] == ["automaton.svg", "automaton.pdf"]
    assert found["properties"]["aperiodic"]["holds"] is False


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_that_cannot_be_written_loses_nothing(tmp_path: Path, as_json: bool) -> None:
    (tmp_path / "egg-box.svg").mkdir()
    arguments = ["--language", "parity", "--figure", ".", *(["--json"] if as_json else [])]
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments)
    assert answer.exit_code == 2
    assert "error: cannot write --figure .: Is a directory (" in answer.stderr
    assert (tmp_path / "automaton.svg").exists()
    if as_json:
        assert json.loads(answer.stdout)["monoid"]["elements"] == 2
    else:
        assert "syntactic monoid: 2 elements" in answer.stdout


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("file", "file/below"):
        said = fails(tmp_path, "monoscan", "analyze", "--language", "parity", "--figure", folder)
        assert f"--figure {folder}: there is a file of this name; give a folder" in said


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, **_: bool) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    said = fails(tmp_path, "monoscan", "analyze", "--language", "parity", "--figure", "new")
    assert "--figure new: Permission denied; give a folder that can be written" in said


def test_an_unknown_format(tmp_path: Path) -> None:
    arguments = ("--language", "parity", "--figure", "f", "--figure-formats", "svg,gif")
    said = fails(tmp_path, "monoscan", "analyze", *arguments)
    assert "--figure-formats svg,gif: expected some of svg, pdf, png, separated by" in said
    assert not (tmp_path / "f").exists()


def test_without_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    said = fails(tmp_path, "monoscan", "analyze", "--language", "parity", "--figure", "f")
    assert "pip install 'monoscan[figures]'" in said
    assert not (tmp_path / "f").exists()
    assert run_here(tmp_path, "monoscan", "analyze", "--language", "parity").exit_code == 0


@pytest.mark.parametrize(
    ("statement", "loaded"),
    [
        ("import monoscan.cli.commands", False),
        ("import monoscan.report.figures", False),
        ("import monoscan.report.figures as f; f.draw_automaton", False),
        ("import monoscan.report.figures as f; f.render(f.Drawing('a', 9, 9, ()), 'svg')", True),
    ],
)
def test_matplotlib_is_loaded_only_to_draw(statement: str, loaded: bool) -> None:
    code = f"import sys; {statement}; print('matplotlib' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(loaded)


def test_analyze_without_the_option_does_not_load_it(tmp_path: Path) -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from monoscan.cli.commands import app; "
        "answer = CliRunner().invoke(app, ['analyze', '--language', 'parity']); "
        "print(answer.exit_code, 'matplotlib' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == ["0", "False"]
