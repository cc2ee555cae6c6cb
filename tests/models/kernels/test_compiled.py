"""How the processor kernels are compiled and spread over threads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
import torch

from monoscan.models.kernels import compiled
from monoscan.models.kernels.compiled import spread


@pytest.fixture
def _four_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_four_threads")
@pytest.mark.parametrize("items", [1, 2, 3, 4, 5, 17])
def test_every_item_is_worked_on_once(items):
    lock, seen = threading.Lock(), []

    def loop(first, last):
        with lock:
            seen.extend(range(first, last))

    spread(loop, items, work=10**9)
    assert sorted(seen) == list(range(items))


@pytest.mark.usefixtures("_four_threads")
def test_little_work_stays_on_the_calling_thread():
    threads = []
    spread(lambda first, last: threads.append(threading.current_thread()), 8, work=100)
    assert threads == [threading.current_thread()]


@pytest.mark.usefixtures("_four_threads")
def test_a_failure_on_another_thread_is_raised():
    def loop(first, _last):
        if first:
            raise ArithmeticError("on another thread")

    with pytest.raises(ArithmeticError, match="on another thread"):
        spread(loop, 8, work=10**9)


def test_without_a_folder_for_machine_code_it_is_kept_in_memory(monkeypatch):
    import numba

    asked = []
    original = numba.njit

    def njit(*functions, **options):
        if functions:  # numba's own modules, loaded meanwhile
            return original(*functions, **options)
        asked.append(options["cache"])
        if options["cache"]:
            raise RuntimeError("cannot cache function: no locator available")
        return original(**options)

    monkeypatch.setattr(numba, "njit", njit)
    compiled.compile_loop(lambda: None)()
    assert asked == [True, False]


def test_a_kernel_runs_in_a_forked_process():
    program = """
import os, torch
from monoscan.models.kernels import diagonal_scan
torch.set_num_threads(2)
a = torch.ones(4, 4000, 64)
diagonal_scan(a, a)
child = os.fork()
if child == 0:
    os._exit(int(diagonal_scan(a, a).final[0, 0] != 4000))
assert os.waitpid(child, 0)[1] == 0
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
