"""`import monoscan` is light, offers its names when they are used, and refuses others in words."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import monoscan as ms

INIT = Path(ms.__file__)


@pytest.mark.parametrize("name", ms.__all__)
def test_every_name_exists_and_is_listed(name):
    assert getattr(ms, name) is not None
    assert name in dir(ms)


@pytest.mark.parametrize("name", ms.__all__)
def test_every_name_has_a_worked_example(name):
    (test,) = doctest.DocTestFinder(recurse=False).find(getattr(ms, name), name) or [None]
    assert test is not None
    assert test.examples, f"{name} has no example"


def test_type_checkers_see_the_same_names():
    (block,) = (
        node
        for node in ast.parse(INIT.read_text()).body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name)
    )
    seen = {alias.asname or alias.name for node in block.body for alias in node.names}
    assert seen == set(ms.__all__)


def test_importing_loads_nothing_but_itself():
    program = "import sys; old = set(sys.modules); import monoscan; print(*set(sys.modules) - old)"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(INIT.parents[1])},
    ).stdout.split()
    assert {name.partition(".")[0] for name in loaded} <= {
        "monoscan",
        "importlib",
        "warnings",
        "_frozen_importlib_external",
    }
    assert "monoscan.face" not in loaded


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("langauge", "language"),
        ("Regex", "regex"),
        ("networks", "network"),
        ("zzz", "architectures, automaton"),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_the_nearest(wrong, nearest):
    with pytest.raises(AttributeError, match=f"no attribute '{wrong}'; nearest: .*{nearest}"):
        getattr(ms, wrong)
    with pytest.raises(ImportError, match=f"cannot import name '{wrong}'"):
        exec(f"from monoscan import {wrong}")


def test_what_python_asks_for_is_refused_without_a_search():
    assert not hasattr(ms, "__wrapped__")


def test_everything_can_be_imported_by_a_star():
    found: dict[str, object] = {}
    exec("from monoscan import *", found)
    assert set(ms.__all__) <= set(found)
