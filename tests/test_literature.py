"""docs/literature.md: each answer beside a published theorem is what `predict` says."""

from __future__ import annotations

import importlib
import sys
from itertools import groupby
from pathlib import Path

import pytest

import monoscan as ms
from monoscan.proofs_check.claim import claim_ids
from monoscan.theory.prediction import Citation

DOCS = Path(__file__).parents[1] / "docs"


def load():
    sys.path.insert(0, str(DOCS))
    try:
        return importlib.import_module("literature_statements")
    finally:
        sys.path.remove(str(DOCS))


LITERATURE = load()
ASKED = [asked for entry in LITERATURE.STATEMENTS for asked in entry.asked]


@pytest.mark.parametrize(
    "asked", ASKED, ids=[f"{a.language}-{a.architecture}-{a.depth}" for a in ASKED]
)
def test_the_answer_is_as_the_page_says(asked) -> None:
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


def test_each_statement_is_answered_by_a_question_or_a_claim() -> None:
    for entry in LITERATURE.STATEMENTS:
        assert entry.says.endswith(".")
        assert entry.asked or entry.claim
        assert not entry.claim or entry.claim in claim_ids()


def test_papers_stand_together() -> None:
    papers = [paper for paper, _ in groupby(LITERATURE.STATEMENTS, key=lambda entry: entry.paper)]
    assert len(set(papers)) == len(papers)


def test_what_differs_says_why() -> None:
    differing = [entry for entry in LITERATURE.STATEMENTS if entry.differs]
    assert len(differing) >= 3
    for entry in differing:
        assert len(entry.differs.split()) > 10
