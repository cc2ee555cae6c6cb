"""`monoscan evaluate` beside random words: the search for failing words, in every case."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

from monoscan.face.training import load_run
from monoscan.models.sweep import Job, run_sweep, stored_outcome
from monoscan.models.sweep.store import STORE_FILE
from monoscan.models.train import train
from monoscan.models.worst import SearchPlan

SMALL = ("--width", "16", "--heads", "2", "--max-length", "8", "--batch", "16", "--steps", "4")
EVALUATE = ("evaluate", "RUN", "--lengths", "8,32", "--words", "20")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs")
    train(small_run(steps=2), path / "RUN")
    return path


def test_the_worst_word_stands_beside_random_ones(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *EVALUATE)
    assert answer.exit_code == 0
    worst = load_run(folder / "RUN").worst(length=32)
    assert worst.length is not None
    assert f"fails on a word of {worst.length} letter" in answer.stdout
    assert f"first failing, worst {worst.length}" in answer.stdout
    value = json.loads(run_here(folder, "monoscan", *EVALUATE, "--json").stdout)
    assert tuple(value["worst"]["word"]) == worst.word
    assert value["worst"]["length"] <= min(len(one["failing"]) for one in value["lengths"])


def test_without_a_search(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *EVALUATE, "--worst-letters", "0")
    assert "failing words were not searched: --worst-letters 0" in answer.stdout
    answer = run_here(folder, "monoscan", *EVALUATE, "--worst-letters", "0", "--json")
    assert json.loads(answer.stdout)["worst"] is None
    said = fails(folder, "monoscan", *EVALUATE, "--worst-letters", "-1")
    assert "--worst-letters -1: expected a whole number" in said


def test_a_task_without_an_automaton_is_said_to_have_none(folder: Path) -> None:
    options = ("--layer", "deltanet", "--range=-1,1", *SMALL, "-o", "SUMS")
    assert run_here(folder, "monoscan", "train", "--expressions", "3", *options).exit_code == 0
    answer = run_here(folder, "monoscan", "evaluate", "SUMS", "--lengths", "8", "--words", "5")
    assert answer.exit_code == 0
    assert "failing words were not searched: the task has no automaton" in answer.stdout


def test_a_compiled_network_is_searched_too(folder: Path) -> None:
    build = ("compile", "--language", "parity", "--class", "deltanet, extended", "-o", "PARITY")
    assert run_here(folder, "monoscan", *build).exit_code == 0
    options = ("--lengths", "64", "--words", "5", "--worst-letters", "50000")
    answer = run_here(folder, "monoscan", "evaluate", "PARITY", *options)
    assert answer.exit_code == 0
    assert "no failing word of up to 64 letters found" in answer.stdout


# ------------------------------------------------------------------ sweeps


def test_a_sweep_keeps_the_worst_word(tmp_path: Path) -> None:
    job = Job("parity", small_run(steps=3), (8, 16), 20, SearchPlan(20, 5_000))
    (outcome,) = run_sweep([job], tmp_path)
    assert outcome.worst is not None
    assert outcome.worst.length is not None
    assert stored_outcome(job, tmp_path) == outcome


def test_a_run_that_was_not_searched_is_searched_without_training(tmp_path: Path) -> None:
    plain = Job("parity", small_run(steps=3), (8, 16), 20)
    run_sweep([plain], tmp_path)
    job = Job("parity", plain.config, plain.lengths, 20, SearchPlan(20, 5_000))
    assert stored_outcome(job, tmp_path) is None
    before = load_run(tmp_path / job.digest).trained.seconds
    (outcome,) = run_sweep([job], tmp_path)
    assert outcome.worst is not None
    assert load_run(tmp_path / job.digest).trained.seconds == before
    assert stored_outcome(plain, tmp_path) == outcome


def test_an_outcome_without_first_failures_is_measured_again(tmp_path: Path) -> None:
    job = Job("parity", small_run(steps=3), (8, 16), 20)
    run_sweep([job], tmp_path)
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as connection, connection:
        (text,) = connection.execute("SELECT outcome FROM records").fetchone()
        value = json.loads(text)
        del value["results"][0]["failing"]
        connection.execute("UPDATE records SET outcome = ?", (json.dumps(value),))
    assert stored_outcome(job, tmp_path) is None
