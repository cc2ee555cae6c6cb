"""`monoscan table solvability` with languages of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

ASKED = ("table", "solvability", "--architecture", "mamba, as released", "--depth", "any")


def test_an_expression_is_a_row(tmp_path: Path) -> None:
    own = ("--regex", "(a|b)*ab", "--regex", "(ab)*", "--alphabet", "ab")
    answer = run_here(tmp_path, "monoscan", *ASKED, *own, "--language", "parity", "--format", "csv")
    assert answer.exit_code == 0, answer.output
    rows = [line.split(",")[0] for line in answer.stdout.splitlines()]
    assert rows[-3:] == ["parity", "(a|b)*ab", "(ab)*"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("--regex", "a"), "--regex and --alphabet go together"),
        (("--alphabet", "ab"), "--regex and --alphabet go together"),
        (("--regex", "a(", "--alphabet", "ab"), "never closed"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    given: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    assert reason in fails(tmp_path, "monoscan", *ASKED, *given)
