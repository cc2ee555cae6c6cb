"""The table of learned automata says of each run what `monoscan learned` says."""

from __future__ import annotations

import csv
from pathlib import Path

from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

import monoscan as ms
from monoscan.face.tables import learned_automata
from monoscan.models.sweep import Ending, Job, Outcome, ResultStore, run_sweep

TINY = {"width": 8, "heads": 2}


def test_each_trained_run_has_a_row(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    good = small_run("parity", max_length=8, layer_options=TINY, steps=150, learning_rate=0.01)
    none = small_run("parity", "diagonal", "[0,1]", max_length=8, layer_options=TINY, steps=3)
    run_sweep([Job(name, config, (8,), 5) for name, config in (("a", good), ("b", none))], runs)
    ResultStore(runs).put("c", small_run(seed=7), Outcome(Ending.NOT_FINITE, "the loss"))
    table = learned_automata(runs)
    assert [row[:5] for row in table.rows] == [
        ("parity", "deltanet [-1,1]", "1", "0", "2"),
        ("parity", "diagonal [0,1]", "1", "0", "2"),
    ]
    first, second = (row[5:] for row in table.rows)
    assert first[:3] == ("2", "=", "Z2")
    assert second[1] != "="
    found = ms.load_run(runs / Job("a", good, (8,), 5).digest).learned(letters=300_000)
    assert found.is_target
    answer = run_here(tmp_path, "monoscan", "table", "learned", "--format", "csv")
    (_, *lines) = csv.reader(answer.stdout.splitlines())
    assert [tuple(line) for line in lines] == list(table.rows)


def test_without_runs_it_says_which_command_makes_them(tmp_path: Path) -> None:
    said = fails(tmp_path, "monoscan", "table", "learned", "--runs", "absent")
    assert "there are no results of runs in absent; monoscan sweep" in said
