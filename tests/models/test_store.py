"""The file of results: whole records, whatever happens to the process that writes."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

from monoscan.errors import BadInput
from monoscan.models.run_checkpoint import Record
from monoscan.models.sweep import Ending, Job, Outcome, ResultStore, run_sweep, stored_outcome
from monoscan.models.sweep.outcome import thinned
from monoscan.models.sweep.store import STORE_FILE, flat

OUTCOME = Outcome(Ending.TRAINED, steps=3, processor_seconds=1.5)
WRITER = """
import sys, resource, signal
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, {tests!r})
from helpers.small_runs import small_run
from monoscan.models.sweep import Ending, Outcome, ResultStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store, name = ResultStore(Path(sys.argv[1])), sys.argv[2]
count, most = map(int, sys.argv[3:])
config = small_run(steps=3)
store.put(name, config, Outcome(Ending.TRAINED))
print("begun", flush=True)
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    for n in range(count):
        store.put(f"{{name}}-{{n}}", config, Outcome(Ending.TRAINED, "x" * 2000, steps=n))
except OSError as error:
    print("refused", error.errno, flush=True)
print("ended", flush=True)
"""


def writer(folder: Path, name: str, count: int, most: int = 0) -> subprocess.Popen[str]:
    """A process that writes records, once it has begun."""
    code = WRITER.format(tests=str(Path(__file__).parents[1]))
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder), name, str(count), str(most)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def names(folder: Path) -> list[str]:
    return [run.digest for run in ResultStore(folder).runs()]


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    store, config = ResultStore(tmp_path), small_run(steps=3)
    outcome = replace(OUTCOME, curve=(Record(1, 0.5, 0.25, 4, 0.1),))
    store.put("a", config, OUTCOME)
    store.put("a", config, outcome)
    (run,) = store.runs()
    assert (run.digest, run.config, run.outcome) == ("a", config, outcome)
    assert store.outcome("a") == outcome
    assert store.outcome("b") is None
    assert set(outcome.made_with) == {"monoscan", "torch", "python", "machine", "commit"}
    assert flat(run)["processor_seconds"] == 1.5
    assert [path.name for path in tmp_path.iterdir()] == [STORE_FILE]


@pytest.mark.slow
def test_a_killed_process_leaves_whole_records(tmp_path: Path) -> None:
    process = writer(tmp_path, "a", 100_000)
    while len(names(tmp_path)) < 3:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    found = names(tmp_path)
    assert sorted(found) == sorted({"a", *(f"a-{n}" for n in range(len(found) - 1))})
    ResultStore(tmp_path).put("after", small_run(steps=3), OUTCOME)
    assert len(names(tmp_path)) == len(found) + 1


@pytest.mark.slow
def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    both = [writer(tmp_path, name, 40) for name in "ab"]
    assert [process.communicate()[0] for process in both] == ["ended\n"] * 2
    assert len(names(tmp_path)) == len(set(names(tmp_path))) == 82


def test_a_full_disk_is_an_error_and_leaves_what_was_there(tmp_path: Path) -> None:
    process = writer(tmp_path, "a", 100_000, most=200_000)
    said, _ = process.communicate()
    assert said.startswith("refused ")
    found = names(tmp_path)
    assert len(found) > 2
    ResultStore(tmp_path).put("after", small_run(steps=3), OUTCOME)
    assert len(names(tmp_path)) == len(found) + 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 200_000


def test_runs_of_earlier_versions_are_read_in(tmp_path: Path) -> None:
    job = Job("one", small_run(steps=3), (8,), 5)
    (outcome,) = run_sweep([job], tmp_path)
    (tmp_path / STORE_FILE).unlink()
    (tmp_path / job.digest / "outcome.json").write_text(outcome.to_json(), encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(tmp_path / job.digest, other)
    (other / "outcome.json").write_text("{", encoding="utf-8")
    assert stored_outcome(job, tmp_path) is None
    assert ResultStore(tmp_path).read_in() == (1, [str(other)])
    assert ResultStore(tmp_path).read_in() == (0, [str(other)])
    assert stored_outcome(job, tmp_path) == outcome
    (tmp_path / STORE_FILE).unlink()
    assert run_sweep([job], tmp_path) == (outcome,)  # read in, not trained again


def test_a_file_of_another_schema_or_kind_is_refused_by_name(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    store.put("a", small_run(steps=3), OUTCOME)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("PRAGMA user_version = 7")
    with pytest.raises(BadInput, match=r"results\.sqlite has the schema 7; this monoscan reads"):
        store.outcome("a")
    store.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(BadInput, match="is no file of results"):
        store.put("a", small_run(steps=3), OUTCOME)


def test_a_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    store.put("a", small_run(steps=3), OUTCOME)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE records SET config = '{}'")
    with pytest.raises(BadInput, match="the record a cannot be read"):
        list(store.runs())


def test_a_curve_keeps_its_end() -> None:
    history = [Record(n, 1.0, 0.5, 4, 0.1) for n in range(1, 1003)]
    curve = thinned(history)
    assert len(curve) <= 200
    assert curve[-1] == history[-1]
    assert thinned(history[:7]) == tuple(history[:7])


# ------------------------------------------------------------------------- monoscan table runs


def test_the_table_of_runs(tmp_path: Path) -> None:
    run_sweep([Job("one", small_run(steps=3), (8,), 5)], tmp_path / "runs")
    asked = ("monoscan", "table", "runs")
    text = run_here(tmp_path, *asked).stdout
    assert "deltanet [-1,1]" in text
    assert "1 run in runs/results.sqlite" in text
    (line,) = run_here(tmp_path, *asked, "--format", "jsonl").stdout.splitlines()
    value = json.loads(line)
    assert (value["language"], value["steps"], value["ending"]) == ("parity", 3, "trained")
    assert value["config"]["training"]["steps"] == 3
    titles, row = run_here(tmp_path, *asked, "--format", "csv").stdout.splitlines()
    assert titles.split(",")[:3] == ["run", "language", "layer"]
    assert row.startswith(value["run"])


def test_a_table_of_no_runs_says_which_command_makes_them(tmp_path: Path) -> None:
    said = fails(tmp_path, "monoscan", "table", "runs", "--runs", "absent")
    assert "there are no results of runs in absent" in said
    assert "monoscan sweep" in said
