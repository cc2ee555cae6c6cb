"""`parity-needs-negative-eigs`: what each row says is what its certificates say."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from helpers.lone_checker import check_alone

from monoscan.proofs_check.claim import Direction, Setting, Status, get_claim
from monoscan.proofs_check.run_checker import Verdict
from monoscan.proofs_check.verify import ClaimReport, RowReport, derive_status
from monoscan.theory.sampling import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
# What is checked here does not come from the package.
PARITY = {"alphabet": ["0", "1"], "table": [["0", "1"], ["1", "0"]], "outputs": [True, False]}
NONNEGATIVE = {"spectrum-nonnegative", "spectrum-in-0-1", "factors-in-0-1"}


def bodies(row: RowReport) -> list[dict[str, Any]]:
    """What stands in the files of a row."""
    return [json.loads(check.path.read_text(encoding="utf-8")) for check in row.checks]


def of_kind(report: ClaimReport, kind: str, status: Status) -> list[RowReport]:
    return [row for row in report.rows if row.found.row.kind == kind and row.status is status]


def test_every_row_is_as_documented(report: ClaimReport) -> None:
    assert [row.problem for row in report.rows] == [""] * len(report.rows)
    assert report.undocumented == ()
    assert (report.exit_code(), report.exit_code(strict=True)) == (0, 0)
    counts = Counter(row.status for row in report.rows)
    assert counts == {
        Status.PROVED: 8,
        Status.FORMAL: 4,
        Status.REFUTED: 4,
    }


def test_all_four_semantics_have_rows(report: ClaimReport) -> None:
    found = {(row.found.row.semantics, row.status) for row in report.rows}
    assert found >= {
        ("exact", Status.PROVED),
        ("exact", Status.FORMAL),
        ("cast-unrolled", Status.PROVED),
        ("cast-unrolled", Status.FORMAL),
        ("op-round", Status.PROVED),
        ("op-round", Status.FORMAL),
        ("op-round", Status.REFUTED),
        ("seq-round", Status.FORMAL),
        ("seq-round", Status.REFUTED),
    }


def test_a_lone_checker_accepts_every_certificate(report: ClaimReport, tmp_path: Path) -> None:
    answer = check_alone(tmp_path, report.paths)
    assert answer.code == 3
    for row in report.rows:
        for check in row.checks:
            kind = json.loads(check.path.read_text(encoding="utf-8"))["kind"]
            expected = "incomplete" if kind == "obstruction" else "valid"
            assert answer.verdicts[check.path.resolve()] == expected == check.verdict.value
            assert row.found.row.lemma in answer.errors


def test_each_lemma_is_written_out(report: ClaimReport) -> None:
    lemmas = {row.found.row.lemma for row in report.rows} - {""}
    assert lemmas == {"sign-lemma", "monotone-rounding", "psd-lemma"}
    for lemma in lemmas:
        text = (ROOT / "docs" / "lemmas" / f"{lemma}.md").read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert re.search("proof", text, re.IGNORECASE)


def test_only_what_is_conditional_rests_on_a_lemma(report: ClaimReport) -> None:
    for row in report.rows:
        conditional = row.status in (Status.CONDITIONAL, Status.FORMAL)
        assert conditional == bool(row.found.row.lemma) == (row.found.row.kind == "obstruction")
        assert conditional == any(check.verdict is Verdict.INCOMPLETE for check in row.checks)
        if conditional:
            assert all(row.found.row.lemma in check.reason for check in row.checks)


def test_the_files_are_the_rows(report: ClaimReport) -> None:
    folder = report.paths[0].parent
    assert sorted(folder.iterdir()) == sorted(report.paths)
    for row in report.rows:
        assert all(path.name.startswith(row.found.row.key) for path in (c.path for c in row.checks))


# ------------------------------------------------------------------ the files say what is claimed


def test_recognizers_are_about_parity_and_all_words(report: ClaimReport) -> None:
    rows = [row for row in report.rows if row.found.row.kind == "recognizer"]
    assert len(rows) == 8
    for row in rows:
        for body in bodies(row):
            assert body["automaton"] == PARITY
            assert body["semantics"]["name"] == row.found.row.semantics


def test_what_proves_the_positive_side_needs_its_negative_eigenvalue(report: ClaimReport) -> None:
    for row in of_kind(report, "recognizer", Status.PROVED):
        assert row.found.row.direction is Direction.FOR
        for body in bodies(row):
            transitions = [case["A"] for case in body["lrnn"]["layers"][0]["cases"]]
            assert any(value in ("-1", "2") for a in transitions for value in flat(a))
            assert NONNEGATIVE.isdisjoint(body["properties"])


def flat(transition: dict[str, Any]) -> list[str]:
    """The numbers of a diagonal, and beta of a reflection."""
    return [*transition.get("entries", []), transition.get("beta", "")]


def test_what_refutes_has_a_nonnegative_spectrum(report: ClaimReport) -> None:
    rows = of_kind(report, "recognizer", Status.REFUTED)
    assert len(rows) == 4
    for row in rows:
        assert row.found.row.direction is Direction.AGAINST
        assert row.found.row.trace()
        assert row.found.row.semantics in ("op-round", "seq-round")
        assert all("spectrum-nonnegative" in body["properties"] for body in bodies(row))


def test_each_instance_has_two_words_that_it_cannot_separate(report: ClaimReport) -> None:
    rows = of_kind(report, "counterexample", Status.PROVED)
    assert [row.found.row.semantics for row in rows] == ["exact", "cast-unrolled"]
    for row in rows:
        names = [check.path.stem for check in row.checks]
        assert all(any(family in name for name in names) for family in FAMILIES)
        for body in bodies(row):
            assert body["automaton"] == PARITY
            assert "spectrum-nonnegative" in body["properties"]
            first, second = body["words"]
            assert first.count("1") % 2 != second.count("1") % 2
            assert body["observations"][0] == body["observations"][1]
            assert body["expected"] == [word.count("1") % 2 == 0 for word in (first, second)]


def test_whole_formats_have_period_1_for_nonnegative_factors(report: ClaimReport) -> None:
    rows = of_kind(report, "exhaustive", Status.PROVED)
    found = {body["format"]["kind"]: body for row in rows for body in bodies(row)}
    assert set(found) == {"fixed", "float"}
    for body in found.values():
        assert (body["nonnegative-max-period"], body["signed-max-period"]) == ("1", "2")
        assert body["format"]["overflow"] == "saturate"
        assert int(body["triples"]) == int(body["values"]) ** 3 > 2**23


def test_obstructions_are_about_parity(report: ClaimReport) -> None:
    triples = set()
    rows = [
        row
        for status in (Status.CONDITIONAL, Status.FORMAL)
        for row in of_kind(report, "obstruction", status)
    ]
    for row in rows:
        (body,) = bodies(row)
        assert (body["automaton"], body["depth"]) == (PARITY, "any")
        assert body["witness"] == {"type": "unsettled", "prefix": [], "word": ["1"]}
        assert body["lemma"] == row.found.row.lemma
        triples.add((body["lemma"], body["semantics-name"], body["class"]))
    assert triples == {
        ("sign-lemma", "exact", "spectrum-nonnegative"),
        ("sign-lemma", "cast-unrolled", "spectrum-nonnegative"),
        ("monotone-rounding", "op-round", "diagonal-nonnegative"),
        ("psd-lemma", "seq-round", "symmetric-spectrum-in-0-1"),
    }


# ------------------------------------------------------------------ rows bind their certificates


def test_a_row_takes_no_evidence_that_says_something_else(report: ClaimReport) -> None:
    taken = 0
    for row in report.rows:
        for other in report.rows:
            status, problem = derive_status(row.found.row, other.found.evidence, other.checks)
            if row is other or status is row.found.row.documented:
                taken += 1
                assert row.found.row.kind == other.found.row.kind
                assert row.found.row.semantics == other.found.row.semantics
                assert set(row.found.row.properties) <= set(other.found.row.properties)
            else:
                assert status == "failed"
                assert "is not about this row" in problem or "certificates, the row" in problem
    assert len(report.rows) <= taken <= len(report.rows) + 1  # two refutations say the same


def test_another_seed_draws_other_networks(report: ClaimReport) -> None:
    claim = get_claim("parity-needs-negative-eigs")
    row = next(row for row in claim.rows if row.kind == "counterexample")
    same, other = row.build(Setting()), row.build(Setting(seed=1))
    (found,) = (outcome for outcome in report.rows if outcome.found.row.key == row.key)
    assert same.certificates == found.found.evidence.certificates
    drawn = {text(value) for value in same.certificates.values()}
    assert drawn.isdisjoint(text(value) for value in other.certificates.values())
    assert "seed 1" in other.summary


def text(certificate: Any) -> str:
    return str(certificate.text())


def test_the_report_is_json(report: ClaimReport) -> None:
    shown = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert [row["status"] for row in shown["rows"]] == [row["expected"] for row in shown["rows"]]
    assert shown["recheck"].startswith("python -I ")
    assert all(str(path) in shown["recheck"] for path in report.paths)


@pytest.mark.parametrize("key", ["statement", "sources", "provenance"])
def test_the_claim_says_where_it_is_from(report: ClaimReport, key: str) -> None:
    assert getattr(report.claim, key)
