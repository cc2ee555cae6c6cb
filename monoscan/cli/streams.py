"""Standard output and standard error, which fail in one way whatever is wrong with them.

Whoever writes an answer that cannot be written gets an `OutputError`, which only the entry points
catch. Standard error is for people: what cannot be written there is lost, and the exit code stays.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

from monoscan.cli.endings import OutputError


def guard_streams() -> None:
    r"""Puts guarded streams in the place of `sys.stdout` and `sys.stderr`.

    Their encoding stays, and what it does not have becomes an escape such as \u03b5.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Closed from the start: a file that is opened later must not become the output. What
            # is opened for reading fails like what is closed.
            os.open(os.devnull, os.O_RDONLY)
    sys.stdout = _guarded(sys.stdout, 1, is_answer=True)
    sys.stderr = _guarded(sys.stderr, 2, is_answer=False)


def _guarded(stream: Any, number: int, *, is_answer: bool) -> io.TextIOWrapper:
    """A stream over the same file; `stream` is None if the file was closed from the start."""
    if stream is None:
        stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        io.BufferedWriter(_Guard(stream, is_answer)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
    )


class _Guard(io.RawIOBase):
    """Bytes on their way to a file; after the first failure they are dropped."""

    def __init__(self, stream: io.TextIOWrapper, is_answer: bool) -> None:
        self._stream = stream  # kept, since a stream that nobody has is closed
        self._below: Any = getattr(stream.buffer, "raw", stream.buffer)
        self._is_answer = is_answer
        self._has_failed = False

    def write(self, data: Any) -> int:
        if self._has_failed:  # what was left in a buffer, at the end of the program
            return len(data)
        try:
            written: int | None = self._below.write(data)
            if written is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        except OSError as error:
            self._has_failed = True
            if self._is_answer:
                raise OutputError(error) from None
            return len(data)
        return written

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()
