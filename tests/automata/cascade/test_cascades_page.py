"""The examples of docs/cascades.md run, and the page names every reason of a fault."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import get_args

from monoscan.automata.cascade import verify

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cascades.md"


def test_the_examples_run():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted == 7
    assert result.failed == 0


def test_the_table_names_every_reason():
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("| reason |")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z-]+)`", table)
    assert sorted(named) == sorted(get_args(verify.Reason))
