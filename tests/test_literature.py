"""docs/literature.md: each answer beside a published theorem is what `predict` says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import monoscan as ms
from monoscan.theory.prediction import Citation

DOCS = Path(__file__).parents[1] / "docs"


def load():
    spec = importlib.util.spec_from_file_location("literature", DOCS / "literature.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


LITERATURE = load()
ASKED = [(entry, asked) for entry in LITERATURE.STATEMENTS for asked in entry.asked]


@pytest.mark.parametrize(
    ("entry", "asked"), ASKED, ids=[f"{a.language}-{a.architecture}-{a.depth}" for _, a in ASKED]
)
def test_the_answer_is_as_the_page_says(entry, asked) -> None:
    assert entry.says.endswith(".")
    found = ms.predict(
        asked.language, asked.architecture, depth=asked.depth, semantics=asked.semantics
    )
    assert found.verdict == asked.verdict
    (row,) = found
    assert isinstance(row.prediction.evidence, Citation) == asked.is_cited


def test_every_paper_has_a_row() -> None:
    papers = " ".join(entry.paper for entry in LITERATURE.STATEMENTS)
    for number in ("2411.12537", "2502.10297", "2405.17394", "2404.08819", "2508.07395"):
        assert number in papers
    for number in ("2603.01959", "2509.22284", "2503.14456", "2603.15569"):
        assert number in papers


def test_what_differs_says_why() -> None:
    differing = [entry for entry in LITERATURE.STATEMENTS if entry.differs]
    assert len(differing) >= 3
    for entry in differing:
        assert len(entry.differs.split()) > 10
