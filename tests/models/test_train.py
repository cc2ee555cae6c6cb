"""Training learns what it should, survives being killed, and stops where numbers go wrong."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import pytest
import torch
from helpers.small_runs import small_run
from safetensors.torch import save_file

from monoscan.automata import get_language
from monoscan.models import train as train_module
from monoscan.models.errors import CheckpointError, ConfigError, NonFiniteError, OutOfMemory
from monoscan.models.evaluate import evaluate, validate
from monoscan.models.layers import LayerConfig, all_layer_kinds
from monoscan.models.memory import memory_watched
from monoscan.models.model import SequenceModel
from monoscan.models.run_checkpoint import Record
from monoscan.models.tasks import Task
from monoscan.models.train import CHECKPOINT_FILE, TrainedRun, load_run, train
from monoscan.models.train_config import RunConfig, tier


def parameters(run: TrainedRun) -> dict[str, torch.Tensor]:
    return {name: tensor.detach().clone() for name, tensor in run.model.named_parameters()}


def assert_same(first: TrainedRun, second: TrainedRun) -> None:
    assert first.history == second.history
    for (name, left), right in zip(
        parameters(first).items(), parameters(second).values(), strict=True
    ):
        assert torch.equal(left, right), name


# ------------------------------------------------------------------ learning


def test_parity_is_learned_with_negative_eigenvalues_only() -> None:
    run = train(small_run())
    assert run.history[-1].length == 16
    (result,) = evaluate(run, [64], 300)
    assert result.sequence_accuracy.value >= 0.95
    assert validate(run, 300).sequence_accuracy.value >= 0.95

    run = train(small_run(range_="[0,1]"))
    (result,) = evaluate(run, [64], 300)
    assert result.sequence_accuracy.value == 0
    assert abs(result.scaled_accuracy.value) < 0.2


def test_parity_is_learned_by_a_signed_diagonal() -> None:
    run = train(small_run(layer="diagonal", steps=150))
    (result,) = evaluate(run, [64], 300)
    assert result.sequence_accuracy.value >= 0.95


@pytest.mark.slow
def test_s3_is_learned_by_two_reflections_and_not_by_one() -> None:
    # A 3-cycle is a product of two reflections and of no fewer (arXiv:2411.12537, section 4).
    options = {"width": 32, "heads": 4}
    learned = {}
    for n_h in (1, 2):
        layer = {**options, "n_h": n_h}
        run = train(small_run("s3", "deltaproduct", layer_options=layer, steps=400, batch=128))
        learned[n_h] = evaluate(run, [64], 300)[0].sequence_accuracy.value
    assert learned[2] >= 0.95
    assert learned[1] <= 0.05


@pytest.mark.slow
def test_swaps_of_five_points_are_learned_by_one_reflection() -> None:
    options = {"width": 64, "heads": 4}
    run = train(small_run("s5-swaps", layer_options=options, steps=600, warmup=50, batch=128))
    assert evaluate(run, [64], 300)[0].sequence_accuracy.value >= 0.95


@pytest.mark.slow
def test_all_permutations_of_five_points_are_learned_by_four_reflections_and_not_by_three() -> None:
    # Of one layer, five points need four (lemma s5-four-householders); the standard tier, shorter.
    learned = {}
    for n_h in (3, 4):
        layer = LayerConfig("deltaproduct", "[-1,1]", width=64, heads=8, n_h=n_h)
        training = tier("standard", steps=1500, max_length=32)
        run = train(RunConfig.of(Task(get_language("s5").build()), layer, training))
        learned[n_h] = run.history[-1].length, validate(run, 300).sequence_accuracy.value
    assert learned[4][0] == 32
    assert learned[4][1] >= 0.95
    assert learned[3][0] < 16
    assert learned[3][1] <= 0.05


def test_answers_after_the_last_letter_are_learned() -> None:
    run = train(small_run(targets="last", steps=250))
    (result,) = evaluate(run, [32], 300)
    assert result.token_accuracy.value >= 0.95
    assert result.token_accuracy == result.sequence_accuracy


@pytest.mark.parametrize("kind", all_layer_kinds(), ids=lambda kind: kind.id)
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_every_layer_takes_steps(kind, precision: str) -> None:
    options = {"n_h": 2 if kind.is_product else 1, "additive_input": True}
    config = small_run(
        "s3", kind.id, kind.ranges[-1], layer_options=options, steps=3, precision=precision
    )
    run = train(config)
    losses = [record.loss for record in run.history]
    assert all(0 < loss < 10 for loss in losses)
    (result,) = evaluate(run, [9], 20)
    assert 0 <= result.token_accuracy.value <= 1


@pytest.mark.parametrize("kind", all_layer_kinds(), ids=lambda kind: kind.id)
def test_an_answer_depends_on_the_letters_up_to_it_only(kind) -> None:
    options = {"additive_input": True}
    config = small_run("s3", kind.id, kind.ranges[0], layer_options=options, steps=1)
    model = train(config).model
    torch.manual_seed(0)
    words = torch.randint(0, 6, (4, 12))
    changed = words.clone()
    changed[:, 8:] = torch.randint(0, 6, (4, 4))
    with torch.no_grad():
        first, second, short = model(words), model(changed), model(words[:, :8])
    assert (first[:, :8] - second[:, :8]).abs().max() < 1e-4
    assert (first[:, :8] - short).abs().max() < 1e-4
    assert (first[:, 8:] - second[:, 8:]).abs().max() > 1e-6


def test_lengths_grow_with_accuracy() -> None:
    seen: list[Record] = []
    train(small_run(), report=seen.append)
    for before, after in itertools.pairwise(seen):
        grows = before.accuracy > 0.9 and before.length < 16
        assert after.length == before.length + grows
    assert seen[0].length == 4
    assert seen[-1].learning_rate == 0


# ------------------------------------------------------------------ going on


def test_one_seed_gives_one_result() -> None:
    assert_same(train(small_run(steps=10)), train(small_run(steps=10)))


def test_another_seed_gives_another_result() -> None:
    first, second = (train(small_run(steps=3, seed=seed)) for seed in (0, 1))
    assert any(
        (a != b).any()
        for a, b in zip(first.model.parameters(), second.model.parameters(), strict=True)
    )


def test_a_stopped_run_goes_on_to_the_same_result(tmp_path: Path) -> None:
    config = small_run(steps=24, checkpoint_every=7)
    assert train(config, tmp_path, stop_after=10).step == 10
    assert train(config, tmp_path, stop_after=1).step == 11
    assert_same(train(config, tmp_path), train(config))
    # Nothing is left to do: the result is read and stays.
    assert_same(train(config, tmp_path), load_run(tmp_path))


def test_a_killed_run_goes_on_to_the_same_result(tmp_path: Path) -> None:
    config = small_run(steps=20, checkpoint_every=6)

    def kill(record: Record) -> None:
        if record.step == 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(config, tmp_path, kill)
    assert load_run(tmp_path).step == 12
    (tmp_path / f"{CHECKPOINT_FILE}.partial").write_bytes(b"half a checkpoint")
    assert_same(train(config, tmp_path), train(config))


def test_words_of_a_step_become_fewer_as_they_become_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes: list[tuple[int, ...]] = []
    forward = SequenceModel.forward

    def watched(self: SequenceModel, words: torch.Tensor) -> torch.Tensor:
        shapes.append(tuple(words.shape))
        return forward(self, words)

    monkeypatch.setattr(SequenceModel, "forward", watched)
    # Every answer counts as more than right, so each step is one letter longer.
    train(small_run(batch=8, letters=24, max_length=6, start_length=2, steps=5, threshold=1e-9))
    assert shapes == [(8, 2), (8, 3), (6, 4), (4, 5), (4, 6)]


def test_a_run_with_a_limit_of_letters_goes_on_to_the_same_result(tmp_path: Path) -> None:
    config = small_run(letters=128, start_length=2, threshold=0.1, steps=20)
    train(config, tmp_path, stop_after=11)
    assert_same(train(config, tmp_path), train(config))


def test_training_leaves_the_random_state_of_torch_alone() -> None:
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    train(small_run(steps=2))
    assert torch.equal(torch.rand(3), expected)


# ------------------------------------------------------------------ what goes wrong


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"seed": 1}, "seed: there 0, now 1"),
        ({"layer": "deltaproduct"}, "layer: there deltanet, now deltaproduct"),
        ({"language": "ones-even", "seed": 0}, "language: there parity, now ones-even|automaton"),
        ({"targets": "last"}, "targets: there every, now last"),
        ({"layer_options": {"width": 32}}, "width: there 16, now 32"),
    ],
)
def test_a_checkpoint_of_another_configuration(tmp_path: Path, options, said: str) -> None:
    train(small_run(steps=2), tmp_path)
    before = (tmp_path / CHECKPOINT_FILE).read_bytes()
    with pytest.raises(CheckpointError, match=f"is of another configuration .*({said})"):
        train(small_run(**{"steps": 2, **options}), tmp_path)
    assert (tmp_path / CHECKPOINT_FILE).read_bytes() == before


@pytest.mark.parametrize("kept", [0, 7, 100, 1000, -1])
def test_a_truncated_checkpoint(tmp_path: Path, kept: int) -> None:
    train(small_run(steps=1), tmp_path)
    path = tmp_path / CHECKPOINT_FILE
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CheckpointError, match=r"cannot be read .* truncated"):
        train(small_run(steps=2), tmp_path)
    with pytest.raises(CheckpointError, match=r"cannot be read .* truncated"):
        load_run(tmp_path)


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no checkpoint"):
        load_run(tmp_path)


def test_tensors_of_somebody_else(tmp_path: Path) -> None:
    save_file({"weight": torch.zeros(2)}, tmp_path / CHECKPOINT_FILE)
    with pytest.raises(CheckpointError, match="not the configuration of a run"):
        load_run(tmp_path)


def test_a_checkpoint_without_a_parameter(tmp_path: Path) -> None:
    run = train(small_run(steps=1), tmp_path)
    path = tmp_path / CHECKPOINT_FILE
    found = train_module.read_checkpoint(path)
    tensors = {name: tensor for name, tensor in found.tensors.items() if "head.weight" not in name}
    train_module.write_checkpoint(path, dataclasses.replace(found, tensors=tensors))
    with pytest.raises(CheckpointError, match=r"the parameter head\.weight has nothing"):
        load_run(tmp_path)
    assert run.step == 1


def test_a_learning_rate_that_is_far_too_large(tmp_path: Path) -> None:
    config = small_run(learning_rate=1e-3, warmup=0, checkpoint_every=1, steps=100)
    good = train(config, tmp_path, stop_after=3)
    assert good.step == 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train_module, "learning_rate", lambda config, step: 1e39)
        with pytest.raises(NonFiniteError) as raised:
            train(config, tmp_path)
    assert raised.value.step == 4
    assert raised.value.tensor.startswith("the tensor model.")
    assert f"the last good checkpoint is kept in {tmp_path}" in str(raised.value)
    assert load_run(tmp_path).step == 3
    assert all(p.isfinite().all() for p in load_run(tmp_path).model.parameters())


def test_what_stopped_being_finite_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(record: Record) -> None:
        if record.step == 5:
            forward = SequenceModel.forward

            def spoilt(self: SequenceModel, words: torch.Tensor) -> torch.Tensor:
                scale = torch.full((), float("nan"))
                self.blocks[0].mlp[2].register_forward_hook(lambda m, i, out: out * scale)
                monkeypatch.setattr(SequenceModel, "forward", forward)
                return forward(self, words)

            monkeypatch.setattr(SequenceModel, "forward", spoilt)

    with pytest.raises(NonFiniteError) as raised:
        train(small_run(steps=9, checkpoint_every=4), tmp_path, spoil)
    assert (raised.value.step, raised.value.tensor) == (6, "the output of blocks.0.mlp.2")
    assert "training stopped at step 6: the output of blocks.0.mlp.2 is not fin" in str(
        raised.value
    )
    # Its parameters were still good, so they are kept rather than those of step 4.
    assert load_run(tmp_path).step == 5


def test_nothing_is_kept_without_a_folder() -> None:
    with pytest.raises(NonFiniteError, match="no checkpoint was kept"):
        train(small_run(learning_rate=1e38, warmup=0))


def test_a_gpu_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(ConfigError, match="device cuda was asked for, but torch finds 0 GPUs"):
        train(small_run(device="cuda"))
    with pytest.raises(ConfigError, match="unknown device 'tpu'"):
        train(small_run(device="tpu"))


def test_out_of_memory_says_the_size() -> None:
    wanted = "out of memory with 7 words of length 9 (63 tokens) at once: "
    with pytest.raises(OutOfMemory, match=re.escape(wanted)), memory_watched(7, 9):
        torch.empty(2**60, dtype=torch.uint8)
    with pytest.raises(OutOfMemory, match=re.escape(wanted)), memory_watched(7, 9):
        raise torch.OutOfMemoryError("CUDA out of memory")
    with pytest.raises(RuntimeError, match="something else"), memory_watched(7, 9):
        raise RuntimeError("something else")


def test_a_batch_that_is_far_too_large() -> None:
    with pytest.raises(OutOfMemory, match=r"words of length 4 .* choose fewer words"):
        train(small_run(batch=2**50))
