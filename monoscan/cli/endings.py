"""How a command can end: its exit codes, and what only the entry points catch.

Typer and rich end a program with exit code 1 where an output is closed or a file ends too early,
and 1 is a verdict here. What must not come to that is a BaseException, which they leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# 0 and 1 are yes and no; each command says in its help what of.
USAGE_ERROR: Final = 2  # also bad input
UNKNOWN: Final = 3  # neither yes nor no is known
BUDGET_REACHED: Final = 4
INTERNAL_ERROR: Final = 70  # monoscan failed, or the checker rejected a certificate of ours
NOT_WRITTEN: Final = 74  # the answer could not be written: a full disk, a closed output
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141  # as if SIGPIPE had ended the program


class Interrupted(BaseException):
    """Ctrl-C. A KeyboardInterrupt is caught by Typer, each version of which does something else."""


class OutputError(BaseException):
    """Standard output cannot be written.

    Args:
        reason: what the system says.
    """

    def __init__(self, reason: OSError) -> None:
        super().__init__(reason)
        self.reason = reason


class Crash(BaseException):
    """A failure that Typer would take for the end of the program; its cause says which."""


@contextmanager
def crashes_kept() -> Iterator[None]:
    """Keeps from Typer what it would turn into exit code 1.

    >>> with crashes_kept():
    ...     raise EOFError("a file ends too early")
    Traceback (most recent call last):
    monoscan.cli.endings.Crash
    """
    try:
        yield
    except (EOFError, OSError) as error:
        raise Crash from error
