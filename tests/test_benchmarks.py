"""The benchmark command: what it writes, and that what it cannot do says what to do instead."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent


def benchmarks(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_unknown_benchmark() -> None:
    answer = benchmarks("monoid")
    assert answer.returncode == 2
    assert "no benchmark 'monoid'; there are atlas, automata, cascades, gpu, " in answer.stderr


def test_peers_without_libsemigroups_say_how_to_get_it() -> None:
    answer = benchmarks("peers")
    assert answer.returncode == 0
    assert "pip install libsemigroups_pybind11" in answer.stdout
    assert "--libsemigroups ELSEWHERE/bin/python" in answer.stdout


def test_peers_with_an_interpreter_that_lacks_libsemigroups() -> None:
    """It is under the GPL, so it is not in the environment that runs the tests."""
    answer = benchmarks("peers", "--libsemigroups", sys.executable)
    assert answer.returncode == 1
    assert "it cannot import libsemigroups_pybind11 (ModuleNotFoundError" in answer.stderr


def test_peers_with_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    answer = benchmarks("peers", "--libsemigroups", str(tmp_path / "python"))
    assert answer.returncode == 1
    assert "it cannot be run" in answer.stderr
    assert "name a Python interpreter" in answer.stderr


def test_growth_writes_tables_and_plots(tmp_path: Path) -> None:
    answer = benchmarks("growth", "--largest", "30", "--folder", str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "automata.csv",
        "automata.svg",
        "monoids.csv",
        "monoids.svg",
    ]
    for name, largest in (("automata", 16), ("monoids", 27)):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert max(int(row["size"]) for row in rows) == largest
        assert all(float(row["cpu_seconds"]) >= 0 for row in rows)
        assert ElementTree.parse(tmp_path / f"{name}.svg").getroot().tag.endswith("svg")
    assert "growth: minimise random, random, 10 states ..." in answer.stderr


def test_growth_of_one_curve_prints_and_writes_nothing(tmp_path: Path) -> None:
    answer = benchmarks(
        "growth", "--only", "equivalence", "--largest", "100", "--folder", str(tmp_path)
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count("curve: equivalence") == 2
    assert not list(tmp_path.iterdir())


def test_growth_of_an_unknown_curve() -> None:
    answer = benchmarks("growth", "--only", "regexes")
    assert answer.returncode == 1
    assert "no curve 'regexes'; there are minimise random, " in answer.stderr


def test_theory_curves_of_stacks(tmp_path: Path) -> None:
    curves = ("prove, one layer for a group", "check, a cascade of signs")
    only = [word for curve in curves for word in ("--only", curve)]
    answer = benchmarks("theory", *only, "--largest", "30", "--folder", str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count(f"curve: {curves[0]}") == 2
    assert answer.stdout.count(f"curve: {curves[1]}") == 1
    assert not list(tmp_path.iterdir())


def test_theory_of_an_unknown_curve() -> None:
    answer = benchmarks("theory", "--only", "prove")
    assert answer.returncode == 1
    assert "no curve 'prove'; there are prove, one layer for a group, " in answer.stderr
