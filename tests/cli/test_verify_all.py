"""`verify --all` and `verify --tag`: two stand-in claims, exit codes, JSON, interruption."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import certificate_samples as samples
from helpers.command_line import fails, run_here

from monoscan.face import claims as claims_face
from monoscan.proofs_check import claim as claim_module
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Claim, Direction, Evidence, Row, Setting, Status

PROVED, CONDITIONAL = Status.PROVED, Status.CONDITIONAL


def counterexample_row(key: str, *, expected: Status = PROVED) -> Row:
    """About a network that cannot tell 1 from 11."""
    sample = samples.averaging_two_words()
    body = {name: value for name, value in sample.items() if name != "digest"}
    return Row(
        key=key,
        semantics="exact",
        model_class="averaging",
        statement="fails",
        expected=expected,
        direction=Direction.FOR,
        kind="counterexample",
        requires={"automaton": samples.PARITY},
        build=lambda _: Evidence({"": Certificate("counterexample", body)}, "two words"),
    )


def lemma_row(key: str) -> Row:
    """An obstruction, which rests on a lemma."""
    sample = samples.obstruction("sign-lemma", "exact", "spectrum-nonnegative")
    body = {name: value for name, value in sample.items() if name != "digest"}
    return replace(
        counterexample_row(key),
        expected=CONDITIONAL,
        kind="obstruction",
        lemma="sign-lemma",
        build=lambda _: Evidence({"": Certificate("obstruction", body)}, "alternates"),
    )


def stand_in(claim_id: str, *rows: Row, tags: tuple[str, ...] = ()) -> Claim:
    return Claim(claim_id, f"the statement of {claim_id}", ("a source",), "our own", rows, tags)


PROVEN = stand_in("first-claim", counterexample_row("good"), tags=("matrix-fact", "both"))
RESTING = stand_in("second-claim", lemma_row("rests"), tags=("impossibility", "both"))
CONTRADICTED = stand_in("second-claim", counterexample_row("bad", expected=Status.OPEN))
Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes these the only claims."""

    def replace_all(*claims: Claim) -> None:
        known = {claim.id: claim for claim in claims}
        monkeypatch.setattr(claim_module, "claim_ids", lambda: tuple(sorted(known)))
        monkeypatch.setattr(claim_module, "get_claim", known.__getitem__)
        monkeypatch.setattr(claims_face, "get_claim", known.__getitem__)

    return replace_all


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def test_a_line_for_each_claim_and_a_summary(tmp_path: Path, install: Install) -> None:
    install(PROVEN, RESTING)
    answer = run_here(tmp_path, "verify", "--all")
    assert (answer.exit_code, answer.stderr) == (0, "")
    first, second, summary, files = lines(answer.stdout)
    assert first.startswith("first-claim")
    assert first.endswith("1 proved")
    assert second.startswith("second-claim")
    assert second.endswith("1 conditional")
    assert summary.startswith("2 claims, 2 rows: 1 conditional, 1 proved; 2 as documented.")
    assert files == "2 certificates in certificates."
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.json"))
    folder = Path("certificates")
    assert written == [folder / "first-claim/good.json", folder / "second-claim/rests.json"]


def test_json_is_one_object(tmp_path: Path, install: Install) -> None:
    install(PROVEN, RESTING)
    answer = run_here(tmp_path, "verify", "--all", "--json", "--certificates", "elsewhere")
    found = json.loads(answer.stdout)
    assert answer.exit_code == found["exit_code"] == 0
    assert [claim["claim"] for claim in found["claims"]] == ["first-claim", "second-claim"]
    rows = [row for claim in found["claims"] for row in claim["rows"]]
    assert [row["status"] for row in rows] == ["proved", "conditional"]
    assert all(Path(row["certificates"][0]["file"]).exists() for row in rows) or all(
        (tmp_path / row["certificates"][0]["file"]).exists() for row in rows
    )


@pytest.mark.parametrize(
    ("claims", "options", "code"),
    [
        ((PROVEN,), (), 0),
        ((PROVEN,), ("--strict",), 0),
        ((PROVEN, RESTING), ("--strict",), 3),
        ((PROVEN, CONTRADICTED), (), 1),
        ((PROVEN, CONTRADICTED), ("--strict",), 1),
        ((CONTRADICTED, replace(RESTING, id="third-claim")), ("--strict",), 1),
    ],
)
def test_exit_codes(
    tmp_path: Path, install: Install, claims: tuple[Claim, ...], options: tuple[str, ...], code: int
) -> None:
    install(*claims)
    text = run_here(tmp_path, "verify", "--all", *options)
    found = json.loads(run_here(tmp_path, "verify", "--all", *options, "--json").stdout)
    assert text.exit_code == found["exit_code"] == code


def test_a_row_that_contradicts_its_page_is_named(tmp_path: Path, install: Install) -> None:
    install(PROVEN, CONTRADICTED)
    answer = run_here(tmp_path, "verify", "--all")
    assert "bad: documented as open, found proved" in answer.stdout
    assert "1 as documented" in answer.stdout


@pytest.mark.parametrize(
    ("tag", "ids"),
    [
        ("both", ["first-claim", "second-claim"]),
        ("matrix-fact", ["first-claim"]),
        ("impossibility", ["second-claim"]),
    ],
)
def test_a_tag_selects(tmp_path: Path, install: Install, tag: str, ids: list[str]) -> None:
    install(PROVEN, RESTING)
    found = json.loads(run_here(tmp_path, "verify", "--tag", tag, "--json").stdout)
    assert [claim["claim"] for claim in found["claims"]] == ids


def test_a_tag_that_no_claim_has(tmp_path: Path, install: Install) -> None:
    install(PROVEN, RESTING)
    said = fails(tmp_path, "verify", "--tag", "matrix-facts")
    assert "no claim has the tag 'matrix-facts'" in said
    assert "both, impossibility, matrix-fact" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--all", "--claim", "first-claim"),
        ("--tag", "both", "--claim", "first-claim"),
    ],
)
def test_one_choice_of_claims_only(
    tmp_path: Path, install: Install, arguments: tuple[str, ...]
) -> None:
    install(PROVEN, RESTING)
    assert fails(tmp_path, "verify", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_tag_is_no_way_to_say_all(tmp_path: Path, install: Install) -> None:
    install(PROVEN, RESTING)
    assert fails(tmp_path, "verify", "--tag", "")


def test_what_is_finished_stays_printed(tmp_path: Path, install: Install) -> None:
    def interrupted(_setting: Setting) -> Evidence:
        raise KeyboardInterrupt

    stopping = replace(counterexample_row("stop"), build=interrupted)
    install(PROVEN, stand_in("second-claim", stopping))
    answer = run_here(tmp_path, "verify", "--all")
    assert answer.exit_code == 130
    (first,) = lines(answer.stdout)
    assert first.startswith("first-claim")
    assert (tmp_path / "certificates" / "first-claim" / "good.json").exists()


def test_certificates_that_cannot_be_written(tmp_path: Path, install: Install) -> None:
    install(PROVEN)
    (tmp_path / "file").touch()
    said = fails(tmp_path, "verify", "--all", "--certificates", "file")
    assert "cannot write certificates to file" in said
    assert "--certificates" in said
