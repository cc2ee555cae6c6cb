"""Tasks: targets are the automaton's outputs, words are as random as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.models.errors import ConfigError
from monoscan.models.tasks import IGNORED, TARGETS, WORDS, Batch, Task, run
from monoscan.strategies.automata import automata


def check(task: Task, batch: Batch) -> None:
    """Compares every target with the automaton's own output, letter by letter."""
    for word, targets, length in zip(batch.words, batch.targets, batch.lengths, strict=True):
        letters = [task.automaton.alphabet[a] for a in word[:length]]
        for place, target in enumerate(targets):
            asked = place < length and (task.targets == "every" or place == length - 1)
            if not asked:
                assert target == IGNORED
            else:
                assert task.outputs[target] == task.automaton.output(letters[: place + 1])
        assert not word[length:].any()


@given(
    automata(),
    st.sampled_from(TARGETS),
    st.sampled_from(WORDS),
    st.integers(1, 12),
    st.integers(1, 12),
    st.integers(0, 2**32 - 1),
)
def test_targets_are_the_outputs(
    automaton: Automaton, targets: str, words: str, least: int, extra: int, seed: int
) -> None:
    assume(len(set(automaton.outputs)) > 1)
    task = Task(automaton, targets, words)
    batch = task.sample(np.random.default_rng(seed), 5, least + extra - 1, least)
    assert ((batch.lengths >= least) & (batch.lengths < least + extra)).all()
    check(task, batch)


def test_one_seed_gives_one_batch() -> None:
    task = Task(get_language("s3").build())
    first, second, other = (task.sample(np.random.default_rng(s), 8, 9) for s in (3, 3, 4))
    assert (first.words == second.words).all()
    assert (first.words != other.words).any()


@pytest.mark.parametrize("language", ["tomita-1", "s3", "dyck-1-2", "flip-flop"])
def test_balanced_words_have_each_output_equally_often(language: str) -> None:
    task = Task(get_language(language).build(), "last", "balanced")
    batch = task.sample(np.random.default_rng(0), 6000, 12)
    counts = np.bincount(batch.targets[batch.targets != IGNORED])
    expected = 6000 / np.count_nonzero(counts)
    assert np.abs(counts[counts > 0] - expected).max() < 5 * np.sqrt(expected)


def test_balanced_words_of_an_output_are_uniform() -> None:
    # 2 ** 3 words with an even number of ones, each as often as the others.
    task = Task(get_language("parity").build(), "last", "balanced")
    batch = task.sample(np.random.default_rng(0), 16_000, 4)
    codes = batch.words @ (1 << np.arange(4))
    counts = np.bincount(codes, minlength=16)
    assert np.abs(counts - 1000).max() < 160


def test_uniform_words_of_tomita_1_hide_the_language() -> None:
    # The positive control of the balance: 1* has one word in 4096.
    task = Task(get_language("tomita-1").build(), "last")
    batch = task.sample(np.random.default_rng(0), 6000, 12)
    assert (batch.targets == task.outputs.index(True)).sum() < 30


def test_balanced_words_may_be_long() -> None:
    task = Task(get_language("tomita-1").build(), "last", "balanced")
    batch = task.sample(np.random.default_rng(0), 100, 3000)
    accepted = batch.targets[:, -1] == task.outputs.index(True)
    assert 25 < accepted.sum() < 75
    assert batch.words[accepted].all()


def test_given_words_are_labelled() -> None:
    task = Task(get_language("parity").build())
    assert task.label(np.array([[1, 1, 0]])).targets.tolist() == [[0, 1, 1]]


def test_run_follows_the_table() -> None:
    automaton = get_language("cerny-4").build()
    words = np.random.default_rng(0).integers(0, 2, (50, 20), dtype=np.int32)
    for word, states in zip(words, run(automaton, words), strict=True):
        letters = [automaton.alphabet[a] for a in word]
        assert states.tolist() == [automaton.state_after(letters[:n]) for n in range(1, 21)]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda task: Task(task.automaton, "all"), "unknown targets 'all'; expected every or last"),
        (lambda task: Task(task.automaton, "last", "even"), "unknown words 'even'"),
        (lambda task: Task(Automaton("a", [[0]], (True,))), "the automaton's only output is True"),
        (lambda task: task.sample(np.random.default_rng(0), 0, 5), "the batch is 0"),
        (lambda task: task.sample(np.random.default_rng(0), 2, 0), "the length is 0; expected at"),
        (lambda task: task.sample(np.random.default_rng(0), 2, 5, 0), "the shortest length is 0"),
        (lambda task: task.sample(np.random.default_rng(0), 2, 5, 6), "6 is above the longest, 5"),
        (lambda task: task.label(np.zeros((2, 0), dtype=np.int64)), r"the shape \(2, 0\)"),
        (lambda task: task.label(np.array([[2]])), r"numbered 0\.\.1; found 2\.\.2"),
        (
            lambda task: Task(task.automaton, "last", "balanced").sample(
                np.random.default_rng(0), 1, 2**26
            ),
            "balanced words of length 67108864 need a table",
        ),
    ],
)
def test_bad_input(make, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        make(Task(get_language("parity").build()))
