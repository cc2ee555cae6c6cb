"""Runs the independent checker on files, in a fresh isolated Python process."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKER = Path(__file__).parent / "checker"


# The checker's own limit of work is about a minute; a slow machine may need a few.
TIME_LIMIT = 300.0
_POLL = 0.2


class Verdict(StrEnum):
    """What the checker says of one file; `time-limit` or `no-answer` if it says nothing."""

    VALID = "valid"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    INTERNAL_ERROR = "internal-error"
    TIME_LIMIT = "time-limit"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True)
class CheckResult:
    """The checker's answer about one file.

    Attributes:
        path: the certificate.
        verdict: the word on standard output.
        reason: what standard error says about the file, `FILE: WHY`; empty if it is valid.
        kind: the kind of the certificate, `-` if it is not known.
    """

    path: Path
    verdict: Verdict
    reason: str
    kind: str = "-"

    @property
    def is_over_limit(self) -> bool:
        """Whether the file was too much for the checker, which says nothing against it."""
        if self.verdict is Verdict.MALFORMED:
            said = self.reason.removeprefix(f"{printed(self.path)}: ")
            return any(words in said for words in ("over limit", "expected at most"))
        return self.verdict is Verdict.TIME_LIMIT


def run_checker(paths: Sequence[Path], time_limit: float = TIME_LIMIT) -> tuple[CheckResult, ...]:
    """Checks certificates in a fresh process that cannot see this package.

    Args:
        paths: certificate files, all different.
        time_limit: seconds for one file.

    Returns:
        one result a path, in order.
    """
    return tuple(iterate_checker(paths, time_limit))


def iterate_checker(paths: Sequence[Path], time_limit: float = TIME_LIMIT) -> Iterator[CheckResult]:
    """The results of `run_checker`, each as soon as it is certain.

    A file on which the checker is still at work after its time ends that process; the files
    after it are checked in another one.
    """
    while paths:
        with TemporaryDirectory() as folder:
            watched = _Watched(paths, Path(folder), time_limit)
            yield from watched.results()
            paths = paths[watched.done :]


class _Watched:
    """One process of the checker, whose answers are read while it runs."""

    def __init__(self, paths: Sequence[Path], folder: Path, time_limit: float) -> None:
        self.done = 0  # files with a result
        self._paths, self._time_limit = paths, time_limit
        self._output, self._errors = folder / "output", folder / "errors"

    def results(self) -> Iterator[CheckResult]:
        with self._output.open("wb") as output, self._errors.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-I", str(CHECKER), *map(str, self._paths)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
        try:
            yield from self._follow(process)
        finally:
            process.kill()
            process.wait()

    def _follow(self, process: subprocess.Popen[bytes]) -> Iterator[CheckResult]:
        since, seen, ended = time.monotonic(), 0, False
        while not ended:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL)
                ended = True
            answers = self._answers()
            known = sum(answer.verdict is not Verdict.NO_ANSWER for answer in answers)
            if known > seen:
                since, seen = time.monotonic(), known
            late = not ended and time.monotonic() - since >= self._time_limit
            # The reason of the last answer may still be on its way.
            sure = len(answers) if ended else seen if late else max(0, seen - 1)
            new, self.done = answers[self.done : sure], max(self.done, sure)
            yield from new
            if late:
                path = self._paths[self.done]
                self.done += 1
                said = f"{path}: the checker gave no answer within {self._time_limit:g} seconds"
                yield CheckResult(path, Verdict.TIME_LIMIT, said)
                return

    def _answers(self) -> tuple[CheckResult, ...]:
        # Decoded here: text mode would turn a carriage return in a file name into a line break.
        output, errors = (_decoded(path.read_bytes()) for path in (self._output, self._errors))
        return read_answers(self._paths, output, errors)


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
    found: list[tuple[Verdict, str]] = []
    for path in paths:
        match = re.match(rf"({_WORDS})\t([a-z-]+)\t{re.escape(printed(path))}\n", output)
        if match is None:
            break
        found.append((Verdict(match[1]), match[2]))
        output = output[match.end() :]
    found += [(Verdict.NO_ANSWER, "-")] * (len(paths) - len(found))
    return tuple(
        CheckResult(path, verdict, _reason(path, verdict, errors), kind)
        for path, (verdict, kind) in zip(paths, found, strict=True)
    )


_SILENT = (Verdict.TIME_LIMIT, Verdict.NO_ANSWER)
_WORDS = "|".join(verdict for verdict in Verdict if verdict not in _SILENT)


def printed(path: Path) -> str:
    """A path as the checker prints it: what is no UTF-8 becomes an escape."""
    return str(path).encode(errors="backslashreplace").decode()


def _reason(path: Path, verdict: Verdict, errors: str) -> str:
    if verdict is Verdict.NO_ANSWER:
        last = errors.strip().splitlines()[-3:] or ["it printed nothing about this file"]
        return f"{path}: no answer of the checker: " + "\n".join(last)
    start = f"{printed(path)}: "
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
