"""Sums, differences and products bit for bit as numpy, ml_dtypes and torch compute them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import ml_dtypes
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import InfinityReached, NumberFormat, parse_format

EIGHT_BITS = {
    "float8_e4m3fn": ml_dtypes.float8_e4m3fn,
    "float8_e5m2": ml_dtypes.float8_e5m2,
    "float8_e4m3": ml_dtypes.float8_e4m3,
    "float8_e4m3fnuz": ml_dtypes.float8_e4m3fnuz,
    "float8_e5m2fnuz": ml_dtypes.float8_e5m2fnuz,
}
WIDER: dict[str, Any] = {
    "fp16": np.float16,
    "bf16": ml_dtypes.bfloat16,
    "fp32": np.float32,
    "fp64": np.float64,
}
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def rounded(number_format: NumberFormat, x: Fraction) -> Fraction | None:
    """The rounded number; None if it is infinite."""
    try:
        return number_format.round(x)
    except InfinityReached:
        return None


@pytest.mark.parametrize("sign", OPERATIONS)
@pytest.mark.parametrize("name", EIGHT_BITS)
def test_all_pairs_of_8_bits(name: str, sign: str) -> None:
    dtype, operation = EIGHT_BITS[name], OPERATIONS[sign]
    codes = np.arange(256, dtype=np.uint8).view(dtype)
    finite = codes[np.isfinite(codes.astype(np.float64))]
    number_format = parse_format(f"{name}:infinity")
    assert {Fraction(float(x)) for x in finite} == set(number_format.values())
    with np.errstate(all="ignore"):
        found = operation(finite[:, None], finite[None, :]).astype(np.float64)
    wide = finite.astype(np.float64)
    exact = operation(wide[:, None], wide[None, :])  # 53 bits hold all of these exactly
    distinct, place = np.unique(exact, return_inverse=True)
    ours = [rounded(number_format, Fraction(x)) for x in distinct]
    mine = np.array([np.nan if x is None else float(x) for x in ours])[place]
    assert np.array_equal(np.isnan(mine), ~np.isfinite(found))
    assert np.array_equal(mine[np.isfinite(mine)], found[np.isfinite(mine)])


EDGES = (
    0.0,
    1.0,
    -1.0,
    0.1,
    3.0,
    1 / 3,
    65504.0,
    65520.0,
    6e-8,
    2.0**-24,
    2.0**-25,
    3.39e38,
    1e-40,
)


@pytest.mark.parametrize("sign", OPERATIONS)
@pytest.mark.parametrize("name", WIDER)
def test_wider_formats_at_the_edges(name: str, sign: str) -> None:
    for x, y in product((*EDGES, *(-e for e in EDGES)), repeat=2):
        compare(name, OPERATIONS[sign], x, y)


@given(
    st.sampled_from(sorted(WIDER)),
    st.sampled_from(sorted(OPERATIONS)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_wider_formats(name: str, sign: str, x: float, y: float) -> None:
    compare(name, OPERATIONS[sign], x, y)


def compare(name: str, operation: Callable[[Any, Any], Any], x: float, y: float) -> None:
    dtype = WIDER[name]
    with np.errstate(all="ignore"):
        a, b = (np.asarray(z).astype(dtype)[()] for z in (x, y))
        if not np.isfinite(float(a)) or not np.isfinite(float(b)):
            return
        theirs = float(operation(a, b))
    exact = operation(Fraction(float(a)), Fraction(float(b)))
    mine = rounded(parse_format(f"{name}:infinity"), exact)
    assert (mine is None) == (not np.isfinite(theirs)), (a, b)
    assert mine is None or mine == Fraction(theirs), (a, b)


def test_bf16_and_fp16_of_torch() -> None:
    generator = torch.Generator().manual_seed(5)
    for dtype, name in ((torch.bfloat16, "bf16"), (torch.float16, "fp16")):
        number_format = parse_format(f"{name}:infinity")
        a, b = (torch.randn(500, generator=generator).to(dtype) for _ in range(2))
        for operation in OPERATIONS.values():
            for x, y, z in zip(a, b, operation(a, b), strict=True):
                exact = operation(Fraction(x.item()), Fraction(y.item()))
                assert number_format.round(exact) == Fraction(z.item())
