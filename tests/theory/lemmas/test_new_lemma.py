"""A new lemma is one file: found by predictions, and refused by the checker until it knows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

# Not true, which is what the checker's own table is for.
LEMMA = '''"""A lemma of a test: dense layers would move at most two states in a cycle."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.lemmas.cycles import Cycle, letter_cycle
from monoscan.theory.lemmas.lemma import lemma
from monoscan.theory.lemmas.obstruction import Depth


@lemma(
    "at-most-two-states",
    statement="A letter moves at most two states in a cycle.",
    source="a test",
    page="lemmas/at-most-two-states.md",
    classes=("dense",),
    witness=Cycle,
)
def at_most_two_states(minimal: Automaton, _depth: Depth, _budget: int) -> Cycle | None:
    """A letter that moves three or more states in a cycle."""
    return letter_cycle(minimal, least=3)
'''
ROW = """
LEMMAS["at-most-two-states"] = Lemma(EXACT, ("dense",), "cycle", of_order_three)
"""
PREDICT = """
import sys
from pathlib import Path
from monoscan.automata import get_language
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.theory.lemmas import THEOREMS
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question

for name in ("parity", "count-mod-3"):
    predictor = Predictor(get_language(name).build())
    found = predictor.predict(Question(get_model_class("dense")))
    print(name, found.verdict.value, getattr(found.evidence, "lemma", "-"))
print("at-most-two-states" in THEOREMS.ids())
Path("made.json").write_text(obstruction_certificate(found.evidence).text(), encoding="utf-8")
"""


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the package with one more file."""
    shutil.copytree(ROOT / "monoscan", tmp_path / "monoscan")
    (tmp_path / "monoscan/theory/lemmas/at_most_two_states.py").write_text(LEMMA, encoding="utf-8")
    return tmp_path


def run(scratch: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(scratch)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_lemma_is_one_file_for_us_and_one_row_for_the_checker(scratch: Path) -> None:
    said = run(scratch, "-c", PREDICT)
    assert said.stdout.splitlines() == [
        "parity expressible -",
        "count-mod-3 not-expressible at-most-two-states",
        "True",
    ], said.stderr
    checker = scratch / "monoscan/proofs_check/checker"
    refused = run(scratch, "-I", str(checker), "made.json")
    assert refused.returncode == 1
    assert refused.stdout.startswith("invalid\tobstruction\tmade.json\t")
    assert "no such lemma, expected one of" in refused.stderr
    table = checker / "certcheck/lemmas.py"
    table.write_text(table.read_text(encoding="utf-8") + ROW, encoding="utf-8")
    accepted = run(scratch, "-I", str(checker), "made.json")
    assert accepted.returncode == 3
    assert "the lemma 'at-most-two-states' (semantics exact, class dense, depth any)" in (
        accepted.stderr
    )


def test_a_lemma_with_an_id_that_is_taken_is_refused(scratch: Path) -> None:
    again = LEMMA.replace('"at-most-two-states",', '"psd-lemma",')
    (scratch / "monoscan/theory/lemmas/again.py").write_text(again, encoding="utf-8")
    said = run(scratch, "-c", PREDICT)
    assert said.returncode == 1
    assert "ValueError: two theorems have the id 'psd-lemma'; rename one of them" in said.stderr
