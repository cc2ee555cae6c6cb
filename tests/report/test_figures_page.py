"""docs/figures.md: its pictures are what its command writes, its example and its limits hold."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers.command_line import run_here

from monoscan.report.figures.arrows import MAX_LINES, MAX_STATES
from monoscan.report.figures.cascade import MAX_LEVELS
from monoscan.report.figures.egg_box import (
    MAX_D_CLASSES,
    MAX_SIDE_WITH_CELLS,
    MAX_SIDE_WITH_STARS,
    MAX_SIDE_WITH_WORDS,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"\]\(figures/(tomita-3/\S+\.svg)\)", PAGE)


def said(svg: Path) -> tuple[list[str], list[str | None]]:
    """The texts of a picture and the names of its shapes; the last digits of places may differ."""
    text = svg.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    names = [e.get("id") for e in root.iter() if re.fullmatch(r"[a-z-]+[0-9-]*", e.get("id", ""))]
    return re.findall(r"<!-- (.*?) -->", text), names


def test_the_pictures_are_what_the_command_writes(tmp_path: Path) -> None:
    (command,) = re.findall(r"^ +monoscan (analyze .*)$", PAGE, re.MULTILINE)
    assert run_here(tmp_path, "monoscan", *command.split()).exit_code == 0
    assert len(PICTURES) == 3
    for picture in PICTURES:
        kept = said(ROOT / "docs" / "figures" / picture)
        assert kept == said(tmp_path / "docs" / "figures" / picture)
        assert len(kept[0]) > 5
        assert len(kept[1]) > 5


def test_the_picture_of_spectra_is_of_the_words_that_its_command_names() -> None:
    """The network is trained, so its numbers are another machine's; what is drawn is not."""
    (command,) = re.findall(r"^ +monoscan spectra (.*)$", PAGE, re.MULTILINE)
    (picture,) = re.findall(r"\]\(figures/(parity/\S+\.svg)\)", PAGE)
    assert command.endswith(f"--max-length 2 --figure docs/figures/{picture}")
    texts, names = said(ROOT / "docs" / "figures" / picture)
    assert texts[0] == "layer 1"
    assert [text for text in texts if re.fullmatch("[01]{2}", text) and text != "10"] != []
    assert {"head 1", "head 2", "range of a factor: [-1,1]"} <= set(texts)
    assert [name for name in names if name and name.startswith("word-")] == [
        f"word-{number}" for number in range(1, 7)
    ]


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(example, {})
    assert {path.name for path in tmp_path.iterdir()} == {"ab-star.svg", "ab-star.pdf", "eggs.png"}


def test_the_limits() -> None:
    assert f"up to {MAX_STATES} states and {MAX_LINES} arrows" in PAGE
    assert f"Up to {MAX_D_CLASSES} D-classes are drawn" in PAGE
    assert f"Up to {MAX_LEVELS} levels are drawn" in PAGE
    rows = re.findall(r"^\| up to (\d+) \|", PAGE, re.MULTILINE)
    sides = [MAX_SIDE_WITH_WORDS, MAX_SIDE_WITH_STARS, MAX_SIDE_WITH_CELLS]
    assert list(map(int, rows)) == sides
