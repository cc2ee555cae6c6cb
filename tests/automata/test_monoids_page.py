"""The examples of docs/monoids.md run, and its table names every property."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from monoscan.automata import PROPERTIES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "monoids.md"


def run(path):
    return doctest.testfile(str(path), module_relative=False, encoding="utf-8")


def test_the_examples_run():
    result = run(PAGE)
    assert result.attempted == 11
    assert result.failed == 0


def test_a_wrong_example_is_found(tmp_path, capsys):
    copy = tmp_path / "monoids.md"
    copy.write_text(PAGE.read_text(encoding="utf-8").replace("(6, ('a', 'b'))", "(7, ('a', 'b'))"))
    assert run(copy).failed == 1
    assert "(6, ('a', 'b'))" in capsys.readouterr().out


def test_the_table_names_every_property_and_its_function():
    from monoscan.automata import properties

    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| `([a-z_]+)` \|", text, flags=re.MULTILINE)
    assert [name for name, _ in rows] == list(PROPERTIES)
    assert all(function in properties.__all__ for _, function in rows)
