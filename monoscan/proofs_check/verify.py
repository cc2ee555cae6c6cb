"""`verify`: claim -> evidence -> certificates -> independent checker -> report.

No status is written down anywhere: each is derived from the verdicts of the checker, which runs
in a fresh process that cannot see this package.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, final

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.checked import (
    FAILED,
    Checked,
    Outcome,
    check_findings,
    only_over_limit,
    recheck,
)
from monoscan.proofs_check.claim import (
    Claim,
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
)
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR, NO, UNKNOWN, YES, worst
from monoscan.proofs_check.run_checker import CheckResult, Verdict

if TYPE_CHECKING:
    from monoscan.proofs_check.formal.record import Formal

Progress = Callable[[str], None]
WORST_FIRST = (INTERNAL_ERROR, NO, BUDGET_REACHED, UNKNOWN, YES)
_PATIENCE = 5.0  # seconds for the checker to finish with what was made before an interruption


@final
@dataclass(frozen=True)
class RowFinding:
    """A row of a claim and what it rests on."""

    row: Row
    evidence: Evidence

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        """Files named after the row."""
        key = self.row.key
        return {
            f"{key}-{name}" if name else key: partial(_itself, certificate)
            for name, certificate in self.evidence.certificates.items()
        }

    @property
    def formal(self) -> Formal | None:
        """What Coq has proved of a row that names a lemma."""
        return formal_proof(self.row, self.evidence)

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        """The derived status; an error code if it is not the documented one."""
        status, problem = derive_status(self.row, self.evidence, checks)
        if status == self.row.documented:
            return Outcome(status, YES)
        if only_over_limit(checks, Verdict.VALID, Verdict.INCOMPLETE):
            return Outcome(status, BUDGET_REACHED, problem)
        crashed = any(c.verdict in (Verdict.INTERNAL_ERROR, Verdict.NO_ANSWER) for c in checks)
        return Outcome(status, INTERNAL_ERROR if crashed else NO, problem)

    def to_json(self) -> dict[str, Any]:
        """The row as it is documented, and its evidence in words."""
        row, formal = self.row, self.formal
        return {
            "key": row.key,
            "semantics": row.semantics,
            "class": row.model_class,
            "statement": row.statement,
            "expected": row.documented.value,
            "lemma": row.lemma or None,
            "formal": None if formal is None else {"theorem": formal.theorem, "by": formal.where},
            "evidence": self.evidence.summary,
            "witness": list(row.trace()),
        }


RowReport: TypeAlias = Checked[RowFinding]


@final
@dataclass(frozen=True)
class ClaimReport:
    """All rows of a claim.

    Attributes:
        claim: what was verified.
        rows: one a row, in the order of the claim.
    """

    claim: Claim
    rows: tuple[RowReport, ...]

    @property
    def seconds(self) -> float:
        """Wall-clock time for making the evidence and writing the certificates."""
        return sum(row.seconds for row in self.rows)

    @property
    def paths(self) -> tuple[Path, ...]:
        """All certificate files."""
        return tuple(path for row in self.rows for path in row.paths)

    @property
    def undocumented(self) -> tuple[RowReport, ...]:
        """The rows whose status is not the documented one."""
        return tuple(row for row in self.rows if row.outcome.code != YES)

    def exit_code(self, strict: bool = False) -> int:
        """0 if every row is as documented, 1 if not; 3 if strict and a row is conditional.

        4 if the only rows that are not as documented were too much for the checker, 70 if it
        failed.
        """
        code = worst((row.outcome.code for row in self.rows), WORST_FIRST)
        conditional = any(row.status == Status.CONDITIONAL for row in self.rows)
        return UNKNOWN if code == YES and strict and conditional else code

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "claim": self.claim.id,
            "statement": self.claim.statement,
            "sources": list(self.claim.sources),
            "provenance": self.claim.provenance,
            "tags": list(self.claim.tags),
            "errata": list(self.claim.errata),
            "rows": [row.to_json() for row in self.rows],
            "seconds": round(self.seconds, 3),
            "recheck": recheck(self.paths),
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
    made = _made([(claim, directory)], setting, lambda _, text: progress(text))
    return ClaimReport(claim, tuple(check_findings(made, progress=progress)))


def verify_claims(
    claims: Iterable[Claim],
    setting: Setting,
    directory: Path,
    progress: Callable[[str, str], None] = lambda _claim, _text: None,
) -> Iterator[ClaimReport]:
    """Verifies claims; the checker works on one while the evidence of the next is being made.

    An exception comes after the reports of the claims that were ready before it.

    Args:
        claims: taken from as they are needed.
        setting: seed and the like.
        directory: where certificate files go, a folder a claim; created if absent.
        progress: called with the id of a claim and what is done for it.

    Yields:
        a report a claim, in their order, as soon as it is complete.

    Raises:
        OSError: if a file cannot be written.
    """
    started: deque[Claim] = deque()
    rows: list[RowReport] = []

    def with_folders() -> Iterator[tuple[Claim, Path]]:
        for claim in claims:
            started.append(claim)
            yield claim, directory / claim.id

    def complete() -> Iterator[ClaimReport]:
        while started and len(rows) >= len(started[0].rows):
            claim = started.popleft()
            yield ClaimReport(claim, tuple(rows[: len(claim.rows)]))
            del rows[: len(claim.rows)]

    made = _made(with_folders(), setting, progress)
    said = lambda text: progress(started[0].id, text)  # noqa: E731
    for checked in check_findings(made, patience=_PATIENCE, progress=said):
        rows.append(checked)
        yield from complete()
    yield from complete()


def _made(
    claims: Iterable[tuple[Claim, Path]], setting: Setting, progress: Callable[[str, str], None]
) -> Iterator[tuple[RowFinding, Path]]:
    """The rows of all claims with their evidence, each made when it is asked for."""
    for claim, folder in claims:
        for row in claim.rows:
            progress(claim.id, row.key)
            try:
                evidence = row.build(setting)
            except EvidenceMissingError as error:
                evidence = Evidence({}, str(error))
            yield RowFinding(row, evidence), folder


def _itself(certificate: Certificate) -> Certificate:
    return certificate


def derive_status(row: Row, evidence: Evidence, checks: Sequence[CheckResult]) -> tuple[str, str]:
    """The status that the certificates give a row, and the problem if that is `failed`.

    Args:
        row: what is documented.
        evidence: its certificates.
        checks: the checker's answer for each of them, in the same order.
    """
    if row.n_certificates == 0 and not evidence.certificates:
        return Status.OPEN, ""
    problem = _problem(row, evidence, checks)
    if problem:
        return FAILED, problem
    if any(check.verdict is Verdict.INCOMPLETE for check in checks):
        formal = formal_proof(row, evidence)
        if formal is None and row.documented is Status.FORMAL:
            return Status.CONDITIONAL, "the formal proofs have changed since they were recorded"
        return (Status.CONDITIONAL if formal is None else Status.FORMAL), ""
    return (Status.PROVED if row.direction is Direction.FOR else Status.REFUTED), ""


def formal_proof(row: Row, evidence: Evidence) -> Formal | None:
    """What Coq has proved of what all certificates name: lemma, class, semantics, depth, windows.

    What the certificate shows of its automaton is the checker's to say; the proof says that no
    network of the class recognises the language of an automaton that shows it.
    """
    if row.documented is not Status.FORMAL:
        return None
    # Only rows that name a lemma need the catalogue of them.
    from monoscan.proofs_check.formal.record import proof_of

    keys = ("lemma", "semantics-name", "class", "depth")
    bodies = [certificate.body for certificate in evidence.certificates.values()]
    named = {(*(b[key] for key in keys), *b.get("windows", ("1", "1"))) for b in bodies}
    if len(named) != 1:
        return None
    lemma, semantics, model_class, depth, of_a, of_b = named.pop()
    return proof_of(lemma, semantics, model_class, depth, (int(of_a), int(of_b)))


def _problem(row: Row, evidence: Evidence, checks: Sequence[CheckResult]) -> str:
    """Why the certificates give no status; empty if they do."""
    if not evidence.certificates:
        return f"no certificate: {evidence.summary}"
    count = len(evidence.certificates)
    if count != row.n_certificates:
        return f"{count} certificates, the row needs {row.n_certificates}"
    if len(checks) != count:
        return f"{len(checks)} answers about {count} certificates"
    for name, certificate in evidence.certificates.items():
        mismatch = row.mismatch(certificate, name)
        if mismatch:
            return f"certificate {name or row.key} is not about this row: {mismatch}"
    bad = [c for c in checks if c.verdict not in (Verdict.VALID, Verdict.INCOMPLETE)]
    return f"{bad[0].verdict}: {bad[0].reason or bad[0].path}" if bad else ""
