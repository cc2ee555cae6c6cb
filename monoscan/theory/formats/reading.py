"""Reading a format: from certificate JSON and from the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from monoscan.theory.formats.base import NumberFormat
from monoscan.theory.formats.errors import FormatError
from monoscan.theory.formats.fixed import FixedPoint
from monoscan.theory.formats.minifloat import Minifloat
from monoscan.theory.formats.named import get_format
from monoscan.theory.formats.overflow import Overflow, overflow_mode
from monoscan.theory.formats.rounding import RoundingMode, rounding_mode

_DIGITS_LIMIT = 2000
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")
_KEYS = {
    "fixed": {"kind", "step", "min", "max", "rounding", "overflow"},
    "float": {"kind", "precision", "min_exponent", "max", "rounding", "overflow"},
}
_SYNTAX = (
    "expected NAME, fixed:STEP:MIN:MAX or float:PRECISION:MIN_EXPONENT:MAX, then :ROUNDING and "
    ":OVERFLOW if you want"
)


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
    return Minifloat(
        _integer("precision", fields["precision"]),
        _integer("min_exponent", fields["min_exponent"]),
        _rational("max", fields["max"]),
        rounding_mode(fields["rounding"]),
        overflow_mode(fields["overflow"]),
    )


def parse_format(text: str) -> NumberFormat:
    """The format that a command-line argument names.

    Args:
        text: a name such as ``e4m3``, ``fixed:STEP:MIN:MAX`` or
            ``float:PRECISION:MIN_EXPONENT:MAX``; after each a rounding mode and an overflow may
            follow: ``bf16:toward-zero``, ``fp16:infinity``. Rationals are ``P`` or ``P/Q``.

    Raises:
        FormatError: the text is none of these.

    >>> parse_format("fixed:1/8:-16:127/8") == get_format("q5.3")
    True
    >>> parse_format("e4m3:toward-zero").describe()
    'floating point, precision 4 bits, smallest exponent -6, largest value 448, \
round toward zero, saturating'
    """
    kind, *parts = text.split(":")
    if kind not in _KEYS:
        if parts and all(not _option(part) for part in parts):
            raise FormatError(f"unknown kind of format {kind!r} in {text!r}: {_SYNTAX}")
        return _with_options(get_format(kind), text, parts)
    if len(parts) < 3:
        raise FormatError(f"{text!r} has {len(parts)} fields after {kind!r}, not 3: {_SYNTAX}")
    first, second, third = parts[:3]
    number_format: NumberFormat
    if kind == "float":
        exponent = _integer("MIN_EXPONENT", second)
        number_format = Minifloat(_integer("PRECISION", first), exponent, _rational("MAX", third))
    else:
        step, low = _rational("STEP", first), _rational("MIN", second)
        number_format = FixedPoint(step, low, _rational("MAX", third))
    return _with_options(number_format, text, parts[3:])


def _option(part: str) -> str:
    """What a word after the numbers sets: `rounding`, `overflow`, or nothing."""
    for name, words in (("rounding", RoundingMode), ("overflow", Overflow)):
        if part in list(words):
            return name
    return ""


def _with_options(number_format: NumberFormat, text: str, parts: list[str]) -> NumberFormat:
    """The format with the rounding and the overflow that are named, in either order."""
    chosen: dict[str, str] = {}
    for part in parts:
        name = _option(part)
        if not name or name in chosen:
            known = ", ".join([*RoundingMode, *Overflow])
            problem = f"names the {name} twice" if name else f"has {part!r} after the format"
            raise FormatError(
                f"{text!r} {problem}: expected at most one rounding and one overflow of {known}"
            )
        chosen[name] = part
    try:
        return replace(number_format, **chosen)  # type: ignore[type-var]
    except FormatError as error:
        raise FormatError(f"{text!r}: {error}") from None


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
