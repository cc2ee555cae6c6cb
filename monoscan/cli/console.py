"""Where things are printed: answers on standard output, progress and errors on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console
from rich.status import Status

from monoscan.errors import BadInput

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


def say(line: str) -> None:
    """Prints a line on standard error."""
    shown = "".join(sign if sign.isprintable() else " " for sign in line)
    sys.stderr.write(f"{shown}\n")


def note(message: str) -> None:
    """Prints on standard error how an input was read, where another reading was possible."""
    sys.stderr.write(f"note: {message}\n")


class ProgressLine:
    """One line on standard error that says what is being worked on.

    On a terminal it changes in its place. Elsewhere a line is written now and then, so that a file
    of a long run shows how far it is, and that of a short one stays empty.

    Args:
        first: a line that is printed before, as soon as the work shows that the options are good;
            empty: none.
    """

    def __init__(self, first: str = "") -> None:
        self._first = [first] if first else []
        console = Console(stderr=True)
        spinner = "dots" if console.encoding.startswith("utf") else "line"
        self._status: Status | None = (
            console.status("starting", spinner=spinner) if console.is_terminal else None
        )
        self._last_line = monotonic()

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Shows the line while the context is open."""
        try:
            with self._status or nullcontext():
                yield
        except BadInput:
            self._first = []
            raise
        finally:
            self._say_first()

    def say_first(self, line: str) -> None:
        """Takes one more line that is printed before the first text."""
        self._first.append(line)

    def update(self, text: str) -> None:
        """Takes each new text."""
        self._say_first()
        if self._status is not None:
            self._status.update(text)
        elif monotonic() - self._last_line >= _SECONDS_A_LINE:
            self._last_line = monotonic()
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    def _say_first(self) -> None:
        while self._first:
            say(self._first.pop(0))


def shown_path(path: Path) -> str:
    """A path relative to the current folder if it lies in it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
