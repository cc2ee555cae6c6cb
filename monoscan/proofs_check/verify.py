"""`verify`: claim -> evidence -> certificates -> independent checker -> report.

No status is written down anywhere: each is derived from the verdicts of the checker, which runs
in a fresh process that cannot see this package.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monoscan.proofs_check.claim import (
    Claim,
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
)
from monoscan.proofs_check.run_checker import CheckResult, Verdict, checker_command, run_checker

Progress = Callable[[str], None]


@dataclass(frozen=True)
class RowReport:
    """A row, what was found, and whether that is what its page says.

    Attributes:
        row: the documented row.
        evidence: what it rests on.
        checks: the checker's answer for each certificate.
        status: derived from the checks; None if a certificate was rejected or is not about the
            row.
        problem: why there is no status; empty otherwise.
        seconds: wall-clock time for making the evidence.
    """

    row: Row
    evidence: Evidence
    checks: tuple[CheckResult, ...]
    status: Status | None
    problem: str
    seconds: float

    @property
    def is_as_documented(self) -> bool:
        """Whether the derived status is the documented one."""
        return self.status is self.row.expected


@dataclass(frozen=True)
class ClaimReport:
    """All rows of a claim.

    Attributes:
        claim: what was verified.
        rows: one report a row.
        seconds: wall-clock time, all in all.
        checker_seconds: of which in the checker's process.
    """

    claim: Claim
    rows: tuple[RowReport, ...]
    seconds: float
    checker_seconds: float

    @property
    def paths(self) -> tuple[Path, ...]:
        """All certificate files."""
        return tuple(check.path for row in self.rows for check in row.checks)

    def exit_code(self, strict: bool = False) -> int:
        """0 if every row is as documented, 1 if not; 3 if strict and a row is conditional.

        4 if the only rows that are not as documented were too much for the checker.
        """
        others = [row for row in self.rows if not row.is_as_documented]
        if others:
            limited = all(any(check.is_over_limit for check in row.checks) for row in others)
            return 4 if limited else 1
        conditional = any(row.status is Status.CONDITIONAL for row in self.rows)
        return 3 if strict and conditional else 0

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "claim": self.claim.id,
            "statement": self.claim.statement,
            "sources": list(self.claim.sources),
            "provenance": self.claim.provenance,
            "tags": list(self.claim.tags),
            "errata": list(self.claim.errata),
            "rows": [_row_to_json(row) for row in self.rows],
            "seconds": round(self.seconds, 3),
            "checker_seconds": round(self.checker_seconds, 3),
            "recheck": checker_command(self.paths),
        }


def _row_to_json(report: RowReport) -> dict[str, Any]:
    row = report.row
    return {
        "key": row.key,
        "semantics": row.semantics,
        "class": row.model_class,
        "statement": row.statement,
        "status": report.status.value if report.status else "failed",
        "expected": row.expected.value,
        "lemma": row.lemma or None,
        "evidence": report.evidence.summary,
        "witness": list(report.evidence.witness),
        "problem": report.problem or None,
        "seconds": round(report.seconds, 3),
        "certificates": [
            {"file": str(check.path), "verdict": check.verdict.value, "reason": check.reason}
            for check in report.checks
        ],
    }


def verify_claim(
    claim: Claim, setting: Setting, directory: Path, progress: Progress = lambda _: None
) -> ClaimReport:
    """Makes the evidence of every row, writes its certificates and has them checked.

    Args:
        claim: the claim.
        setting: seed and the like.
        directory: where certificate files go; created if absent.
        progress: called with the key of each row before it is worked on.

    Raises:
        OSError: if a file cannot be written.
    """
    start = time.perf_counter()
    made = [_make(row, setting, directory, progress) for row in claim.rows]
    progress("the independent checker")
    checking = time.perf_counter()
    results = iter(run_checker([path for _, _, _, paths in made for path in paths]))
    end = time.perf_counter()
    reports = tuple(
        _report(row, evidence, [next(results) for _ in paths], seconds)
        for row, evidence, seconds, paths in made
    )
    return ClaimReport(claim, reports, end - start, end - checking)


def _make(
    row: Row, setting: Setting, directory: Path, progress: Progress
) -> tuple[Row, Evidence, float, list[Path]]:
    progress(row.key)
    start = time.perf_counter()
    try:
        evidence = row.build(setting)
    except EvidenceMissingError as error:
        evidence = Evidence({}, str(error))
    paths = []
    for name, certificate in evidence.certificates.items():
        path = directory / (f"{row.key}-{name}.json" if name else f"{row.key}.json")
        certificate.write(path)
        paths.append(path)
    return row, evidence, time.perf_counter() - start, paths


def _report(
    row: Row, evidence: Evidence, checks: Sequence[CheckResult], seconds: float
) -> RowReport:
    status, problem = derive_status(row, evidence, checks)
    return RowReport(row, evidence, tuple(checks), status, problem, seconds)


def derive_status(
    row: Row, evidence: Evidence, checks: Sequence[CheckResult]
) -> tuple[Status | None, str]:
    """The status that the certificates give a row, and the problem if they give none.

    Args:
        row: what is documented.
        evidence: its certificates.
        checks: the checker's answer for each of them, in the same order.
    """
    if row.n_certificates == 0 and not evidence.certificates:
        return Status.OPEN, ""
    if not evidence.certificates:
        return None, f"no certificate: {evidence.summary}"
    if len(evidence.certificates) != row.n_certificates:
        count = len(evidence.certificates)
        return None, f"{count} certificates, the row needs {row.n_certificates}"
    if len(checks) != len(evidence.certificates):
        return None, f"{len(checks)} answers about {len(evidence.certificates)} certificates"
    for name, certificate in evidence.certificates.items():
        mismatch = row.mismatch(certificate, name)
        if mismatch:
            return None, f"certificate {name or row.key} is not about this row: {mismatch}"
    bad = [c for c in checks if c.verdict not in (Verdict.VALID, Verdict.INCOMPLETE)]
    if bad:
        return None, f"{bad[0].verdict}: {bad[0].reason or bad[0].path}"
    if any(check.verdict is Verdict.INCOMPLETE for check in checks):
        return Status.CONDITIONAL, ""
    return (Status.PROVED if row.direction is Direction.FOR else Status.REFUTED), ""
