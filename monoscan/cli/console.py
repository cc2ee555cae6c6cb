"""Where things are printed: answers on standard output, progress and errors on standard error."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from rich.console import Console
from rich.status import Status

from monoscan.proofs_check.exit_codes import NOT_WRITTEN, USAGE_ERROR

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_WIDTH_IN_FILES = 118
_SECONDS_A_LINE = 10


def standard_output() -> Console:
    """The console for answers: as wide as the terminal, or as COLUMNS says, or as our pages."""
    width = None if has_width() else _WIDTH_IN_FILES
    return Console(width=width, highlight=False, markup=False, emoji=False)


def has_width() -> bool:
    """Whether answers have a width to respect; a file or a pipe has none, unless COLUMNS is set."""
    return sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()


def width_of_rows() -> int | None:
    """The width for rows of tables; None where they are not broken, as in a file or a pipe."""
    return standard_output().width if has_width() else None


def print_json(value: dict[str, Any]) -> None:
    """Prints one JSON object, in ASCII: an escape that a terminal needs would not be JSON."""
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


def fail(message: str, code: int = USAGE_ERROR) -> NoReturn:
    """Prints an error on standard error and ends the program."""
    sys.stderr.write(f"error: {message}\n")
    sys.exit(code)


def say(line: str) -> None:
    """Prints a line on standard error."""
    shown = "".join(sign if sign.isprintable() else " " for sign in line)
    sys.stderr.write(f"{shown}\n")


def note(message: str) -> None:
    """Prints on standard error how an input was read, where another reading was possible."""
    sys.stderr.write(f"note: {message}\n")


def fail_to_write(what: str, error: OSError, remedy: str) -> NoReturn:
    """Says that a file cannot be written, and ends the program."""
    # A folder is made unless it exists, so what exists here is a file in its place.
    said = os.strerror(errno.ENOTDIR) if error.errno == errno.EEXIST else error.strerror or error
    path = str(error.filename or "")
    where = "" if path in what else f" ({path})"
    code = NOT_WRITTEN if error.errno in _FULL else USAGE_ERROR
    fail(f"cannot write {what}: {said}{where}; {remedy}", code)


class ProgressLine:
    """One line on standard error that says what is being worked on.

    On a terminal it changes in its place. Elsewhere a line is written now and then, so that a file
    of a long run shows how far it is, and that of a short one stays empty.
    """

    def __init__(self) -> None:
        console = Console(stderr=True)
        spinner = "dots" if console.encoding.startswith("utf") else "line"
        self._status: Status | None = (
            console.status("starting", spinner=spinner) if console.is_terminal else None
        )
        self._last_line = monotonic()

    def shown(self) -> AbstractContextManager[object]:
        """Shows the line while the context is open."""
        return nullcontext() if self._status is None else self._status

    @property
    def update(self) -> Callable[[str], None]:
        """What to call with each new text."""
        return self._line if self._status is None else self._status.update

    def _line(self, text: str) -> None:
        if monotonic() - self._last_line >= _SECONDS_A_LINE:
            self._last_line = monotonic()
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()


def shown_path(path: Path) -> str:
    """A path relative to the current folder if it lies in it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
