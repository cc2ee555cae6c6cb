"""The search for failing words, on networks whose shortest failing word is known."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.drift import drifting, first_failure
from helpers.small_runs import small_run
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

import monoscan as ms
from monoscan.automata import Automaton, get_language
from monoscan.models.compile import CompiledModel
from monoscan.models.errors import ConfigError, ModelError
from monoscan.models.tasks import Expressions
from monoscan.models.train import TrainedRun, train
from monoscan.models.train_config import RunConfig
from monoscan.models.worst import (
    SearchEnd,
    SearchPlan,
    WorstCase,
    search_worst,
    worst_case_from_json,
    worst_of_compiled,
    worst_of_run,
)
from monoscan.models.worst.result import show_repetition
from monoscan.models.worst.words import Loop, loops_of, normal_loop

PARITY = get_language("parity").build()


@pytest.mark.parametrize("angle", [0.2, 0.05, 0.02, 0.011])
def test_the_failing_word_of_a_drift_is_found(angle: float) -> None:
    found = worst_of_compiled(drifting(angle), SearchPlan(length=200, letters=400_000))
    assert found.end is SearchEnd.FOUND
    assert found.word == ("1",) * first_failure(angle)
    assert found.answer != found.expected
    assert found.read_to == len(found.word) - 1


def test_a_drift_beyond_the_length_is_not_found() -> None:
    length = first_failure(0.02) - 1
    plan = SearchPlan(length=length, letters=400_000)
    found = worst_of_compiled(drifting(0.02), plan)
    assert (found.end, found.word, found.is_cut) == (SearchEnd.NONE_FOUND, None, False)
    assert found.read_to == length
    assert "a search proves nothing of the words it has not read" in found.lines()[0]


def test_the_budget_is_an_outcome_of_its_own() -> None:
    plan = SearchPlan(length=200, letters=300)
    found = worst_of_compiled(drifting(0.011), plan)
    assert (found.end, found.is_cut) == (SearchEnd.BUDGET_REACHED, True)
    assert found.letters <= 300
    assert "the search was cut, since its budget of letters was reached" in found.lines()[0]


def test_an_exact_network_has_no_failing_word() -> None:
    compiled = ms.compile(ms.construct("s3", "deltaproduct-2, released"))
    found = compiled.worst(length=300, letters=300_000)
    assert (found.word, found.length) == (None, None)
    assert found.end in ("none-found", "budget-reached")


def test_a_known_failing_word_is_taken_and_shortened() -> None:
    angle = 0.02
    known = [0, 1] * (first_failure(angle) + 9)
    plan = SearchPlan(length=400, letters=100_000)
    found = worst_of_compiled(drifting(angle), plan, [known])
    assert found.word == ("1",) * first_failure(angle)
    cut = worst_of_compiled(drifting(angle), SearchPlan(length=400, letters=500), [known])
    assert cut.length is not None
    assert first_failure(angle) <= cut.length <= len(known)


def test_a_known_word_that_does_not_fail_is_not_believed() -> None:
    plan = SearchPlan(length=20, letters=50_000)
    assert worst_of_compiled(drifting(0.02), plan, [[1, 1, 0]]).word is None


# ------------------------------------------------------------------ networks made for the search


class Counter(nn.Module):
    """Right about parity, until a loop of letters has been read so often in a row."""

    def __init__(self, loop: tuple[int, ...], times: int, before: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.loop, self.times, self.before = loop, times, before

    def advance(self, words: Tensor, state: Text | None) -> tuple[Tensor, Text]:
        texts = [[] for _ in words] if state is None else state.texts
        texts = [[*text, *word] for text, word in zip(texts, words.tolist(), strict=True)]
        start = len(texts[0]) - words.shape[1]
        scores = [
            [self._scores(text[:end]) for end in range(start + 1, len(text) + 1)] for text in texts
        ]
        return torch.tensor(scores) * self.scale, Text(texts)

    def _scores(self, text: list[int]) -> list[float]:
        margin = 1 - self._letters_in_a_row(text) / (self.times * len(self.loop))
        even = sum(text) % 2 == 0
        return [0.0, margin] if even else [margin, 0.0]

    def _letters_in_a_row(self, text: list[int]) -> int:
        """How many letters of the loop have just been read, after the prefix, if it must be."""
        for start in range(len(text)):
            rest = text[start:]
            begun = not self.before or tuple(text[:start]) == self.before
            if begun and rest == list(itertools.islice(itertools.cycle(self.loop), len(rest))):
                return len(rest)
        return 0


class Text:
    """The letters read so far."""

    def __init__(self, texts: list[list[int]]) -> None:
        self.texts = texts

    def rows(self, chosen: Tensor) -> Text:
        return Text([self.texts[number] for number in chosen.tolist()])

    def vectors(self) -> None:
        return None


def search(network: nn.Module, **plan: int) -> WorstCase:
    given = {"length": 60, "letters": 60_000, **plan}
    return search_worst(network, PARITY, (False, True), SearchPlan(**given))


def test_a_loop_that_is_too_long_to_be_among_all_of_them_is_found_by_its_margin() -> None:
    loop = (0, 1, 1, 0, 1)
    found = search(Counter(loop, 4), period=1)
    assert found.word is not None
    assert "".join(found.word) == "01101" * 4
    assert found.every_word_to < 20
    assert found.every_period_to == 1


def test_a_failure_behind_a_prefix_is_found() -> None:
    found = search(Counter((1,), 30, before=(0,)), period=2)
    assert found.word == ("0", *("1",) * 30)
    assert found.every_period_to == 2
    assert found.shown == "0, then 30 times 1"


class Constant(nn.Module):
    """The same scores after every letter."""

    def __init__(self, *scores: float) -> None:
        super().__init__()
        self.scores = nn.Parameter(torch.tensor(scores))

    def advance(self, words: Tensor, state: Text | None) -> tuple[Tensor, Text]:
        texts = [[] for _ in words] if state is None else state.texts
        return self.scores.expand(*words.shape, len(self.scores)), Text(texts)


def test_of_equal_scores_the_first_is_the_answer() -> None:
    automaton = Automaton("01", [[0, 0]], ["a"])
    plan = SearchPlan(length=20, letters=5_000)
    tie = search_worst(Constant(1.0, 1.0), automaton, ("a", "b"), plan)
    assert tie.word is None
    behind = search_worst(Constant(1.0, 1.0), automaton, ("b", "a"), plan)
    assert (behind.length, behind.answer, behind.expected) == (1, "b", "a")


def test_no_number_is_no_right_answer() -> None:
    class NoNumber(Constant):
        def advance(self, words: Tensor, state: Text | None) -> tuple[Tensor, Text]:
            scores, after = super().advance(words, state)
            return scores + torch.nan, after

    automaton = Automaton("01", [[0, 0]], ["a"])
    found = search_worst(NoNumber(1.0, 0.0), automaton, ("a", "b"), SearchPlan(length=9))
    assert (found.length, found.is_shortest, found.answer) == (1, True, None)
    assert "the answer to it is no number" in found.lines()[1]


def test_large_states_are_read_together_in_smaller_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = SearchPlan(length=12, letters=400_000)
    good = compiled_parity()
    assert worst_of_compiled(good, plan).every_word_to == 12
    monkeypatch.setattr("monoscan.models.worst.words._MOST_NUMBERS", 2 * 2**5)
    assert worst_of_compiled(good, plan).every_word_to == 5


def compiled_parity() -> CompiledModel:
    """A network with two numbers in its state that is always right."""
    return ms.compile(ms.construct("parity", "deltanet, extended")).model


# ------------------------------------------------------------------ real networks


@given(
    st.sampled_from(["deltanet", "diagonal", "gru", "transformer", "slstm", "gla"]),
    st.integers(0, 99),
)
def test_the_word_fails_and_no_beginning_of_it_does(layer: str, seed: int) -> None:
    range_ = "none" if layer in ("gru", "transformer", "slstm") else "[-1,1]"
    run = train(
        small_run(
            "parity",
            layer,
            range_,
            layer_options={"width": 8, "heads": 2},
            steps=1,
            seed=seed,
            batch=8,
            max_length=8,
        )
    )
    found = worst_of_run(run, SearchPlan(length=30, letters=20_000))
    assert found.word is not None  # after one step nothing is learned
    words = np.array([[int(letter) for letter in found.word]])
    with torch.inference_mode():
        given_ = run.model(torch.from_numpy(words)).argmax(-1)[0].numpy()
    right = run.config.task.label(words).targets[0]
    assert (given_ != right).nonzero()[0].tolist() == [len(found.word) - 1]
    assert found.every_word_to <= len(found.word) - 1
    for length in range(1, found.every_word_to + 1):
        every = np.array(list(itertools.product((0, 1), repeat=length)))
        with torch.inference_mode():
            answers = run.model(torch.from_numpy(every)).argmax(-1).numpy()
        assert (answers == run.config.task.label(every).targets).all()


@pytest.fixture(scope="module")
def trained() -> TrainedRun:
    return train(small_run(steps=5))


def test_the_search_is_the_same_each_time(trained: TrainedRun) -> None:
    plan = SearchPlan(length=40, letters=20_000)
    assert worst_of_run(trained, plan) == worst_of_run(trained, plan)


def test_json(trained: TrainedRun) -> None:
    for found in (
        worst_of_run(trained, SearchPlan(length=40)),
        worst_of_compiled(drifting(0.01), SearchPlan(length=40, letters=90)),
    ):
        assert worst_case_from_json(json.loads(json.dumps(found.to_json()))) == found


def test_numbers_that_are_not_finite_are_refused(trained: TrainedRun) -> None:
    run = train(trained.config)
    with torch.no_grad():
        run.model.head.weight[0, 0] = torch.nan
    with pytest.raises(ModelError, match=r"the parameter head\.weight of the network holds"):
        worst_of_run(run)


def test_a_task_without_an_automaton_is_refused(trained: TrainedRun) -> None:
    task = Expressions(3, "+")
    config = RunConfig.of(task, trained.config.model.layer, replace(trained.config.training))
    run = train(replace(config, training=replace(config.training, steps=1, max_length=8)))
    with pytest.raises(ConfigError, match="needs the automaton of the task"):
        worst_of_run(run)


def test_an_automaton_with_other_answers_is_refused(trained: TrainedRun) -> None:
    with pytest.raises(ConfigError, match=r"answers '\(\)', and the network has no such answer"):
        search_worst(trained.model, get_language("s3").build(), (False, True))


@pytest.mark.parametrize("name", ["length", "letters", "period", "seed"])
def test_numbers_out_of_range(name: str) -> None:
    with pytest.raises(ConfigError, match="of the search is -1; expected"):
        SearchPlan(**{name: -1})


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(("n_letters", "size"), [(1, 3), (2, 4), (3, 3)])
def test_each_infinite_word_comes_once(n_letters: int, size: int) -> None:
    found = [loop for total in range(1, size + 1) for loop in loops_of(n_letters, total)]
    words = {tuple(loop.to(40).tolist()) for loop in found}
    assert len(words) == len(found)
    every = {
        tuple(Loop(word[:cut], word[cut:]).to(40).tolist())
        for total in range(1, size + 1)
        for word in itertools.product(range(n_letters), repeat=total)
        for cut in range(total)
    }
    assert words == every


@given(st.lists(st.integers(0, 2), max_size=5), st.lists(st.integers(0, 2), min_size=1, max_size=8))
def test_a_normal_loop_is_the_same_word(prefix: list[int], loop: list[int]) -> None:
    found = normal_loop(tuple(prefix), tuple(loop))
    word = Loop(tuple(prefix), tuple(loop)).to(60)
    assert (found.to(60) == word).all()
    assert not found.prefix or found.prefix[-1] != found.loop[-1]
    assert len(found.prefix) + len(found.loop) <= len(prefix) + len(loop)


@given(st.text("01", max_size=4), st.text("01", min_size=1, max_size=3), st.integers(1, 9))
def test_a_repetition_says_the_word(prefix: str, loop: str, times: int) -> None:
    word = prefix + loop * times
    shown = show_repetition(tuple(word), ("0", "1"))
    parts = [part.split(" times ") for part in shown.split(", then ")]
    assert "".join(part[-1] * int(part[0]) if len(part) == 2 else part[0] for part in parts) == word
