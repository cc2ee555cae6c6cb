"""Balanced words: exact shares, with compiled code and without, however the table grew."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.models.tasks import Task, balanced
from monoscan.strategies.automata import automata


def words_of(task: Task, length: int) -> dict[tuple[int, ...], int]:
    """Each word of a length with the number of its output."""
    words = list(itertools.product(range(task.n_letters), repeat=length))
    batch = task.label(np.array(words))
    return dict(zip(words, batch.targets[:, -1].tolist(), strict=True))


@pytest.mark.parametrize(
    ("language", "length"),
    [("tomita-4", 7), ("even-pairs", 6), ("flip-flop", 5), ("s3-swaps", 5), ("tomita-1", 6)],
)
def test_each_word_is_as_likely_as_it_should_be(language: str, length: int) -> None:
    task = Task(get_language(language).build(), "last", "balanced")
    outputs = words_of(task, length)
    n_drawn = 60_000
    drawn = task.sample(np.random.default_rng(1), n_drawn, length).words
    counts = dict.fromkeys(outputs, 0)
    for word, count in zip(*np.unique(drawn, axis=0, return_counts=True), strict=True):
        counts[tuple(word.tolist())] = int(count)
    sizes = np.bincount(list(outputs.values()))
    expected = {
        word: n_drawn / (np.count_nonzero(sizes) * sizes[output])
        for word, output in outputs.items()
    }
    chi_square = sum((counts[word] - expected[word]) ** 2 / expected[word] for word in outputs)
    free = len(outputs) - 1
    assert abs(chi_square - free) < 5 * np.sqrt(2 * free)


def without_numba(task: Task, rng: np.random.Generator, n_words: int, length: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(balanced, "has_numba", lambda: False)
        return task.sample(rng, n_words, length, 1).words


@given(automata(), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_the_words_are_the_same_without_numba(automaton: Automaton, length: int, seed: int) -> None:
    assume(len(set(automaton.outputs)) > 1)
    task = Task(automaton, words="balanced")
    compiled = task.sample(np.random.default_rng(seed), 9, length, 1).words
    assert (compiled == without_numba(task, np.random.default_rng(seed), 9, length)).all()


@pytest.mark.parametrize("language", ["s5", "s5-swaps", "modular-arithmetic-5", "dyck-2-3"])
def test_large_alphabets_without_numba(language: str) -> None:
    task = Task(get_language(language).build(), "last", "balanced")
    compiled = task.sample(np.random.default_rng(0), 200, 30, 1).words
    assert (compiled == without_numba(task, np.random.default_rng(0), 200, 30)).all()


def test_a_table_that_grew_draws_the_same_words() -> None:
    automaton = get_language("tomita-5").build()
    grown, fresh = (Task(automaton, words="balanced") for _ in range(2))
    for length in (1, 2, 3, 9, 4, 40):
        grown.sample(np.random.default_rng(0), 2, length)
    first, second = (task.sample(np.random.default_rng(5), 50, 40) for task in (grown, fresh))
    assert (first.words == second.words).all()


@pytest.mark.parametrize(
    "language",
    ["tomita-1", "tomita-4", "no-two-consecutive-ones", "dyck-1-4", "s3", "modular-arithmetic-5"],
)
def test_numbers_just_below_one_lead_to_a_possible_letter(language: str) -> None:
    class Extreme:
        def random(self, size: int | tuple[int, ...]) -> np.ndarray:
            return np.full(size, np.nextafter(1.0, 0.0))

    task = Task(get_language(language).build(), "last", "balanced")
    number = {output: place for place, output in enumerate(task.outputs)}
    outputs = np.array([number[output] for output in task.automaton.outputs])
    words = balanced.BalancedWords(task.automaton.table, outputs).draw(
        Extreme(), np.full(4, 32), 32
    )
    assert (words < task.n_letters).all()
    # The goal is the last output that words of this length have.
    goal = task.sample(np.random.default_rng(0), 2000, 32).targets.max()
    assert (task.label(words.astype(np.int64)).targets[:, -1] == goal).all()
