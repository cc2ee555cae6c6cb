"""The entry points `monoscan` and `verify`, and how they end when somebody stops them.

Everything else is imported only after Ctrl-C has been taken care of: imports take most of the time
of a short command.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

_INTERRUPTED = 130


class _Interrupted(BaseException):
    """Ctrl-C. A KeyboardInterrupt is caught by Typer, each version of which does something else."""


def main() -> None:
    """The command `monoscan`."""
    _run(verify_only=False)


def verify_main() -> None:
    """The command `verify`, the same as `monoscan verify`."""
    _run(verify_only=True)


def _run(verify_only: bool) -> None:
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "SIGPIPE"):  # `| head` ends the command without a word; not on Windows
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        from monoscan.cli.commands import app, command_app

        (command_app("verify") if verify_only else app)()
    except _Interrupted:
        sys.stderr.write("interrupted\n")
        sys.exit(_INTERRUPTED)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not stop the clearing up
    raise _Interrupted
