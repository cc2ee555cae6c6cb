"""`verify --claim ID`, `verify --all` and `verify --tag TAG`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import typer
from rich.text import Text

from monoscan.cli.console import (
    ProgressLine,
    fail,
    fail_to_write,
    shown_path,
    standard_output,
)
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.claims import verify
from monoscan.proofs_check.claim import Setting, claims_tagged, get_claim
from monoscan.proofs_check.claim_table import claims_table, count_statuses, problems
from monoscan.proofs_check.exit_codes import worst
from monoscan.proofs_check.verify import WORST_FIRST, ClaimReport, verify_claims
from monoscan.registry import UnknownId


def verify_one(
    claim_id: str, setting: Setting, directory: Path, strict: bool, output: OutputOptions
) -> NoReturn:
    """Verifies one claim, prints its rows and ends the program."""
    progress = ProgressLine()
    with _writing(directory), progress.shown():
        try:
            claim = get_claim(claim_id)
        except UnknownId as error:
            fail(str(error))
        said = lambda text: progress.update(f"{claim_id}: {text}")  # noqa: E731
        found = verify(claim, directory / claim.id, seed=setting.seed, progress=said)
    report = found.report
    code = report.exit_code(strict)
    value = {**report.to_json(), "exit_code": code}
    write_table(replace(found.table(shown_path), value=value), output)
    raise typer.Exit(code)


def verify_many(
    tag: str, setting: Setting, directory: Path, strict: bool, output: OutputOptions
) -> NoReturn:
    """Verifies all claims, or those with a tag, prints a line for each and ends the program.

    A claim that is finished is printed at once, so that nothing is lost if the run is stopped.
    """
    try:
        ids = claims_tagged(tag)
    except UnknownId as error:
        fail(str(error))
    start, reports = perf_counter(), []
    progress = ProgressLine()

    def said(claim_id: str, text: str) -> None:
        progress.update(f"{ids.index(claim_id) + 1}/{len(ids)} {claim_id}: {text}")

    with _writing(directory), progress.shown():
        for report in verify_claims(map(get_claim, ids), setting, directory, said):
            reports.append(report)
            if output.is_text:
                _print_line(report, max(map(len, ids)))
    code = worst((report.exit_code(strict) for report in reports), WORST_FIRST)
    seconds = perf_counter() - start
    if output.is_text:
        _print_summary(reports, directory, seconds)
    else:
        table = claims_table(reports)
        more = {"seconds": round(seconds, 3), "exit_code": code}
        write_table(replace(table, value={**(table.value or {}), **more}), output)
    raise typer.Exit(code)


@contextmanager
def _writing(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fail_to_write(
            f"certificates to {directory}", error, "choose another folder with --certificates"
        )


def _print_line(report: ClaimReport, width: int) -> None:
    console = standard_output()
    console.print(
        f"{report.claim.id.ljust(width)}  {report.seconds:6.2f} s  {count_statuses([report])}",
        soft_wrap=True,
    )
    for problem in problems(report):
        console.print(Text(problem, style="bold red"))


def _print_summary(reports: list[ClaimReport], directory: Path, seconds: float) -> None:
    console = standard_output()
    rows = sum(len(report.rows) for report in reports)
    documented = rows - sum(len(report.undocumented) for report in reports)
    files = sum(len(report.paths) for report in reports)
    console.print()
    console.print(
        f"{len(reports)} claims, {rows} rows: {count_statuses(reports)}; {documented} as "
        f"documented. {seconds:.1f} s.",
    )
    console.print(f"{files} certificates in {shown_path(directory)}.")
