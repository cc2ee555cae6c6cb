"""The examples of docs/languages.md run, and the page names every family and every source."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from monoscan.automata import LANGUAGES, RULES, algebra, sources

PAGE = Path(__file__).resolve().parents[2] / "docs" / "languages.md"


def run(path):
    return doctest.testfile(str(path), module_relative=False, encoding="utf-8")


def test_the_examples_run():
    result = run(PAGE)
    assert result.attempted > 30
    assert result.failed == 0


def test_a_wrong_example_is_found(tmp_path, capsys):
    copy = tmp_path / "languages.md"
    copy.write_text(PAGE.read_text(encoding="utf-8").replace("(6, '(1,3)')", "(7, '(1,3)')"))
    assert run(copy).failed == 1
    assert "(6, '(1,3)')" in capsys.readouterr().out


@pytest.mark.parametrize("family", LANGUAGES.families(), ids=lambda family: family.pattern)
def test_the_page_names_every_family(family):
    text = PAGE.read_text(encoding="utf-8")
    assert f"`{family.pattern}`" in text or family.pattern.startswith("random")


@pytest.mark.parametrize("rule", RULES.all(), ids=lambda rule: rule.id)
def test_the_page_names_every_family_by_rules(rule):
    assert f"`{rule.pattern}`" in PAGE.read_text(encoding="utf-8")


def test_the_page_names_every_function():
    text = PAGE.read_text(encoding="utf-8")
    functions = [name for name in sources.__all__ if name[0].islower()]
    # Helpers of the word problems, for those who program with them.
    functions = [
        f
        for f in functions
        if f not in ("group_elements", "parse_permutation", "parse_permutations")
    ]
    operations = [
        n
        for n, value in vars(algebra).items()
        if getattr(value, "__module__", "") == (algebra.__name__) and n[0] != "_" and n != "paired"
    ]
    assert len(operations) == 11
    assert [name for name in [*functions, *operations] if name not in text] == []
