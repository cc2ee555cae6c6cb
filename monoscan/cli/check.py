"""`monoscan check FILE...`: the independent checker on any certificates."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.console import fail, print_json
from monoscan.proofs_check.exit_codes import (
    BUDGET_REACHED,
    INTERNAL_ERROR,
    NO,
    OF_VERDICT,
    UNKNOWN,
    YES,
    worst,
)
from monoscan.proofs_check.formal.coq import CoqMissing, ProofError
from monoscan.proofs_check.formal.verified import VerifiedResult, build_verified, run_verified
from monoscan.proofs_check.run_checker import (
    TIME_LIMIT,
    CheckResult,
    iterate_checker,
    printed,
)

# The order of FORMAT.md: the worst verdict decides.
_WORST_FIRST = (INTERNAL_ERROR, BUDGET_REACHED, NO, UNKNOWN, YES)


def check_command(
    files: Annotated[list[Path], typer.Argument(help="Certificate files.")],
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds for one file.")] = TIME_LIMIT,
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
    for path in files:
        if path.is_dir() or not path.exists():
            said = "a folder" if path.is_dir() else "there is no such file"
            fail(f"{printed(path)}: {said}; give certificate files")
    proved = _proved(files, time_limit) if verified else [None] * len(files)
    against: list[Path] = []
    entries = []
    results: list[CheckResult] = []
    for result, answer in zip(iterate_checker(files, time_limit), proved, strict=True):
        results.append(result)
        entry: dict[str, object] = {**result.to_json()}
        if answer is not None:
            entry["verified"] = {"verdict": answer.verdict, "why": answer.why}
            if answer.contradicts(result.verdict.value, result.reason):
                against.append(result.path)
        entries.append(entry)
        if not as_json:
            _print_lines(result, answer)
    code = worst((OF_VERDICT[result.verdict] for result in results), _WORST_FIRST)
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
    except (CoqMissing, ProofError) as error:
        fail(str(error))


def _print_lines(result: CheckResult, answer: VerifiedResult | None) -> None:
    """What the checker prints about a file: the verdict, and why; then the proved checker's."""
    beside = [result.basis] if answer is None else [result.basis, answer.describe()]
    said = [str(result.verdict), result.kind, printed(result.path), *filter(None, beside)]
    sys.stdout.write("\t".join(said) + "\n")
    sys.stdout.flush()
    if result.reason:
        sys.stderr.write(f"{result.reason}\n")
        sys.stderr.flush()
