"""`monoscan analyze --certificates DIR`: facts of the monoid for the independent checker."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import fails, printed_json, run_here

from monoscan.proofs_check.run_checker import Verdict, run_checker

COUNTING = {"not-da", "not-locally-threshold-testable", "not-dot-depth-one"}
EXPECTED = {
    "parity": {*COUNTING, "not-aperiodic", "not-quasi-aperiodic", "not-idempotent-letters"},
    "ab-star": {
        "aperiodic",
        "not-idempotent-letters",
        "not-da",
        "locally-threshold-testable",
        "dot-depth-one",
    },
    "a5": {
        *COUNTING,
        "not-aperiodic",
        "not-two-groups",
        "not-quasi-aperiodic",
        "not-solvable",
        "not-idempotent-letters",
    },
    "flip-flop": {"aperiodic", "da", "not-locally-threshold-testable", "not-dot-depth-one"},
}


@pytest.mark.parametrize("language", EXPECTED)
def test_what_is_written_is_valid(tmp_path: Path, language: str) -> None:
    arguments = ("--language", language, "--certificates", "facts")
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments, "--json")
    found = printed_json(answer)["certificates"]
    assert set(found["files"]) == EXPECTED[language]
    paths = [tmp_path / path for path in found["files"].values()]
    assert {result.verdict for result in run_checker(paths)} == {Verdict.VALID}
    assert found["recheck"].endswith(" ".join(found["files"].values()))
    shown = run_here(tmp_path, "monoscan", "analyze", *arguments).stdout
    assert "check them: python -I" in shown
    assert all(f"facts/monoid-{name}.json" in shown for name in EXPECTED[language])


def test_over_budget_nothing_is_claimed(tmp_path: Path) -> None:
    arguments = ("--language", "dyck-2-3", "--budget", "3", "--certificates", "facts")
    answer = run_here(tmp_path, "monoscan", "analyze", *arguments)
    assert answer.exit_code == 4
    assert "monoid-aperiodic" not in answer.stdout
    assert not (tmp_path / "facts" / "monoid-aperiodic.json").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = fails(tmp_path, "monoscan", "analyze", "--language", "parity", "--certificates", "file")
    assert said == "error: cannot write --certificates file: Not a directory; give another folder\n"


def test_a_certificate_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out" / "monoid-not-aperiodic.json").mkdir(parents=True)
    answer = run_here(
        tmp_path, "monoscan", "analyze", "--language", "parity", "--certificates", "out"
    )
    assert answer.exit_code == 2
    assert "the rest is missing; give another folder" in answer.stderr
    assert "minimal automaton: 2 states" in answer.stdout
    assert "check them" not in answer.stdout
