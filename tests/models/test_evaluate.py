"""Accuracies, intervals and first errors, against counting by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from helpers.small_runs import small_run
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import get_language
from monoscan.models.errors import ConfigError
from monoscan.models.evaluate import (
    answers,
    evaluate,
    measure,
    median_interval,
    share_interval,
    validate,
)
from monoscan.models.tasks import Task
from monoscan.models.train import TrainedRun, train


@pytest.fixture(scope="module")
def run() -> TrainedRun:
    return train(small_run(steps=5))


@given(
    st.integers(1, 6), st.integers(1, 9), st.integers(0, 2**32 - 1), st.sampled_from([0, 0.2, 1])
)
def test_measures_are_counts(n_words: int, length: int, seed: int, errors: float) -> None:
    rng = np.random.default_rng(seed)
    task = Task(get_language("s3").build(), str(rng.choice(["every", "last"])))
    batch = task.sample(rng, n_words, length)
    answer = np.where(
        rng.random(batch.words.shape) < errors, (batch.targets + 1) % 6, batch.targets
    )
    result = measure(batch, answer, length)
    right, asked, whole, firsts = 0, 0, 0, []
    for targets, given_ in zip(batch.targets, answer, strict=True):
        places = [place for place, target in enumerate(targets) if target >= 0]
        wrong = [place for place in places if targets[place] != given_[place]]
        right += len(places) - len(wrong)
        asked += len(places)
        whole += not wrong
        firsts += [wrong[0] + 1] if wrong else []
    assert math.isclose(result.token_accuracy.value, right / asked)
    assert math.isclose(result.sequence_accuracy.value, whole / n_words)
    if not firsts:
        assert result.first_error is None
    else:
        assert result.first_error is not None
        assert result.first_error.value == np.median(firsts)


def test_a_constant_answer_has_scaled_accuracy_zero() -> None:
    task = Task(get_language("tomita-1").build())
    batch = task.sample(np.random.default_rng(0), 50, 10)
    common = np.bincount(batch.targets.ravel()).argmax()
    result = measure(batch, np.full_like(batch.targets, common), 10)
    assert abs(result.scaled_accuracy.value) < 1e-12
    assert measure(batch, batch.targets, 10).scaled_accuracy.value == 1


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson(successes: int, n: int) -> None:
    share = min(successes, n) / n
    interval = share_interval(share, n)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1
    # Its ends p solve |share - p| = z sqrt(p (1 - p) / n).
    for end in (interval.low, interval.high):
        if 0 < end < 1:
            assert math.isclose(
                abs(share - end), 1.959964 * math.sqrt(end * (1 - end) / n), abs_tol=1e-9
            )


def test_the_median_interval_covers() -> None:
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(400):
        interval = median_interval(rng.integers(0, 1001, 60))
        assert interval is not None
        covered += interval.low <= 500 <= interval.high
    assert covered >= 0.92 * 400


@given(st.integers(6, 1500))
def test_the_median_interval_is_not_too_narrow(n: int) -> None:
    interval = median_interval(np.arange(1, n + 1))
    assert interval is not None
    low, high = int(interval.low), int(interval.high)
    # The median is between these ranks if as many of n fair coins fall below it.
    share = sum(math.comb(n, below) for below in range(low, high)) / 2**n
    assert share >= 0.95
    assert low - 1 == n - high
    assert sum(math.comb(n, below) for below in range(low + 2, high - 2)) / 2**n < 0.95


@pytest.mark.parametrize("n", range(1, 6))
def test_few_values_have_their_ends_as_interval(n: int) -> None:
    interval = median_interval(np.arange(1, n + 1))
    assert interval is not None
    assert (interval.low, interval.high) == (1, n)


@pytest.mark.parametrize("at_once", [7, 70])  # pieces of 7 letters; 2 words
def test_pieces_do_not_change_the_answers(run: TrainedRun, monkeypatch, at_once: int) -> None:
    batch = run.config.task.sample(np.random.default_rng(0), 20, 30)
    whole, bits = answers(run, batch), evaluate(run, [30], 20)[0].bits
    monkeypatch.setattr("monoscan.models.evaluate._TOKENS_AT_ONCE", at_once)
    assert (answers(run, batch) == whole).all()
    # After five steps all answers are alike; how sure of them the network is depends on the word.
    assert evaluate(run, [30], 20)[0].bits == pytest.approx(bits, rel=1e-5)


def test_the_same_words_every_time(run: TrainedRun) -> None:
    assert evaluate(run, [5, 20], 50) == evaluate(run, [5, 20], 50)
    assert [result.length for result in evaluate(run, [5, 20], 50)] == [5, 20]
    assert validate(run, 50).length == run.config.training.max_length


def test_no_words_are_drawn_twice(monkeypatch) -> None:
    drawn: list[str] = []
    sample = Task.sample

    def watched(self: Task, rng: np.random.Generator, *sizes):
        drawn.append(str(rng.bit_generator.state["state"]))
        return sample(self, rng, *sizes)

    monkeypatch.setattr(Task, "sample", watched)
    for seed in (0, 1):
        found = train(small_run(seed=seed, steps=20))
        validate(found, 5)
        # Lengths that are numbers of steps too, and that of the validation.
        evaluate(found, range(1, 21), 5)
    assert len(drawn) == 2 * (20 + 1 + 20)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize(
    ("lengths", "n_words", "said"),
    [
        ([], 10, "there are no lengths; give at least one"),
        ([5, 0], 10, "the length is 0; expected at least 1"),
        ([-3], 10, "the length is -3"),
        ([5], 0, "the batch is 0"),
    ],
)
def test_bad_input(run: TrainedRun, lengths: list[int], n_words: int, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        evaluate(run, lengths, n_words)
