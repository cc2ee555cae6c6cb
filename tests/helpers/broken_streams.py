"""Outputs that cannot be written: a full disk, a pipe that nobody reads, a closed descriptor."""

from __future__ import annotations

import errno
import io
import os


class _Broken(io.RawIOBase):
    def __init__(self, number: int) -> None:
        self._number = number

    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(self._number, os.strerror(self._number))


def broken_stream(number: int = errno.ENOSPC) -> io.TextIOWrapper:
    """A text stream on which every write to what is below its buffer fails with that error."""
    return io.TextIOWrapper(io.BufferedWriter(_Broken(number)), encoding="utf-8")
