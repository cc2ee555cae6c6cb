"""The entry points `monoscan` and `verify`, and how they end when something stops them.

Everything else is imported only after Ctrl-C has been taken care of: imports take most of the time
of a short command.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Final, NoReturn

from monoscan.cli.endings import Crash, Interrupted, OutputError
from monoscan.cli.streams import guard_streams
from monoscan.proofs_check.exit_codes import (
    CLOSED_PIPE,
    INTERNAL_ERROR,
    INTERRUPTED,
    NOT_WRITTEN,
)

TRACEBACK: Final = "MONOSCAN_TRACEBACK"
"""The environment variable that asks for the traceback of a crash."""

_SHOWN: Final = 300  # characters of the message of a crash


def main() -> NoReturn:
    """The command `monoscan`."""
    _run(verify_only=False)


def verify_main() -> NoReturn:
    """The command `verify`, the same as `monoscan verify`."""
    _run(verify_only=True)


def _run(verify_only: bool) -> NoReturn:
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        code = exit_code(verify_only)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt
    sys.exit(code)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not stop the clearing up
    raise Interrupted


def exit_code(verify_only: bool) -> int:
    """Runs the command line; whatever happens there, one line and an exit code say so."""
    guard_streams()
    try:
        code = _verdict(verify_only)
        sys.stdout.flush()
        return code
    except Interrupted:
        return _told("interrupted", INTERRUPTED)
    except OutputError as error:
        if isinstance(error.reason, BrokenPipeError):  # `| head` has seen enough
            return CLOSED_PIPE
        said = error.reason.strerror or error.reason
        return _told(f"error: cannot write to standard output: {said}", NOT_WRITTEN)
    except Crash as error:
        return _crashed(error.__cause__ or error)
    except BaseException as error:
        return _crashed(error)


def _verdict(verify_only: bool) -> int:
    """The exit code of the command itself."""
    try:
        from monoscan.cli.commands import app, command_app

        (command_app("verify", is_program=True) if verify_only else app)()
    except SystemExit as end:
        return 0 if end.code is None else int(end.code)
    return 0


def _crashed(error: BaseException) -> int:
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error)
    lines = str(error).strip().splitlines() or ["no message"]
    said = f"{type(error).__name__}: {lines[0][:_SHOWN]}"
    what = "out of memory" if isinstance(error, MemoryError) else "monoscan itself failed"
    return _told(
        f"error: {what}, which says nothing about the question ({said}); {TRACEBACK}=1 in the "
        "environment shows where",
        INTERNAL_ERROR,
    )


def _told(line: str, code: int) -> int:
    sys.stderr.write(f"{line}\n")
    return code
