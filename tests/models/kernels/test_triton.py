"""The Triton kernels in Triton's interpreter, and compiled for two GPUs that are not here.

TRITON_INTERPRET must stand before triton is imported, hence fresh processes. Neither shows that
the kernels run right on a GPU; the interpreter shows what they compute.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import triton
from helpers.effort import EVERYTHING
from helpers.triton_interpreter import interpreted

from monoscan.models.kernels.resources import (
    all_resources,
    rank_one_resources,
    read_usage,
    scan_resources,
)

RANK_ONE = """
from helpers.kernel_cases import *
for steps, n_h, gate, keys, values in CASES:
    x = rank_one_inputs(
        batch=1, steps=steps, heads=2, keys=keys, values=values, n_h=n_h, gate=gate,
        key_kind="repeated" if steps % 2 else "correlated", beta=2.0 if n_h == 1 else None,
    )
    x = converted(x, torch.float32)
    with poisoned_memory():
        found = run_rank_one(x, n_h, "triton")
    expected = run_rank_one(converted(x, torch.float64), n_h, "reference")
    results.append(relative_error(found, expected))
"""

SCAN = """
from helpers.kernel_cases import *
for steps, width, kind in CASES:
    x = converted(scan_inputs(batch=2, steps=steps, width=width, kind=kind), torch.float32)
    with poisoned_memory():
        found = run_scan(x, "triton")
    expected = run_scan(converted(x, torch.float64), "reference")
    results.append(relative_error(found, expected))
"""


def test_both_kernels_in_the_interpreter():
    cases = [
        (1, 1, "none", 4, 4),
        (2, 2, "vector", 5, 3),
        (17, 1, "none", 8, 8),
        (3, 1, "signed", 4, 40),
    ]
    if EVERYTHING:
        cases += [(37, 1, "none", 8, 8), (9, 4, "zero-one", 4, 4)]
    scans = [(1, 1, "signed"), (2, 70, "signed"), (63, 3, "zero-one"), (33, 5, "complex")]
    errors, of_scans = interpreted((RANK_ONE, cases), (SCAN, scans))
    assert max(errors) < 2e-5
    assert max(of_scans) < 1e-5


@pytest.mark.slow
def test_rank_one_in_the_interpreter_at_more_sizes():
    cases = [
        (63, 2, "scalar", 8, 20),
        (100, 1, "none", 8, 8),
        (33, 3, "zero-one", 3, 5),
    ]
    (errors,) = interpreted((RANK_ONE, cases))
    assert max(errors) < 5e-5


@pytest.mark.parametrize("architecture", [80, 90])
def test_no_register_spills_at_64(architecture):
    for gated in (False, True):
        for resources in rank_one_resources(64, architecture, gated=gated):
            assert resources.stack == 0, resources
            assert 0 < resources.registers <= 255
    for resources in scan_resources(architecture, is_complex=True):
        assert resources.stack == 0, resources


def test_spills_are_seen_where_there_are_some():
    """A positive control: eight times the keys do not fit into the registers."""
    assert any(resources.stack > 0 for resources in rank_one_resources(512, 80))


@pytest.mark.slow
def test_no_kernel_spills():
    table = list(all_resources())
    assert len(table) == 116
    assert [resources for resources in table if resources.stack] == []


@pytest.mark.slow
def test_the_table_of_the_documentation():
    """Its rows and columns, and its figures if they are those of the Triton that is installed."""
    written = (Path(__file__).parents[3] / "docs" / "triton.md").read_text(encoding="utf-8")
    options = importlib.import_module("benchmarks._options").Options()
    rows = list(importlib.import_module("benchmarks.triton_resources").run(options))
    for row in rows:
        kernel, *figures = row.values()
        assert f"| {' | '.join(row)} |\n" in written
        assert f"| {kernel} | " in written
        if f"With Triton {triton.__version__} " in written:
            assert f"| {kernel} | {' | '.join(map(str, figures))} |\n" in written
    assert len(rows) == written.count("| rank_one ") + written.count("| diagonal_scan ")


def test_a_report_without_figures():
    with pytest.raises(ValueError, match="no register and stack figures: 'nothing'"):
        read_usage("nothing")
