"""Runs the independent checker on files, in a fresh isolated Python process."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

CHECKER = Path(__file__).parent / "checker" / "check.py"


class Verdict(StrEnum):
    """What the checker says of one file, and `no-answer` if it says nothing."""

    VALID = "valid"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    INTERNAL_ERROR = "internal-error"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True)
class CheckResult:
    """The checker's answer about one file.

    Attributes:
        path: the certificate.
        verdict: the word on standard output.
        reason: what standard error says about the file.
    """

    path: Path
    verdict: Verdict
    reason: str


def run_checker(paths: Sequence[Path]) -> tuple[CheckResult, ...]:
    """Checks certificates, all in one fresh process that cannot see this package.

    Args:
        paths: certificate files, all different.

    Returns:
        one result a path, in order.
    """
    if not paths:
        return ()
    process = subprocess.run(
        [sys.executable, "-I", str(CHECKER), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    verdicts: dict[str, Verdict] = {}
    for line in process.stdout.splitlines():
        word, _kind, path = line.split("\t", 2)
        verdicts[path] = Verdict(word)
    return tuple(_result(path, verdicts, process.stderr) for path in paths)


def _result(path: Path, verdicts: dict[str, Verdict], errors: str) -> CheckResult:
    verdict = verdicts.get(str(path), Verdict.NO_ANSWER)
    reasons = [line for line in errors.splitlines() if str(path) in line]
    if verdict is Verdict.NO_ANSWER:
        reasons = errors.splitlines()[-3:] or ["the checker printed nothing about this file"]
    return CheckResult(path, verdict, "\n".join(reasons))


def checker_command(paths: Sequence[Path]) -> str:
    """The shell command that checks these files again, without the package.

    >>> checker_command([Path("a b.json")]).endswith("check.py 'a b.json'")
    True
    """
    return " ".join(
        ["python", "-I", shlex.quote(str(CHECKER)), *(shlex.quote(str(path)) for path in paths)]
    )
