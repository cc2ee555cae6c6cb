"""The one way from something found to a checked answer.

Certificates are made and written, the independent checker reads them in a process of its own, and
what it says of them decides what the answer is worth: a word, an exit code, JSON. Claims,
predictions and single networks only say what their certificates are and what a right answer is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar, final

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.exit_codes import BUDGET_REACHED
from monoscan.proofs_check.run_checker import Checker, CheckResult, Verdict, checker_command

FAILED: Final = "failed"
"""The status of an answer whose certificate the checker has rejected: an error of ours."""

OVER_LIMIT: Final = "a certificate is over a limit of the checker"


@final
@dataclass(frozen=True)
class Outcome:
    """What an answer is worth once the checker has seen its certificates.

    Attributes:
        status: the word that is printed.
        code: the exit code that it calls for.
        problem: why it is not worth more; empty if nothing is amiss.
    """

    status: str
    code: int
    problem: str = ""


class Finding(Protocol):
    """Something found that has not been checked yet."""

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        """Name of the file without `.json` -> what makes the certificate."""
        ...

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        """What it is worth, given the checker's answers about its certificates, in order."""
        ...

    def to_json(self) -> dict[str, Any]:
        """What was asked and found, without status and certificates."""
        ...


T = TypeVar("T", bound=Finding)


@final
@dataclass(frozen=True)
class Checked(Generic[T]):
    """Something found, and what the independent checker says of its certificates.

    Attributes:
        found: what was asked and found.
        checks: the checker's answer for each certificate.
        seconds: wall-clock time for finding it and writing its certificates.
    """

    found: T
    checks: tuple[CheckResult, ...] = ()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        answers, expected = len(self.checks), len(self.found.certificates)
        if answers != expected:
            raise ValueError(f"{answers} answers of the checker about {expected} certificates")

    @cached_property
    def outcome(self) -> Outcome:
        """Status, exit code and problem, derived from the checks."""
        return self.found.outcome(self.checks)

    @property
    def status(self) -> str:
        """The word for it; `failed` if the checker has rejected a certificate."""
        return self.outcome.status

    @property
    def problem(self) -> str:
        """Why it is not worth more; empty if nothing is amiss."""
        return self.outcome.problem

    @property
    def is_over_limit(self) -> bool:
        """Whether a certificate was too much for the checker, and nothing speaks against it."""
        limited = any(check.is_over_limit for check in self.checks)
        return limited and self.outcome.code == BUDGET_REACHED

    @property
    def paths(self) -> tuple[Path, ...]:
        """The certificate files."""
        return tuple(check.path for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        """What was found, its status and its certificates, as one JSON object."""
        return {
            **self.found.to_json(),
            "status": self.status,
            "problem": self.problem or None,
            "certificates": [check.to_json() for check in self.checks],
            "seconds": round(self.seconds, 3),
        }


def recheck(paths: Sequence[Path]) -> str | None:
    """The shell command that checks files again without the package; None if there are none."""
    return checker_command(paths) if paths else None


def only_over_limit(checks: Iterable[CheckResult], *accepted: Verdict) -> bool:
    """Whether some answers are not the accepted ones, and all of those are over a limit.

    >>> over = CheckResult(Path("a"), Verdict.TIME_LIMIT, "")
    >>> wrong = CheckResult(Path("b"), Verdict.INVALID, "")
    >>> only_over_limit([over], Verdict.VALID), only_over_limit([over, wrong], Verdict.VALID)
    (True, False)
    """
    others = [check for check in checks if check.verdict not in accepted]
    return bool(others) and all(check.is_over_limit for check in others)


def check_findings(
    findings: Iterable[tuple[T, Path]],
    *,
    shared: bool = False,
    patience: float = 0.0,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Checked[T]]:
    """Writes the certificates of all findings and has them checked while more are being found.

    If finding or writing is stopped by an exception, what the checker has answered is given first.

    Args:
        findings: each with the folder of its certificates, which is created if absent.
        shared: whether findings whose files have the same name have the same certificate, which
            is then made and checked once.
        patience: how many seconds to wait for the checker when an exception has come.
        progress: told when nothing but the checker is waited for.

    Yields:
        the findings in their order, each as soon as it and those before it are checked.

    Raises:
        ValueError: if two certificates would be the same file, unless they are shared.
        OSError: if a file cannot be written.
    """
    with Checker() as checker:
        line = _Line[T](checker, shared)
        source = iter(findings)
        while True:
            start = time.perf_counter()
            try:
                item = next(source, None)
                if item is not None:
                    line.add(*item, start)
            except BaseException:
                yield from line.ready(checker.rest(patience))
                raise
            if item is None:
                break
            yield from line.ready(checker.answers())
        if line.is_waiting:
            progress("the independent checker")
        yield from line.ready(checker.rest())


class _Line(Generic[T]):
    """Findings that wait for the checker, in their order."""

    def __init__(self, checker: Checker, shared: bool) -> None:
        self._checker, self._shared = checker, shared
        self._waiting: deque[tuple[T, tuple[Path, ...], float]] = deque()
        self._written: set[Path] = set()
        self._answers: dict[Path, CheckResult] = {}

    @property
    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def add(self, finding: T, directory: Path, start: float) -> None:
        paths = []
        for name, make in finding.certificates.items():
            path = directory / f"{name}.json"
            paths.append(path)
            if path not in self._written:
                make().write(path)
                self._written.add(path)
                self._checker.submit(path)
            elif not self._shared:
                raise ValueError(f"two certificates would be the same file {path}")
        self._waiting.append((finding, tuple(paths), time.perf_counter() - start))

    def ready(self, answers: Iterable[CheckResult]) -> Iterator[Checked[T]]:
        yield from self._complete()
        for answer in answers:
            self._answers[answer.path] = answer
            yield from self._complete()

    def _complete(self) -> Iterator[Checked[T]]:
        while self._waiting and all(path in self._answers for path in self._waiting[0][1]):
            finding, paths, seconds = self._waiting.popleft()
            yield Checked(finding, tuple(self._answers[path] for path in paths), seconds)
