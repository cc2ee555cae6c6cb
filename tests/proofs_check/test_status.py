"""A row's status comes from the checker's verdicts, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers import certificate_samples as samples

from monoscan.proofs_check import claim as claims
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import (
    Claim,
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
    get_claim,
)
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.proofs_check.verify import ClaimReport, RowFinding, derive_status, verify_claim
from monoscan.registry import Registry, UnknownId

SIGN_LEMMA = "sign-lemma"


def certificate(sample: samples.Certificate, **changes: Any) -> Certificate:
    """A sample with other members; writing it seals it again."""
    body = {key: value for key, value in sample.items() if key != "digest"} | changes
    return Certificate(body["kind"], body)


def recognizer(**changes: Any) -> Certificate:
    return certificate(samples.parity_scalar(), **changes)


def two_words(**changes: Any) -> Certificate:
    return certificate(samples.averaging_two_words(), **changes)


def obstruction(**changes: Any) -> Certificate:
    made = samples.obstruction(SIGN_LEMMA, "exact", "spectrum-nonnegative")
    return certificate(made, **changes)


def make_row(
    *certificates: Certificate,
    expected: Status = Status.PROVED,
    direction: Direction = Direction.FOR,
    key: str = "row",
    semantics: str = "exact",
    kind: str | None = None,
    requires: Mapping[str, Any] | None = None,
    properties: tuple[str, ...] = (),
    lemma: str = "",
) -> Row:
    """A row whose evidence is these certificates."""
    named = {str(index): value for index, value in enumerate(certificates)}
    return Row(
        key=key,
        semantics=semantics,
        model_class="networks",
        statement="a statement",
        expected=expected,
        direction=direction,
        kind=kind or certificates[0].kind,
        requires=requires or {},
        n_certificates=len(certificates),
        build=lambda _: Evidence(named, "evidence"),
        properties=properties,
        lemma=lemma,
    )


def verify(folder: Path, *rows: Row) -> ClaimReport:
    claim = Claim("a-claim", "statement", ("source",), "provenance", rows)
    return verify_claim(claim, Setting(), folder)


def answers(*verdicts: Verdict) -> list[CheckResult]:
    return [
        CheckResult(Path(f"{index}.json"), verdict, f"why {index}")
        for index, verdict in enumerate(verdicts)
    ]


def derived(row: Row, *verdicts: Verdict) -> tuple[str, str]:
    return derive_status(row, row.build(Setting()), answers(*verdicts))


# ------------------------------------------------------------------ from verdicts to a status


@pytest.mark.parametrize(
    ("verdicts", "direction", "status"),
    [
        ([Verdict.VALID], Direction.FOR, Status.PROVED),
        ([Verdict.VALID], Direction.AGAINST, Status.REFUTED),
        ([Verdict.VALID, Verdict.VALID], Direction.FOR, Status.PROVED),
        ([Verdict.INCOMPLETE], Direction.FOR, Status.CONDITIONAL),
        ([Verdict.INCOMPLETE], Direction.AGAINST, Status.CONDITIONAL),
        ([Verdict.VALID, Verdict.INCOMPLETE], Direction.FOR, Status.CONDITIONAL),
        ([Verdict.INCOMPLETE, Verdict.VALID], Direction.AGAINST, Status.CONDITIONAL),
    ],
)
def test_accepted_certificates_give_a_status(
    verdicts: list[Verdict], direction: Direction, status: Status
) -> None:
    row = make_row(*(recognizer() for _ in verdicts), direction=direction)
    assert derived(row, *verdicts) == (status, "")


@pytest.mark.parametrize(
    "verdict",
    [Verdict.INVALID, Verdict.MALFORMED, Verdict.INTERNAL_ERROR, Verdict.NO_ANSWER],
)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_certificate_that_is_not_accepted_gives_no_status(
    verdict: Verdict, direction: Direction, place: int
) -> None:
    verdicts = [Verdict.VALID, Verdict.INCOMPLETE, Verdict.VALID]
    verdicts[place] = verdict
    row = make_row(recognizer(), recognizer(), recognizer(), direction=direction)
    assert derived(row, *verdicts) == ("failed", f"{verdict}: why {place}")


def test_every_verdict_is_decided() -> None:
    row = make_row(recognizer())
    accepted = {verdict for verdict in Verdict if derived(row, verdict)[0] != "failed"}
    assert accepted == {Verdict.VALID, Verdict.INCOMPLETE}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_each_certificate_needs_an_answer(count: int) -> None:
    row = make_row(recognizer(), recognizer())
    status, problem = derived(row, *[Verdict.VALID] * count)
    assert status == "failed"
    assert problem == f"{count} answers about 2 certificates"


MOD_4 = samples.COUNT_MOD_4


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (make_row(recognizer(), kind="counterexample"), "kind recognizer, the row needs counter"),
        (make_row(recognizer(), semantics="op-round"), "semantics exact, the row is about op-rou"),
        (make_row(obstruction(), semantics="op-round"), "semantics exact, the row is about op-r"),
        (make_row(two_words(), properties=("norm-at-most-one",)), "norm-at-most-one is not cert"),
        (make_row(obstruction(), properties=("diagonal",)), "diagonal is not certified"),
        (make_row(recognizer(), requires={"automaton": MOD_4}), "automaton is {'alphabet'"),
        (make_row(two_words(), requires={"triples": "8"}), "triples is None, the row needs '8'"),
        (
            make_row(obstruction(), expected=Status.CONDITIONAL, lemma="psd-lemma"),
            "lemma sign-lemma, the row rests on psd-lemma",
        ),
        (
            make_row(recognizer(), expected=Status.CONDITIONAL, lemma=SIGN_LEMMA),
            "lemma None, the row rests on sign-lemma",
        ),
    ],
)
def test_a_certificate_of_something_else_gives_no_status(row: Row, problem: str) -> None:
    for verdict in (Verdict.VALID, Verdict.INCOMPLETE):
        status, text = derived(row, verdict)
        assert status == "failed"
        assert "is not about this row: " in text
        assert problem in text


def test_one_stray_certificate_among_good_ones_is_found() -> None:
    row = make_row(recognizer(), two_words())
    status, problem = derived(row, Verdict.VALID, Verdict.VALID)
    assert (status, "certificate 1 is not about" in problem) == ("failed", True)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.VALID, Verdict.VALID], 0),
        ([Verdict.VALID, Verdict.INVALID], 1),
        ([Verdict.TIME_LIMIT, Verdict.VALID], 4),
        ([Verdict.TIME_LIMIT, Verdict.INVALID], 1),
        ([Verdict.INTERNAL_ERROR, Verdict.VALID], 70),
        ([Verdict.NO_ANSWER, Verdict.INVALID], 70),
        ([Verdict.VALID, Verdict.INCOMPLETE], 1),  # conditional, and documented as proved
    ],
)
def test_a_limit_a_crash_and_a_rejection_end_differently(
    verdicts: list[Verdict], code: int
) -> None:
    row = make_row(recognizer(), recognizer())
    finding = RowFinding(row, row.build(Setting()))
    assert finding.outcome(answers(*verdicts)).code == code


# ------------------------------------------------------------------ with the real checker


def test_true_certificates_make_a_claim(tmp_path: Path) -> None:
    rows = (
        make_row(recognizer(), key="a", properties=("diagonal",)),
        make_row(two_words(), key="b", expected=Status.REFUTED, direction=Direction.AGAINST),
        make_row(obstruction(), key="c", expected=Status.CONDITIONAL, lemma=SIGN_LEMMA),
    )
    found = verify(tmp_path, *rows)
    assert [row.status for row in found.rows] == [
        Status.PROVED,
        Status.REFUTED,
        Status.CONDITIONAL,
    ]
    assert found.undocumented == ()
    assert (found.exit_code(), found.exit_code(strict=True)) == (0, 3)
    assert [path.name for path in found.paths] == ["a-0.json", "b-0.json", "c-0.json"]
    assert "the lemma 'sign-lemma'" in found.rows[2].checks[0].reason


FALSE = {
    "a word was changed": two_words(words=[["1"], ["1", "1", "1"]]),
    "an expected answer was changed": two_words(expected=[False, False]),
    "the network is another one": recognizer(
        lrnn=samples.averaging_two_words()["lrnn"] | {"alphabet": ["0", "1"]}
    ),
    "a state is missing": recognizer(states=samples.parity_scalar()["states"][:1]),
    "a property does not hold": recognizer(properties=["spectrum-nonnegative"]),
    "the language does not alternate": obstruction(
        witness={"type": "unsettled", "prefix": [], "word": ["0"]}
    ),
}
NO_CERTIFICATES = {
    "a member too many": recognizer(proof="trust me"),
    "a number": recognizer(version=1),
    "no words": two_words(words=[]),
    "an unknown kind": recognizer(kind="theorem"),
}


@pytest.mark.parametrize("name", [*FALSE, *NO_CERTIFICATES])
@pytest.mark.parametrize("expected", [Status.PROVED, Status.REFUTED])
def test_a_rejected_certificate_makes_the_row_fail(
    tmp_path: Path, name: str, expected: Status
) -> None:
    bad = (FALSE | NO_CERTIFICATES)[name]
    direction = Direction.FOR if expected is Status.PROVED else Direction.AGAINST
    # The row asks for the very kind of the certificate: only the checker can find the fault.
    found = verify(tmp_path, make_row(bad, expected=expected, direction=direction))
    (outcome,) = found.rows
    verdict = Verdict.INVALID if name in FALSE else Verdict.MALFORMED
    assert outcome.status == "failed"
    assert outcome.outcome.code == 1
    assert outcome.checks[0].verdict is verdict
    assert outcome.problem.startswith(f"{verdict}: {tmp_path / 'row-0.json'}: ")
    assert (found.exit_code(), found.exit_code(strict=True)) == (1, 1)
    shown = found.to_json()["rows"][0]
    assert (shown["status"], shown["problem"]) == ("failed", outcome.problem)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (make_row(recognizer(), expected=Status.REFUTED), Status.PROVED),
        (make_row(recognizer(), expected=Status.OPEN), Status.PROVED),
        (make_row(recognizer(), direction=Direction.AGAINST), Status.REFUTED),
        (make_row(obstruction()), Status.CONDITIONAL),
        (make_row(obstruction(), direction=Direction.AGAINST), Status.CONDITIONAL),
    ],
)
def test_a_row_documented_as_something_else_is_a_contradiction(
    tmp_path: Path, row: Row, status: Status
) -> None:
    found = verify(tmp_path, make_row(recognizer(), key="good"), row)
    assert found.rows[1].status is status
    assert found.rows[1].problem == ""
    assert [outcome.outcome.code for outcome in found.rows] == [0, 1]
    assert (found.exit_code(), found.exit_code(strict=True)) == (1, 1)


def test_a_valid_certificate_does_not_make_a_row_conditional(tmp_path: Path) -> None:
    # The lemma's name is in a certificate that needs no lemma: it could not be about the row.
    row = make_row(recognizer(), expected=Status.CONDITIONAL, lemma=SIGN_LEMMA)
    found = verify(tmp_path, row)
    assert found.rows[0].checks[0].verdict is Verdict.VALID
    assert (found.rows[0].status, found.exit_code()) == ("failed", 1)


def test_without_conditional_rows_strict_makes_no_difference(tmp_path: Path) -> None:
    found = verify(tmp_path, make_row(recognizer()))
    assert (found.exit_code(), found.exit_code(strict=True)) == (0, 0)


def test_progress_names_each_row(tmp_path: Path) -> None:
    said: list[str] = []
    rows = (make_row(recognizer(), key="a"), make_row(recognizer(), key="b"))
    claim = Claim("a-claim", "statement", ("source",), "provenance", rows)
    verify_claim(claim, Setting(), tmp_path, said.append)
    assert said == ["a", "b", "the independent checker"]


# ------------------------------------------------------------------ valid from birth


def test_a_lemma_belongs_to_conditional_rows_only() -> None:
    message = "row row: a row names a lemma exactly if its certificates are conditional"
    with pytest.raises(ValueError, match=message):
        make_row(obstruction(), expected=Status.CONDITIONAL)
    with pytest.raises(ValueError, match=message):
        make_row(obstruction(), lemma=SIGN_LEMMA)


def test_the_number_of_certificates_belongs_to_the_row() -> None:
    row = replace(make_row(recognizer(), recognizer()), n_certificates=3)
    assert derived(row, Verdict.VALID, Verdict.VALID) == (
        "failed",
        "2 certificates, the row needs 3",
    )


def test_a_row_without_a_certificate_has_no_status() -> None:
    status = derive_status(make_row(recognizer()), Evidence({}, "nothing was found"), [])
    assert status == ("failed", "no certificate: nothing was found")


def test_a_search_that_finds_no_evidence_leaves_the_row_without_a_status(tmp_path: Path) -> None:
    def build(_setting: Setting) -> Evidence:
        raise EvidenceMissingError("no pair of words")

    row = replace(make_row(recognizer()), build=build)
    claim = Claim("a-claim", "statement", ("source",), "provenance", (row,))
    report = verify_claim(claim, Setting(), tmp_path)
    assert report.rows[0].status == "failed"
    assert report.rows[0].problem == "no certificate: no pair of words"
    assert report.exit_code() == 1


def test_keys_name_rows() -> None:
    rows = (make_row(recognizer()), make_row(two_words()))
    with pytest.raises(ValueError, match="claim a-claim: two rows have the same key"):
        Claim("a-claim", "statement", ("source",), "provenance", rows)


def test_an_unknown_claim_names_the_nearest() -> None:
    with pytest.raises(UnknownId, match="no claim 'parity-needs'; nearest: parity-needs-"):
        get_claim("parity-needs")


def test_a_claim_is_registered_under_the_name_of_its_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claims, "CLAIMS", Registry("claim", "claims"))

    def some_new_claim() -> tuple[Row, ...]:
        return (make_row(recognizer()),)

    register = claims.claim("statement", ("source",), "provenance")
    register(some_new_claim)
    assert claims.claim_ids() == ("some-new-claim",)
    assert [row.key for row in get_claim("some-new-claim").rows] == ["row"]
    with pytest.raises(ValueError, match="two claims have the id 'some-new-claim'"):
        register(some_new_claim)
