"""Sweeps do what is missing, whatever stopped the one before, and count every run."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from helpers.small_runs import small_run
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.errors import ConfigError
from monoscan.models.evaluate import Interval, LengthResult, evaluate
from monoscan.models.run_checkpoint import Record
from monoscan.models.sweep import Ending, Job, Outcome, job, run_job, run_sweep, stored_outcome
from monoscan.models.sweep.job import SPENT_FILE
from monoscan.models.sweep.outcome import outcome_from_json
from monoscan.models.sweep.quick import COLUMNS, ROWS, Recipe
from monoscan.models.sweep.store import STORE_FILE
from monoscan.models.train import CHECKPOINT_FILE, TrainedRun, load_run, train

_NO_OUTCOMES = ('{"ending": "well", "results": []}', '{"ending": "trained", "results": [1]}')


def small_job(seed: int = 0, lengths: tuple[int, ...] = (16, 32), **options) -> Job:
    config = small_run(seed=seed, **{"steps": 12, "checkpoint_every": 5, **options})
    return Job(f"seed {seed}", config, lengths, n_words=50)


def parameters(run: TrainedRun) -> torch.Tensor:
    return torch.nn.utils.parameters_to_vector(run.model.parameters()).detach()


def nobody_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "train", lambda *_: pytest.fail("there was nothing to train"))


# ------------------------------------------------------------------ results


def test_an_outcome_is_what_training_and_evaluation_give(tmp_path: Path) -> None:
    one = small_job()
    (outcome,) = run_sweep([one], tmp_path)
    run = train(one.config)
    assert list(outcome.results) == evaluate(run, one.lengths, 50)
    assert (outcome.ending, outcome.steps) == (Ending.TRAINED, 12)
    assert outcome.trained_length == run.history[-1].length
    assert outcome.processor_seconds > 0
    assert outcome.made_with["torch"] == torch.__version__
    assert torch.equal(parameters(load_run(tmp_path / one.digest)), parameters(run))


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    jobs = [small_job(seed) for seed in range(2)]
    lines: list[str] = []
    alone = run_sweep(jobs, tmp_path / "one")
    together = run_sweep(jobs, tmp_path / "two", workers=2, progress=lines.append)
    for one, two in zip(alone, together, strict=True):
        assert (one.ending, one.results) == (two.ending, two.results)
    for work in jobs:
        runs = [load_run(tmp_path / name / work.digest) for name in ("one", "two")]
        assert torch.equal(*map(parameters, runs))
    assert "0 of 2 runs done: seed 0, seed 1" in lines
    assert lines[-1] == "2 of 2 runs done"


def test_finished_runs_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [small_job(seed) for seed in range(2)]
    first = run_sweep(jobs, tmp_path)
    nobody_trains(monkeypatch)
    assert run_sweep(jobs[::-1], tmp_path) == first[::-1]
    assert run_job(jobs[0], tmp_path) == first[0]


def test_equal_runs_are_done_once(tmp_path: Path) -> None:
    lines: list[str] = []
    first, second = run_sweep([small_job(), small_job()], tmp_path, progress=lines.append)
    assert first is second
    assert lines == ["0 of 1 runs done: seed 0", "1 of 1 runs done"]


def test_other_lengths_are_measured_without_training(tmp_path: Path) -> None:
    run_sweep([small_job()], tmp_path)
    before = load_run(tmp_path / small_job().digest)
    longer = small_job(lengths=(20,))
    assert stored_outcome(longer, tmp_path) is None
    (outcome,) = run_sweep([longer], tmp_path)
    assert [result.length for result in outcome.results] == [20]
    after = load_run(tmp_path / longer.digest)
    assert (before.step, before.seconds) == (after.step, after.seconds)


def test_the_folder_is_named_after_everything_that_decides_the_result() -> None:
    changes = [
        {},
        {"seed": 1},
        {"steps": 13},
        {"layer_options": {"width": 32}},
        {"range_": "[0,1]"},
    ]
    digests = {small_job(**change).digest for change in changes}
    assert len(digests) == len(changes)
    assert small_job(lengths=(9,)).digest == small_job().digest
    assert all(len(digest) == 16 and int(digest, 16) >= 0 for digest in digests)


# ------------------------------------------------------------------ interruptions


def test_a_run_that_was_begun_goes_on(tmp_path: Path) -> None:
    one = small_job()
    train(one.config, tmp_path / one.digest, stop_after=7)
    (outcome,) = run_sweep([one], tmp_path)
    assert list(outcome.results) == evaluate(train(one.config), one.lengths, 50)


def test_an_interruption_loses_no_finished_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [small_job(seed) for seed in range(3)]

    def interrupt(line: str) -> None:
        if line.startswith("1 of 3 runs done: "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(jobs, tmp_path, progress=interrupt)
    assert [stored_outcome(work, tmp_path) is None for work in jobs] == [False, True, True]
    trained: list[int] = []
    monkeypatch.setattr(
        job, "train", lambda config, *a: trained.append(config.training.seed) or train(config, *a)
    )
    run_sweep(jobs, tmp_path)
    assert trained == [1, 2]


def test_processor_seconds_of_all_parts_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, begin = small_job(), train

    def killed_at_seven(config, folder, report) -> TrainedRun:
        def kill(record: Record) -> None:
            report(record)
            if record.step == 7:
                raise KeyboardInterrupt

        return begin(config, folder, kill)

    with monkeypatch.context() as patch:
        patch.setattr(job, "train", killed_at_seven)
        with pytest.raises(KeyboardInterrupt):
            run_job(one, tmp_path)
    path = tmp_path / one.digest / job.SPENT_FILE
    assert float(path.read_text()) > 0
    path.write_text("1000.0")  # as if the first part had been long
    ticks: list[float] = []

    def clock() -> float:
        ticks.append(float(len(ticks)))
        return ticks[-1]

    monkeypatch.setattr(job.time, "process_time", clock)
    assert run_job(one, tmp_path).processor_seconds == 1000 + ticks[-1] > 1000


@pytest.mark.slow
def test_a_killed_process_loses_its_own_run_only(tmp_path: Path) -> None:
    jobs = [small_job(0, steps=10_000), small_job(1), small_job(2)]
    killed: list[int] = []

    def kill(_: str) -> None:
        if not killed:
            (child,) = multiprocessing.active_children()
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)

    lost, *kept = run_sweep(jobs, tmp_path, workers=2, progress=kill)
    # The run that would have come next to the killed process is done by another one.
    assert [outcome.ending for outcome in (lost, *kept)] == [Ending.KILLED, *2 * [Ending.TRAINED]]
    assert kept[0].results == run_job(jobs[1], tmp_path / "here").results
    assert "the process of seed 0 was ended (exit code -9)" in lost.message
    assert stored_outcome(jobs[0], tmp_path) is None
    assert multiprocessing.active_children() == []


# ------------------------------------------------------------------ runs that fail


def test_numbers_that_are_not_finite_are_an_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = small_job(0, learning_rate=1e38, warmup=0)
    failed, trained = run_sweep([bad, small_job(1)], tmp_path)
    assert (failed.ending, trained.ending) == (Ending.NOT_FINITE, Ending.TRAINED)
    assert "is not finite" in failed.message
    assert failed.results == ()
    nobody_trains(monkeypatch)  # the configuration decides it, so that it is kept
    assert run_sweep([bad], tmp_path) == (failed,)


def test_too_little_memory_is_an_outcome_of_the_machine(tmp_path: Path) -> None:
    large = small_job(0, batch=2**50)
    failed, trained = run_sweep([large, small_job(1)], tmp_path)
    assert (failed.ending, trained.ending) == (Ending.OUT_OF_MEMORY, Ending.TRAINED)
    assert f"out of memory with {2**50} words" in failed.message
    assert stored_outcome(large, tmp_path) is None


@pytest.mark.parametrize("text", ["", "half a num", "[1]"])
def test_a_damaged_clock_is_told_and_stops_no_other_run(tmp_path: Path, text: str) -> None:
    jobs = [small_job(seed) for seed in range(2)]
    path = tmp_path / jobs[0].digest / SPENT_FILE
    path.parent.mkdir()
    path.write_text(text)
    failed, trained = run_sweep(jobs, tmp_path)
    assert (failed.ending, trained.ending) == (Ending.DAMAGED, Ending.TRAINED)
    assert f"{path} holds {text!r}; expected the processor seconds" in failed.message
    assert path.read_text() == text


def test_a_damaged_checkpoint_stops_no_other_run(tmp_path: Path) -> None:
    jobs = [small_job(seed) for seed in range(2)]
    path = tmp_path / jobs[0].digest / CHECKPOINT_FILE
    path.parent.mkdir()
    path.write_bytes(b"half a checkpoint")
    failed, trained = run_sweep(jobs, tmp_path)
    assert (failed.ending, trained.ending) == (Ending.DAMAGED, Ending.TRAINED)
    assert "it is truncated or no safetensors file" in failed.message
    path.unlink()
    assert run_sweep(jobs, tmp_path)[0].ending is Ending.TRAINED


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "3", *_NO_OUTCOMES])
def test_an_outcome_that_cannot_be_read_is_made_again(tmp_path: Path, text: str) -> None:
    one = small_job()
    (outcome,) = run_sweep([one], tmp_path)
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as connection, connection:
        connection.execute("UPDATE records SET outcome = ?", (text,))
    with pytest.raises(ValueError, match=r"."):
        outcome_from_json(text)
    assert stored_outcome(one, tmp_path) is None
    assert run_sweep([one], tmp_path)[0].results == outcome.results


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        run_sweep([small_job()], tmp_path / "file" / "runs")


def test_bad_input_in_another_process_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the device cuda:99 was asked for") as raised:
        run_sweep([small_job(device="cuda:99")], tmp_path, workers=2)
    assert "in find_device" in raised.value.__notes__[0]
    assert multiprocessing.active_children() == []


def test_sweeps_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="the number of workers is 0; expected at least 1"):
        run_sweep([small_job()], tmp_path, workers=0)
    with pytest.raises(ConfigError, match=r"measured at lengths \(\) .* at least one length"):
        small_job(lengths=())
    with pytest.raises(ConfigError, match=r"measured at lengths \(8, 0\)"):
        small_job(lengths=(8, 0))
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(ConfigError, match="the device cuda was asked for"):
        run_sweep([small_job(device="cuda")], tmp_path)


def test_nothing_to_do(tmp_path: Path) -> None:
    assert run_sweep([], tmp_path, workers=2) == ()


shares = st.floats(0, 1)
intervals = st.builds(Interval, shares, shares, shares)
results = st.builds(
    LengthResult,
    length=st.integers(1, 99),
    n_words=st.integers(1, 99),
    token_accuracy=intervals,
    sequence_accuracy=intervals,
    chance=shares,
    scaled_accuracy=intervals,
    first_error=st.none() | intervals,
)


@given(st.sampled_from(Ending), st.text(), st.floats(0, 1e9), st.lists(results, max_size=3))
def test_outcomes_are_read_as_they_were_written(ending, message, seconds, found) -> None:
    outcome = Outcome(ending, message, 3, 4, seconds, tuple(found))
    assert outcome_from_json(outcome.to_json()) == outcome
    assert json.loads(outcome.to_json())["ending"] == ending.value
    for result in found:
        assert outcome.at(result.length) in found
    assert replace(outcome, results=()).at(1) is None


# ------------------------------------------------------------------ the quick protocol


def test_a_row_is_trained_alike_in_all_columns() -> None:
    for row in ROWS:
        configs = [Recipe().job(row, column, seed=2).config for column in COLUMNS]
        assert len({config.training for config in configs}) == 1
        assert len({config.task for config in configs}) == 1
        assert {config.model.layer.additive_input for config in configs} == {row.additive_input}
        assert {config.model.layer.parametrisation for config in configs} == {"clamp"}
        assert {config.model.convolution for config in configs} == {0}


def test_columns_name_the_classes_of_their_networks() -> None:
    for column in COLUMNS:
        config = Recipe().job(ROWS[0], column, seed=0).config
        assert config.model.layer.model_class == column.model_class
    assert len({column.title for column in COLUMNS}) == len(COLUMNS)


def test_networks_are_measured_at_four_times_the_training_length() -> None:
    work = Recipe({"steps": 3}).job(ROWS[0], COLUMNS[0], seed=0)
    assert max(work.lengths) == 4 * work.config.training.max_length
    assert work.config.training.steps == 3
    with pytest.raises(ConfigError, match="steps is 0"):
        Recipe({"steps": 0}).job(ROWS[0], COLUMNS[0], seed=0)
