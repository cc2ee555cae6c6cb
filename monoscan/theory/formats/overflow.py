"""What happens to a number beyond the smallest or largest value of a format."""

from __future__ import annotations

from enum import StrEnum

from monoscan.theory.formats.errors import FormatError


class Overflow(StrEnum):
    """What happens to a number beyond the smallest or largest value.

    ``saturate`` takes that value. ``wrap`` counts on from the other end, as integer hardware does.
    ``infinity`` is what IEEE 754 does; a network that gets there has no answer.

    >>> Overflow("wrap").words
    'wrapping around'
    """

    SATURATE = "saturate"
    WRAP = "wrap"
    INFINITY = "infinity"

    @property
    def words(self) -> str:
        """The behaviour in words, as in ``NumberFormat.describe``."""
        return _WORDS[self]


_WORDS = {
    Overflow.SATURATE: "saturating",
    Overflow.WRAP: "wrapping around",
    Overflow.INFINITY: "overflowing to infinity",
}


def overflow_mode(name: str) -> Overflow:
    """The overflow behaviour of that name.

    Args:
        name: ``saturate``, ``wrap`` or ``infinity``.

    Raises:
        FormatError: it is none of them.

    >>> overflow_mode("wrap")
    <Overflow.WRAP: 'wrap'>
    """
    try:
        return Overflow(name)
    except ValueError:
        known = ", ".join(mode.value for mode in Overflow)
        raise FormatError(f"unknown overflow {name!r}: expected one of {known}") from None
