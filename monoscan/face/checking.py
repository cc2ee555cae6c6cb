"""Certificates: making, writing and checking them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, Self, TypeVar, final

from monoscan.errors import BadInput, BadValue
from monoscan.face.given import described
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.run_checker import TIME_LIMIT, CheckResult, iterate_checker, printed

_LARGEST_NETWORK = 2**22  # bytes


@final
@dataclass(frozen=True, repr=False)
class Check:
    """What the independent program says of one certificate.

    Attributes:
        result: its answer, with the file.
    """

    result: CheckResult

    @property
    def verdict(self) -> str:
        """`valid`, `invalid`, `incomplete` (it rests on a lemma, which is named), `malformed`.

        `internal-error`, `no-answer` and `time-limit` say nothing about the certificate.
        """
        return self.result.verdict.value

    @property
    def kind(self) -> str:
        """What kind of certificate it is."""
        return self.result.kind

    @property
    def reason(self) -> str:
        """Why it is not valid, and what to do if it is no certificate; empty if it is valid."""
        reason = self.result.reason
        if self.verdict == "malformed" and _is_network(self.path):
            reason += (
                ". The file is a network and no certificate: `verify --lrnn FILE --language ID` "
                "decides what it recognises, and writes certificates"
            )
        return reason

    @property
    def path(self) -> Path:
        """The file."""
        return self.result.path

    @property
    def basis(self) -> str:
        """Which files of the program the answer rests on, and how many lines they have."""
        return self.result.basis

    def __bool__(self) -> bool:
        """Whether it is valid."""
        return self.verdict == "valid"

    def to_json(self) -> dict[str, str]:
        """The file, what is said of it, why, and by which files of the program."""
        return {**self.result.to_json(), "reason": self.reason}

    def __repr__(self) -> str:
        said = f" ({self.reason})" if self.reason else ""
        return f"{self.verdict}: {self.kind} {self.path.name}{said}"


def check(source: object, *, time_limit: float = TIME_LIMIT) -> Check:
    """What the independent program says of a certificate, in a fresh process.

    The program is one folder on the standard library and shares no code with monoscan.

    Args:
        source: the path of a certificate, or a certificate.
        time_limit: seconds.

    Raises:
        BadInput: if there is no such file.
        BadValue: if the time is no positive number.
        TypeError: if it is neither.

    >>> import monoscan as ms
    >>> ms.check(ms.construct("parity", "deltanet, extended").certificate).verdict
    'valid'
    """
    if isinstance(source, Certificate):
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{source.kind}.json"
            source.write(path)
            (found,) = iterate_checker([path], time_limit)
        return Check(found)
    if not isinstance(source, (str, PathLike)):
        raise TypeError(
            f"{described(source)} is no certificate; expected the path of a file or a certificate, "
            "such as that of an answer: answer.certificate"
        )
    (checked,) = check_files([Path(source)], time_limit)
    return checked


def check_files(paths: Iterable[Path], time_limit: float = TIME_LIMIT) -> Iterator[Check]:
    """What the independent program says of several files, each as soon as it is certain.

    Raises:
        BadInput: if one of them is not there; then none is checked.
        BadValue: if the time is no positive number.
    """
    files = list(paths)
    for path in files:
        if path.is_dir() or not path.exists():
            what = "a folder" if path.is_dir() else "there is no such file"
            raise BadInput(f"{printed(path)}: {what}; give certificate files")
    if not (isinstance(time_limit, (int, float)) and time_limit > 0):
        raise BadValue("time_limit", time_limit, "seconds, more than 0")
    return map(Check, iterate_checker(files, time_limit))


def _is_network(path: Path) -> bool:
    """Whether a file is a network of `lrnn-json`, and not too large to be looked at."""
    try:
        if path.stat().st_size > _LARGEST_NETWORK:
            return False
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "layers" in value and "kind" not in value


class Answered(Protocol):
    """An answer that has certificates, or none."""

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Self:
        """The same answer with what the independent program says of its certificates."""
        ...


T = TypeVar("T", bound=Answered)


def certify(
    answer: T,
    folder: str | PathLike[str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> T:
    """Makes the certificates of an answer and has the independent program check them.

    Args:
        answer: what `predict`, `decide`, `construct` or `horizon` gives.
        folder: where the certificates go and stay; None: they are not kept.
        progress: told when nothing but the checker is waited for.

    Returns:
        the same answer; its verdicts are now what the certificates are worth.

    Raises:
        OSError: if a file cannot be written.
        TypeError: if it is no answer.

    >>> import monoscan as ms
    >>> answer = ms.certify(ms.predict("parity", "deltanet, extended"))
    >>> answer.verdict, answer.rows[0].checked.checks[0].verdict.value
    ('expressible', 'valid')
    """
    if not hasattr(answer, "certified"):
        raise TypeError(
            f"{described(answer)} is no answer; expected what predict, decide or construct gives"
        )
    with _folder(folder) as directory:
        return answer.certified(directory, progress)


@contextmanager
def _folder(folder: str | PathLike[str] | None) -> Iterator[Path]:
    if folder is not None:
        yield Path(folder)
        return
    with TemporaryDirectory() as made:
        yield Path(made)
