"""Runs the independent checker on files, in a fresh isolated Python process."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

CHECKER = Path(__file__).parent / "checker"


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
        reason: what standard error says about the file, `FILE: WHY`; empty if it is valid.
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
        check=False,
        stdin=subprocess.DEVNULL,
    )
    # Decoded here: text mode would turn a carriage return in a file name into a line break.
    return read_answers(paths, _decoded(process.stdout), _decoded(process.stderr))


def _decoded(output: bytes) -> str:
    return output.decode(errors="backslashreplace")


def read_answers(paths: Sequence[Path], output: str, errors: str) -> tuple[CheckResult, ...]:
    r"""What the checker printed, as one result a path; `no-answer` from the first line amiss.

    Args:
        paths: the files in the order in which they were given to the checker.
        output: its standard output.
        errors: its standard error.

    >>> answers = read_answers([Path("a"), Path("b")], "valid\tobstruction\ta\n", "")
    >>> [answer.verdict.value for answer in answers]
    ['valid', 'no-answer']
    """
    verdicts: list[Verdict] = []
    for path in paths:
        match = re.match(rf"({_WORDS})\t[a-z-]+\t{re.escape(_printed(path))}\n", output)
        if match is None:
            break
        verdicts.append(Verdict(match[1]))
        output = output[match.end() :]
    verdicts += [Verdict.NO_ANSWER] * (len(paths) - len(verdicts))
    return tuple(
        CheckResult(path, verdict, _reason(path, verdict, errors))
        for path, verdict in zip(paths, verdicts, strict=True)
    )


_WORDS = "|".join(verdict for verdict in Verdict if verdict is not Verdict.NO_ANSWER)


def _printed(path: Path) -> str:
    """A path as the checker prints it: what is no UTF-8 becomes an escape."""
    return str(path).encode(errors="backslashreplace").decode()


def _reason(path: Path, verdict: Verdict, errors: str) -> str:
    if verdict is Verdict.NO_ANSWER:
        last = errors.strip().splitlines()[-3:] or ["it printed nothing about this file"]
        return f"{path}: no answer of the checker: " + "\n".join(last)
    start = f"{_printed(path)}: "
    position = f"\n{errors}".find(f"\n{start}")
    return "" if position < 0 else start + errors[position + len(start) :].split("\n", 1)[0]


def checker_command(paths: Sequence[Path]) -> str:
    """The shell command that checks these files again, without the package.

    >>> checker_command([Path("a b.json")]).endswith("checker 'a b.json'")
    True
    """
    return " ".join(
        ["python", "-I", shlex.quote(str(CHECKER)), *(shlex.quote(str(path)) for path in paths)]
    )
