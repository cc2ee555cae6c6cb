"""`monoscan check FILE...`: the independent checker on any certificates."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.console import print_json
from monoscan.cli.errors import fail
from monoscan.face.checking import Check, check_files
from monoscan.proofs_check.exit_codes import (
    BUDGET_REACHED,
    INTERNAL_ERROR,
    NO,
    OF_VERDICT,
    UNKNOWN,
    YES,
    worst,
)
from monoscan.proofs_check.formal.coq import ProofError
from monoscan.proofs_check.formal.verified import VerifiedResult, build_verified, run_verified
from monoscan.proofs_check.run_checker import TIME_LIMIT, printed

# The order of FORMAT.md: the worst verdict decides.
_WORST_FIRST = (INTERNAL_ERROR, BUDGET_REACHED, NO, UNKNOWN, YES)


def check_command(
    files: Annotated[list[Path], typer.Argument(help="Certificate files.")],
    time_limit: Annotated[float, typer.Option(help="Seconds for one file.")] = TIME_LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    verified: Annotated[
        bool,
        typer.Option(
            "--verified",
            help="Run the checker that Coq has proved right as well, and say what it covers "
            "(needs Coq; it is built in build/formal).",
        ),
    ] = False,
) -> None:
    """Check certificates with the independent checker, in a fresh process.

    Exit codes: 0 valid, 1 invalid, 2 no such file (then none is checked), 3 incomplete (rests on a
    named lemma), 4 malformed or over a limit (time-limit: over that of --time-limit), 70 the
    checker itself failed (with --verified, also if the two checkers contradict each other); with
    several files the worst of 70, 4, 1, 3, 0.
    """
    checks = check_files(files, time_limit)
    proved = _proved(files, time_limit) if verified else [None] * len(files)
    against: list[Path] = []
    entries = []
    codes = []
    for check, answer in zip(checks, proved, strict=True):
        codes.append(OF_VERDICT[check.verdict])
        entry: dict[str, object] = {**check.to_json()}
        if answer is not None:
            entry["verified"] = {"verdict": answer.verdict, "why": answer.why}
            if answer.contradicts(check.verdict, check.reason):
                against.append(check.path)
        entries.append(entry)
        if not as_json:
            _print_lines(check, answer)
    code = worst(codes, _WORST_FIRST)
    for path in against:
        code = INTERNAL_ERROR
        sys.stderr.write(f"{printed(path)}: the two checkers contradict each other; report this\n")
    if as_json:
        print_json({"files": entries, "exit_code": code})
    raise typer.Exit(code)


def _proved(files: Sequence[Path], time_limit: float) -> Sequence[VerifiedResult]:
    try:
        program = build_verified(say=lambda step: print(step, file=sys.stderr, flush=True))
        return run_verified(program, files, time_limit)
    except ProofError as error:
        fail(str(error))


def _print_lines(check: Check, answer: VerifiedResult | None) -> None:
    """What the checker prints about a file: the verdict, and why; then the proved checker's."""
    beside = [check.basis] if answer is None else [check.basis, answer.describe()]
    said = [check.verdict, check.kind, printed(check.path), *filter(None, beside)]
    sys.stdout.write("\t".join(said) + "\n")
    sys.stdout.flush()
    if check.reason:
        sys.stderr.write(f"{check.reason}\n")
        sys.stderr.flush()
