"""The errors of this package: a bad format, and a number that rounds to infinity."""

from __future__ import annotations

from monoscan.errors import BadInput, NoAnswer


class FormatError(BadInput):
    """A number format, or the text or JSON of one, is not acceptable.

    The message says what failed, the value, what was expected and what to do next.

    >>> raise FormatError("step must be positive, got 0")
    Traceback (most recent call last):
    monoscan.theory.formats.errors.FormatError: step must be positive, got 0
    """


class InfinityReached(NoAnswer):
    """A number was rounded to infinity, in a format where that ends the computation."""
