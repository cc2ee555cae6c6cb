"""Reports as text for people."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from monoscan.cli.columns import STATUS_STYLES, Line, print_columns
from monoscan.cli.console import shown_path, standard_output
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.decision_words import describe_decision
from monoscan.proofs_check.run_checker import CHECKER, CheckResult
from monoscan.proofs_check.verify import ClaimReport
from monoscan.proofs_check.verify_lrnn import LRNNReport, classes_shown
from monoscan.theory.lemmas import THEOREMS
from monoscan.theory.model_classes import ModelClass


def print_claim_report(report: ClaimReport) -> None:
    """Statement, sources, a table of rows, witnesses of refutations, files, how to check again."""
    console = standard_output()
    console.print(report.claim.id, style="bold")
    _paragraph(console, report.claim.statement)
    for source in report.claim.sources:
        _paragraph(console, f"source: {source}")
    _paragraph(console, report.claim.provenance)
    for erratum in report.claim.errata:
        _paragraph(console, f"found wrong in print: {erratum}")
    console.print()
    _print_rows(console, report)
    _print_lemmas(console, report)
    _print_witnesses(console, report)
    print_problems(console, report)
    console.print()
    console.print(Text(_summary(report)))
    _print_files(console, tuple(check for row in report.rows for check in row.checks))


def _paragraph(console: Console, text: str) -> None:
    console.print(Text(text), width=min(console.width, 110))


def _print_rows(console: Console, report: ClaimReport) -> None:
    lines = [
        Line(
            row.found.row.statement,
            (
                row.status,
                row.found.row.semantics,
                row.found.row.model_class,
                row.found.evidence.summary,
                f"{row.seconds:7.2f}",
            ),
        )
        for row in report.rows
    ]
    print_columns(console, ("status", "semantics", "class", "evidence", "seconds"), lines)


def _styled(status: str) -> Text:
    return Text(status, style=STATUS_STYLES.get(status, ""))


def _print_lemmas(console: Console, report: ClaimReport) -> None:
    lemmas = dict.fromkeys(filter(None, (row.found.row.lemma for row in report.rows)))
    if lemmas:
        theorems = [THEOREMS.get(lemma) for lemma in lemmas]
        pages = dict.fromkeys(
            f"docs/{theorem.page}" if theorem.page else f"{theorem.source} (cited, not checked)"
            for theorem in theorems
        )
        files = ", ".join(pages)
        console.print()
        console.print(
            Text("A conditional row rests on a lemma whose proof is on paper, on its page.")
        )
        console.print(Text(f"Statements, hypotheses and proofs: {files}"), soft_wrap=True)


def _print_witnesses(console: Console, report: ClaimReport) -> None:
    for checked in report.rows:
        row, evidence = checked.found.row, checked.found.evidence
        if evidence.witness:
            console.print()
            title = f"To redo by hand: {row.model_class} ({row.semantics})"
            console.print(Text(title, style="bold"))
            for line in evidence.witness:
                console.print(Text(f"  {line}"))


def print_problems(console: Console, report: ClaimReport) -> None:
    """The rows that did not come out as documented."""
    for checked in report.undocumented:
        row = checked.found.row
        console.print()
        reason = checked.problem or f"documented as {row.expected}, found {checked.status}"
        console.print(Text(f"{row.key}: {reason}", style="bold red"))


def _summary(report: ClaimReport) -> str:
    documented = len(report.rows) - len(report.undocumented)
    return (
        f"{len(report.rows)} rows: {count_statuses([report])}; {documented} as documented. "
        f"Evidence was made in {report.seconds:.2f} s."
    )


def count_statuses(reports: Iterable[ClaimReport]) -> str:
    """How many rows have each status, in words."""
    found = Counter(row.status for report in reports for row in report.rows)
    return ", ".join(f"{count} {status}" for status, count in sorted(found.items()))


def print_lrnn_report(report: LRNNReport, model_class: ModelClass | None = None) -> None:
    """The answer in sentences, the class if one was asked for, files, how to check again."""
    console = standard_output()
    console.print(_styled(report.status))
    if report.is_over_limit:
        _paragraph(console, f"Not checked: {report.problem}. The search says:")
    elif report.status == FAILED:
        _paragraph(console, "The checker rejects a certificate, so nothing is known.")
    if report.status != FAILED:
        for line in describe_decision(report.found.decision, report.found.semantics):
            _paragraph(console, line)
    if model_class is not None and classes_shown(report):
        _paragraph(console, f"It lies in the class {model_class.id}: {model_class.region}.")
    for check in report.checks:
        if check.reason:
            console.print(Text(check.reason, style="bold red"))
    _print_files(console, report.checks)


def _print_files(console: Console, checks: tuple[CheckResult, ...]) -> None:
    if not checks:
        return
    verdicts = Counter(check.verdict.value for check in checks)
    counted = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    folder = shown_path(checks[0].path.parent)
    noun = "certificate" if len(checks) == 1 else "certificates"
    console.print(Text(f"{len(checks)} {noun} in {folder}: {counted}. Check again with"))
    names = f"{shlex.quote(folder)}/*.json"
    if len(checks) <= 2:
        names = " ".join(shlex.quote(shown_path(check.path)) for check in checks)
    command = f"python -I {shlex.quote(shown_path(Path(CHECKER)))} {names}"
    console.print(Text(f"  {command}"), soft_wrap=True)
