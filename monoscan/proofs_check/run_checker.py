"""Runs the independent checker on files, in a fresh isolated Python process."""

from __future__ import annotations

import math
import os
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
from typing import final

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
        basis: which of the checker's files the answer rests on, and how many lines they have.
    """

    path: Path
    verdict: Verdict
    reason: str
    kind: str = "-"
    basis: str = ""

    def to_json(self) -> dict[str, str]:
        """The file, what is said of it, why, and by which files of the checker."""
        return {
            "file": str(self.path),
            "verdict": self.verdict.value,
            "reason": self.reason,
            "basis": self.basis,
        }

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
    """The results of `run_checker`, each as soon as it is certain."""
    with Checker(time_limit) as checker:
        for path in paths:
            checker.submit(path)
        yield from checker.rest()


@final
class Checker:
    """The checker at work on files that are given to it one after the other.

    It is one process, started with the first file. A file on which it is still at work after its
    time ends that process; the files after it are checked in another one.

    Args:
        time_limit: seconds for one file.
    """

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: _Process | None = None

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.end()

    def submit(self, path: Path) -> None:
        """Gives the checker a file, which must be whole; all files are different."""
        if self._process is None:
            self._process = _Process(self._time_limit)
        self._process.give(path)

    def answers(self) -> Iterator[CheckResult]:
        """The results that have become certain since they were last asked for, in order."""
        process = self._process
        if process is None:
            return
        yield from process.answers()
        if process.is_over:
            process.end()
            self._process = None
            for path in process.unanswered:
                self.submit(path)

    def rest(self, patience: float = math.inf) -> Iterator[CheckResult]:
        """All results that are still to come; no file may be given after that.

        Args:
            patience: how many seconds to wait altogether; what is not known by then is left out.
        """
        end = time.monotonic() + patience
        while self._process is not None:
            self._process.close()
            self._process.wait(min(_POLL, max(0.0, end - time.monotonic())))
            yield from self.answers()
            if time.monotonic() >= end:
                return


class _Process:
    """One process of the checker, whose answers are read while it runs."""

    def __init__(self, time_limit: float) -> None:
        self.unanswered: list[Path] = []
        self.is_over = False  # ended, or at work on one file for too long
        self._time_limit, self._since, self._known = time_limit, time.monotonic(), 0
        self._unsent = b""
        self._folder = TemporaryDirectory()
        self._output, self._errors = (Path(self._folder.name, n) for n in ("output", "errors"))
        with self._output.open("wb") as output, self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                # -S: nor does anything run that other packages let Python run at its start.
                [sys.executable, "-I", "-S", str(CHECKER), "--names-from-input"],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=errors,
                process_group=0,  # Ctrl-C is for the command, which ends this process itself
            )
        assert self._process.stdin is not None
        self._input = self._process.stdin
        os.set_blocking(self._input.fileno(), False)
        self._read = 0  # how much of its output is of files that are answered

    def give(self, path: Path) -> None:
        if not self.unanswered:
            self._since = time.monotonic()
        self.unanswered.append(path)
        self._unsent += os.fsencode(path) + b"\0"
        self._send()

    def _send(self) -> None:
        """Writes what fits: a checker that is stuck must not stop the one who waits for it."""
        with suppress(BlockingIOError, BrokenPipeError):
            while self._unsent:
                self._unsent = self._unsent[os.write(self._input.fileno(), self._unsent) :]

    def close(self) -> None:
        """Tells the process that no more files come, as soon as it knows all of them."""
        if not self._input.closed:
            self._send()
            if not self._unsent or self._process.poll() is not None:
                self._input.close()

    def wait(self, seconds: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._folder.cleanup()

    def answers(self) -> list[CheckResult]:
        """The results that are certain now; among them, that a file takes too long."""
        ended = self._process.poll() is not None
        if not ended and not self._input.closed:
            self._send()
        # Decoded here: text mode would turn a carriage return in a file name into a line break.
        output, errors = (_decoded(path.read_bytes()) for path in (self._output, self._errors))
        found = list(read_answers(self.unanswered, output[self._read :], errors))
        known = sum(answer.verdict is not Verdict.NO_ANSWER for answer in found)
        if known > self._known:
            self._since = time.monotonic()
        is_waited_for = not ended and known < len(found)
        late = is_waited_for and time.monotonic() - self._since >= self._time_limit
        # The reason of the last answer may still be on its way.
        sure = len(found) if ended else known if late else max(0, known - 1)
        self.is_over, self._known = ended or late, known - sure
        self._read += sum(len(_line(answer)) for answer in found[:sure])
        if late:
            path = self.unanswered[sure]
            said = f"{path}: the checker gave no answer within {self._time_limit:g} seconds"
            found[sure] = CheckResult(path, Verdict.TIME_LIMIT, said)
            sure += 1
        self.unanswered = self.unanswered[sure:]
        return found[:sure]


def _line(answer: CheckResult) -> str:
    return f"{answer.verdict}\t{answer.kind}\t{printed(answer.path)}\t{answer.basis}\n"


def _decoded(output: bytes) -> str:
    return output.decode(errors="backslashreplace")


def read_answers(paths: Sequence[Path], output: str, errors: str) -> tuple[CheckResult, ...]:
    r"""What the checker printed, as one result a path; `no-answer` from the first line amiss.

    Args:
        paths: the files in the order in which they were given to the checker.
        output: its standard output.
        errors: its standard error.

    >>> answers = read_answers([Path("a"), Path("b")], "valid\tmonoid\ta\tby 2 files\n", "")
    >>> [answer.verdict.value for answer in answers]
    ['valid', 'no-answer']
    """
    found: list[tuple[Verdict, str, str]] = []
    for path in paths:
        head, name = _HEAD.match(output), f"{printed(path)}\t"
        if head is None or not output.startswith(name, head.end()):
            break
        basis, end, rest = output[head.end() + len(name) :].partition("\n")
        if not end:
            break
        found.append((Verdict(head[1]), head[2], basis))
        output = rest
    found += [(Verdict.NO_ANSWER, "-", "")] * (len(paths) - len(found))
    return tuple(
        CheckResult(path, verdict, _reason(path, verdict, errors), kind, basis)
        for path, (verdict, kind, basis) in zip(paths, found, strict=True)
    )


_SILENT = (Verdict.TIME_LIMIT, Verdict.NO_ANSWER)
_WORDS = "|".join(verdict for verdict in Verdict if verdict not in _SILENT)
_HEAD = re.compile(rf"({_WORDS})\t([a-z-]+)\t")


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
