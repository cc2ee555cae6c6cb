"""`monoscan spectra RUN --figure FILE` writes a picture in the format that the name tells."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

SMALL = ("--width", "16", "--heads", "2", "--max-length", "8", "--batch", "16", "--steps", "2")
PARITY = ("train", "--language", "parity", "--layer", "deltanet", "--range=-1,1", *SMALL)
START = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs")
    assert run_here(path, "monoscan", *PARITY, "-o", "RUN").exit_code == 0
    return path


@pytest.mark.parametrize("name", ["out.svg", "new/folder/out.pdf", "out.PNG"])
def test_the_name_tells_the_format(folder: Path, name: str) -> None:
    answer = run_here(folder, "monoscan", "spectra", "RUN", "--figure", name)
    assert answer.exit_code == 0
    assert answer.stdout.splitlines()[-1] == f"picture: {name}"
    assert "eigenvalues" in answer.stdout
    assert (folder / name).read_bytes().startswith(START[name.rpartition(".")[2].lower()])


def test_json_names_the_file(folder: Path) -> None:
    answer = run_here(folder, "monoscan", "spectra", "RUN", "--figure", "a.svg", "--json")
    assert json.loads(answer.stdout)["figure"] == "a.svg"
    assert "figure" not in json.loads(
        run_here(folder, "monoscan", "spectra", "RUN", "--json").stdout
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--figure", "out"), "--figure out: expected a name that ends in one of .svg, .pdf, .png"),
        (("--figure", "out.jpg"), "--figure out.jpg: expected a name that ends in"),
        (("--figure", "RUN/checkpoint.safetensors/a.svg"), "give a file that can be written"),
        (
            ("--figure", "taken.svg"),
            "cannot write --figure taken.svg: Is a directory; give a file that can be written",
        ),
        (
            ("--max-length", "6", "--figure", "a.svg"),
            "126 panels .* choose shorter words, or leave",
        ),
    ],
)
def test_bad_input(folder: Path, options: tuple[str, ...], said: str) -> None:
    (folder / "taken.svg").mkdir(exist_ok=True)
    assert re.search(said, fails(folder, "monoscan", "spectra", "RUN", *options))


def test_without_matplotlib_it_says_what_to_install(folder: Path, monkeypatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "matplotlib" else found(name)
    )
    answer = fails(folder, "monoscan", "spectra", "RUN", "--figure", "b.svg")
    assert "pip install 'monoscan[figures]'" in answer
