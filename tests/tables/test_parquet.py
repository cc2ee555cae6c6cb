"""Parquet holds what the records of a table hold, with their types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

from monoscan.models.sweep import Ending, Outcome, ResultStore
from monoscan.tables import Column, Records, Table, parquet
from monoscan.tables.parquet import as_parquet

RUNS = ("monoscan", "table", "runs")


def stored(folder: Path) -> None:
    store = ResultStore(folder / "runs")
    store.put("a", small_run(steps=3), Outcome(Ending.TRAINED, steps=3, processor_seconds=1.5))
    store.put("b", small_run(steps=4, seed=1), Outcome(Ending.NOT_FINITE, "the loss", steps=2))


@pytest.mark.extras
def test_runs_are_read_as_they_were_written(tmp_path: Path) -> None:
    from pyarrow.parquet import read_table

    stored(tmp_path)
    asked = run_here(tmp_path, *RUNS, "-o", "runs.parquet")
    assert (asked.exit_code, asked.stdout) == (0, "written to runs.parquet\n")
    found = read_table(tmp_path / "runs.parquet").to_pylist()
    lines = run_here(tmp_path, *RUNS, "--format", "jsonl").stdout.splitlines()
    expected = [json.loads(line) for line in lines]
    assert [{**row, "config": json.loads(row["config"])} for row in found] == expected
    assert [type(row["processor_seconds"]) for row in found] == [float, float]


@pytest.mark.extras
def test_columns_of_several_types_are_json() -> None:
    import io

    from pyarrow.parquet import read_table

    rows = ((1, None, True, "x", [1]), (2.5, "a", False, 3, None))
    table = Table((Column("a"),), (), records=Records(tuple("abcde"), rows))
    found = read_table(io.BytesIO(as_parquet(table))).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (1.0, None, True, "x", "[1]"),
        (2.5, "a", False, "3", None),
    ]


def test_parquet_needs_a_file_and_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    said = fails(tmp_path, "monoscan", "list", "formats", "-o", "a.parquet")
    assert "pip install 'monoscan[parquet]'" in said
    monkeypatch.setattr(parquet, "find_spec", lambda name: name)
    said = fails(tmp_path, "monoscan", "list", "formats", "--format", "parquet")
    assert "name a file for it with -o FILE.parquet" in said
