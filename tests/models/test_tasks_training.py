"""Networks learn every kind of task, go on after a kill, and tell one task from another."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from monoscan.automata import get_language
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.evaluate import evaluate, measure, validate
from monoscan.models.layers import LayerConfig
from monoscan.models.tasks import (
    Batch,
    Corpus,
    Expressions,
    SequenceTask,
    Task,
    all_task_kinds,
    task_from_value,
    task_kind,
    task_to_value,
)
from monoscan.models.train import TrainedRun, load_run, train
from monoscan.models.train_config import RunConfig, TrainConfig, run_config_from_json

TASKS = {
    "automaton": Task(get_language("s3").build(), "last", "balanced"),
    "expressions": Expressions(5, "+-"),
    "corpus": Corpus.of(),
}


def run_of(task: SequenceTask, range_: str = "[-1,1]", **training: Any) -> RunConfig:
    layer = LayerConfig("deltanet", range_, width=16, heads=2, additive_input=True)
    options = {"batch": 16, "max_length": 24, "warmup": 5, "steps": 12, **training}
    return RunConfig.of(task, layer, TrainConfig(**options))


def assert_same(first: TrainedRun, second: TrainedRun) -> None:
    assert first.history == second.history
    pairs = zip(first.model.parameters(), second.model.parameters(), strict=True)
    assert all(torch.equal(one, other) for one, other in pairs)


def test_there_is_a_case_for_each_kind() -> None:
    assert tuple(sorted(TASKS)) == all_task_kinds()
    assert all(task.kind == name for name, task in TASKS.items())


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
class TestEachKind:
    def test_a_stopped_run_goes_on_to_the_same_result(
        self, task: SequenceTask, tmp_path: Path
    ) -> None:
        config = run_of(task, checkpoint_every=5)
        assert train(config, tmp_path, stop_after=7).step == 7
        assert_same(train(config, tmp_path), train(config))
        assert load_run(tmp_path).config == config

    def test_it_is_read_as_it_was_written(self, task: SequenceTask) -> None:
        config = run_of(task)
        assert run_config_from_json(config.to_json()) == config
        assert task_from_value(json.loads(json.dumps(task_to_value(task)))) == task

    def test_words_fit_what_the_task_says(self, task: SequenceTask) -> None:
        batch = task.sample(np.random.default_rng(0), 50, 12, task.min_length)
        assert batch.words.min() >= 0
        assert batch.words.max() < task.n_letters
        asked = batch.targets >= 0
        assert batch.targets.max() < task.n_outputs
        counts = asked.sum(axis=1)
        assert (counts == (batch.lengths if task.asks_every_letter else 1)).all()
        assert batch.n_tokens == batch.lengths.sum()

    def test_bits_are_the_cross_entropy(self, task: SequenceTask) -> None:
        run = train(run_of(task, steps=2))
        (result,) = evaluate(run, [12], 9)
        rng = np.random.default_rng([run.config.training.seed, 2, 12])
        batch = task.held_out.sample(rng, 9, 12)
        with torch.no_grad():
            scores = run.model(torch.from_numpy(batch.words)).double()
        losses = [
            -float(scores[word, place].log_softmax(-1)[target]) / math.log(2)
            for (word, place), target in np.ndenumerate(batch.targets)
            if target >= 0
        ]
        assert result.bits == pytest.approx(np.mean(losses), rel=1e-5)
        assert validate(run, 9).bits is not None
        assert measure(batch, batch.targets, 12).bits is None


def test_text_is_long_from_the_first_step() -> None:
    run = train(run_of(TASKS["corpus"], steps=2))
    assert [record.length for record in run.history] == [24, 24]
    run = train(run_of(TASKS["expressions"], steps=2))
    assert [record.length for record in run.history] == [4, 4]


def test_an_evaluation_reads_files_that_training_did_not(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: list[str] = []
    sample = Corpus.sample

    def watched(self: Corpus, *sizes: Any) -> Batch:
        parts.append(self.part)
        return sample(self, *sizes)

    monkeypatch.setattr(Corpus, "sample", watched)
    run = train(run_of(TASKS["corpus"], steps=2))
    evaluate(run, [8], 4)
    validate(run, 4)
    assert parts == ["training", "training", "validation", "validation"]


@pytest.mark.parametrize("range_", ["[0,1]", "[-1,1]"])
def test_text_is_learned_on_both_ranges(range_: str) -> None:
    options = {"steps": 40, "batch": 8, "max_length": 64, "learning_rate": 1e-2}
    run = train(run_of(TASKS["corpus"], range_, **options))
    assert all(math.isfinite(record.loss) for record in run.history)
    # Seven bits for characters of equal shares; their own shares take it below five.
    bits = validate(run, 20).bits
    assert bits is not None
    assert bits < 5.5


def test_sums_of_residues_are_learned() -> None:
    # r + r with three residues at length 4: the shortest expression that must be computed.
    task = Expressions(3, "+", brackets=False)
    options = {"steps": 150, "batch": 64, "max_length": 4, "min_length": 4, "learning_rate": 1e-2}
    run = train(run_of(task, **options))
    assert evaluate(run, [4], 300)[0].token_accuracy.value > 0.95


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Expressions(5, "+"), r"operators: there \+-, now \+"),
        (Expressions(5, "+-", False), "brackets: there True, now False"),
        (TASKS["corpus"], "kind of task: there expressions, now corpus"),
    ],
)
def test_a_checkpoint_of_another_task(tmp_path: Path, other: SequenceTask, said: str) -> None:
    train(run_of(TASKS["expressions"], steps=1), tmp_path)
    with pytest.raises(CheckpointError, match=f"of another configuration .*({said})"):
        train(run_of(other, steps=1), tmp_path)


def test_a_checkpoint_of_another_text(tmp_path: Path) -> None:
    corpus = Corpus.of()
    train(run_of(corpus, steps=1), tmp_path)
    with pytest.raises(CheckpointError, match=f"digest: there {corpus.digest}, now f+\\)"):
        train(run_of(Corpus("stdlib", "f" * 64), steps=1), tmp_path)


def test_a_run_on_text_that_is_not_here(tmp_path: Path) -> None:
    train(run_of(Corpus.of(), steps=1), tmp_path)
    run = load_run(tmp_path)
    object.__setattr__(run.config, "task", Corpus("stdlib", "f" * 64))
    with pytest.raises(ConfigError, match="the corpus stdlib is another one"):
        evaluate(run, [8], 4)


def test_a_first_length_below_the_shortest_word() -> None:
    with pytest.raises(ConfigError, match="the length is 1; expected at least 2"):
        train(run_of(TASKS["expressions"], start_length=1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "automata"}, "there is no kind of task 'automata'; nearest: automaton"),
        ({"kind": "xyz"}, r"no kind of task 'xyz' \(all of them: monoscan list tasks\)"),
        ({"modulus": 0}, "the modulus is 0"),
        ({"operators": None}, "operators is NoneType; expected a text"),
    ],
)
def test_a_task_that_was_spoilt(change: dict[str, Any], said: str) -> None:
    value = {**task_to_value(TASKS["expressions"]), **change}
    with pytest.raises(ConfigError, match=said):
        task_from_value(value)


@pytest.mark.parametrize("name", ["kind", "modulus"])
def test_a_task_with_a_part_missing(name: str) -> None:
    value = json.loads(run_of(TASKS["expressions"]).to_json())
    del value["task"][name]
    with pytest.raises(ConfigError, match=f"no configuration of a run .KeyError: '{name}'"):
        run_config_from_json(json.dumps(value))


def test_a_kind_has_one_name() -> None:
    with pytest.raises(ValueError, match="two tasks have the id 'corpus'"):
        task_kind("corpus")(Expressions)
    assert Expressions.kind == "expressions"
