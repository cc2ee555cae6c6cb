"""What is taken of a run into a table: which length, which share, which folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.small_runs import small_run

from monoscan.models.evaluate import Interval, LengthResult
from monoscan.models.sweep import Ending, Job, Outcome
from monoscan.models.worst import SearchEnd, SearchPlan, WorstCase
from monoscan.report.seeds import (
    best_accuracy,
    described,
    failing_lengths,
    median_accuracy,
    n_learned,
    seed_results,
    stopped,
)

PLAN = SearchPlan(640)
JOB = Job("parity", small_run(seed=3), (40, 160, 80))


def exactly(value: float) -> Interval:
    return Interval(value, value, value)


def result(length: int, words: float, answers: float) -> LengthResult:
    return LengthResult(length, 10, exactly(answers), exactly(words), 0.5, exactly(0.0), None, None)


def trained(words: float) -> Outcome:
    results = (result(40, 0.75, 0.8), result(160, words, 0.6), result(80, 0.5, 0.7))
    return Outcome(Ending.TRAINED, "", 100, 16, 2.345, results)


def test_the_test_is_at_the_greatest_length_whatever_their_order() -> None:
    (found,) = seed_results([JOB], [trained(0.25)], Path("runs"))
    assert (found.train_accuracy, found.test_accuracy, found.answers_right) == (0.75, 0.25, 0.6)
    assert (found.seed, found.ending, found.message) == (3, "trained", "")
    assert (found.steps, found.trained_length) == (100, 16)
    assert found.run == str(Path("runs") / JOB.digest)
    assert not found.has_learned


@pytest.mark.parametrize(
    ("failing", "end", "learned", "shown"),
    [
        (27, SearchEnd.FOUND, False, "27, 27"),
        (160, SearchEnd.FOUND, False, "160, 160"),
        (161, SearchEnd.FOUND, True, "161, 161"),
        (None, SearchEnd.NONE_FOUND, True, ">640, >640"),
    ],
)
def test_a_failing_word_of_up_to_the_test_length_is_not_learned(
    failing: int | None, end: SearchEnd, learned: bool, shown: str
) -> None:
    word = None if failing is None else ("1",) * failing
    worst = WorstCase(end, word, True, False, 9, 3, 640, 99, False, ("0", "1"), PLAN)
    (found,) = seed_results([JOB], [replace(trained(1.0), worst=worst)], Path("runs"))
    assert (found.passes_random, found.has_learned) == (True, learned)
    assert failing_lengths([found]) == shown


def test_a_run_that_was_not_searched_has_no_failing_length() -> None:
    found = seed_results([JOB], [trained(1.0)], Path("runs"))
    assert found[0].has_learned
    assert failing_lengths(found) == "-"


@pytest.mark.parametrize("ending", [Ending.NOT_FINITE, Ending.OUT_OF_MEMORY, Ending.KILLED])
def test_a_run_that_was_stopped_counts_and_is_told(ending: Ending) -> None:
    outcomes = [Outcome(ending, "it ended"), trained(0.95), trained(0.5)]
    found = seed_results([JOB] * 3, outcomes, Path("runs"))
    assert found[0].test_accuracy is None
    assert (n_learned(found), best_accuracy(found), median_accuracy(found)) == (1, 0.95, 0.5)
    assert list(stopped("s3", found)) == [f"{ending}: s3, seed 3: it ended"]


def test_a_job_has_one_outcome() -> None:
    with pytest.raises(ValueError, match="shorter"):
        seed_results([JOB, JOB], [trained(1.0)], Path("runs"))


def test_the_recipe_says_whether_letters_write() -> None:
    assert described(JOB) == "100 steps of 64 words up to length 16, state multiplied only"
    config = small_run(layer_options={"additive_input": True})
    assert described(replace(JOB, config=config)).endswith("state written and multiplied")
