"""How a command ends with a message: what was given is not valid, or a limit was reached."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import typer

from monoscan.errors import BadInput, BadValue, NotInstalled, OverLimit
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, NOT_WRITTEN, USAGE_ERROR

_USAGE: Final[Any] = typer.BadParameter.__mro__[1]  # each version of Typer has its own
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_LONGEST: Final = 80


def fail(message: str, code: int = USAGE_ERROR) -> NoReturn:
    """Prints an error on standard error and ends the program."""
    sys.stderr.write(f"error: {message}\n")
    sys.exit(code)


@contextmanager
def errors_told(**options: str) -> Iterator[None]:
    """Ends the program with the message of an error that is for people; every command runs in it.

    Args:
        options: for parameters that are called otherwise on the command line, the option.
    """
    try:
        yield
    except BadValue as error:
        option = options.get(error.name, f"--{error.name.replace('_', '-')}")
        fail(f"{option} {_short(error.value)}: expected {error.expected}")
    except (BadInput, NotInstalled) as error:
        fail(str(error))
    except OverLimit as error:
        fail(str(error), BUDGET_REACHED)


@contextmanager
def usage_told(command: str, given: Sequence[str]) -> Iterator[None]:
    """Ends the program with a message if the options cannot be read.

    Args:
        command: for `COMMAND --help`.
        given: the words after the command.
    """
    try:
        yield
    except _USAGE as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        value = _value_of(getattr(error, "param", None), given)
        said = error.format_message()
        if value is None:
            fail(f"{said[:1].lower()}{said[1:].rstrip('.')}; see {command} --help")
        kinds = {"integer": "a whole number", "number": "a number", "float": "a number"}
        wanted = next((kind for word, kind in kinds.items() if word in error.message), "")
        option = error.param.opts[0]
        fail(f"{option} {_short(value)}: expected {wanted or error.message.lower()}")


def _value_of(option: Any, given: Sequence[str]) -> str | None:
    """What was given for an option, last; None if it is none, or nothing was."""
    names = [name for name in getattr(option, "opts", ()) if name.startswith("-")]
    found = None
    for place, word in enumerate(given):
        if word in names and place + 1 < len(given):
            found = given[place + 1]
        name, equals, value = word.partition("=")
        found = value if equals and name in names else found
    return found


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
    return shown or "''"


@contextmanager
def writing(what: str, remedy: str) -> Iterator[None]:
    """Ends the program if a file cannot be written meanwhile.

    Args:
        what: is written, as `the table to FILE`.
        remedy: what to do.
    """
    try:
        yield
    except OSError as error:
        fail_to_write(what, error, remedy)


def fail_to_write(what: str, error: OSError, remedy: str) -> NoReturn:
    """Says that a file cannot be written, and ends the program."""
    # A folder is made unless it exists, so what exists here is a file in its place.
    said = os.strerror(errno.ENOTDIR) if error.errno == errno.EEXIST else error.strerror or error
    path = str(error.filename or "")
    where = "" if path in what else f" ({path})"
    code = NOT_WRITTEN if error.errno in _FULL else USAGE_ERROR
    fail(f"cannot write {what}: {said}{where}; {remedy}", code)
