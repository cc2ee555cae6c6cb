"""Doctests are those of the package: collecting the tests as doctests, too, would find none."""

import os
import sys
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

# readline, which pytest imports, sets it for the processes that share out the tests: answers would
# be cut to 80 columns there and nowhere else.
os.environ.pop("COLUMNS", None)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, Iterable[pytest.Collector], object]:
    """Leaves out what collects the doctests of a file."""
    assert file_path.is_relative_to(Path(__file__).parent)
    found = yield
    return [collector for collector in found if not isinstance(collector, DoctestModule)]


@pytest.fixture(autouse=True)
def _fresh_count_of_work() -> None:
    """Tests call parts of the checker, which counts the work of one certificate in one place."""
    limits = sys.modules.get("checker_under_test.limits")
    if limits is not None:
        limits.WORK.reset()
