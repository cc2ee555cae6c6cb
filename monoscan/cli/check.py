"""`monoscan check FILE...`: the independent checker on any certificates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.console import print_json
from monoscan.proofs_check.run_checker import (
    TIME_LIMIT,
    CheckResult,
    Verdict,
    iterate_checker,
    printed,
)

# The order of FORMAT.md: the worst verdict decides.
_EXIT_CODES = {
    Verdict.NO_ANSWER: 70,
    Verdict.INTERNAL_ERROR: 70,
    Verdict.TIME_LIMIT: 4,
    Verdict.MALFORMED: 4,
    Verdict.INVALID: 1,
    Verdict.INCOMPLETE: 3,
    Verdict.VALID: 0,
}


def check_command(
    files: Annotated[list[Path], typer.Argument(help="Certificate files.")],
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds for one file.")] = TIME_LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check certificates with the independent checker, in a fresh process.

    Exit codes: 0 valid, 1 invalid, 3 incomplete (rests on a named lemma), 4 malformed or over a
    limit (time-limit: over that of --time-limit), 70 the checker itself failed; with several
    files the worst of 70, 4, 1, 3, 0.
    """
    results: list[CheckResult] = []
    for result in iterate_checker(files, time_limit):
        results.append(result)
        if not as_json:
            _print_lines(result)
    found = {result.verdict for result in results}
    code = next(code for verdict, code in _EXIT_CODES.items() if verdict in found)
    if as_json:
        print_json(
            {
                "files": [
                    {"file": str(r.path), "verdict": r.verdict.value, "reason": r.reason}
                    for r in results
                ],
                "exit_code": code,
            }
        )
    raise typer.Exit(code)


def _print_lines(result: CheckResult) -> None:
    """What the checker prints about a file: the verdict, and why."""
    sys.stdout.write(f"{result.verdict}\t{result.kind}\t{printed(result.path)}\n")
    sys.stdout.flush()
    if result.reason:
        sys.stderr.write(f"{result.reason}\n")
        sys.stderr.flush()
