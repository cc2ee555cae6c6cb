"""What holds for all tests: which need torch, how much is drawn, and how time is saved."""

from __future__ import annotations

import gc
import importlib.util
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from helpers.effort import as_printed, load_profile

# Collecting doctests imports the modules. A run of the whole project has torch: it skips nothing.
_NEED_TORCH = [
    "monoscan/models",
    "monoscan/face/compiling.py",
    "monoscan/face/training.py",
    "tests/face/test_layer_names.py",
    "tests/face/test_training.py",
    "tests/models",
    "tests/helpers/kernel_cases.py",
    "tests/helpers/small_runs.py",
]
collect_ignore = [] if importlib.util.find_spec("torch") else _NEED_TORCH

# The networks of the tests are too small for two threads, and idle threads spin. Torch reads this
# when it is imported, here and in the processes that tests start.
os.environ["OMP_NUM_THREADS"] = "1"
load_profile()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Docstrings of the package are run; in those of tests there is nothing to run."""
    found = yield
    if "tests" in file_path.relative_to(parent.config.rootpath).parts:
        return [node for node in found if type(node) is pytest.Module]
    return found


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """A tenth of the time went into looking for garbage among what lives until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What the examples of docstrings find is the same every time."""
    if not isinstance(item, pytest.DoctestItem):
        return (yield)
    with as_printed():
        return (yield)
