"""Compiled networks in files: what was written is read, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from helpers.compiled_networks import COMPILED, network
from helpers.small_runs import small_run
from safetensors.torch import load_file, save_file

from monoscan.models.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from monoscan.models.compile import (
    check,
    compile_network,
    load_compiled,
    measure_compiled,
    save_compiled,
)
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.train import CHECKPOINT_FILE, train

STACK = COMPILED[6]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "network.model"
    save_compiled(compile_network(network(*STACK[:2]), STACK[2]), path, {"language": "s3"})
    return path


@pytest.mark.parametrize("case", COMPILED, ids="-".join)
def test_what_is_written_is_read(tmp_path: Path, case: tuple[str, str, str]) -> None:
    model = compile_network(network(*case[:2]), case[2])
    path = tmp_path / "network.model"
    save_compiled(model, path, {})
    again = load_compiled(path)
    assert again.automaton == model.automaton
    expected = model.state_dict()
    assert again.state_dict().keys() == expected.keys()
    for name, tensor in again.state_dict().items():
        assert torch.equal(tensor, expected[name]), name
    words = torch.randint(0, 2, (2, 9), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(again(words), model(words))


def test_a_file_says_what_it_was_compiled_from(file: Path) -> None:
    assert read_checkpoint(file).facts == {"language": "s3"}


def test_rounded_weights_are_not_saved(tmp_path: Path) -> None:
    model = compile_network(network(*STACK[:2]), STACK[2]).using("fp32")
    with pytest.raises(CheckpointError, match="the weights are rounded to those of fp32; save"):
        save_compiled(model, tmp_path / "network.model", {})


def test_a_read_network_is_checked_in_every_precision(file: Path) -> None:
    for precision in ("fp64", "fp32", "bf16"):
        assert check(load_compiled(file).using(precision), 100, 2).wrong_answers == 0


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"there is no file .*; write one with"):
        load_compiled(tmp_path / "absent")
    with pytest.raises(CheckpointError, match="there is no file"):
        load_compiled(tmp_path)


def test_a_truncated_file(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_compiled(file)


def test_a_trained_run_is_no_compiled_network(tmp_path: Path) -> None:
    train(small_run(steps=1), tmp_path)
    with pytest.raises(CheckpointError, match="is no compiled network, version 1; expected a file"):
        load_compiled(tmp_path / CHECKPOINT_FILE)


@pytest.mark.parametrize("name", ["layers.1.codes", "layers.0.layer.key.weight", "lookup_2_1"])
def test_a_missing_tensor(file: Path, name: str) -> None:
    whole = read_checkpoint(file)
    tensors = {key: tensor for key, tensor in whole.tensors.items() if key != name}
    write_checkpoint(file, Checkpoint(whole.config, whole.facts, tensors))
    with pytest.raises(CheckpointError, match="is damaged or of another version"):
        load_compiled(file)


def test_a_tensor_of_another_shape(file: Path) -> None:
    whole = read_checkpoint(file)
    tensors = {**whole.tensors, "layers.0.layer.beta.weight": torch.zeros(1, 1)}
    write_checkpoint(file, Checkpoint(whole.config, whole.facts, tensors))
    with pytest.raises(CheckpointError, match=r"the parameters beta\.weight are not those of"):
        load_compiled(file)


def test_tensors_without_a_configuration(file: Path) -> None:
    save_file(load_file(file), file)
    with pytest.raises(CheckpointError, match="not the configuration"):
        load_compiled(file)


def test_measuring_like_a_run(file: Path) -> None:
    model = load_compiled(file).using("fp32")
    results = measure_compiled(model, [5, 40], n_words=50)
    assert [(r.length, r.n_words, r.sequence_accuracy.value) for r in results] == [
        (5, 50, 1.0),
        (40, 50, 1.0),
    ]
    with pytest.raises(ConfigError, match="there are no lengths"):
        measure_compiled(model, [])
    with pytest.raises(ConfigError):
        measure_compiled(model, [0])
