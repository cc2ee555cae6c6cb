"""Reading a format: from certificate JSON and from the command line."""

from __future__ import annotations

import re
from fractions import Fraction

from monoscan.theory.formats.base import NumberFormat
from monoscan.theory.formats.errors import FormatError
from monoscan.theory.formats.fixed import FixedPoint, overflow_mode
from monoscan.theory.formats.minifloat import Minifloat
from monoscan.theory.formats.named import get_format
from monoscan.theory.formats.rounding import rounding_mode

_DIGITS_LIMIT = 2000
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")
_KEYS = {
    "fixed": {"kind", "step", "min", "max", "rounding", "overflow"},
    "float": {"kind", "precision", "min_exponent", "max", "rounding", "overflow"},
}
_SYNTAX = (
    "expected a name, fixed:STEP:MIN:MAX[:ROUNDING[:OVERFLOW]] or "
    "float:PRECISION:MIN_EXPONENT:MAX[:ROUNDING]"
)


_PLACES = {
    "fixed": "ROUNDING is the fourth field after 'fixed' and OVERFLOW the fifth, as in "
    "fixed:1/8:-16:127/8:nearest-even:wrap",
    "float": "ROUNDING is the fourth field after 'float', as in float:4:-6:448:toward-zero",
}


def format_from_json(obj: object) -> NumberFormat:
    """The format that an object of the certificate format describes.

    Args:
        obj: what ``json.loads`` gave: a dict whose values are all strings.

    Returns:
        The format f, with ``f.to_json() == obj``.

    Raises:
        FormatError: the object does not follow the certificate format.

    >>> format_from_json(get_format("e4m3").to_json()) == get_format("e4m3")
    True
    """
    fields = _string_fields(obj)
    if fields["kind"] == "fixed":
        return FixedPoint(
            _rational("step", fields["step"]),
            _rational("min", fields["min"]),
            _rational("max", fields["max"]),
            rounding_mode(fields["rounding"]),
            overflow_mode(fields["overflow"]),
        )
    if fields["overflow"] != "saturate":
        raise FormatError(
            f"a float format saturates: expected overflow 'saturate', got {fields['overflow']!r}"
        )
    return Minifloat(
        _integer("precision", fields["precision"]),
        _integer("min_exponent", fields["min_exponent"]),
        _rational("max", fields["max"]),
        rounding_mode(fields["rounding"]),
    )


def parse_format(text: str) -> NumberFormat:
    """The format that a command-line argument names.

    Args:
        text: a name such as ``e4m3``; or ``fixed:STEP:MIN:MAX[:ROUNDING[:OVERFLOW]]``; or
            ``float:PRECISION:MIN_EXPONENT:MAX[:ROUNDING]``. Rationals are written ``P`` or ``P/Q``.

    Raises:
        FormatError: the text is none of these.

    >>> parse_format("fixed:1/8:-16:127/8") == get_format("q5.3")
    True
    >>> parse_format("float:4:-6:448:toward-zero").describe()
    'floating point, precision 4 bits, smallest exponent -6, largest value 448, \
round toward zero, saturating'
    """
    kind, *parts = text.split(":")
    if not parts:
        return get_format(text)
    most = {"fixed": 5, "float": 4}.get(kind)
    if most is None:
        raise FormatError(f"unknown kind of format {kind!r} in {text!r}: {_SYNTAX}")
    if not 3 <= len(parts) <= most:
        raise FormatError(
            f"{text!r} has {len(parts)} fields after {kind!r}, not 3 to {most}: {_SYNTAX}"
        )
    try:
        mode = rounding_mode(parts[3] if len(parts) > 3 else "nearest-even")
    except FormatError as error:
        raise FormatError(f"{text!r}: {error}; {_PLACES[kind]}") from None
    if kind == "float":
        precision = _integer("PRECISION", parts[0])
        min_exponent = _integer("MIN_EXPONENT", parts[1])
        return Minifloat(precision, min_exponent, _rational("MAX", parts[2]), mode)
    try:
        overflow = overflow_mode(parts[4] if len(parts) > 4 else "saturate")
    except FormatError as error:
        raise FormatError(f"{text!r}: {error}; {_PLACES[kind]}") from None
    step = _rational("STEP", parts[0])
    return FixedPoint(step, _rational("MIN", parts[1]), _rational("MAX", parts[2]), mode, overflow)


def _string_fields(obj: object) -> dict[str, str]:
    if not isinstance(obj, dict):
        raise FormatError(f"a format must be a JSON object, got {type(obj).__name__}")
    kind = obj.get("kind")
    if not isinstance(kind, str) or kind not in _KEYS:
        raise FormatError(f"the kind of a format must be 'fixed' or 'float', got {kind!r}")
    expected = _KEYS[kind]
    if set(obj) != expected:
        missing = sorted(expected - set(obj))
        extra = sorted(repr(key) for key in set(obj) - expected)
        raise FormatError(
            f"a {kind} format has exactly the keys {', '.join(sorted(expected))}: missing "
            f"{', '.join(missing) or 'none'}, unexpected {', '.join(extra) or 'none'}"
        )
    for key, value in obj.items():
        if not isinstance(value, str):
            raise FormatError(
                f"{key} must be a string, got {value!r}: certificates hold no JSON numbers"
            )
    return {str(key): str(value) for key, value in obj.items()}


def _integer(name: str, text: str) -> int:
    if not _INTEGER.fullmatch(text) or len(text.lstrip("-")) > _DIGITS_LIMIT:
        raise FormatError(
            f"{name} must be an integer such as 4 or -6 (no sign +, no leading zero, at most "
            f"{_DIGITS_LIMIT} digits), got {text[:40]!r}"
        )
    return int(text)


def _rational(name: str, text: str) -> Fraction:
    match = _RATIONAL.fullmatch(text)
    if match is None or max(len(part.lstrip("-")) for part in text.split("/")) > _DIGITS_LIMIT:
        raise FormatError(
            f"{name} must be an exact rational such as -16 or 127/8 (no decimal point, at most "
            f"{_DIGITS_LIMIT} digits), got {text[:40]!r}"
        )
    value = Fraction(text)
    if str(value) != text:
        raise FormatError(f"{name} {text[:40]!r} is not in lowest terms: write it as {value}")
    return value
