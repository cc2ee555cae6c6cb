"""What all formats share: idempotent monotone rounding, thresholds, JSON, texts, names."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import (
    NAMED_FORMATS,
    FixedPoint,
    FormatError,
    InfinityReached,
    Minifloat,
    NumberFormat,
    Overflow,
    RoundingMode,
    format_from_json,
    get_format,
    parse_format,
)

F = Fraction
TINY = F(1, 10**30)
SMALL_NAMES = [name for name in NAMED_FORMATS if get_format(name).n_values() <= 256]


def with_mode(number_format: NumberFormat, mode: RoundingMode) -> NumberFormat:
    """The same values with another rounding."""
    return format_from_json(number_format.to_json() | {"rounding": mode.value})


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("name", SMALL_NAMES)
def test_thresholds_exhaustively(name: str, mode: RoundingMode) -> None:
    number_format = with_mode(get_format(name), mode)
    values = number_format.values()
    thresholds = number_format.thresholds()
    assert [(t.lower, t.upper) for t in thresholds] == list(pairwise(values))
    for threshold in thresholds:
        near = (F(0), TINY, -TINY)
        points = [threshold.bound + d for d in near]
        points += [threshold.lower + d for d in near] + [threshold.upper + d for d in near]
        for x in points:
            passed = x >= threshold.bound if threshold.relation == ">=" else x > threshold.bound
            assert (number_format.round(x) >= threshold.upper) == passed
            assert threshold.is_passed_by(x) == passed


@given(
    st.sampled_from(sorted(NAMED_FORMATS)),
    st.sampled_from(RoundingMode),
    st.fractions(max_denominator=10**6),
    st.fractions(max_denominator=10**6),
)
def test_rounding_is_monotone_and_leaves_values_alone(
    name: str, mode: RoundingMode, x: Fraction, y: Fraction
) -> None:
    number_format = with_mode(get_format(name), mode)
    low, high = sorted((x, y))
    assert number_format.is_monotone
    assert number_format.round(low) <= number_format.round(high)
    for value in (number_format.round(low), number_format.round(high)):
        assert number_format.contains(value)
        assert number_format.smallest <= value <= number_format.largest


def test_infinity_ends_a_computation() -> None:
    e2m1 = parse_format("e2m1:infinity")
    assert (e2m1.round(F(27, 4)), e2m1.is_monotone) == (6, False)
    with pytest.raises(InfinityReached, match=r"about 2\^2 is rounded to infinity.*below 2\^3"):
        e2m1.round(F(7))  # half way to 8, which would be the even multiple
    assert not e2m1.contains(F(8))
    for mode, fails in (("toward-zero", []), ("down", [-9]), ("up", [9])):
        directed = parse_format(f"e2m1:{mode}:infinity")
        for x in (9, -9):
            if x in fails:
                with pytest.raises(InfinityReached):
                    directed.round(F(x))
            else:
                assert directed.round(F(x)) == (6 if x > 0 else -6)


def test_wrap_is_not_monotone() -> None:
    wrapping = FixedPoint.signed(4, overflow=Overflow.WRAP)
    assert not wrapping.is_monotone
    assert wrapping.round(F(7)) > wrapping.round(F(8))
    with pytest.raises(FormatError, match=r"not monotone, so no thresholds.*saturating"):
        wrapping.thresholds()


@pytest.mark.parametrize("name", SMALL_NAMES)
def test_values_are_exactly_the_contained_numbers(name: str) -> None:
    number_format = get_format(name)
    values = number_format.values()
    assert len(values) == number_format.n_values() == len(set(values))
    assert all(v < w for v, w in pairwise(values))
    assert (values[0], values[-1]) == (number_format.smallest, number_format.largest)
    assert all(number_format.contains(v) for v in values)
    assert not any(number_format.contains((v + w) / 2) for v, w in pairwise(values))


def test_too_many_values_to_list() -> None:
    with pytest.raises(FormatError, match=r"4278190079 values, more than the limit of 65536"):
        get_format("binary32").values()
    with pytest.raises(FormatError, match="253 values, more than the limit of 252"):
        get_format("e4m3").thresholds(limit=252)


@pytest.mark.parametrize(
    ("name", "n_values", "largest", "step_at_zero"),
    [
        ("e4m3", 253, F(448), F(1, 2**9)),
        ("e5m2", 247, F(57344), F(1, 2**16)),
        ("e3m2", 63, F(28), F(1, 16)),
        ("e2m3", 63, F(15, 2), F(1, 8)),
        ("e2m1", 15, F(6), F(1, 2)),
        ("ieee-1-4-3", 239, F(240), F(1, 2**9)),
        ("binary16", 63487, F(65504), F(1, 2**24)),
        ("bfloat16", 65279, F(255 * 2**120), F(1, 2**133)),
        ("binary32", 2**32 - 2**24 - 1, F((2**24 - 1) * 2**104), F(1, 2**149)),
        ("q4.4", 256, F(127, 16), F(1, 16)),
        ("q5.3", 256, F(127, 8), F(1, 8)),
        ("int8", 256, F(127), F(1)),
        ("uint8", 256, F(255), F(1)),
    ],
)
def test_named_formats(name: str, n_values: int, largest: Fraction, step_at_zero: Fraction) -> None:
    number_format = get_format(name)
    assert number_format.n_values() == n_values
    assert number_format.largest == largest
    assert number_format.contains(step_at_zero)
    assert not number_format.contains(step_at_zero / 2)


def test_e2m1_is_the_four_bit_table() -> None:
    nonnegative = ["0", "1/2", "1", "3/2", "2", "3", "4", "6"]
    assert [str(value) for value in get_format("e2m1").values()[7:]] == nonnegative


def test_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(FormatError, match="unknown number format 'e4m4': did you mean e4m3"):
        get_format("e4m4")


ALL_SHAPES = [
    *NAMED_FORMATS.values(),
    FixedPoint(F(3, 7), F(-9, 7), F(0), RoundingMode.DOWN, Overflow.WRAP),
    Minifloat(1, 5, F(64), RoundingMode.TOWARD_ZERO),
    Minifloat(3, -2, F(1, 16), RoundingMode.UP),
]


@pytest.mark.parametrize("number_format", ALL_SHAPES, ids=NumberFormat.describe)
def test_json_round_trip(number_format: NumberFormat) -> None:
    text = json.dumps(number_format.to_json())
    assert format_from_json(json.loads(text)) == number_format
    assert all(isinstance(value, str) for value in number_format.to_json().values())


def test_json_as_certificates_write_it() -> None:
    assert get_format("q5.3").to_json() == {
        "kind": "fixed",
        "step": "1/8",
        "min": "-16",
        "max": "127/8",
        "rounding": "nearest-even",
        "overflow": "saturate",
    }
    assert get_format("e4m3").to_json() == {
        "kind": "float",
        "precision": "4",
        "min_exponent": "-6",
        "max": "448",
        "rounding": "nearest-even",
        "overflow": "saturate",
    }


FIXED = get_format("q5.3").to_json()
FLOAT = get_format("e4m3").to_json()


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        ([], "a format must be a JSON object, got list"),
        ({}, "kind of a format must be 'fixed' or 'float', got None"),
        (FIXED | {"kind": "posit"}, "got 'posit'"),
        (FIXED | {"kind": ["fixed"]}, "kind of a format must be"),
        (FIXED | {"bits": "8"}, "unexpected 'bits'"),
        ({k: v for k, v in FLOAT.items() if k != "overflow"}, "missing overflow"),
        (FIXED | {"min": -16}, "min must be a string, got -16"),
        (FIXED | {"step": "0.125"}, "step must be an exact rational.*got '0.125'"),
        (FIXED | {"step": "2/16"}, "not in lowest terms: write it as 1/8"),
        (FIXED | {"min": "-16/1"}, "not in lowest terms: write it as -16"),
        (FIXED | {"min": "-0"}, "min must be an exact rational"),
        (FIXED | {"min": "-16\n"}, "min must be an exact rational"),
        (FIXED | {"max": "\u0661"}, "max must be an exact rational"),
        (FIXED | {"step": "1/0"}, "step must be an exact rational"),
        (FIXED | {"max": "9" * 2001}, "at most 2000 digits"),
        (FIXED | {"max": "1/" + "9" * 2001}, "at most 2000 digits"),
        (FIXED | {"step": "-1/8"}, "step must be positive"),
        (FIXED | {"rounding": "stochastic"}, "unknown rounding mode 'stochastic'"),
        (FIXED | {"overflow": "trap"}, "unknown overflow 'trap'"),
        (FLOAT | {"overflow": "wrap"}, "floating point does not wrap"),
        (FLOAT | {"precision": "04"}, "precision must be an integer.*got '04'"),
        (FLOAT | {"precision": "9" * 5000}, "precision must be an integer"),
        (FLOAT | {"precision": "65"}, "precision must be an integer from 1 to 64"),
        (FLOAT | {"min_exponent": "-6/1"}, "min_exponent must be an integer"),
        (FLOAT | {"max": "449"}, "take 448 or 480"),
    ],
)
def test_bad_json_is_rejected(obj: Any, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        format_from_json(obj)


@pytest.mark.parametrize(
    ("text", "number_format"),
    [
        ("e4m3", get_format("e4m3")),
        ("q4.4", get_format("q4.4")),
        ("fixed:1/8:-16:127/8", FixedPoint.signed(8, 3)),
        ("fixed:1:0:7:up", FixedPoint.unsigned(3, 0, RoundingMode.UP)),
        ("fixed:1:-4:3:down:wrap", FixedPoint.signed(3, 0, RoundingMode.DOWN, Overflow.WRAP)),
        ("float:4:-6:448", get_format("e4m3")),
        ("float:2:0:6:nearest-away", Minifloat(2, 0, F(6), RoundingMode.NEAREST_AWAY)),
        ("float:2:0:6:infinity:up", Minifloat(2, 0, F(6), RoundingMode.UP, Overflow.INFINITY)),
        ("e2m1:up", Minifloat(2, 0, F(6), RoundingMode.UP)),
        ("FP16:infinity", Minifloat(11, -14, F(65504), overflow=Overflow.INFINITY)),
        ("int4:wrap", FixedPoint.signed(4, overflow=Overflow.WRAP)),
    ],
)
def test_command_line_texts(text: str, number_format: NumberFormat) -> None:
    assert parse_format(text) == number_format


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "unknown number format ''"),
        ("E4M3x", "unknown number format 'E4M3x'"),
        ("posit:8:1", "unknown kind of format 'posit'.*expected NAME"),
        ("fixed:1:2", "'fixed:1:2' has 2 fields after 'fixed', not 3"),
        ("fixed:1:-4:3:up:wrap:x", "has 'x' after the format: expected at most one rounding"),
        ("float:4:-6:448:up:wrap", "floating point does not wrap"),
        ("fixed:0.5:-4:3", "STEP must be an exact rational.*got '0.5'"),
        ("fixed:1:-4:3:sideways", "has 'sideways' after the format.*nearest-even.*infinity"),
        ("fixed:1:-4:3:up:down", "names the rounding twice"),
        ("fixed:1:0:1:infinity", "fixed point has no infinity"),
        ("e4m3:wrap", "'e4m3:wrap': floating point does not wrap"),
        ("float:x:-6:448", "PRECISION must be an integer"),
        ("float:4:-6:450", "maximum 450 has no exact form"),
    ],
)
def test_bad_command_line_texts(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        parse_format(text)


@pytest.mark.parametrize(
    ("number_format", "words"),
    [
        (
            FixedPoint.signed(8, 3),
            "fixed point, step 1/8, range [-16, 127/8], round half to even, saturating",
        ),
        (
            FixedPoint.unsigned(4, 0, RoundingMode.DOWN, Overflow.WRAP),
            "fixed point, step 1, range [0, 15], round down, wrapping around",
        ),
        (
            Minifloat(3, -14, F(57344), RoundingMode.TOWARD_ZERO),
            "floating point, precision 3 bits, smallest exponent -14, largest value 57344, "
            "round toward zero, saturating",
        ),
    ],
)
def test_words(number_format: NumberFormat, words: str) -> None:
    assert number_format.describe() == words
