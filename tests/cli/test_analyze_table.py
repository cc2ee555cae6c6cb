"""`monoscan analyze` agrees with the table of what is known of every listed language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers.analysis_table import ALL_PROPERTIES, ANALYSIS, Row
from helpers.command_line import printed_json, run_here
from helpers.effort import part_of

from monoscan.automata import all_languages
from monoscan.automata.properties import PROPERTIES

BUDGET = "20000"
KNOWN = sorted(id for id, row in ANALYSIS.items() if not row.left_out)


@cache
def analyzed(language: str) -> tuple[int, dict[str, Any]]:
    arguments = ("--language", language, "--budget", BUDGET, "--json")
    answer = run_here(Path.cwd(), "monoscan", "analyze", *arguments)
    return answer.exit_code, printed_json(answer)


def differences(row: Row, found: dict[str, Any]) -> list[str]:
    """What the command says otherwise than the row, of the values that the row has."""
    wrong = []
    if found["minimal_states"] != row.states:
        wrong.append(f"states: {found['minimal_states']}, not {row.states}")
    if row.monoid is not None and found["monoid"]["elements"] != row.monoid:
        wrong.append(f"monoid: {found['monoid']['elements']}, not {row.monoid}")
    if row.groups is not None and sorted(found["monoid"]["groups"]) != list(row.groups):
        wrong.append(f"groups: {found['monoid']['groups']}, not {row.groups}")
    if row.holds is not None:
        expected = {entry.id for entry in PROPERTIES if not (row.is_tracker and entry.of_languages)}
        assert set(found["properties"]) == expected
        for name, entry in found["properties"].items():
            if entry["holds"] != (name in row.holds):
                wrong.append(f"{name}: {entry['holds']}, not {name in row.holds}")
    return wrong


def test_the_table_has_a_row_for_every_listed_language_and_property() -> None:
    assert sorted(ANALYSIS) == [language.id for language in all_languages()]
    assert frozenset(PROPERTIES.ids()) == ALL_PROPERTIES


@pytest.mark.parametrize("language", part_of(list(ANALYSIS), 20))
def test_the_command_agrees_with_the_table(language: str) -> None:
    code, found = analyzed(language)
    assert differences(ANALYSIS[language], found) == []
    assert code == 0 or ANALYSIS[language].left_out


@pytest.mark.parametrize("language", KNOWN)
def test_a_cascade_of_an_aperiodic_language_has_no_groups(language: str) -> None:
    _, found = analyzed(language)
    kinds = {level["kind"] for level in found["cascade"]}
    assert ("group" not in kinds) == ("aperiodic" in ANALYSIS[language].holds)


def test_a_wrong_row_is_found() -> None:
    """The comparison can fail, in each of its four parts."""
    wrong = Row(3, 3, ("Z3",), frozenset({"aperiodic"}), "wrong on purpose")
    found = differences(wrong, analyzed("parity")[1])
    assert [text.split(":")[0] for text in found if "quasi" not in text] == [
        "states",
        "monoid",
        "groups",
        "aperiodic",
        "commutative",
        "group",
        "2-groups-only",
        "solvable",
    ]
