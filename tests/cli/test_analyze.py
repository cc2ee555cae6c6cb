"""`monoscan analyze`: the algebra of one language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers.command_line import fails, printed_json, run_here

from monoscan.automata import get_language
from monoscan.automata.sources import automaton_to_dot, automaton_to_json


def analyzed(folder: Path, *arguments: str) -> dict[str, Any]:
    answer = run_here(folder, "monoscan", "analyze", *arguments, "--json")
    assert answer.exit_code == 0, answer.stderr
    return printed_json(answer)


def test_parity(tmp_path: Path) -> None:
    found = analyzed(tmp_path, "--language", "parity")
    assert found["minimal_states"] == 2
    assert found["monoid"] == {
        "elements": 2,
        "idempotents": 1,
        "d_classes": 1,
        "groups": ["Z2"],
    }
    assert found["cascade"] == [{"kind": "group", "states": 2, "group_order": 2}]
    holds = {name: entry["holds"] for name, entry in found["properties"].items()}
    assert {name for name, held in holds.items() if held} == {
        "commutative",
        "group",
        "2-groups-only",
        "solvable",
    }
    assert found["properties"]["aperiodic"]["witness"]["word"] == ["1"]


def test_a_star_free_language_has_no_group(tmp_path: Path) -> None:
    found = analyzed(tmp_path, "--regex", "(ab)*", "--alphabet", "ab")
    assert found["monoid"]["elements"] == 6
    assert found["monoid"]["groups"] == []
    assert {level["kind"] for level in found["cascade"]} == {"reset"}
    assert found["properties"]["aperiodic"]["holds"] is True


@pytest.mark.parametrize("suffix", ["json", "dot"])
def test_files(tmp_path: Path, suffix: str) -> None:
    automaton = get_language("ab-star").build()
    text = automaton_to_json(automaton) if suffix == "json" else automaton_to_dot(automaton)
    (tmp_path / f"machine.{suffix}").write_text(text, encoding="utf-8")
    assert analyzed(tmp_path, "--automaton", f"machine.{suffix}")["monoid"]["elements"] == 6


def test_a_budget_that_is_reached_keeps_the_rest(tmp_path: Path) -> None:
    answer = run_here(
        tmp_path, "monoscan", "analyze", "--language", "random-20-2-1", "--budget", "1000", "--json"
    )
    assert answer.exit_code == 4
    found = printed_json(answer)
    assert found["monoid"] is None
    assert found["properties"]["locally-testable"] is None
    assert found["properties"]["aperiodic"]["holds"] is False


def test_the_text_says_the_same(tmp_path: Path) -> None:
    shown = run_here(tmp_path, "monoscan", "analyze", "--language", "s3").stdout
    assert "6 elements" in shown
    assert "groups: S3" in shown
    assert "group of order 2, group of order 3" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say which language"),
        (("--automaton", "missing.json"), "missing.json"),
        (("--automaton", "a.json", "--language", "parity"), "give one of"),
        (
            ("--language", "parity", "--budget", "0"),
            "--budget 0: expected a whole number",
        ),
        (("--language", "partiy"), "parity"),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(tmp_path, "monoscan", "analyze", *arguments)
