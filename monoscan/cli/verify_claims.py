"""`verify --claim ID`, `verify --all` and `verify --tag TAG`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, shown_path, standard_output
from monoscan.cli.errors import writing
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.claims import verify, verify_each
from monoscan.proofs_check.claim import claims_tagged, get_claim
from monoscan.proofs_check.claim_table import claims_table, count_statuses, problems
from monoscan.proofs_check.exit_codes import worst
from monoscan.proofs_check.verify import WORST_FIRST, ClaimReport

_REMEDY = "choose another folder with --certificates"


def verify_one(
    claim_id: str, seed: int, directory: Path, strict: bool, output: OutputOptions
) -> NoReturn:
    """Verifies one claim, prints its rows and ends the program."""
    claim = get_claim(claim_id)
    progress = ProgressLine()
    said = lambda text: progress.update(f"{claim_id}: {text}")  # noqa: E731
    with writing(f"certificates to {directory}", _REMEDY), progress.shown():
        found = verify(claim, directory / claim.id, seed=seed, progress=said)
    code = found.report.exit_code(strict)
    value = {**found.to_json(), "exit_code": code}
    write_table(replace(found.table(shown_path), value=value), output)
    raise typer.Exit(code)


def verify_many(
    tag: str, seed: int, directory: Path, strict: bool, output: OutputOptions
) -> NoReturn:
    """Verifies all claims, or those with a tag, prints a line for each and ends the program.

    A claim that is finished is printed at once, so that nothing is lost if the run is stopped.
    """
    ids = claims_tagged(tag)
    start, reports = perf_counter(), []
    progress = ProgressLine()

    def said(claim_id: str, text: str) -> None:
        progress.update(f"{ids.index(claim_id) + 1}/{len(ids)} {claim_id}: {text}")

    with writing(f"certificates to {directory}", _REMEDY), progress.shown():
        for found in verify_each(ids, directory, seed=seed, progress=said):
            reports.append(found.report)
            if output.is_text:
                _print_line(found.report, max(map(len, ids)))
    code = worst((report.exit_code(strict) for report in reports), WORST_FIRST)
    seconds = perf_counter() - start
    if output.is_text:
        _print_summary(reports, directory, seconds)
    else:
        table = claims_table(reports)
        more = {"seconds": round(seconds, 3), "exit_code": code}
        write_table(replace(table, value={**(table.value or {}), **more}), output)
    raise typer.Exit(code)


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
