"""The lengths of words and the learning rate, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from helpers.small_runs import small_run
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.errors import ConfigError
from monoscan.models.run_checkpoint import Record
from monoscan.models.schedule import CURRICULA, first_length, learning_rate, next_length
from monoscan.models.train import train
from monoscan.models.train_config import TrainConfig

lengths = st.tuples(st.integers(1, 50), st.integers(0, 50)).map(lambda p: (p[0], p[0] + p[1]))


def trained_lengths(**options) -> list[int]:
    seen: list[Record] = []
    train(small_run(**options), report=seen.append)
    return [record.length for record in seen]


@given(lengths, st.integers(1, 60), st.sampled_from(CURRICULA), st.data())
def test_lengths_grow_from_the_first_to_the_greatest(bounds, steps, curriculum, data) -> None:
    start, longest = bounds
    config = TrainConfig(steps=steps, start_length=start, max_length=longest, curriculum=curriculum)
    length = first_length(config)
    seen = [length]
    for step in range(1, steps + 1):
        accuracy = data.draw(st.floats(0, 1))
        new = next_length(config, step, length, accuracy)
        assert length <= new <= longest
        if curriculum == "gated":
            assert new == min(length + (accuracy > config.threshold), longest)
        length = new
        seen.append(length)
    assert seen[0] == (longest if curriculum == "full" else start)
    if curriculum != "gated":
        assert seen[-1] == longest


def test_a_fixed_schedule_does_not_look_at_the_accuracy() -> None:
    seen = trained_lengths(curriculum="fixed", steps=8, learning_rate=1e-9, max_length=12)
    assert seen == [4, 6, 8, 10, 12, 12, 12, 12]


def test_without_a_curriculum_all_words_are_long() -> None:
    assert trained_lengths(curriculum="full", steps=3, max_length=12) == [12, 12, 12]


def test_a_gated_schedule_waits_for_the_accuracy() -> None:
    assert trained_lengths(steps=5, learning_rate=1e-9) == [4] * 5


@pytest.mark.parametrize(("accuracy", "longer"), [(0.89, 4), (0.9, 4), (0.91, 5)])
def test_a_gated_schedule_wants_more_than_the_threshold(accuracy: float, longer: int) -> None:
    assert next_length(TrainConfig(threshold=0.9), 1, 4, accuracy) == longer
    assert next_length(TrainConfig(threshold=0.9, max_length=4), 1, 4, accuracy) == 4


def test_a_constant_learning_rate_only_warms_up() -> None:
    config = TrainConfig(steps=100, warmup=10, learning_rate=1.0, annealing="constant")
    assert [learning_rate(config, step) for step in (5, 10, 50, 100)] == [0.5, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("curriculum", CURRICULA)
def test_a_stopped_run_goes_on_to_the_same_result(tmp_path: Path, curriculum: str) -> None:
    config = small_run(steps=12, curriculum=curriculum, annealing="constant")
    train(config, tmp_path, stop_after=5)
    first, second = train(config, tmp_path), train(config)
    assert first.history == second.history
    for left, right in zip(first.model.parameters(), second.model.parameters(), strict=True):
        assert torch.equal(left, right)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"curriculum": "slow"}, "unknown curriculum 'slow'; expected gated or fixed or full"),
        ({"annealing": "linear"}, "unknown annealing 'linear'; expected cosine or constant"),
    ],
)
def test_schedules_that_cannot_be(options, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        TrainConfig(**options)
