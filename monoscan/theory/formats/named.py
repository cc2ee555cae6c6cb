"""The formats that have a name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from monoscan.theory.formats.base import NumberFormat
from monoscan.theory.formats.errors import FormatError
from monoscan.theory.formats.fixed import FixedPoint
from monoscan.theory.formats.minifloat import Minifloat


def _ieee(precision: int, min_exponent: int) -> Minifloat:
    """The finite numbers of an IEEE 754 binary format; its exponents are symmetric about 1/2."""
    top = Fraction(2) ** (1 - min_exponent)
    return Minifloat(precision, min_exponent, top * (2 - Fraction(2) ** (1 - precision)))


NAMED_FORMATS: Mapping[str, NumberFormat] = MappingProxyType(
    {
        # 8-bit floats of the OCP 8-bit Floating Point Specification; e4m3 has no infinity.
        "e4m3": Minifloat(4, -6, Fraction(448)),
        "e5m2": Minifloat(3, -14, Fraction(57344)),
        # The variants of some processors, in which the code of -0 is the only NaN.
        "e4m3fnuz": Minifloat(4, -7, Fraction(240)),
        "e5m2fnuz": Minifloat(3, -15, Fraction(57344)),
        # 6- and 4-bit elements of the OCP Microscaling Formats Specification.
        "e3m2": Minifloat(3, -2, Fraction(28)),
        "e2m3": Minifloat(4, 0, Fraction(15, 2)),
        "e2m1": Minifloat(2, 0, Fraction(6)),
        # IEEE 754 style: sign, 4 bits of exponent, 3 bits of fraction.
        "ieee-1-4-3": _ieee(4, -6),
        "binary16": _ieee(11, -14),
        "bfloat16": _ieee(8, -126),
        "binary32": _ieee(24, -126),
        "binary64": _ieee(53, -1022),
        # qI.F: two's complement, I + F bits in all with the sign among the I, F after the point.
        "q1.7": FixedPoint.signed(8, 7),
        "q4.4": FixedPoint.signed(8, 4),
        "q5.3": FixedPoint.signed(8, 3),
        "q2.2": FixedPoint.signed(4, 2),
        "int4": FixedPoint.signed(4),
        "int8": FixedPoint.signed(8),
        "uint8": FixedPoint.unsigned(8),
    }
)
"""Every named format: round half to even, saturating."""


OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "bf16": "bfloat16",
        "fp16": "binary16",
        "float16": "binary16",
        "half": "binary16",
        "fp32": "binary32",
        "float32": "binary32",
        "fp64": "binary64",
        "float64": "binary64",
        "e4m3fn": "e4m3",
        "float8_e4m3fn": "e4m3",
        "float8_e5m2": "e5m2",
        "float8_e4m3fnuz": "e4m3fnuz",
        "float8_e5m2fnuz": "e5m2fnuz",
        "float8_e4m3": "ieee-1-4-3",
    }
)
"""What else these formats are called, in torch, numpy and ml_dtypes."""


def get_format(name: str) -> NumberFormat:
    """The format of that name.

    Args:
        name: a key of ``NAMED_FORMATS`` or of ``OTHER_NAMES``, in any capitals.

    Raises:
        FormatError: there is no such name; the message gives the nearest ones.

    >>> get_format("e4m3").largest
    Fraction(448, 1)
    >>> get_format("bf16") == get_format("bfloat16")
    True
    """
    found = NAMED_FORMATS.get(OTHER_NAMES.get(name.lower(), name.lower()))
    if found is not None:
        return found
    near = difflib.get_close_matches(name, [*NAMED_FORMATS, *OTHER_NAMES], n=3)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise FormatError(
        f"unknown number format {name!r}: {hint}known names are {', '.join(NAMED_FORMATS)}; "
        "or write fixed:STEP:MIN:MAX or float:PRECISION:MIN_EXPONENT:MAX"
    )
