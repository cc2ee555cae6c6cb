"""Reports about claims as tables."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from monoscan.proofs_check.claim import Status
from monoscan.proofs_check.run_checker import CHECKER, CheckResult
from monoscan.proofs_check.verify import ClaimReport
from monoscan.tables import Column, Table
from monoscan.theory.lemmas import THEOREMS

Shown = Callable[[Path], str]


def claim_table(report: ClaimReport, shown: Shown = str) -> Table:
    """The rows of a claim, its sources, witnesses of refutations, files, how to check again.

    Args:
        report: about the claim.
        shown: how a path is written.
    """
    claim = report.claim
    rows = tuple(
        (
            row.status,
            row.found.row.semantics,
            row.found.row.model_class,
            row.found.evidence.summary,
            f"{row.seconds:.2f}",
        )
        for row in report.rows
    )
    return Table(
        (
            Column("status"),
            Column("semantics"),
            Column("class", wraps=True),
            Column("evidence", wraps=True),
            Column("seconds", "right"),
        ),
        rows,
        title=claim.id,
        introduction=(
            claim.statement,
            *(f"source: {source}" for source in claim.sources),
            claim.provenance,
            *(f"found wrong in print: {erratum}" for erratum in claim.errata),
        ),
        headings=tuple(row.found.row.statement for row in report.rows),
        notes=tuple(_notes(report, shown)),
        value=report.to_json(),
    )


def claims_table(reports: Sequence[ClaimReport]) -> Table:
    """A row a claim."""
    return Table(
        (Column("claim"), Column("seconds", "right"), Column("rows", wraps=True)),
        tuple(
            (report.claim.id, f"{report.seconds:.2f}", count_statuses([report]))
            for report in reports
        ),
        notes=tuple(problem for report in reports for problem in problems(report)),
        value={"claims": [report.to_json() for report in reports]},
    )


def count_statuses(reports: Iterable[ClaimReport]) -> str:
    """How many rows have each status, in words."""
    found = Counter(row.status for report in reports for row in report.rows)
    return ", ".join(f"{count} {status}" for status, count in sorted(found.items()))


def problems(report: ClaimReport) -> Iterator[str]:
    """The rows that did not come out as documented, each with the reason."""
    for checked in report.undocumented:
        row = checked.found.row
        reason = checked.problem or f"documented as {row.documented}, found {checked.status}"
        yield f"{row.key}: {reason}"


def files_checked(checks: Sequence[CheckResult], shown: Shown = str) -> Iterator[str]:
    """How many certificates there are, where, what the checker says, and how to check again."""
    if not checks or not checks[0].path.exists():  # a folder for this answer only
        return
    verdicts = Counter(check.verdict.value for check in checks)
    counted = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    folder = shown(checks[0].path.parent)
    noun = "certificate" if len(checks) == 1 else "certificates"
    yield f"{len(checks)} {noun} in {folder}: {counted}. Check again with"
    names = f"{shlex.quote(folder)}/*.json"
    if len(checks) <= 2:
        names = " ".join(shlex.quote(shown(check.path)) for check in checks)
    yield f"  python -I {shlex.quote(shown(CHECKER))} {names}"


def _notes(report: ClaimReport, shown: Shown) -> Iterator[str]:
    yield from _lemmas(report)
    for checked in report.rows:
        row = checked.found.row
        if trace := row.trace():
            yield f"To redo by hand: {row.model_class} ({row.semantics})"
            yield from (f"  {line}" for line in trace)
            yield ""
    for problem in problems(report):
        yield from (problem, "")
    documented = len(report.rows) - len(report.undocumented)
    yield (
        f"{len(report.rows)} rows: {count_statuses([report])}; {documented} as documented. "
        f"Evidence was made in {report.seconds:.2f} s."
    )
    yield from files_checked([check for row in report.rows for check in row.checks], shown)


def _lemmas(report: ClaimReport) -> Iterator[str]:
    lemmas = dict.fromkeys(filter(None, (row.found.row.lemma for row in report.rows)))
    if lemmas:
        theorems = [THEOREMS.get(lemma) for lemma in lemmas]
        pages = dict.fromkeys(
            f"docs/{theorem.page}" if theorem.page else f"{theorem.source} (cited, not checked)"
            for theorem in theorems
        )
        if any(row.status == Status.CONDITIONAL for row in report.rows):
            yield "A conditional row rests on a lemma whose proof is on paper, on its page."
        formal = dict.fromkeys(
            row.found.formal.where
            for row in report.rows
            if row.status == Status.FORMAL and row.found.formal is not None
        )
        for where in formal:
            yield f"A row that is proved (formal) rests on a proof in Coq, docs/formal.md: {where}."
        yield f"Statements, hypotheses and proofs: {', '.join(pages)}"
        yield ""
