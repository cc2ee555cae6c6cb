"""Number formats: finite sets of rationals with a rounding, exactly as certificates define them.

Everything here is exact (``fractions.Fraction``); there is no float and no import of the rest of
the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monoscan.late import late_names

if TYPE_CHECKING:
    from monoscan.theory.formats.base import VALUES_LIMIT, NumberFormat, Threshold
    from monoscan.theory.formats.errors import FormatError, InfinityReached
    from monoscan.theory.formats.fixed import FixedPoint
    from monoscan.theory.formats.minifloat import Minifloat
    from monoscan.theory.formats.named import NAMED_FORMATS, get_format
    from monoscan.theory.formats.overflow import Overflow, overflow_mode
    from monoscan.theory.formats.reading import format_from_json, parse_format
    from monoscan.theory.formats.rounding import RoundingMode, round_to_integer, rounding_mode

__all__ = [
    "NAMED_FORMATS",
    "VALUES_LIMIT",
    "FixedPoint",
    "FormatError",
    "InfinityReached",
    "Minifloat",
    "NumberFormat",
    "Overflow",
    "RoundingMode",
    "Threshold",
    "format_from_json",
    "get_format",
    "overflow_mode",
    "parse_format",
    "round_to_integer",
    "rounding_mode",
]

if not TYPE_CHECKING:  # which would take every misspelt name for one of those
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "base": "VALUES_LIMIT NumberFormat Threshold",
            "errors": "FormatError InfinityReached",
            "fixed": "FixedPoint",
            "minifloat": "Minifloat",
            "named": "NAMED_FORMATS get_format",
            "overflow": "Overflow overflow_mode",
            "reading": "format_from_json parse_format",
            "rounding": "RoundingMode round_to_integer rounding_mode",
        },
    )
