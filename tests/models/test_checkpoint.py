"""Checkpoints are whole files, whoever else writes them, and damage is told as such."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers.small_runs import small_run
from safetensors.torch import save_file

from monoscan.models.checkpoint import (
    Checkpoint,
    read_checkpoint,
    sealed,
    write_checkpoint,
    written_whole,
)
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.train import CHECKPOINT_FILE, TrainedRun, load_run, train
from monoscan.models.train_config import RunConfig

Facts = Mapping[str, Any]


def checkpoint(step: int) -> Checkpoint:
    return Checkpoint("{}", {"step": step}, {"x": torch.full((3,), float(step))})


def readings(config: RunConfig, folder: Path) -> tuple[Callable[[], TrainedRun], ...]:
    """Opening a run, and going on with it."""
    return (lambda: load_run(folder), lambda: train(config, folder))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------ whole files


def test_a_file_that_is_not_finished_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("earlier")

    def write_half() -> None:
        with written_whole(path) as partial:
            partial.write_text("half")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_half()
    assert path.read_text() == "earlier"
    assert names(tmp_path) == ["a"]


def test_two_processes_may_write_one_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    process = [11]
    monkeypatch.setattr(os, "getpid", lambda: process[0])

    def interrupted(_: int) -> None:
        # While this process is writing, the other one writes all of its own.
        monkeypatch.setattr(os, "fsync", lambda _: None)
        process[0] = 22
        write_checkpoint(path, checkpoint(2))
        process[0] = 11

    monkeypatch.setattr(os, "fsync", interrupted)
    write_checkpoint(path, checkpoint(1))
    found = read_checkpoint(path)
    assert (found.facts["step"], found.tensors["x"].tolist()) == (1, [1.0] * 3)
    assert names(tmp_path) == ["a"]


# ------------------------------------------------------------------ damage


DEEP = "[" * 100_000
LONG = "1" * 10_000


@pytest.mark.parametrize(
    ("config", "facts"),
    [("{", "{}"), ("{}", "{"), ("{}", ""), (DEEP, "{}"), ("{}", DEEP), (LONG, "{}"), ("{}", LONG)],
    ids=range(7),
)
def test_facts_that_are_no_json(tmp_path: Path, config: str, facts: str) -> None:
    path = tmp_path / CHECKPOINT_FILE
    tensors = {"x": torch.zeros(1)}
    save_file(tensors, path, sealed(config, facts, tensors))
    with pytest.raises(CheckpointError, match=r"are no JSON .*; delete it and train again"):
        read_checkpoint(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: {},
        lambda facts: [],
        lambda facts: {**facts, "step": "many"},
        lambda facts: {**facts, "history": [{"epoch": 1}]},
        lambda facts: {name: fact for name, fact in facts.items() if name != "length"},
    ],
)
def test_a_run_that_does_not_say_how_far_it_is(
    tmp_path: Path, change: Callable[[Facts], Any]
) -> None:
    config, path = small_run(steps=2), tmp_path / CHECKPOINT_FILE
    train(config, tmp_path)
    found = read_checkpoint(path)
    write_checkpoint(path, dataclasses.replace(found, facts=change(found.facts)))
    for read in readings(config, tmp_path):
        with pytest.raises(CheckpointError, match="does not say how far its run has come"):
            read()


def without(prefix: str, suffix: str) -> Callable[[dict[str, torch.Tensor]], None]:
    def remove(tensors: dict[str, torch.Tensor]) -> None:
        for name in [n for n in tensors if n.startswith(prefix) and n.endswith(suffix)]:
            del tensors[name]

    return remove


def shorten(tensors: dict[str, torch.Tensor]) -> None:
    tensors["optimizer.head.bias.exp_avg"] = torch.zeros(1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("optimizer.", ""), "nothing of the optimiser, yet 2 steps were made"),
        (without("optimizer.head.bias", "exp_avg_sq"), "exp_avg_sq of head.bias has nothing"),
        (shorten, r"exp_avg of head.bias has the shape \(1,\); expected the shape \(2,\)"),
    ],
)
def test_a_run_without_its_optimiser_does_not_go_on(
    tmp_path: Path, change: Callable[[dict[str, torch.Tensor]], None], said: str
) -> None:
    config, path = small_run(steps=4), tmp_path / CHECKPOINT_FILE
    train(config, tmp_path, stop_after=2)
    found = read_checkpoint(path)
    tensors = dict(found.tensors)
    change(tensors)
    write_checkpoint(path, dataclasses.replace(found, tensors=tensors))
    with pytest.raises(CheckpointError, match=said):
        train(config, tmp_path)
    assert load_run(tmp_path).step == 2


def test_numbers_that_are_not_finite_are_damage(tmp_path: Path) -> None:
    config, path = small_run(steps=4), tmp_path / CHECKPOINT_FILE
    train(config, tmp_path, stop_after=2)
    found = read_checkpoint(path)
    tensors = {**found.tensors, "model.head.bias": torch.full((2,), float("nan"))}
    write_checkpoint(path, dataclasses.replace(found, tensors=tensors))
    for read in readings(config, tmp_path):
        with pytest.raises(CheckpointError, match=r"the parameter head\.bias is not finite"):
            read()


def test_a_configuration_that_is_none_is_told_with_its_file(tmp_path: Path) -> None:
    config, path = small_run(steps=4), tmp_path / CHECKPOINT_FILE
    train(config, tmp_path, stop_after=2)
    write_checkpoint(path, dataclasses.replace(read_checkpoint(path), config="{}"))
    for read in readings(config, tmp_path):
        with pytest.raises(ConfigError, match=f"{CHECKPOINT_FILE}: this is no configuration of a"):
            read()


def test_a_folder_in_place_of_a_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="expected a file that may be read"):
        read_checkpoint(tmp_path)


def test_parameters_without_gradients_have_no_moments(tmp_path: Path) -> None:
    # Without additive input the keys of gated linear attention are not used.
    config = small_run(layer="gla", steps=4)
    train(config, tmp_path, stop_after=2)
    tensors = read_checkpoint(tmp_path / CHECKPOINT_FILE).tensors
    assert not any("key" in name for name in tensors if name.startswith("optimizer."))
    assert train(config, tmp_path).step == 4
