"""How a command can end besides its exit code: what only the entry points catch.

Typer and rich end a program with exit code 1 where an output is closed or a file ends too early,
and 1 is a verdict here. What must not come to that is a BaseException, which they leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


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
