"""`monoscan check FILE...`: the independent checker on any certificates."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.console import print_json
from monoscan.proofs_check.run_checker import CHECKER, Verdict, run_checker

# The order of FORMAT.md: the worst verdict decides.
_EXIT_CODES = {
    Verdict.NO_ANSWER: 70,
    Verdict.INTERNAL_ERROR: 70,
    Verdict.MALFORMED: 4,
    Verdict.INVALID: 1,
    Verdict.INCOMPLETE: 3,
    Verdict.VALID: 0,
}
_KILLED = 70  # a signal ended the checker


def check_command(
    files: Annotated[list[Path], typer.Argument(help="Certificate files.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check certificates with the independent checker, in a fresh process.

    Exit codes: 0 valid, 1 invalid, 3 incomplete (rests on a named lemma), 4 malformed or over a
    limit, 70 the checker itself failed; with several files the worst of 70, 4, 1, 3, 0.
    """
    if not as_json:
        command = [sys.executable, "-I", str(CHECKER), *map(str, files)]
        code = subprocess.run(command, check=False).returncode
        raise typer.Exit(code if code >= 0 else _KILLED)
    results = run_checker(files)
    found = {result.verdict for result in results}
    code = next(code for verdict, code in _EXIT_CODES.items() if verdict in found)
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
