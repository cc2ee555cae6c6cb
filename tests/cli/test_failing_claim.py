"""What `verify --claim` says of a claim whose rows do not hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import certificate_samples as samples
from helpers.command_line import run_here

from monoscan.cli import verify_claims as verify_module
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Claim, Direction, Evidence, Row, Status


def make_claim(key: str, expected: Status, **changes: object) -> Claim:
    """A claim with one row, about a network that cannot tell 1 from 11."""
    sample = samples.averaging_two_words()
    body = {name: value for name, value in sample.items() if name != "digest"} | changes
    row = Row(
        key=key,
        semantics="exact",
        model_class="a [bold]network[/bold]",
        statement="fails",
        expected=expected,
        direction=Direction.FOR,
        kind="counterexample",
        requires={"automaton": samples.PARITY},
        build=lambda _: Evidence({"": Certificate("counterexample", body)}, "two words"),
    )
    return Claim("some-claim", "a statement", ("a source",), "our own", (row,))


CASES = {
    "good": (make_claim("good", Status.PROVED), 0, "proved", ""),
    "changed": (
        make_claim("changed", Status.PROVED, words=[["1"], ["1", "1", "1"]]),
        1,
        "failed",
        "invalid: ",
    ),
    "unreadable": (make_claim("unreadable", Status.PROVED, words="1"), 1, "failed", "malformed: "),
    "stray": (
        make_claim("stray", Status.PROVED, automaton=samples.COUNT_MOD_4),
        1,
        "failed",
        "is not about this row: automaton",
    ),
    "undocumented": (
        make_claim("undocumented", Status.OPEN),
        1,
        "proved",
        "documented as open, found proved",
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_exit_code_status_and_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, strict: tuple[str, ...]
) -> None:
    claim, code, status, reason = CASES[name]
    monkeypatch.setattr(verify_module, "get_claim", lambda _: claim)
    arguments = ("verify", "--claim", "some-claim", *strict)
    text = run_here(tmp_path, *arguments)
    found = json.loads(run_here(tmp_path, *arguments, "--json").stdout)
    assert text.exit_code == found["exit_code"] == code
    (row,) = found["rows"]
    assert row["status"] == status
    assert status in text.stdout
    assert "a [bold]network[/bold]" in text.stdout
    said = " ".join(text.stdout.split())
    if code:
        assert f"{name}: " in said
        assert reason in said
    if status == "failed":
        assert reason in row["problem"]
