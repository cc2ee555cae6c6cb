"""`verify --claim ID`, `verify --all` and `verify --tag TAG`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NoReturn

import typer

from monoscan.cli.console import (
    ProgressLine,
    fail,
    fail_to_write,
    print_json,
    shown_path,
    standard_output,
)
from monoscan.cli.render import print_claim_report, print_problems
from monoscan.proofs_check.claim import (
    Setting,
    UnknownClaimError,
    claims_tagged,
    get_claim,
)
from monoscan.proofs_check.verify import ClaimReport, verify_claim


def verify_one(
    claim_id: str, setting: Setting, directory: Path, strict: bool, as_json: bool
) -> NoReturn:
    """Verifies one claim, prints its rows and ends the program."""
    progress = ProgressLine()
    try:
        with progress.shown():
            report = _verify(claim_id, setting, directory, progress)
    except UnknownClaimError as error:
        fail(str(error))
    if as_json:
        print_json({**report.to_json(), "exit_code": report.exit_code(strict)})
    else:
        print_claim_report(report)
    raise typer.Exit(report.exit_code(strict))


def verify_many(
    tag: str, setting: Setting, directory: Path, strict: bool, as_json: bool
) -> NoReturn:
    """Verifies all claims, or those with a tag, prints a line for each and ends the program.

    A claim that is finished is printed at once, so that nothing is lost if the run is stopped.
    """
    try:
        ids = claims_tagged(tag)
    except UnknownClaimError as error:
        fail(str(error))
    progress = ProgressLine()
    reports = []
    with progress.shown():
        for number, claim_id in enumerate(ids, start=1):
            report = _verify(claim_id, setting, directory, progress, f"{number}/{len(ids)} ")
            reports.append(report)
            if not as_json:
                _print_line(report, max(map(len, ids)))
    code = max(report.exit_code(strict) for report in reports)
    if any(report.exit_code(strict) == 1 for report in reports):
        code = 1
    if as_json:
        print_json({"claims": [report.to_json() for report in reports], "exit_code": code})
    else:
        _print_summary(reports, directory)
    raise typer.Exit(code)


def _verify(
    claim_id: str, setting: Setting, directory: Path, progress: ProgressLine, prefix: str = ""
) -> ClaimReport:
    try:
        return verify_claim(
            get_claim(claim_id),
            setting,
            directory / claim_id,
            lambda text: progress.update(f"{prefix}{claim_id}: {text}"),
        )
    except OSError as error:
        fail_to_write(f"certificates to {directory}", error, "choose another folder with --out")


def _counts(reports: list[ClaimReport]) -> str:
    found = Counter(
        row.status.value if row.status else "failed" for report in reports for row in report.rows
    )
    return ", ".join(f"{count} {status}" for status, count in sorted(found.items()))


def _print_line(report: ClaimReport, width: int) -> None:
    console = standard_output()
    console.print(
        f"{report.claim.id.ljust(width)}  {report.seconds:6.2f} s  {_counts([report])}",
        soft_wrap=True,
    )
    print_problems(console, report)


def _print_summary(reports: list[ClaimReport], directory: Path) -> None:
    console = standard_output()
    rows = [row for report in reports for row in report.rows]
    documented = sum(row.is_as_documented for row in rows)
    seconds = sum(report.seconds for report in reports)
    checker = sum(report.checker_seconds for report in reports)
    files = sum(len(row.checks) for row in rows)
    console.print()
    console.print(
        f"{len(reports)} claims, {len(rows)} rows: {_counts(reports)}; {documented} as documented. "
        f"{seconds:.1f} s, of which {checker:.1f} s in the checker.",
    )
    console.print(f"{files} certificates in {shown_path(directory)}.")
