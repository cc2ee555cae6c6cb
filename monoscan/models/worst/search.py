"""The search for the shortest failing word, from the certain to the clever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Final

import numpy as np
from torch import nn

from monoscan.automata import Automaton, Output
from monoscan.models.compile.model import CompiledModel
from monoscan.models.errors import ConfigError
from monoscan.models.tasks import Task
from monoscan.models.train import TrainedRun, autocast
from monoscan.models.worst.adversary import Normal, change_loops, search_beam, shorten
from monoscan.models.worst.best import Best
from monoscan.models.worst.plan import SearchPlan
from monoscan.models.worst.reader import Context, Reader
from monoscan.models.worst.result import SearchEnd, WorstCase
from monoscan.models.worst.words import ShortWords, read_loops, read_short_words

_ROUNDS: Final = 6  # of changing loops, and of all together
_WORTH: Final = 0.95  # a round that shortens the word by less is the last one

Progress = Callable[[int], None]


def worst_of_run(
    run: TrainedRun,
    plan: SearchPlan | None = None,
    known: Sequence[Sequence[int]] = (),
    progress: Progress = lambda _: None,
) -> WorstCase:
    """The shortest word on which a trained network fails, as far as it is found.

    Args:
        run: The network.
        plan: What is read; by default that of `SearchPlan`.
        known: Failing words that are known already, as numbers of letters.
        progress: Told how many letters were read.

    Raises:
        ConfigError: If the task is no automaton.
        ModelError: If a parameter is not finite.
        OutOfMemory: If the words do not fit.
    """
    task = automaton_task(run, "a worst case")
    return search_worst(
        run.model, task.automaton, task.outputs, plan, precision_of(run), known, progress
    )


def worst_of_compiled(
    model: CompiledModel,
    plan: SearchPlan | None = None,
    known: Sequence[Sequence[int]] = (),
    progress: Progress = lambda _: None,
) -> WorstCase:
    """The same for a compiled network and its automaton.

    >>> from monoscan.models.compile.network import compile_network
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> found = worst_of_compiled(compile_network(scalar_parity()), SearchPlan(length=50))
    >>> found.end.value, found.read_to, found.is_cut
    ('none-found', 50, False)
    """
    return search_worst(model, model.automaton, model.outputs, plan, known=known, progress=progress)


def automaton_task(run: TrainedRun, what: str) -> Task:
    """The task of a run, if it is an automaton.

    Args:
        run: The network.
        what: What is asked for.

    Raises:
        ConfigError: If it is not.
    """
    task = run.config.task
    if not isinstance(task, Task):
        raise ConfigError(
            f"{what} needs the automaton of the task, which says what is right after every word, "
            f"and {task.title} is a task of the kind {task.kind}, which has none; expected a run "
            "on a language"
        )
    return task


def precision_of(run: TrainedRun) -> Context:
    """What reading happens in, so that it is as in training and in evaluations."""
    device = next(run.model.parameters()).device
    return lambda: autocast(run.config.training.precision, device)


def search_worst(
    network: nn.Module,
    automaton: Automaton,
    outputs: Sequence[Output],
    plan: SearchPlan | None = None,
    context: Context = nullcontext,
    known: Sequence[Sequence[int]] = (),
    progress: Progress = lambda _: None,
) -> WorstCase:
    """The shortest word to which a network answers other than an automaton, as far as it is found.

    First all short words are read, then all words p u u u ... with short p and u, as far as the
    plan says. Then beams of words are lengthened by the letters after which the network is worst,
    the worst loops are changed, and the shortest failing word so far is made shorter, round after
    round while that helps. The answer after the last letter of the word that is returned has been
    read from the word alone.

    Args:
        network: A module with ``advance``, such as `SequenceModel` and `CompiledModel`.
        automaton: Gives the right answers.
        outputs: What the numbers of the network's answers stand for.
        plan: What is read.
        context: What the reading happens in: the precision.
        known: Failing words that are known already, as numbers of letters.
        progress: Told how many letters were read.

    Raises:
        ConfigError: If the automaton answers what the network cannot.
        ModelError: If a parameter is not finite.
        OutOfMemory: If the words do not fit.
    """
    plan = plan or SearchPlan()
    reader = Reader(network, automaton, outputs, plan.letters, context, progress)
    best = Best(reader, plan.length)
    short = read_short_words(best)
    every_word_to = short.length if short else 0
    for word in known:
        best.offer(np.array(word, dtype=np.int32))
    every_period_to = 0
    if best.limit > every_word_to:
        every_period_to = _search_further(best, plan, automaton.n_states, short)
    return _result(best, plan, automaton, outputs, every_word_to, every_period_to)


def _search_further(best: Best, plan: SearchPlan, n_states: int, short: ShortWords | None) -> int:
    """Searches among words that are too long to read all of them; how far all loops were read."""
    every_period_to, loops = read_loops(best, plan.period, plan.seed)
    rng = np.random.default_rng([plan.seed, 1])
    guides = [None] if short is None else [Normal(short, n_states), None]
    for _ in range(_ROUNDS):
        before = best.limit
        for guide in guides:
            search_beam(best, guide, rng)
        for _ in range(_ROUNDS if loops else 0):
            change_loops(best, loops, rng)
        shorten(best, rng)
        if best.limit > _WORTH * before or best.limit <= (short.length if short else 0):
            break
    return every_period_to


def _result(
    best: Best,
    plan: SearchPlan,
    automaton: Automaton,
    outputs: Sequence[Output],
    every_word_to: int,
    every_period_to: int,
) -> WorstCase:
    word, answer, expected = best.word, None, None
    end = SearchEnd.BUDGET_REACHED if best.is_cut else SearchEnd.NONE_FOUND
    if word is not None:
        end = SearchEnd.FOUND
        given = int(best.reader.answers(word[None])[0, -1])
        answer = outputs[given] if given >= 0 else None
        expected = outputs[int(best.reader.expected(word[None])[0, -1])]
    letters = automaton.alphabet
    return WorstCase(
        end,
        None if word is None else tuple(letters[number] for number in word),
        answer,
        expected,
        every_word_to,
        every_period_to,
        best.limit,
        best.reader.count,
        best.is_cut,
        letters,
        plan,
    )
