"""The error that every part of this package raises for a bad format."""

from __future__ import annotations

from monoscan.errors import BadInput


class FormatError(BadInput):
    """A number format, or the text or JSON of one, is not acceptable.

    The message says what failed, the value, what was expected and what to do next.

    >>> raise FormatError("step must be positive, got 0")
    Traceback (most recent call last):
    monoscan.theory.formats.errors.FormatError: step must be positive, got 0
    """
