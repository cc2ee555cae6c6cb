"""Products, moves and substitution in vector registers, beside numpy."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from monoscan.models.kernels.compiled import compile_loop
from monoscan.models.kernels.rank_one.cpu_chunks import has_values
from monoscan.models.kernels.rank_one.cpu_layout import untouched_zeros
from monoscan.models.kernels.vectors import (
    advance,
    clear_below,
    column_products,
    copy_rows,
    product,
    substitute,
    transpose,
)

TESTS = Path(__file__).resolve().parents[2]


def numbers(*shape, dtype=np.float32, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


@cache
def product_loop(N, adding):
    @compile_loop
    def loop(c, a, b, row, step, depth, rows):
        product(c, 0, N, a, 0, row, step, b, 0, N, depth, rows, N, adding)

    return loop


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("width", [4, 12, 20, 64])
def test_a_product_with_any_strides_of_its_left_factor(dtype, width):
    for rows, depth in ((4, 1), (8, 3), (20, 16)):
        a, b, c = numbers(rows, depth), numbers(depth, width, seed=1), numbers(rows, width, seed=2)
        a, b, c = (x.astype(dtype) for x in (a, b, c))
        for adding in (False, True):
            expected = a @ b + (c if adding else 0)
            for factor, row, step in ((a, depth, 1), (np.ascontiguousarray(a.T), 1, rows)):
                found = c.copy()
                loop = product_loop(width, adding)
                loop(found.ravel(), factor.ravel(), b.ravel(), row, step, depth, rows)
                assert np.allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize("adding", [False, True])
def test_a_sum_of_no_terms(adding):
    c = np.ones(4 * 12, np.float32)
    product_loop(12, adding)(c, c.copy(), c.copy(), 0, 0, 0, 4)
    assert c.tolist() == [float(adding)] * 48


@pytest.mark.parametrize(("rows", "columns"), [(4, 4), (16, 16), (8, 20), (48, 32), (3, 5)])
def test_transposes(rows, columns):
    @compile_loop
    def loop(y, x):
        transpose(y, 0, rows, x, 0, columns, rows, columns)

    x, y = numbers(rows, columns), np.zeros((columns, rows), np.float32)
    loop(y.ravel(), x.ravel())
    assert np.array_equal(y, x.T)


@pytest.mark.parametrize("forward", [False, True])
def test_substitution_solves_the_triangular_system(forward):
    @compile_loop
    def loop(u, a):
        substitute(u, 0, 20, a, 0, 4, 20, forward)

    a, right = numbers(4, 4, dtype=np.float64), numbers(4, 20, dtype=np.float64, seed=1)
    strict = np.triu(a, 1)
    u = right.copy()
    loop(u.ravel(), a.ravel())
    system = np.eye(4) - (strict.T if forward else strict)
    assert np.allclose(system @ u, right)


def test_rows_are_copied_and_filled_up_with_zeros():
    @compile_loop
    def loop(y, x, rows, filled):
        copy_rows(y, 0, 5, x, 1, 7, rows, filled, 5)

    x, y = np.arange(30.0), np.full(25, np.nan)
    loop(y, x, 2, 4)
    assert y[:10].tolist() == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert y[10:20].tolist() == [0] * 10
    assert np.isnan(y[20:]).all()


@pytest.mark.parametrize("limit", [-3, 0, 1, 7, 19, 20, 25])
def test_what_is_below_the_limit_is_cleared_even_if_it_is_not_a_number(limit):
    @compile_loop
    def loop(y, limit):
        clear_below(y, 0, limit, 20)

    y = np.full(20, np.nan, np.float32)
    loop(y, limit)
    assert (y[: max(limit, 0)] == 0).all()
    assert np.isnan(y[max(limit, 0) :]).all()


@pytest.mark.parametrize(("rows", "width"), [(4, 4), (16, 16), (12, 20)])
def test_a_scaled_matrix_with_two_terms_of_rank_one(rows, width):
    @compile_loop
    def loop(y, x, w, e, b):
        advance(y, 0, x, 0, w, 0, e, 0, b, 0, rows, width)

    x, w = numbers(rows, width), numbers(width, seed=1)
    e, b = numbers(2, rows, seed=2), numbers(2, width, seed=3)
    expected = x * w + e.T @ b
    y = np.full_like(x, np.nan)
    loop(y.ravel(), x.ravel(), w, e.ravel(), b.ravel())
    assert np.allclose(y, expected, atol=1e-5)
    loop(x.ravel(), x.ravel(), w, e.ravel(), b.ravel())
    assert np.array_equal(x, y)


@pytest.mark.parametrize(("rows", "width"), [(4, 4), (16, 16), (12, 20)])
def test_sums_of_products_down_the_columns(rows, width):
    @compile_loop
    def loop(y, g, x):
        column_products(y, 0, g, 0, x, 0, rows, width)

    g, x = numbers(rows, width), numbers(rows, width, seed=1)
    y = np.full(width, np.nan, np.float32)
    loop(y, g.ravel(), x.ravel())
    assert np.allclose(y, (g * x).sum(0), atol=1e-5)


def test_a_product_of_two_rows():
    @compile_loop
    def loop(c, a, b):
        product(c, 0, 20, a, 0, 3, 1, b, 0, 20, 3, 2, 20, False)

    a, b, c = numbers(2, 3), numbers(3, 20, seed=1), np.full((2, 20), np.nan, np.float32)
    loop(c.ravel(), a.ravel(), b.ravel())
    assert np.allclose(c, a @ b, atol=1e-5)


PROGRAM = """
from helpers.kernel_cases import *
from numba.core.registry import cpu_target
assert "+avx512f" not in cpu_target.target_context.codegen().magic_tuple()[2]
for gate in ("none", "vector"):
    x = converted(rank_one_inputs(steps=37, keys=16, values=20, n_h=2, gate=gate), torch.float32)
    expected = run_rank_one(converted(x, torch.float64), 2, "reference")
    assert relative_error(run_rank_one(x, 2, "compiled"), expected) < 2e-5
"""


@pytest.mark.slow
def test_the_kernels_run_without_wide_vectors():
    names = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=TESTS.parent,
        env={**os.environ, **names},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_only_zeros_without_memory_count_as_absent():
    zero, one = (torch.full((), x).expand(2, 3, 4, 5) for x in (0.0, 1.0))
    assert not has_values(zero, zero)
    assert has_values(zero, one)
    assert has_values(one, zero)
    assert has_values(zero.clone(), zero)


def test_zeros_nobody_has_touched():
    like = torch.ones((), dtype=torch.float64).expand(3, 2)
    found = untouched_zeros(like)
    assert (found.dtype, tuple(found.shape), found.is_contiguous()) == (torch.float64, (3, 2), True)
    assert not found.any()
