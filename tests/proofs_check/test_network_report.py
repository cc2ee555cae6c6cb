"""A decision about a network counts only if the checker accepts every certificate of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monoscan.automata import Automaton, compile_regex, get_language
from monoscan.proofs_check.checked import Checked
from monoscan.proofs_check.decision_words import describe_decision
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.proofs_check.verify_lrnn import LRNNReport, check_network, decide_network
from monoscan.theory.constructions.parity import householder_parity, scalar_parity
from monoscan.theory.lrnn import LRNN
from monoscan.theory.semantics import Exact

PARITY = get_language("parity").build()
ALL_WORDS = compile_regex("(0|1)*", ("0", "1"))


def verify_lrnn(lrnn: LRNN, semantics: Exact, target: Automaton, folder: Path) -> LRNNReport:
    return check_network(decide_network(lrnn, semantics, target), folder)


def answered(report: LRNNReport, *verdicts: Verdict) -> LRNNReport:
    """The same decision, had the checker given these verdicts."""
    checks = (
        CheckResult(path, verdict, f"{path}: over limit")
        for path, verdict in zip(report.paths, verdicts, strict=True)
    )
    return Checked(report.found, tuple(checks))


@pytest.mark.parametrize("network", [scalar_parity(), householder_parity()])
def test_what_is_decided_is_checked(tmp_path: Path, network: LRNN) -> None:
    proved = verify_lrnn(network, Exact(), PARITY, tmp_path / "a")
    refuted = verify_lrnn(network, Exact(), ALL_WORDS, tmp_path / "b")
    assert (proved.status, proved.outcome.code) == ("proved", 0)
    assert (refuted.status, refuted.outcome.code) == ("refuted", 1)
    assert [check.path.name for check in proved.checks] == ["recognizer.json"]
    assert refuted.checks[0].path.name == "failing-word.json"
    assert all(check.path.exists() for check in (*proved.checks, *refuted.checks))


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict != "valid"])
def test_a_proof_that_is_not_valid_is_no_proof(tmp_path: Path, verdict: Verdict) -> None:
    report = answered(verify_lrnn(scalar_parity(), Exact(), PARITY, tmp_path), verdict)
    limited = verdict in (Verdict.MALFORMED, Verdict.TIME_LIMIT)
    status, code = ("undecided", 4) if limited else ("failed", 70)
    assert (report.status, report.outcome.code, report.is_over_limit) == (status, code, limited)
    assert report.problem
    assert report.to_json()["status"] == status
    assert report.to_json()["certificates"][0]["verdict"] == verdict


@pytest.mark.parametrize("place", [0, 1])
def test_one_refutation_that_is_not_valid_spoils_the_answer(tmp_path: Path, place: int) -> None:
    ends_with_1 = get_language("ends-with-1").build()
    report = verify_lrnn(scalar_parity(), Exact(), ends_with_1, tmp_path)
    verdicts = [Verdict.VALID, Verdict.VALID]
    assert (report.status, report.outcome.code) == ("refuted", 1)
    verdicts[place] = Verdict.INVALID
    spoilt = answered(report, *verdicts)
    assert (spoilt.status, spoilt.outcome.code) == ("failed", 70)
    verdicts[1 - place] = Verdict.TIME_LIMIT
    assert answered(report, *verdicts).outcome.code == 70


def test_a_certificate_without_an_answer_is_refused(tmp_path: Path) -> None:
    found = verify_lrnn(scalar_parity(), Exact(), PARITY, tmp_path).found
    with pytest.raises(ValueError, match="0 answers of the checker about 1 certificates"):
        Checked(found)


def test_an_answer_leaves_no_certificate_of_an_earlier_question(tmp_path: Path) -> None:
    verify_lrnn(scalar_parity(), Exact(), ALL_WORDS, tmp_path)
    verify_lrnn(scalar_parity(), Exact(), PARITY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["recognizer.json"]


def test_the_failing_word_is_described_as_it_is(tmp_path: Path) -> None:
    report = verify_lrnn(scalar_parity(), Exact(), ALL_WORDS, tmp_path)
    lines = describe_decision(report.found.decision, Exact())
    assert "shortest failing word: 1: it answers false, the language says true." in lines


def test_other_letters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="alphabet is 0, 1, the language's is a, b"):
        verify_lrnn(scalar_parity(), Exact(), compile_regex("a", ("a", "b")), tmp_path)
    assert list(tmp_path.iterdir()) == []
