"""The examples of docs/monoids.md run."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "monoids.md"


def run(path):
    return doctest.testfile(str(path), module_relative=False, encoding="utf-8")


def test_the_examples_run():
    result = run(PAGE)
    assert result.attempted == 14
    assert result.failed == 0


def test_a_wrong_example_is_found(tmp_path, capsys):
    copy = tmp_path / "monoids.md"
    copy.write_text(PAGE.read_text(encoding="utf-8").replace("(6, ('a', 'b'))", "(7, ('a', 'b'))"))
    assert run(copy).failed == 1
    assert "(6, ('a', 'b'))" in capsys.readouterr().out
